"""What waits for a second person counts possibly, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import SETTINGS, Writer, word
from vigens.base import InputError
from vigens.desk import Session
from vigens.model import Weight

DAY = "2026-03-01"


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    writer.looked("2026-01-01/2026-03-20")
    return writer


def guard(writer: Writer, rule: str) -> None:
    text = SETTINGS.replace("[policies.strict.events.floods]\norigins = 2\n", "")
    text = text.replace("confirmed = true\n", "")
    (writer.folder / "case.toml").write_text(f"{text}\n[four_eyes]\n{rule}\n", "utf-8")


def confirm(writer: Writer, about: str, by: str = "second") -> str:
    return writer.record("confirmation", {"by": by}, about=(about,), by=by)


def flood(writer: Writer, day: str = "2026-01-10", **fields: str) -> str:
    name = writer.event("floods", day, **fields)
    writer.claim(name, "2026-01-11")
    return name


def answer(writer: Writer) -> Session:
    return writer.session(DAY, "2026-03-31")


def test_an_entry_of_a_guarded_event_waits_for_another_person(writer: Writer) -> None:
    guard(writer, 'events = ["floods"]')
    name = flood(writer)
    session = answer(writer)
    assert word(session, "open_river") == "NOT KNOWN"
    weighing = session.assembled.weighings[name]
    assert weighing.weight is Weight.POSSIBLE
    assert weighing.reason == "recorded by curator, waits for a second person"
    (found,) = session.ask("open_river")
    assert any("waits for a second person" in cause.text for cause in found.causes)
    confirm(writer, name)
    assert word(answer(writer), "open_river") == "YES"


def test_the_same_person_is_no_second(writer: Writer) -> None:
    guard(writer, 'kinds = ["occurrence"]')
    name = flood(writer)
    confirm(writer, name, by="curator")
    writer.record("confirmation", {"by": "somebody"}, about=(name,), by="curator")
    session = answer(writer)
    assert word(session, "open_river") == "NOT KNOWN"
    codes = [finding.code for finding in session.assembled.findings]
    assert codes == ["D002", "D002"]


def test_a_kind_that_is_not_guarded_counts_at_once(writer: Writer) -> None:
    guard(writer, 'kinds = ["observation"]\nevents = ["dries"]')
    flood(writer)
    assert word(answer(writer), "open_river") == "YES"


def test_confirmation_does_not_carry_to_news(writer: Writer) -> None:
    guard(writer, 'events = ["floods"]')
    name = flood(writer)
    confirm(writer, name)
    later = writer.event(
        "floods", "2026-02-10", supersedes=name, known_from="2026-02-11"
    )
    writer.claim(later, "2026-02-11")
    session = answer(writer)
    # Either version may be right, until somebody else has looked at the news.
    assert word(session, "open_river") == "NOT KNOWN"
    assert session.assembled.weighings[later].weight is Weight.POSSIBLE
    old = session.assembled.weighings[name]
    assert old.weight is Weight.POSSIBLE
    assert old.reason == "a correction of it waits for a second person"
    confirm(writer, later)
    session = answer(writer)
    assert word(session, "open_river") == "YES"
    assert name not in session.assembled.weighings


def test_one_person_cannot_take_a_confirmed_entry_away(writer: Writer) -> None:
    guard(writer, 'kinds = ["occurrence", "observation"]')
    name = flood(writer)
    confirm(writer, name)
    other = writer.event("dries", "2026-01-10", supersedes=name)
    writer.claim(other, "2026-01-11")
    assert word(answer(writer), "open_river") == "NOT KNOWN"


def test_confirmation_carries_to_another_title_alone(writer: Writer) -> None:
    guard(writer, 'events = ["floods"]')
    name = flood(writer)
    confirm(writer, name)
    payload = {"event": "floods", "args": [], "title": "The river floods"}
    titled = writer.record(
        "occurrence", payload, happened="2026-01-10", rectifies=name, by="second"
    )
    assert word(answer(writer), "open_river") == "YES"
    writer.record("occurrence", payload, happened="2026-01-09", rectifies=titled)
    assert word(answer(writer), "open_river") == "NOT KNOWN"


def test_a_chain_of_corrections_that_wait_leaves_each_possible(writer: Writer) -> None:
    guard(writer, 'events = ["floods"]')
    first = flood(writer)
    confirm(writer, first)
    second = writer.event("floods", "2026-01-20", rectifies=first)
    third = writer.event("floods", "2026-01-30", rectifies=second)
    weighings = answer(writer).assembled.weighings
    for name in (first, second, third):
        assert weighings[name].weight is Weight.POSSIBLE, name


def test_a_claim_that_waits_neither_makes_sure_nor_denies(writer: Writer) -> None:
    guard(writer, 'kinds = ["claim"]')
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11")
    assert word(answer(writer), "open_river") == "NOT KNOWN"
    confirm(writer, claim)
    assert word(answer(writer), "open_river") == "YES"
    denial = writer.claim(name, "2026-01-12", denies=True)
    assert word(answer(writer), "open_river") == "NOT KNOWN"
    confirm(writer, denial)
    session = answer(writer)
    assert session.assembled.weighings[name].is_disputed


def test_a_denial_that_waits_is_none_yet(writer: Writer) -> None:
    guard(writer, 'kinds = ["claim"]')
    name = writer.event("floods", "2026-01-10")
    denial = writer.claim(name, "2026-01-12", denies=True)
    weighings = answer(writer).assembled.weighings
    assert weighings[name].weight is Weight.ASIDE
    confirm(writer, denial)
    assert answer(writer).assembled.weighings[name].weight is Weight.DENIED


def test_a_grade_that_waits_leaves_the_one_before_possible(writer: Writer) -> None:
    guard(writer, 'kinds = ["grade"]')
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11", grade=None)
    assert answer(writer).assembled.weighings[name].weight is Weight.ASIDE
    high = {"reliability": "A", "credibility": 1}
    better = writer.record("grade", high, about=(claim,), known_from="2026-01-11")
    weighing = answer(writer).assembled.weighings[name]
    assert weighing.weight is Weight.POSSIBLE
    assert "waits" in weighing.reason
    confirm(writer, better)
    assert answer(writer).assembled.weighings[name].weight is Weight.SURE
    low = {"reliability": "F", "credibility": 6}
    writer.record("grade", low, about=(claim,), supersedes=better)
    assert answer(writer).assembled.weighings[name].weight is Weight.POSSIBLE


def test_a_review_that_waits_does_not_void_a_claim(writer: Writer) -> None:
    guard(writer, 'kinds = ["review"]')
    name = writer.event("floods", "2026-01-10")
    claim = writer.claim(name, "2026-01-11")
    review = writer.record("review", {"verdict": "fabricated"}, about=(claim,))
    assert answer(writer).assembled.weighings[name].weight is Weight.POSSIBLE
    confirm(writer, review)
    assert answer(writer).assembled.weighings[name].weight is Weight.ASIDE


def test_a_join_that_waits_leaves_it_open_whether_origins_are_two(
    writer: Writer,
) -> None:
    guard(writer, 'kinds = ["same_origin"]')
    path = writer.folder / "case.toml"
    path.write_text(
        path.read_text("utf-8") + "[policies.strict.events.floods]\norigins = 2\n"
    )
    name = writer.event("floods", "2026-01-10")
    claims = [writer.claim(name, "2026-01-11") for _ in range(2)]
    assert word(answer(writer), "open_river") == "YES"
    joined = writer.record("same_origin", {}, about=tuple(claims))
    session = answer(writer)
    assert session.assembled.weighings[name].weight is Weight.POSSIBLE
    assert "waits" in session.assembled.weighings[name].reason
    confirm(writer, joined)
    weighing = answer(writer).assembled.weighings[name]
    assert "1 independent origin" in weighing.reason


def test_coverage_that_waits_covers_nothing(writer: Writer) -> None:
    guard(writer, 'kinds = ["coverage"]')
    assert word(answer(writer), "open_river") == "NOT KNOWN"
    name = writer.looked("2026-01-01/2026-03-20")
    confirm(writer, name)
    assert word(answer(writer), "open_river") == "NO"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('kinds = ["occurence"]', 'write "occurrence"'),
        ('kinds = ["note"]', "guard nothing"),
        ('kinds = "occurrence"', "a list of names"),
        ('event = ["floods"]', "event"),
        ('events = ["flood"]', 'write "floods"'),
    ],
)
def test_what_would_guard_nothing_is_refused(
    writer: Writer, rule: str, said: str
) -> None:
    guard(writer, rule)
    with pytest.raises(InputError, match=said):
        answer(writer)
