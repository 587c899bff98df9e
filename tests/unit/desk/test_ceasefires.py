from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vigens.base import InputError, VigensError
from vigens.desk import convert_ceasefires, open_case

HALTS = """\
ceasefire_id,actor,dyad_id,declared,effective,effective_precision,ended,ended_precision
1,A,7,2014-01-21,2014-01-22,day,2014-02-03,day
1,B,7,2014-01-21,2014-01-22,day,2014-02-03,day
2,A,7,2014-05,2014-06-01,month,,
3,A,7,2014-07-01,,never,,
4,A,7,2014-07-01,2014-13-01,day,,
5,A,,2014-07-01,2014-07-01,day,,
"""
EVENTS = """\
event_id,date_start,date_end,date_precision,dyad_id,side_a,side_b,deaths_best,report_dates
10,2014-01-23,2014-01-23,1,7,A,B,2,2014-01-24;2014-01-23
11,2014-01-24,2014-01-26,2,8,A,B,3,2014-01-20
12,2014-01-25,2014-01-25,1,9,A,B and C,4,
"""
JOINED = "dyad_id,event_dyad_ids\n7,7;9\n"


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    folder = tmp_path / "registers"
    folder.mkdir()
    (folder / "ceasefires.csv").write_text(HALTS, "utf-8")
    (folder / "events.csv").write_text(EVENTS, "utf-8")
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_doubted_day_stays_doubted_and_an_empty_hour_says_nothing(
    registers: Path, tmp_path: Path
) -> None:
    for name, add in (
        ("ceasefires.csv", "6,A,7,2014-08-01,2014-08-02?,day,2014-08-09 00:00,day\n"),
        (
            "events.csv",
            "13,2014-08-03 00:00:00.000,2014-08-03 00:00:00.000,1,7,A,B,1,\n",
        ),
        ("events.csv", "14,2014-08-04?,2014-08-04?,1,7,A,B,1,\n"),
    ):
        with (registers / name).open("a", encoding="utf-8") as file:
            file.write(add)
    convert_ceasefires(registers, tmp_path / "case")
    last = table(tmp_path / "case" / "ceasefires.csv")[-1]
    assert (last["effective"], last["ended"]) == ("2014-08-02?", "2014-08-09")
    rows = {row["event"]: row for row in table(tmp_path / "case" / "events.csv")}
    assert (rows["13"]["first_day"], rows["13"]["is_exact"]) == ("2014-08-03", "yes")
    assert (rows["14"]["first_day"], rows["14"]["is_exact"]) == ("2014-08-04?", "no")


def test_a_ceasefire_between_two_sides_is_one(registers: Path, tmp_path: Path) -> None:
    done = convert_ceasefires(registers, tmp_path / "case")
    rows = table(tmp_path / "case" / "ceasefires.csv")
    assert [row["halt"] for row in rows] == ["1", "2", "3"]
    assert rows[0] == {
        "halt": "1",
        "dyad": "7",
        "declared": "2014-01-21",
        "effective": "2014-01-22",
        "ended": "2014-02-03",
    }
    assert rows[1]["effective"] == "2014-06"
    assert rows[2]["effective"] == ""
    assert done.n_ceasefires == 3
    assert [f.spans[0].line for f in done.findings] == [6, 7, 3]


def test_an_event_of_a_joint_force_counts_for_each_member(
    registers: Path, tmp_path: Path
) -> None:
    (registers / "dyads.csv").write_text(JOINED, "utf-8")
    done = convert_ceasefires(registers, tmp_path / "case")
    rows = table(tmp_path / "case" / "events.csv")
    counted = [(row["event"], row["dyad"], row["is_exact"]) for row in rows]
    assert counted == [
        ("10", "7", "yes"),
        ("11", "8", "no"),
        ("12", "9", "yes"),
        ("12", "7", "yes"),
    ]
    assert done.n_events == 4


def test_a_report_from_before_the_event_is_none(
    registers: Path, tmp_path: Path
) -> None:
    convert_ceasefires(registers, tmp_path / "case")
    rows = table(tmp_path / "case" / "events.csv")
    assert [row["reported"] for row in rows] == ["2014-01-24;2014-01-23", "", ""]


def test_same_sides_with_two_numbers_are_told(registers: Path, tmp_path: Path) -> None:
    done = convert_ceasefires(registers, tmp_path / "case", is_dry=True)
    assert "the sides 8 and 7 have the same names" in done.findings[-1].message
    assert not (tmp_path / "case").exists()
    (registers / "dyads.csv").write_text("dyad_id,event_dyad_ids\n7,7;8\n", "utf-8")
    joined = convert_ceasefires(registers, tmp_path / "case", is_dry=True)
    assert len(joined.findings) == len(done.findings) - 1


def test_the_case_can_be_opened(registers: Path, tmp_path: Path) -> None:
    convert_ceasefires(registers, tmp_path / "case")
    case = open_case(tmp_path / "case", lambda: datetime.fromtimestamp(0, UTC))
    assert case.compiled.is_usable
    assert case.tables.findings == ()
    names = [found.columns.event for found in case.tables.events]
    assert names.count("deaths.happen") == 2
    assert case.tables.coverage[0].covers == "2014-01-01/2014-12-31"


def test_what_is_there_is_not_written_over(registers: Path, tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "notes").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="there already"):
        convert_ceasefires(registers, tmp_path / "case")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("events.csv", b"event_id,dyad_id\n1,2\n", "columns are missing: date_start"),
        ("events.csv", b"\xff\xfe", "not UTF-8"),
        ("ceasefires.csv", b"", "columns are missing"),
        ("ceasefires.csv", None, "no such file"),
    ],
)
def test_a_wrong_register_is_refused(
    registers: Path, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    (registers / name).unlink()
    if data is not None:
        (registers / name).write_bytes(data)
    with pytest.raises(VigensError, match=said):
        convert_ceasefires(registers, tmp_path / "case")
    assert not (tmp_path / "case").exists()
