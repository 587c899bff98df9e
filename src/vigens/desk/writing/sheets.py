"""Whose sheet an entry is on: the party that it speaks of first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.journal import MATTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.desk.case import Case
    from vigens.journal import Draft, Entry
    from vigens.model import Lens
    from vigens.rules import Program


def sheets_of(case: Case, lens: Lens, drafts: Sequence[Draft]) -> frozenset[str]:
    """Name the parties on whose sheets a group of drafts stands.

    An act stands on the sheet of the party that its event names first; whatever is
    about something stands where that stands. What stands on nobody's sheet, such as a
    ceasefire, gives an empty name.

    Args:
        case: Of the drafts.
        lens: Of who records: what it does not show stands on nobody's sheet.
        drafts: What is to be recorded.
    """
    shown = {entry.id: entry for entry in case.seen(lens).shown}
    handles = {f"@{d.handle}": d for d in drafts if d.handle}
    found: set[str] = set()
    for draft in drafts:
        found.update(_sheets(case.program, draft, {**shown, **handles}, 0))
    return frozenset(found)


def _sheets(
    program: Program,
    one: Draft | Entry,
    others: Mapping[str, Draft | Entry],
    depth: int,
) -> Iterator[str]:
    own = _party(program, one.kind, one.payload)
    if own is not None:
        yield own
    below = (*one.about, one.rectifies, one.supersedes)
    targets = [others.get(target) for target in below if target]
    if own is None and (not targets or depth > 4):
        yield ""
    for target in targets:
        if target is None:
            yield ""
        elif depth <= 4:
            yield from _sheets(program, target, others, depth + 1)


def _party(program: Program, kind: str, payload: Mapping[str, Any]) -> str | None:
    """Name the party that a matter speaks of; nothing for what is no matter."""
    if kind in ("membership", "release_group", "coverage", "redaction", "document"):
        return ""
    if kind not in MATTERS:
        return None
    if kind in ("occurrence", "observation"):
        names = [str(value) for value in payload.get("args", ())]
        return next((name for name in names if _is_party(program, name)), "")
    if kind in ("statement", "funding"):
        by = tuple(payload.get("by") or ())
        return str(by[0]) if len(by) == 1 else ""
    if kind == "count":
        return str(payload.get("speaker") or "")
    return str(payload.get("party") or "")


def _is_party(program: Program, name: str) -> bool:
    actor = program.actors.get(name)
    return actor is not None and actor.sort == "party"
