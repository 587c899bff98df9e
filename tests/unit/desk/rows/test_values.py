"""Values of a mapping read cells as they say, or refuse."""

from __future__ import annotations

from typing import Any

import pytest

from vigens.base import InputError
from vigens.desk.rows import CellError, compile_value

ROW = {"a": " one ", "b": "", "n": "1 234.5", "l": "x; y;;z", "d": "03.02.2026"}
MAPS = {"m": {"one": "1", "": "none"}, "all": {"*": "other"}}


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("plain", "plain"),
        ("{a}", "one"),
        ("{a}-{b}.", "one-."),
        ("{b}", None),
        ("{b} and {b}", None),
        (7, 7),
        (True, True),
        (["{a}", "{b}", "c"], ["one", "c"]),
        ({"column": "a"}, "one"),
        ({"column": "b"}, None),
        ({"column": "b", "default": "d"}, "d"),
        ({"column": "b", "default": "{a}"}, "one"),
        ({"column": "l", "split": ";"}, ["x", "y", "z"]),
        ({"column": "b", "split": ";"}, []),
        ({"column": "a", "map": "m"}, "1"),
        ({"column": "b", "map": "m"}, "none"),
        ({"column": "a", "map": "all"}, "other"),
        ({"column": "n", "scale": 1}, 12345),
        ({"column": "d", "format": "%d.%m.%Y"}, "2026-02-03"),
        ({"text": "{a}{a}"}, "oneone"),
        ({"fields": {"x": "{a}", "y": "{b}"}}, {"x": "one"}),
        (
            {
                "column": "l",
                "split": ";",
                "each": {"fields": {"actor": "{item}", "of": "{a}"}},
            },
            [{"actor": each, "of": "one"} for each in ("x", "y", "z")],
        ),
    ],
)
def test_a_value_reads_a_row(spec: Any, found: Any) -> None:
    assert compile_value(spec, "here").read(ROW, MAPS) == found


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("2026", "1", "9"), "2026-01-09"),
        (("2026", "01", ""), "2026-01"),
        (("2026", "", "9"), "2026"),
        (("", "1", "9"), None),
    ],
)
def test_a_date_of_parts_is_as_coarse_as_they_are(
    cells: tuple[str, ...], found: str | None
) -> None:
    spec = {"year": "{y}", "month": "{m}", "day": "{d}"}
    row = dict(zip("ymd", cells, strict=True))
    assert compile_value(spec, "here").read(row, {}) == found


@pytest.mark.parametrize(("text", "found"), [("Yes", True), ("0", False)])
def test_a_flag_reads_yes_and_no(text: str, found: bool) -> None:
    value = compile_value({"column": "a", "flag": True}, "here")
    assert value.read({"a": text}, {}) is found


@pytest.mark.parametrize(
    ("spec", "text", "code"),
    [
        ({"column": "a", "number": True}, "many", "I001"),
        ({"column": "a", "number": True}, "2.5", "I001"),
        ({"column": "a", "scale": 2}, "0.005", "I001"),
        ({"column": "a", "number": True}, "1e400", "I001"),
        ({"column": "a", "number": True}, "nan", "I001"),
        ({"column": "a", "number": True}, "Infinity", "I001"),
        ({"column": "a", "flag": True}, "perhaps", "I001"),
        ({"column": "a", "format": "%Y"}, "soon", "I001"),
        ({"year": "{a}"}, "MMXX", "I001"),
        ({"year": "{a}"}, "20266", "I001"),
        ({"column": "a", "map": "m"}, "two", "I002"),
    ],
)
def test_a_cell_that_does_not_read_names_its_column(
    spec: Any, text: str, code: str
) -> None:
    with pytest.raises(CellError) as caught:
        compile_value(spec, "here").read({"a": text}, MAPS)
    assert (caught.value.code, caught.value.column) == (code, "a")


def test_columns_and_maps_are_known_before_a_row_is_read() -> None:
    spec = {"text": "{a}{b}", "map": "m", "split": ";", "each": ["{item}", "{c}"]}
    value = compile_value([spec, {"column": "d", "default": "{e}"}], "here")
    assert value.columns == ("a", "b", "c", "d", "e")
    assert value.maps == ("m",)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (1.5, "no whole number"),
        (None, "no value"),
        ({"colum": "a"}, 'did you mean "column"'),
        ({}, "exactly one of"),
        ({"column": "a", "text": "b"}, "exactly one of"),
        ({"column": 1}, "`column` is no text"),
        ({"column": "a", "split": ""}, "split"),
        ({"column": "a", "number": 1}, "`number` is no flag"),
        ({"column": "a", "scale": "6"}, "`scale` is no whole number"),
        ({"fields": []}, "`fields` is no table"),
        ({"fields": {"x": {"tex": ""}}}, "tex"),
        ({"column": "a", "each": 1.5}, "no whole number"),
        ([{"nothing": 1}], "nothing"),
    ],
)
def test_a_value_that_nothing_reads_is_refused(spec: Any, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("[", r"\[")):
        compile_value(spec, "here")
