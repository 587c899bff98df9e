"""What differs between two lenses, laid out line by line with links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.tongues import N_, _
from vigens.desk.shifts import tell_changes

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk import Changes
    from vigens.desk.shifts import ChangedLine

#: Kinds in the order in which they are told, with their headings.
KINDS = (
    ("headline", N_("The case in one line")),
    ("duty", N_("Obligations")),
    ("deadline", N_("Deadlines")),
    ("state", N_("States")),
    ("step", N_("Planned steps")),
    ("count", N_("Counts")),
    ("tally", N_("Tallies")),
)

#: Most lines of one kind that are told at once.
MOST_LINES = 40

#: From how many alike on they are told in one line.
CROWD = 5


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One thing that differs."""

    what: str
    before: str
    after: str
    href: str
    because: str


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Everything of one kind that differs."""

    title: str
    lines: tuple[ShownChange, ...]
    n_more: int


def show_changes(
    visit: Visit, changes: Changes, *, most: int = MOST_LINES
) -> tuple[ChangeGroup, ...]:
    """Lay out everything that differs, kind by kind; nothing where nothing does.

    Args:
        visit: Who looks.
        changes: Between two lenses.
        most: Lines of one kind; the rest is counted.
    """
    told = tell_changes(changes)
    groups = []
    for kind, title in KINDS:
        also = ("further",) if kind == "state" else ()
        lines = _crowds([line for line in told if line.kind in (kind, *also)])
        if lines:
            shown = tuple(_shown(visit, alike) for alike in lines[:most])
            groups.append(ChangeGroup(_(title), shown, len(lines) - len(shown)))
    return tuple(groups)


def _crowds(lines: list[ChangedLine]) -> list[list[ChangedLine]]:
    """Put together what changed in the same way under one name, where it is a crowd."""
    alike: dict[tuple[str, str, str], list[ChangedLine]] = {}
    for line in lines:
        name = line.asked.partition("(")[0]
        alike.setdefault((name, line.before, line.after), []).append(line)
    found: list[list[ChangedLine]] = []
    for same in alike.values():
        if len(same) >= CROWD:
            found.append(same)
        else:
            found.extend([line] for line in same)
    return found


def _shown(visit: Visit, alike: list[ChangedLine]) -> ShownChange:
    line = alike[0]
    if len(alike) > 1:
        return _crowd(visit, alike)
    because: str = ""
    if line.state is not None and line.state.after.verdict is not None:
        side = line.state.after
        because = side.session.answer(side.atom).because
    return ShownChange(
        line.what, line.before, line.after, _address(visit, line), because
    )


def _crowd(visit: Visit, alike: list[ChangedLine]) -> ShownChange:
    """Tell a crowd in one line: the first of it, how many there are, which."""
    line = alike[0]
    program = visit.case.program
    fluent = program.fluents.get(line.asked.partition("(")[0])
    names = [each.what for each in alike[1:]]
    address = _address(visit, line)
    if fluent is not None and fluent.params:
        wild = ", ".join("_" for _ in fluent.params)
        address = visit.link("/why", q=f"{fluent.name}({wild})")
        names = [each.asked for each in alike[1:]]
    elif line.kind in ("duty", "deadline"):
        names = [each.what.rpartition(": ")[2] for each in alike[1:]]
    rest = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    number = len(alike) - 1
    what = Message("{what}, and {number} more alike", what=line.what, number=number)
    also = Message("also: {names}", names=rest)
    return ShownChange(what, line.before, line.after, address, also)


def _address(visit: Visit, line: ChangedLine) -> str:
    if line.kind in ("duty", "deadline"):
        return visit.link(f"/obligation/{line.asked}")
    if line.kind == "step":
        return visit.link("/steps") + f"#{line.asked}"
    if line.kind == "count":
        return visit.link(f"/counts/{line.asked}")
    if line.kind in ("tally", "further"):
        return ""
    return visit.link("/why", q=line.asked)
