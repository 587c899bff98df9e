"""What a person looked at before deciding, and what others recorded since.

A decision is made on a view of the journal. The view is told apart by a short text, its
footing, so that whoever sends the decision can say what it was made on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.desk.case import Case
    from vigens.journal import Draft, Entry
    from vigens.model import Lens

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a view since a decision was looked at.

    Attributes:
        entries: What the reader may see that was recorded since.
        touching: Those of them that touch the decision.
        is_other: Whether the rules changed, or the journal is not the one of then.
    """

    entries: tuple[Entry, ...] = ()
    touching: tuple[Entry, ...] = ()
    is_other: bool = False

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing was recorded since."""
        return not self.entries and not self.is_other


def footing(case: Case, lens: Lens) -> str:
    """Tell the view of a reader apart: how many entries, the last of them, the rules."""
    shown = case.seen(lens).shown
    last = shown[-1].id[:_DIGITS] if shown else ""
    return f"{len(shown)}.{last}.{case.program.digest[:_DIGITS]}"


def read_since(case: Case, lens: Lens, text: str, drafts: Sequence[Draft]) -> Since:
    """Find what was recorded since a view, and what of it touches some drafts.

    Args:
        case: As it is now.
        lens: Of the reader.
        text: The footing of the view.
        drafts: What is to be decided.
    """
    shown = case.seen(lens).shown
    number, _, rest = text.partition(".")
    last, _, digest = rest.partition(".")
    size = int(number) if number.isdecimal() and len(number) < 12 else -1
    known = shown[size - 1].id if 0 < size <= len(shown) else ""
    if not 0 <= size <= len(shown) or known[:_DIGITS] != last:
        return Since(is_other=True)
    entries = shown[size:]
    is_other = digest != case.program.digest[:_DIGITS]
    return Since(entries, tuple(_touching(shown, entries, drafts)), is_other)


def _touching(
    shown: Sequence[Entry], entries: Sequence[Entry], drafts: Sequence[Draft]
) -> Iterable[Entry]:
    targets = set(targets_of(drafts))
    by_id = {entry.id: entry for entry in shown}
    for target in tuple(targets):  # a claim is about a matter, and so is its rival
        if target in by_id:
            targets.update(by_id[target].about)
    subjects = {_subject(draft.kind, draft.payload) for draft in drafts} - {None}
    for entry in entries:
        links = {*entry.about, entry.rectifies, entry.supersedes, entry.id}
        if links & targets or _subject(entry.kind, entry.payload) in subjects:
            yield entry


def targets_of(drafts: Iterable[Draft]) -> Iterable[str]:
    """Give the ids of the entries that drafts point at."""
    for draft in drafts:
        for target in (*draft.about, draft.rectifies, draft.supersedes):
            if target and not target.startswith("@"):
                yield target


#: By which fields two entries of one kind are of one thing.
_SUBJECTS = {
    "occurrence": ("event", "args"),
    "observation": ("fluent", "args"),
    "offer": ("party", "domains"),
    "position": ("party", "point"),
    "membership": ("group", "member"),
    "release_group": ("group",),
    "institution": ("body",),
    "step": ("step",),
    "text": ("instrument", "version"),
}


def _subject(kind: str, payload: object) -> tuple[object, ...] | None:
    names = _SUBJECTS.get(kind)
    if names is None or not hasattr(payload, "get"):
        return None
    values = []
    for name in names:
        value = payload.get(name)
        values.append(tuple(value) if isinstance(value, list | tuple) else value)
    return kind, *values
