"""A session that takes over what another worked out answers as one from the beginning."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.board.workload import write_case
from vigens.base import Layered
from vigens.desk import (
    Case,
    Looking,
    Session,
    make_lens,
    open_case,
    read_status,
    reopen_case,
)
from vigens.engine import Node
from vigens.journal import Draft, open_journal
from vigens.journal.values import thaw

if TYPE_CHECKING:
    from vigens.journal import Entry

END = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = "2026-02-20"


class Clock:
    """A present that goes on by a minute each time."""

    def __init__(self) -> None:
        self.now = END + timedelta(hours=1)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown") / "case"
    write_case(folder, n_states=4, n_components=3, n_entries=300, ends=END)
    return folder


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    place = tmp_path / "case"
    (place / "agreements").mkdir(parents=True)
    for name in ("case.toml", "agreements/accord.md", "journal.db"):
        (place / name).write_bytes((small / name).read_bytes())
    return place


def add(
    folder: Path, clock: Clock, kind: str, payload: dict[str, Any], **more: Any
) -> Entry:
    more.setdefault("marks", ("public",))
    with open_journal(folder / "journal.db", clock) as journal:
        return journal.append([Draft(kind, payload, "desk", **more)])[0]


def occur(folder: Path, clock: Clock, event: str, *args: str, **more: Any) -> Entry:
    payload = {"event": event, "args": list(args), "title": event}
    more.setdefault("happened", DAY)
    return add(folder, clock, "occurrence", payload, **more)


def claim(folder: Path, clock: Clock, about: Entry, way: str = "pos") -> Entry:
    said = {"polarity": way, "statement": "so it was", "actors": []}
    return add(folder, clock, "claim", said, about=(about.id,), known_from=DAY)


def grade(folder: Path, clock: Clock, about: Entry, letter: str = "B") -> Entry:
    said = {"reliability": letter, "credibility": 2, "rule": "desk"}
    return add(folder, clock, "grade", said, about=(about.id,))


def bare(node: Node) -> Node:
    """Leave out when each step was looked into."""
    return replace(node, at=None, children=tuple(bare(one) for one in node.children))


def told(session: Session) -> dict[str, Any]:
    """Say everything that a session answers and holds."""
    status, grown = read_status(session), session.assembled
    assert status.matrix is not None
    answers = [a for row in status.matrix.rows for a in (row.membership, *row.cells)]
    return {
        "answers": [replace(each, node=bare(each.node)) for each in answers],
        "headline": status.headline_sentence,
        "findings": status.findings,
        "view": grown.view,
        "weighings": grown.weighings,
        "grades": grown.grades,
        "origins": grown.origins,
        "coverage": list(grown.world.coverage),
        "sightings": grown.world.sightings,
        "counts": grown.world.counts,
        "happenings": {
            name: sorted(found, key=str)
            for name, found in grown.world.happenings.items()
        },
    }


def look(case: Case, clock: Clock, reader: str, as_of: str | None) -> Looking:
    return Looking(int(clock.now.timestamp()), as_of=as_of, reader=reader)


def follow(case: Case, clock: Clock, before: Session, as_of: str | None) -> Session:
    """Look again after something came, and compare with a look from the beginning."""
    grown = reopen_case(case, clock) or open_case(case.folder, clock)
    lens = make_lens(grown, look(grown, clock, before.lens.reader, as_of))
    session = Session(grown, lens, before)
    anew = open_case(case.folder, clock)
    assert told(session) == told(Session(anew, lens))
    assert grown.seen(lens) == anew.seen(lens)
    return session


@pytest.mark.parametrize("reader", ["public", "all", "S01"])
@pytest.mark.parametrize("as_of", [DAY, None])
def test_whatever_comes_answers_are_those_of_the_whole(
    folder: Path, reader: str, as_of: str | None
) -> None:
    clock, chance = Clock(), random.Random(f"{reader} {as_of}")
    case = open_case(folder, clock)
    lens = make_lens(case, look(case, clock, reader, as_of))
    session = Session(case, lens)
    read_status(session)
    made: list[Entry] = []
    said: list[Entry] = []
    acts = ("approves", "excludes", "withdraws.support")
    for _ in range(9):
        what = chance.randrange(6)
        if what == 0 or not made:
            args = (
                "accord",
                f"part_0{chance.randrange(3)}",
                f"S0{chance.randrange(4)}",
            )
            marks = chance.choice([("public",), ("S01",)])
            made.append(occur(folder, clock, chance.choice(acts), *args, marks=marks))
        elif what == 1:
            made.append(
                occur(folder, clock, "joins", "club", f"S0{chance.randrange(4)}")
            )
        elif what == 2 or not said:
            way = chance.choice(["pos", "pos", "neg"])
            said.append(claim(folder, clock, chance.choice(made), way))
        elif what == 3:
            grade(folder, clock, chance.choice(said), chance.choice("BE"))
        elif what == 4:
            made.append(occur(folder, clock, "shelling", "a new sector"))
        else:
            add(folder, clock, "note", {"text": "seen"})
        session = follow(session.whole, clock, session, as_of)


def matter(folder: Path, clock: Clock, chance: random.Random) -> Entry:
    """Record one of the further kinds of matters, with whatever may move by it."""
    state, number = f"S0{chance.randrange(4)}", chance.randrange(1, 9)
    domains = [chance.choice(["land", "sea"])]
    kinds: list[tuple[str, dict[str, Any]]] = [
        (
            "offer",
            {
                "party": state,
                "stance": chance.choice(["offer", "refusal"]),
                "domains": domains,
                "conditions": [],
                "gates": [],
                "title": "an offer",
            },
        ),
        (
            "count",
            {
                "measure": chance.choice(["states_ready", "another"]),
                "number": number,
                "comparison": "at_least",
                "title": f"{number} are ready",
            },
        ),
        (
            "observation",
            {
                "fluent": chance.choice(["truce", "endorsed"]),
                "args": ["accord", "part_00", state],
                "holds": chance.random() < 0.5,
                "title": "seen",
            },
        ),
        ("position", {"party": state, "point": "p", "title": "a position"}),
    ]
    kind, payload = chance.choice(kinds)
    if payload.get("fluent") == "truce":
        payload["args"] = []
    return add(folder, clock, kind, payload, happened=DAY)


@pytest.mark.parametrize("reader", ["public", "all"])
@pytest.mark.parametrize("as_of", [DAY, None])
@pytest.mark.parametrize("seed", range(2))
def test_further_kinds_of_matters_answer_as_the_whole(
    folder: Path, reader: str, as_of: str | None, seed: int
) -> None:
    clock, chance = Clock(), random.Random(f"{reader} {as_of} {seed}")
    case = open_case(folder, clock)
    session = Session(case, make_lens(case, look(case, clock, reader, as_of)))
    read_status(session)
    made = [matter(folder, clock, chance)]
    said: list[Entry] = []
    for _ in range(7):
        what = chance.randrange(4)
        if what == 0:
            made.append(matter(folder, clock, chance))
        elif what == 1 or not said:
            way = chance.choice(["pos", "pos", "neg"])
            said.append(claim(folder, clock, chance.choice(made), way))
        elif what == 2:
            grade(folder, clock, chance.choice(said), chance.choice("BE"))
        else:
            by = {"by": chance.choice(["anna", "desk"])}
            about = (chance.choice(made).id,)
            add(folder, clock, "confirmation", by, about=about)
        session = follow(session.whole, clock, session, as_of)


@pytest.mark.parametrize("reader", ["public", "all"])
@pytest.mark.parametrize("seed", range(2))
def test_a_look_at_the_past_goes_on_as_time_does(
    folder: Path, reader: str, seed: int
) -> None:
    clock, chance = Clock(), random.Random(f"{reader} {seed}")
    case = open_case(folder, clock)
    session, n_taken_over = None, 0
    then = int(END.timestamp()) - 40 * 86_400
    for step in range(9):
        if step % 2:
            made = occur(folder, clock, "approves", "accord", "part_00", "S01")
            grade(folder, clock, claim(folder, clock, made))
        then += chance.choice([0, 60, 86_400, 5 * 86_400])
        case = reopen_case(case, clock) or case
        lens = make_lens(case, look(case, clock, reader, None))
        lens = replace(lens, as_of=then, known_at=then, recorded_at=then)
        session = Session(case, lens, session)
        assert told(session) == told(Session(open_case(folder, clock), lens))
        n_taken_over += isinstance(session.assembled.weighings, Layered)
    assert n_taken_over > 3


def correct(
    folder: Path, clock: Clock, chance: random.Random, old: Entry
) -> tuple[str, Entry]:
    """Mend an entry, or supersede it by news, with something else in it or not."""
    payload = dict(thaw(old.payload))
    if "credibility" in payload:
        payload["credibility"] = chance.choice([1, 2, 5])
    if "polarity" in payload:
        payload["polarity"] = chance.choice(["pos", "neg"])
    if old.payload.get("event") == "approves":
        payload["args"] = ["accord", "part_01", f"S0{chance.randrange(4)}"]
    way = chance.choice(["rectifies", "supersedes"])
    more: dict[str, Any] = {way: old.id, "happened": old.happened, "about": old.about}
    return old.id, add(folder, clock, old.kind, payload, sources=old.sources, **more)


@pytest.mark.parametrize("reader", ["public", "all", "S01"])
@pytest.mark.parametrize("as_of", [DAY, None])
@pytest.mark.parametrize("seed", range(2))
def test_corrections_answer_as_the_whole(
    folder: Path, reader: str, as_of: str | None, seed: int
) -> None:
    clock, chance = Clock(), random.Random(f"{reader} {as_of} {seed}")
    case = open_case(folder, clock)
    session = Session(case, make_lens(case, look(case, clock, reader, as_of)))
    read_status(session)
    view = session.assembled.view
    older = [one for one in view.entries if one.kind != "coverage"]
    n_taken_over = 0
    for step in range(8):
        old = chance.choice(older)
        if step % 3 == 2:  # also something new, and what was said of it
            made = occur(folder, clock, "approves", "accord", "part_00", "S01")
            said = claim(folder, clock, made)
            older += [made, said, grade(folder, clock, said)]
        else:
            _, made = correct(folder, clock, chance, old)
            older.append(made)
        session = follow(session.whole, clock, session, as_of)
        n_taken_over += isinstance(session.assembled.weighings, Layered)
    assert n_taken_over > 3, "most come without a look from the beginning"


@pytest.mark.parametrize("as_of", [DAY, None])
def test_corrections_and_looks_are_followed(folder: Path, as_of: str | None) -> None:
    clock = Clock()
    case = open_case(folder, clock)
    session = Session(case, make_lens(case, look(case, clock, "public", as_of)))
    read_status(session)
    made = occur(folder, clock, "approves", "accord", "part_00", "S00")
    session = follow(case, clock, session, as_of)
    grade(folder, clock, claim(folder, clock, made))
    session = follow(session.whole, clock, session, as_of)
    occur(folder, clock, "approves", "accord", "part_00", "S02", supersedes=made.id)
    session = follow(session.whole, clock, session, as_of)
    seen = {"events": ["*"], "audience": "public", "note": "again"}
    add(folder, clock, "coverage", seen, happened="2026-02-01/2026-03-01")
    session = follow(session.whole, clock, session, as_of)
    clock.now += timedelta(days=40)
    follow(session.whole, clock, session, as_of)


def test_what_is_not_touched_is_not_answered_again(folder: Path) -> None:
    clock = Clock()
    case = open_case(folder, clock)
    session = Session(case, make_lens(case, look(case, clock, "public", DAY)))
    before = {a.question: a for row in _rows(session) for a in row}
    made = occur(folder, clock, "approves", "accord", "part_00", "S00")
    grade(folder, clock, claim(folder, clock, made))
    session = follow(case, clock, session, DAY)
    after = {a.question: a for row in _rows(session) for a in row}
    anew = {name for name, one in after.items() if one is not before.get(name)}
    assert anew == {"endorsed(accord, part_00, S00)"}


def _rows(session: Session) -> list[tuple[Any, ...]]:
    matrix = read_status(session).matrix
    assert matrix is not None
    return [(row.membership, *row.cells) for row in matrix.rows]


def test_only_what_came_is_read_again(folder: Path) -> None:
    clock = Clock()
    case = open_case(folder, clock)
    assert reopen_case(case, clock) is case
    occur(folder, clock, "shelling", "sector_00")
    grown = reopen_case(case, clock)
    assert grown is not None
    lens = make_lens(grown, look(grown, clock, "all", None))
    assert len(grown.since(case, lens) or ()) == 1
    page = folder / "agreements" / "accord.md"
    page.write_text(page.read_text("utf-8") + "\nA word.\n", "utf-8")
    assert reopen_case(grown, clock) is None
