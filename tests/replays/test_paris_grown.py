"""The Paris case as entries come in: what is carried over answers as a look anew would."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vigens.base import UsageError
from vigens.desk import Case, Looking, Session, make_lens, read_status, reopen_case
from vigens.desk import open_case as open_whole
from vigens.engine import Node
from vigens.journal import Draft, Entry, open_journal

DAYS = ("2026-01-10", "2026-02-20", "2026-03-20", "2026-11-01", "2026-02")
N_STEPS = 3


class Clock:
    """A present that goes on by a minute each time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 26, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def bare(node: Node) -> Node:
    """Leave out when each step was looked into."""
    return replace(node, at=None, children=tuple(bare(one) for one in node.children))


def told(session: Session) -> dict[str, Any]:
    """Say what the pages say: first page, duties, steps, counts, states of one party."""
    status = read_status(session)
    assert status.matrix is not None
    assert status.headline is not None
    cells = [a for row in status.matrix.rows for a in (row.membership, *row.cells)]
    said: dict[str, Any] = {
        "headline": replace(status.headline, node=bare(status.headline.node)),
        "matrix": [replace(each, node=bare(each.node)) for each in cells],
        "rest": (status.duties, status.steps, status.counts, status.findings),
    }
    for name, fluent in session.case.program.fluents.items():
        if len(fluent.params) > 1:
            continue
        question = f"{name}(_)" if fluent.params else name
        try:
            found = session.ask(question)
        except UsageError as error:
            said[name] = str(error)
        else:
            said[name] = [(a.question, a.verdict, a.since, a.causes) for a in found]
    return said


class Desk:
    """Records at random what somebody might."""

    def __init__(self, place: Path, clock: Clock, seed: int) -> None:
        self.place, self.clock, self.chance = place, clock, random.Random(seed)
        self.made: list[Entry] = []
        self.said: list[Entry] = []

    def add(self, kind: str, payload: dict[str, Any], **more: Any) -> Entry:
        more.setdefault("marks", ("public",))
        with open_journal(self.place, self.clock) as journal:
            return journal.append([Draft(kind, payload, "desk", **more)])[0]

    def record(self, session: Session) -> None:
        what, choose = self.chance.randrange(5), self.chance.choice
        payload: dict[str, Any]
        if what <= 1 or not self.made:
            event = choose(list(session.case.program.events.values()))
            args = [choose([*session.values(p.sort), "x1"]) for p in event.params]
            payload = {"event": event.name, "args": args, "title": event.name}
            marks = choose([("public",), ("FR",)])
            self.made.append(
                self.add("occurrence", payload, happened=choose(DAYS), marks=marks)
            )
        elif what == 2 or not self.said:
            payload = {
                "polarity": choose(["pos", "neg"]),
                "statement": "so",
                "actors": [],
            }
            about, known = (choose(self.made).id,), choose(["2026-02-21", "2026-11-02"])
            self.said.append(self.add("claim", payload, about=about, known_from=known))
        elif what == 3:
            payload = {"reliability": choose("ABE"), "credibility": 2, "rule": "desk"}
            self.add("grade", payload, about=(choose(self.said).id,))
        else:
            payload = {"events": ["*"], "audience": "public", "note": "looked"}
            self.add("coverage", payload, happened="2026-03-01/2026-04-01")


@pytest.mark.parametrize(
    ("seed", "reader", "as_of"),
    [(1, "public", "2026-11-20"), (2, "all", None), (3, "FR", "2026-02-25")],
)
def test_what_is_carried_over_answers_as_a_look_anew(
    root: Path, tmp_path: Path, seed: int, reader: str, as_of: str | None
) -> None:
    folder, clock = tmp_path / "paris", Clock()
    shutil.copytree(root / "examples" / "paris", folder)
    lines = (folder / "journal.jsonl").rename(tmp_path / "journal.jsonl")
    with (
        open_journal(lines, clock) as old,
        open_journal(folder / "journal.db", clock, create=True) as new,
    ):
        new.adopt(old.entries(), "the Paris case")

    def lens_of(case: Case) -> Any:
        now = int(clock.now.timestamp())
        return make_lens(case, Looking(now, as_of=as_of, reader=reader))

    case = open_whole(folder, clock)
    desk = Desk(folder / "journal.db", clock, seed)
    session = Session(case, lens_of(case))
    told(session)
    for _ in range(N_STEPS):
        desk.record(session)
        grown = reopen_case(session.whole, clock)
        assert grown is not None
        further = Session(grown, lens_of(grown), session)
        assert told(further) == told(Session(grown, lens_of(grown)))
        session = further
