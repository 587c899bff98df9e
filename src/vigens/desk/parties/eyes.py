"""One sheet through two readers' eyes, line by line side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.desk.shifts import limit_words, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.desk.parties.sheet import DutyLine, Sheet

#: Stands where a reader sees no such line.
UNSEEN = Message("not seen")


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One line of a sheet, as two readers see it.

    Attributes:
        section: Of the sheet.
        what: In words.
        own: What the own eyes see.
        others: What the others' eyes see.
        asked: The question behind it, or empty.
        ref: The entry behind it, or empty.
    """

    section: str
    what: str
    own: str
    others: str
    asked: str
    ref: str

    @property
    def is_same(self) -> bool:
        """Say whether both see the same."""
        return self.own == self.others


def compare_eyes(
    own: tuple[Session, Sheet], others: tuple[Session, Sheet]
) -> tuple[SeenLine, ...]:
    """Lay two sheets of one party side by side; what differs goes first."""
    sides = [{line[0]: line for line in _lines(*side)} for side in (own, others)]
    found = []
    for key in dict.fromkeys((*sides[0], *sides[1])):
        mine, theirs = sides[0].get(key), sides[1].get(key)
        shown = mine or theirs
        assert shown is not None
        _, section, what, _, asked, ref = shown
        found.append(
            SeenLine(
                section,
                what,
                mine[3] if mine else UNSEEN,
                theirs[3] if theirs else UNSEEN,
                asked,
                ref,
            )
        )
    return tuple(sorted(found, key=lambda line: line.is_same))


#: A key, the section, what, the value, the question, the entry.
_Line = tuple[str, str, str, str, str, str]


def _lines(session: Session, sheet: Sheet) -> Iterator[_Line]:
    for answer in sheet.groups:
        question = answer.question
        yield question, "membership", answer.text, answer.word, question, ""
    for text in sheet.texts:
        for act in text.acts:
            key = f"act {act.ref}"
            ref = act.ref if ":" not in act.ref else ""
            yield key, "acts", act.text, f"counts: {act.weight}", "", ref
        for cell in text.row.cells:
            title = text.instrument.short or text.instrument.title
            what = f"{cell.stage.title}, {title} ({cell.question})"
            word = cell.verdict.word
            yield cell.question, "stages", what, word, cell.question, ""
    yield from _owed(session, "owes", sheet.owes)
    yield from _owed(session, "is owed", sheet.owed)
    for offer in sheet.offers:
        value = "; ".join((offer.stance, *offer.domains, offer.quantity))
        yield offer.ref, "offers", offer.title, value.strip("; "), "", offer.ref
    for ladder in sheet.ladders:
        for rung in (*ladder.rungs, *ladder.beside, *ladder.caveats):
            what = f"{ladder.domain}: {rung.title}"
            word = rung.verdict.word
            yield rung.question, "ladder", what, word, rung.question, ""
    for answer in sheet.gates:
        question = answer.question
        yield question, "national gates", answer.text, answer.word, question, ""
    for said in sheet.said:
        yield said.ref, said.kind, said.title, "on record", "", said.ref


def _owed(
    session: Session, section: str, lines: tuple[DutyLine, ...]
) -> Iterator[_Line]:
    for line in lines:
        report = line.report
        about = ", ".join(value for _, value in report.binding)
        name = line.obligation.name
        key = f"{section} {name} {report.obligor} {about} {report.reading}"
        what = line.obligation.title + f" ({about})" * bool(about)
        if section == "is owed":
            title = session.case.program.title_of
            who = title(report.obligor) if report.obligor else "nobody named"
            what = f"{what}, by {who}"
        limits = "; ".join(limit_words(session, report.deadlines))
        value = state_of(report) + f"; {limits}" * bool(limits)
        yield key, section, what, value, "", ""
