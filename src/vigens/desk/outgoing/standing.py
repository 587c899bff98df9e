"""How a case stands in short, and what changed between two such stands.

A stand is plain text by key, so that it can be kept and compared later, after a
restart, without the case as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.desk.status import matrix_atoms, read_counts, read_duty, read_step
from vigens.engine import verdicts_of
from vigens.rules import Atom

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.desk.answers import Session

#: Key to what is so, in words.
Stand = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that stands otherwise than before.

    Attributes:
        key: Names it: `state:…`, `obligation:…`, `step:…` or `measure:…`.
        before: In words; empty where it was not there.
        after: In words; empty where it is not there any more.
    """

    key: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """Give what kind of thing it is."""
        return self.key.partition(":")[0]

    @property
    def name(self) -> str:
        """Give its name."""
        return self.key.partition(":")[2]


def read_standing(session: Session) -> Stand:
    """Say in short how a case stands: headline, matrix, obligations, steps, counts."""
    return dict(_standing(session))


def changes_between(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[Change, ...]:
    """List what stands otherwise, those of the later stand first."""
    keys = dict.fromkeys((*after, *before))
    return tuple(
        Change(key, before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key) != after.get(key)
    )


def _standing(session: Session) -> Iterator[tuple[str, str]]:
    program, lens = session.case.program, session.lens
    atoms: list[Atom] = []
    headline = session.case.settings.headline
    if headline is not None and headline.partition("(")[0] in program.fluents:
        atoms += session.atoms(headline)
    atoms += matrix_atoms(session)
    by_name: dict[str, list[Atom]] = {}
    for atom in atoms:
        by_name.setdefault(atom.name, []).append(atom)
    for alike in by_name.values():
        verdicts = verdicts_of(session.evaluation, alike, lens.as_of)
        for atom, verdict in zip(alike, verdicts, strict=True):
            yield f"state:{atom}", verdict.word
    for name in program.obligations:
        for report in read_duty(session, name).instances:
            about = (report.obligor, *(value for _, value in report.binding))
            named = ", ".join(one for one in (*about, report.reading) if one)
            deadlines = [
                f"{session.date(one.earliest)}..{session.date(one.latest)}"
                for one in report.deadlines
                if one.earliest is not None or one.latest is not None
            ]
            words = " or ".join(report.states)
            words += f"; due {', '.join(deadlines)}" if any(deadlines) else ""
            yield f"obligation:{name}({named})", words
    for name in program.steps:
        yield f"step:{name}", read_step(session, name).sentence
    for name in program.measures:
        for count in read_counts(session, name).counts:
            said = f"{count.comparison} {count.number} {count.unit}".strip()
            yield (
                f"measure:{name}/{count.ref[:12]}",
                f"{said}, counts as {count.weight}",
            )
