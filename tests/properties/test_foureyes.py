"""Whatever waits or is gone: each way it may be lies within what is answered.

A small journal is drawn: claims for and against one matter, grades, reviews, joins, some of
which wait for a second person. For every set of confirmations the same journal is weighed
without what was not confirmed, by a case without four eyes. None of these weights may be
more certain than what the case with four eyes gives, and where all agree it agrees, too.
"""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.desk.smallcase import SETTINGS, Writer
from vigens.desk import (
    carry_out,
    complete,
    confirmation_draft,
    find_redaction,
    want_redaction,
)
from vigens.model import Weight

PLAIN = SETTINGS.replace("origins = 2\nconfirmed = true\n", "origins = N\n")
ORIGINS = st.sampled_from([1, 1, 2])
GUARD = '[four_eyes]\nkinds = ["claim", "grade", "review", "same_origin"]\n'

GRADES = st.sampled_from(["A1", "B2", "C3", "D4", "F6"])
N_WAYS = 4


@dataclass(frozen=True)
class Said:
    """One claim as drawn: side, grades in order, a review, and what of it waits."""

    denies: bool
    grades: tuple[str, ...]
    fabricated: bool
    waits: frozenset[str]


SAID = st.builds(
    Said,
    denies=st.booleans(),
    grades=st.lists(GRADES, min_size=1, max_size=2).map(tuple),
    fabricated=st.sampled_from([False, False, True]),
    waits=st.frozensets(st.sampled_from(["claim", "grade", "review"]), max_size=2),
)


class Scene:
    """A journal as it is written down, with what waits left out or not."""

    def __init__(
        self, folder: Path, confirmed: frozenset[str] | None, origins: int
    ) -> None:
        """Begin it; `confirmed` is what of it waits no longer, none for four eyes."""
        self.writer = Writer(folder)
        self.confirmed = confirmed
        self.names: list[str] = []
        text = PLAIN.replace("origins = N", f"origins = {origins}") + (
            GUARD if confirmed is None else ""
        )
        (folder / "case.toml").write_text(text, "utf-8")
        self.matter = self.writer.event("floods", "2026-01-10")

    def put(
        self, name: str, kind: str, payload: dict[str, Any], *about: str, waits: bool
    ) -> str:
        """Record something, unless it waits and nobody confirmed it."""
        if waits:
            self.names.append(name)
            if self.confirmed is not None and name not in self.confirmed:
                return ""
        made = self.writer.record(
            kind, payload, known_from="2026-01-11", about=about or (self.matter,)
        )
        if self.confirmed is None and not waits:
            self.writer.record("confirmation", {"by": "two"}, about=(made,), by="two")
        return made

    def claim(self, number: int, said: Said) -> str:
        """Record a claim with what is said about it."""
        payload: dict[str, Any] = {
            "polarity": "neg" if said.denies else "pos",
            "statement": f"statement {number}",
            "actors": [],
        }
        if said.denies:
            payload["denies"] = [self.matter]
        waits = "claim" in said.waits
        claim = self.put(f"claim {number}", "claim", payload, waits=waits)
        if not claim:
            return claim
        for place, grade in enumerate(said.grades):
            waits = "grade" in said.waits and place == len(said.grades) - 1
            graded = {"reliability": grade[0], "credibility": int(grade[1])}
            self.put(f"grade {number}", "grade", graded, claim, waits=waits)
        if said.fabricated:
            waits = "review" in said.waits
            verdict = {"verdict": "fabricated"}
            self.put(f"review {number}", "review", verdict, claim, waits=waits)
        return claim

    def weight(self) -> Weight:
        """Weigh the matter."""
        session = self.writer.session("2026-03-01", "2026-03-31")
        return session.assembled.weighings[self.matter].weight


def write(
    folder: Path,
    said: list[Said],
    confirmed: frozenset[str] | None,
    *,
    joined: bool,
    origins: int,
) -> Scene:
    """Write all that was drawn."""
    scene = Scene(folder, confirmed, origins)
    claims = [scene.claim(number, each) for number, each in enumerate(said)]
    if joined and len(claims) > 1 and all(claims[:2]):
        scene.put("join", "same_origin", {}, *claims[:2], waits=True)
    return scene


def allows(answer: Weight, one: Weight) -> bool:
    """Say whether an answer holds room for one way that it may be."""
    if answer is one:
        return True
    if answer is Weight.POSSIBLE:
        return True
    return answer is Weight.ASIDE and one is Weight.DENIED


CERTAIN = Said(False, ("A1",), False, frozenset())


@settings(max_examples=15, deadline=None)
@example(said=[replace(CERTAIN, waits=frozenset({"claim"}))], joined=False, origins=1)
@example(said=[CERTAIN, CERTAIN], joined=True, origins=2)
@example(
    said=[replace(CERTAIN, fabricated=True, waits=frozenset({"review"}))],
    joined=False,
    origins=1,
)
@given(
    said=st.lists(SAID, min_size=1, max_size=3),
    joined=st.booleans(),
    origins=ORIGINS,
)
def test_every_way_it_may_be_confirmed_lies_within(
    said: list[Said], *, joined: bool, origins: int
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        drawn: dict[str, Any] = {"joined": joined, "origins": origins}
        guarded = write(folder / "guarded", said, None, **drawn)
        answer, names = guarded.weight(), guarded.names[:N_WAYS]
        ways = set()
        rest = frozenset(guarded.names[N_WAYS:])
        for number in range(len(names) + 1):
            for chosen in itertools.combinations(names, number):
                way = folder / str(len(list(folder.iterdir())))
                scene = write(way, said, rest | frozenset(chosen), **drawn)
                ways.add(scene.weight())
        assert all(allows(answer, one) for one in ways), (answer, ways)
        if not names:
            assert ways == {answer}


@settings(max_examples=15, deadline=None)
@example(said=[CERTAIN, replace(CERTAIN, denies=True)], gone=1, origins=1)
@given(
    said=st.lists(SAID, min_size=1, max_size=3),
    gone=st.integers(0, 2),
    origins=ORIGINS,
)
def test_what_was_before_a_redaction_lies_within_what_is_said_after(
    said: list[Said], gone: int, origins: int
) -> None:
    with tempfile.TemporaryDirectory() as place:
        plain = [replace(each, waits=frozenset()) for each in said]
        scene = Scene(Path(place) / "case", frozenset(), origins)
        claims = [scene.claim(number, each) for number, each in enumerate(plain)]
        before = scene.weight()
        writer, target = scene.writer, claims[gone % len(claims)]
        wished = want_redaction(writer.case(), writer.clock, target, "law", by="one")
        fact = wished.carried.entries[0].id
        draft = confirmation_draft(writer.case(), fact, by="two", of_redaction=True)
        carry_out(writer.case(), writer.clock, [draft])
        case = writer.case()
        complete(case, writer.clock, find_redaction(case, fact))
        assert allows(scene.weight(), before), (before, scene.weight())
