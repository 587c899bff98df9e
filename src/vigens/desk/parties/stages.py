"""Stages of consent and endorsement: party by component by stage, each by its own act.

No stage is derived from another here: each is a state of the general law, and what the
law says of it is all that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError, nearest
from vigens.engine import HIGH, LOW, Verdict, verdict_at
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.desk.answers import Session
    from vigens.engine import Bounds
    from vigens.rules import Instrument


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, as a state of the general law.

    Attributes:
        fluent: Its name.
        letter: One letter for a glyph; no two stages of a family share one.
        title: In words.
        meaning: What it is, and what it is not.
        is_adverse: Whether it tells of a way out, not of a way in.
    """

    fluent: str
    letter: str
    title: str
    meaning: str
    is_adverse: bool = False


_DRAFTS = (
    Stage(
        "initialled",
        "I",
        Message("initialled"),
        Message("initials make a text authentic; they bind nobody"),
    ),
)

#: Stages of political texts, and of treaties, in the order in which people read them.
STAGES = {
    "political": (
        *_DRAFTS,
        Stage(
            "approved",
            "A",
            Message("approved itself"),
            Message("its own act on this component"),
        ),
        Stage(
            "signed",
            "S",
            Message("signed"),
            Message("its signature under the whole text"),
        ),
        Stage(
            "approved_collectively",
            "G",
            Message("approved by a group"),
            Message("a group that it is a member of approved the text as a whole"),
        ),
        Stage(
            "associated",
            "J",
            Message("associated itself"),
            Message("it joined the text of others"),
        ),
        Stage(
            "endorsed",
            "E",
            Message("endorses"),
            Message("what the text counts as endorsement, by the text's own clause"),
        ),
        Stage(
            "concluded",
            "C",
            Message("commitment concluded"),
            Message("an act by which it concludes a commitment; no endorsement is one"),
        ),
        Stage(
            "excluded",
            "X",
            Message("excluded for itself"),
            Message("it excluded this component for itself"),
            is_adverse=True,
        ),
        Stage(
            "support_withdrawn",
            "W",
            Message("support withdrawn"),
            Message("it took its support back"),
            is_adverse=True,
        ),
    ),
    "treaty": (
        *_DRAFTS,
        Stage(
            "signatory",
            "S",
            Message("signed"),
            Message(
                "a signature that waits for consent; it binds to good faith only (VCLT article 18)"
            ),
        ),
        Stage(
            "consented",
            "R",
            Message("consented to be bound"),
            Message(
                "ratified, accepted, approved, acceded, or signed definitively (VCLT articles 11 to 16)"
            ),
        ),
        Stage(
            "party_to",
            "P",
            Message("party"),
            Message(
                "consented, and the treaty is in force for it (VCLT article 2(1)(g))"
            ),
        ),
        Stage(
            "applied_provisionally",
            "V",
            Message("applies provisionally"),
            Message("before entry into force, as far as it declared (VCLT article 25)"),
        ),
        Stage(
            "concluded",
            "C",
            Message("commitment concluded"),
            Message("an act by which it concludes a commitment under a component"),
        ),
        Stage(
            "withdrawal_notified",
            "N",
            Message("gave notice of withdrawal"),
            Message("still bound until the notice has run (VCLT article 56)"),
            is_adverse=True,
        ),
        Stage(
            "not_joining",
            "X",
            Message("will not become a party"),
            Message("it made clear that it will not (VCLT article 18(a))"),
            is_adverse=True,
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class StageCell:
    """One stage of one party under one component.

    Attributes:
        stage: Which one.
        verdict: HOLDS, FAILS or OPEN.
        since: From when it has been so, UTC seconds; `None` where ever since.
        question: As one would ask.
    """

    stage: Stage
    verdict: Verdict
    since: int | None
    question: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """One party: a strip of stages for each component.

    Attributes:
        party: Name in rules.
        title: In words.
        whole: Stages that are of the whole text.
        parts: For each component of the text, the stages that are of it.
    """

    party: str
    title: str
    whole: tuple[StageCell, ...]
    parts: tuple[tuple[StageCell, ...], ...]

    @property
    def cells(self) -> tuple[StageCell, ...]:
        """List every cell of the row."""
        return (*self.whole, *(cell for part in self.parts for cell in part))

    @property
    def is_telling(self) -> bool:
        """Say whether it stands on any stage."""
        return any(cell.verdict is Verdict.HOLDS for cell in self.cells)

    @property
    def is_known(self) -> bool:
        """Say whether it is known of every stage where it stands."""
        return all(cell.verdict is not Verdict.OPEN for cell in self.cells)


@dataclass(frozen=True, slots=True)
class StageTable:
    """One text: who stands on which stage of which component."""

    instrument: Instrument
    whole: tuple[Stage, ...]
    of_parts: tuple[Stage, ...]
    rows: tuple[StageRow, ...]


def read_stages(
    session: Session, name: str, parties: Iterable[str] | None = None
) -> StageTable:
    """Work out who stands on which stage of a text.

    Args:
        session: The case through its lens.
        name: Of the instrument.
        parties: Only these; by default every state and organisation.

    Raises:
        UsageError: The lens knows no such text.
    """
    program = session.case.program
    known = {text.name: text for text in session.texts()}
    if name not in known:
        meant = nearest(name, known)
        mend = f'did you mean "{meant}"? ' if meant else ""
        raise UsageError(
            f'there is no instrument "{name[:60]}" by then',
            "the question",
            f"{mend}this lens knows {', '.join(known) or 'none'}",
        )
    text = known[name]
    whole, of_parts = stages_of(session, text)
    names = tuple(parties) if parties is not None else program.values_of("party")
    components = [part.name for part in text.components]
    of_text = [
        _columns(session, stage, [(name, party) for party in names]) for stage in whole
    ]
    keys = [(name, part, party) for part in components for party in names]
    of_part = [_columns(session, stage, keys) for stage in of_parts]
    rows = [
        StageRow(
            party,
            program.title_of(party),
            tuple(column[at] for column in of_text),
            tuple(
                tuple(column[place * len(names) + at] for column in of_part)
                for place in range(len(components))
            ),
        )
        for at, party in enumerate(names)
    ]
    return StageTable(text, whole, of_parts, tuple(rows))


def stages_of(
    session: Session, text: Instrument
) -> tuple[tuple[Stage, ...], tuple[Stage, ...]]:
    """List the stages of a text: those of the whole, and those of each component."""
    fluents = session.case.program.fluents
    family = "treaty" if text.family == "treaty" else "political"
    found: tuple[list[Stage], list[Stage]] = ([], [])
    for stage in STAGES[family]:
        fluent = fluents.get(stage.fluent)
        if stage in _DRAFTS and text.text_status != "draft":
            continue
        if fluent is None or fluent.applies_to not in (None, text.family):
            continue
        sorts = [param.sort for param in fluent.params]
        if sorts == ["instrument", "party"]:
            found[0].append(stage)
        elif sorts == ["instrument", "component", "party"] and text.components:
            found[1].append(stage)
    return tuple(found[0]), tuple(found[1])


def _columns(
    session: Session, stage: Stage, keys: Sequence[tuple[str, ...]]
) -> list[StageCell]:
    """Work one stage out for many keys, in one look-up."""
    found = []
    every = session.evaluation.bounds_of(stage.fluent, keys) if keys else []
    for values, bounds in zip(keys, every, strict=True):
        verdict = verdict_at(bounds, session.lens.as_of)
        since = since_of(bounds, verdict, session.lens.as_of)
        atom = Atom(stage.fluent, tuple(Constant(value) for value in values))
        found.append(StageCell(stage, verdict, since, str(atom)))
    return found


def since_of(bounds: Bounds, verdict: Verdict, instant: int) -> int | None:
    """Say from when a verdict has been so; `None` where ever since, and of a NO."""
    spans = {Verdict.HOLDS: bounds.surely, Verdict.OPEN: bounds.open}.get(verdict, ())
    return next(
        (s for s, e in spans if LOW + 1 < s <= instant < e and s < HIGH - 1), None
    )
