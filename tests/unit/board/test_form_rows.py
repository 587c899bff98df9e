"""Fields that come again, values in their own fields, and who may see a correction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import clock, make, write_case
from tests.unit.board.sender import Sender, fields_in, person, words_of
from vigens.board.forms.fields import MOST_ROWS
from vigens.journal import Entry, open_journal, thaw
from vigens.people import Role

#: Something of every shape that a payload may have, with what is changed in it.
SHAPES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    (
        "meeting",
        {
            "title": "Talks",
            "format": "online",
            "attendance": [
                {"actor": "FR", "how": "online", "level": "minister"},
                {"actor": "UA", "how": "in_person"},
            ],
        },
        {"p_attendance.how": ["in_person", "in_person", ""], "p_place": "Paris"},
        {
            "attendance": [
                {"actor": "FR", "how": "in_person", "level": "minister"},
                {"actor": "UA", "how": "in_person"},
            ],
            "place": "Paris",
        },
    ),
    (
        "offer",
        {
            "party": "FR",
            "title": "Ships",
            "stance": "possible",
            "domains": ["sea"],
            "quantity": {"number": 3, "unit": "ships", "comparison": "up_to"},
            "conditions": ["a truce", "a mandate"],
            "gates": [],
        },
        {
            "p_stance": "offer",
            "p_domains": ["sea", "air"],
            "p_quantity_number": "4",
            "p_conditions": "a truce\n\na request",
            "p_gates": "parliament",
        },
        {
            "stance": "offer",
            "domains": ["sea", "air"],
            "quantity": {"number": 4, "unit": "ships", "comparison": "up_to"},
            "conditions": ["a truce", "a request"],
            "gates": ["parliament"],
        },
    ),
    (
        "offer",
        {
            "party": "FR",
            "title": "Ships",
            "stance": "offer",
            "domains": [],
            "conditions": ["a truce"],
            "gates": [],
        },
        {"p_conditions": "", "p_quantity_number": "2"},
        {"conditions": [], "quantity": {"number": 2}},
    ),
    (
        "funding",
        {"by": ["FR", "org:X"], "title": "Money", "number": 5, "unit": "EUR"},
        {"p_by.actor": ["org:X", "", "UA"], "p_number": "6", "p_comparison": "about"},
        {"by": ["org:X", "UA"], "number": 6, "comparison": "about"},
    ),
    (
        "count",
        {"measure": "ready", "number": 3, "comparison": "eq", "title": "Three"},
        {"p_number": "30", "p_unit": "7"},
        {"number": 30, "unit": "7"},
    ),
    (
        "occurrence",
        {"event": "signs", "args": ["accord", "FR"], "title": "It signs"},
        {"p_args_2": "UA"},
        {"args": ["accord", "UA"]},
    ),
    (
        "observation",
        {"fluent": "ceasefire", "args": ["general"], "holds": True, "title": "Calm"},
        {"p_holds": "false"},
        {"holds": False},
    ),
    (
        "note",
        {"text": "A note", "extra": {"deep": [1, {"er": None}]}},
        {"p_extra": '{"deep": [2]}'},
        {"extra": {"deep": [2]}},
    ),
]


def filled(tmp_path: Path, kind: str, payload: dict[str, Any]) -> tuple[Sender, Entry]:
    folder = write_case(tmp_path / "case")
    with open_journal(folder / "journal.jsonl", clock) as journal:
        (entry,) = journal.append([make(kind, payload, happened="2026-01-05")])
    return Sender(folder), entry


@pytest.mark.parametrize(("kind", "payload", "values", "changed"), SHAPES)
def test_a_value_is_corrected_in_its_own_fields(
    tmp_path: Path,
    kind: str,
    payload: dict[str, Any],
    values: dict[str, Any],
    changed: dict[str, Any],
) -> None:
    sender, entry = filled(tmp_path, kind, payload)
    path = f"/entry/{entry.id}/correct"
    if "extra" not in payload:
        assert "JSON" not in words_of(sender.get(path).text)
    assert "nothing would change" in words_of(sender.send(path).text)
    sender.record(path, **values)
    made = sender.entries()[-1]
    assert made.rectifies == entry.id
    assert thaw(made.payload) == {**payload, **changed}


@pytest.mark.parametrize(
    ("kind", "payload", "values", "word"),
    [
        (*SHAPES[5][:2], {"p_args_2": "a b"}, "no name that rules know"),
        (*SHAPES[5][:2], {"p_event": "sings"}, "sings"),
        (*SHAPES[4][:2], {"p_number": "many"}, "no whole number"),
        (*SHAPES[4][:2], {"p_comparison": "much"}, "none of the choices"),
        (*SHAPES[7][:2], {"p_extra": "{"}, "no value for extra"),
        (*SHAPES[0][:2], {"p_attendance.how": "afar"}, "row 1, How"),
        (*SHAPES[0][:2], {"p_attendance.actor": ""}, "row 1, Who: this is needed"),
    ],
)
def test_a_bad_value_is_told_beside_its_field(
    tmp_path: Path,
    kind: str,
    payload: dict[str, Any],
    values: dict[str, Any],
    word: str,
) -> None:
    sender, entry = filled(tmp_path, kind, payload)
    before = len(sender.entries())
    answered = sender.send(f"/entry/{entry.id}/correct", **values)
    assert answered.status_code == 422
    assert word in words_of(answered.text)
    assert len(sender.entries()) == before


def rows(text: str, column: str) -> list[str]:
    found: list[str] = fields_in(text)[column]
    return found


def test_one_row_more_is_asked_for_and_nothing_is_lost(tmp_path: Path) -> None:
    sender = Sender(write_case(tmp_path / "case"))
    path, column = "/record/meeting", "attendance.actor"
    assert rows(sender.get(path).text, column) == ["", ""]
    more: dict[str, Any] = {
        "do": "more.attendance",
        column: ["FR", ""],
        "title": "Talks",
    }
    shown = sender.send(path, **more)
    assert shown.status_code == 200
    assert rows(shown.text, column) == ["FR", "", ""]
    assert 'id="attendance.actor.2"' in shown.text.partition(" autofocus")[0]
    assert fields_in(shown.text)["title"] == ["Talks"]
    data = {**fields_in(shown.text), column: ["FR", "UA", ""], "do": "look"}
    looked = sender.client.post(path, data=data)
    assert looked.status_code == 200, words_of(looked.text)
    assert sender.confirm(path, looked).status_code == 303
    seats = sender.entries()[-2].payload["attendance"]
    assert [seat["actor"] for seat in seats] == ["FR", "UA"]


def test_what_does_not_come_again_is_asked_for_in_vain(tmp_path: Path) -> None:
    sender = Sender(write_case(tmp_path / "case"))
    for name in ("title", "nothing", "", "attendance.actor"):
        shown = sender.send("/record/meeting", do=f"more.{name}", title="Talks")
        assert shown.status_code == 200
        assert rows(shown.text, "attendance.actor") == ["", ""]


def test_rows_have_an_end(tmp_path: Path) -> None:
    sender = Sender(write_case(tmp_path / "case"))
    many = [f"org:{n}" for n in range(MOST_ROWS + 1)]
    values: dict[str, Any] = {"by.actor": many, "title": "Yes"}
    told = sender.send("/record/statement", **values)
    assert told.status_code == 422
    assert f"more than {MOST_ROWS} rows" in words_of(told.text)


def test_who_may_see_it_is_corrected_alone(tmp_path: Path) -> None:
    sender = Sender(write_case(tmp_path / "case"))
    sender.record("/record/note", text="Only for two", mark=["FR", "UA"])
    note = sender.entries()[-1]
    path = f"/entry/{note.id}/correct?reader=all"
    assert sorted(sender.start(path)["mark"]) == ["FR", "UA"]
    assert "nothing would change" in words_of(sender.send(path).text)
    sender.record(path, mark="public", reason="it was published")
    wider = sender.entries()[-1]
    assert (wider.rectifies, wider.marks) == (note.id, ("public",))
    assert wider.payload["text"] == "Only for two"
    sender.record(f"/entry/{wider.id}/correct?reader=all", mark="none")
    assert sender.entries()[-1].marks == ()


def test_nobody_marks_for_eyes_that_are_not_theirs(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    czech = Sender(
        folder, person(Role.CONTRIBUTOR, "jana", delegation="CZ", reader="CZ")
    )
    position = {"party": "CZ", "point": "x", "title": "No", "mark": "CZ"}
    czech.record("/record/position", **position, source="https://gazette.example/a")
    own = next(e for e in reversed(czech.entries()) if e.kind == "position")
    told = czech.send(f"/entry/{own.id}/correct", mark="FR")
    assert told.status_code == 422
    assert "none of the choices" in words_of(told.text)
