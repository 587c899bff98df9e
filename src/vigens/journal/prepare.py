"""From drafts to entries: every check before a group is written, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NoReturn

from vigens.base import nearest
from vigens.chrono import EdtfError, edtf_bounds, parse_edtf
from vigens.journal.canonical import entry_id
from vigens.journal.entry import (
    FORMAT,
    REDACTED,
    Draft,
    Entry,
    Source,
    format_recorded,
    named,
)
from vigens.journal.errors import ClockError, DraftError
from vigens.journal.holdings import Holdings
from vigens.journal.kinds import GIVEN, KINDS, edtf_fault, payload_faults
from vigens.journal.plain import Unlike, frozen
from vigens.journal.shape import is_known_too_late, link_faults
from vigens.journal.values import freeze

#: Gives the present moment, with its zone. Only the command line and board have one.
Clock = Callable[[], datetime]

#: A clock that went back no further than this is held at the last recorded moment.
PATIENCE = timedelta(minutes=5)


def stamp(clock: Clock, last: str | None, where: str) -> str:
    """Give the moment of recording: never before the last one.

    A clock up to five minutes behind the last entry is held at that entry's moment;
    one further back is refused.

    Raises:
        ClockError: The clock went back more than five minutes.
    """
    now = clock().astimezone(UTC)
    if last is None:
        return format_recorded(now)
    before = datetime.fromisoformat(last)
    if now < before - PATIENCE:
        raise ClockError(format_recorded(now), last, where)
    return format_recorded(max(now, before))


def prepare(
    drafts: Sequence[Draft],
    recorded_at: str,
    held: Holdings,
    *,
    may_repeat: bool = True,
) -> tuple[Entry, ...]:
    """Make entries of a group of drafts, all or none.

    Args:
        drafts: The group; a draft may refer to an earlier one as `@handle`.
        recorded_at: The one moment of recording for the group.
        held: What the journal holds so far.
        may_repeat: Whether one of the entries may be there already. Its moment is
            part of an entry, so not where nothing was recorded at this one; a
            database refuses an id that stands twice all the same.

    Returns:
        The entries, in the order of the drafts, with their ids.

    Raises:
        DraftError: A draft is not fit to be recorded.
        ValueRefusedError: A payload holds a value that has no canonical bytes.
    """
    made: dict[str, Entry] = {}
    handles: dict[str, str] = {}
    for number, draft in enumerate(drafts, 1):
        maker = _Maker(draft, (number, len(drafts)), held, made, handles)
        entry = maker.entry(recorded_at)
        if entry.id in made:
            raise _repeated(entry, (number, len(drafts)))
        made[entry.id] = entry
        if draft.handle is not None:
            handles[draft.handle] = entry.id
    present = held.present(tuple(made)) if may_repeat else ()
    for number, entry in enumerate(made.values(), 1):
        if entry.id in present:
            raise _repeated(entry, (number, len(drafts)))
    return tuple(made.values())


def targets_of(drafts: Sequence[Draft]) -> set[str]:
    """Give the ids that drafts point at, to be looked up together."""
    found: set[str] = set()
    for draft in drafts:
        found.update(each for each in (draft.rectifies, draft.supersedes) if each)
        found.update(draft.about)
    return {target for target in found if not target.startswith("@")}


def _repeated(entry: Entry, place: tuple[int, int]) -> DraftError:
    return DraftError(
        f"this very entry is already recorded, as {entry.id[:12]}",
        _where(place, entry.kind),
        "leave it out, or change what it says",
    )


def _where(place: tuple[int, int], kind: str) -> str:
    return f"draft {place[0]} of {place[1]} ({kind})"


class _Maker:
    """Checks one draft against what the journal and its group already hold."""

    __slots__ = ("_draft", "_handles", "_held", "_made", "_place")

    def __init__(
        self,
        draft: Draft,
        place: tuple[int, int],
        held: Holdings,
        made: Mapping[str, Entry],
        handles: Mapping[str, str],
    ) -> None:
        self._draft = draft
        self._place = place
        self._held = held
        self._made = made
        self._handles = handles

    def entry(self, recorded_at: str) -> Entry:
        draft = self._draft
        self._check_words()
        about = tuple(
            dict.fromkeys([self._resolve("about", each) for each in draft.about])
            if draft.about
            else ()
        )
        payload, written = self._payload()
        fields = (
            FORMAT,
            draft.kind,
            payload,
            draft.happened,
            draft.known_from,
            recorded_at,
            draft.recorded_by,
            tuple([_frozen(source) for source in draft.sources]),
            tuple(sorted(set(draft.marks))),
            about,
            self._reference("rectifies", draft.rectifies),
            self._reference("supersedes", draft.supersedes),
        )
        entry = Entry("", *fields)
        self._check_dates(recorded_at)
        self._check_sources()
        self._check_shape(entry)
        return named(entry, entry_id(entry, written))

    def _refuse(self, what: str, mend: str) -> NoReturn:
        raise DraftError(what, _where(self._place, self._draft.kind), mend)

    def _check_words(self) -> None:
        draft = self._draft
        if not draft.kind.strip():
            self._refuse("the kind is empty", f"write one of {', '.join(KINDS)}")
        if draft.kind == REDACTED:
            self._refuse(
                "no draft is redacted", "record what a person does by `vigens redact`"
            )
        if not draft.recorded_by.strip():
            self._refuse('"recorded_by" is empty', "say who records this")
        if draft.handle is not None and draft.handle in self._handles:
            mend = "give each draft of the group a handle of its own"
            self._refuse(f'the handle "{draft.handle}" is used twice', mend)
        if type(draft.payload) is not dict and not isinstance(draft.payload, Mapping):
            self._refuse("the payload is no mapping", "hand in fields by name")

    def _payload(self) -> tuple[Mapping[str, object], bytes | None]:
        """Give the payload, frozen, and its canonical bytes where it is plain."""
        payload = self._draft.payload
        denied = payload.get("denies") if self._draft.kind == "claim" else None
        if isinstance(denied, list | tuple):
            resolved = [
                self._resolve("denies", item) if isinstance(item, str) else item
                for item in denied
            ]
            payload = {**payload, "denies": resolved}
        try:
            return frozen(payload)
        except Unlike:
            return freeze(payload), None

    def _reference(self, field: str, target: str | None) -> str | None:
        return None if target is None else self._resolve(field, target)

    def _resolve(self, field: str, target: str) -> str:
        if target.startswith("@"):
            found = self._handles.get(target[1:])
            if found is not None:
                return found
            near = nearest(target[1:], self._handles)
            self._refuse(
                f'"{field}" names {target}, which no earlier draft of the group bears',
                f'did you mean "@{near}"?'
                if near
                else "put that draft before this one",
            )
        if target not in self._held and target not in self._made:
            self._refuse(
                f'"{field}" points at {target[:12]}, which is not in the journal',
                "write the whole id of an entry, or @handle of an earlier draft",
            )
        return target

    def _target_kind(self, target: str) -> str:
        entry = self._made.get(target)
        return entry.kind if entry else self._held.kind_of(target) or ""

    def _check_dates(self, recorded_at: str) -> None:
        draft = self._draft
        if draft.happened is None and draft.known_from is None and not draft.sources:
            return
        for field, text in (
            ("happened", draft.happened),
            ("known_from", draft.known_from),
            *[("published", source.published) for source in draft.sources],
        ):
            if text is not None and (fault := edtf_fault(text)):
                self._refuse(f'"{field}": {fault}', EdtfError("", "").mend)
        if draft.known_from is None:
            return
        if edtf_bounds(parse_edtf(draft.known_from), "UTC")[1] is None:
            self._refuse('"known_from" has no end', "write the day it was published")
        if is_known_too_late(draft.known_from, recorded_at):
            self._refuse(
                f'"known_from" is {draft.known_from}, after the recording itself '
                f"({recorded_at})",
                "write the day of publication; a planned date belongs in happened",
            )

    def _check_sources(self) -> None:
        for number, source in enumerate(self._draft.sources, 1):
            passage = source.passage
            if not source.address.strip():
                self._refuse(
                    f'source {number} has an empty "address"',
                    "write a web address or the name of a file",
                )
            if passage and not (
                passage.start >= 0 and passage.end - passage.start == len(passage.quote)
            ):
                self._refuse(
                    f"the passage of source {number} runs from {passage.start} to "
                    f"{passage.end}, but its quote has {len(passage.quote)} characters",
                    "quote exactly document[start:end]",
                )

    def _check_shape(self, entry: Entry) -> None:
        faults = payload_faults(entry.kind, entry.payload)
        if faults:
            more = f" ({len(faults)} faults in all)" if len(faults) > 1 else ""
            first = faults[0]
            self._refuse(
                f'"{first.field}" is not {first.wanted}{more}',
                f"add {first.field}"
                if first.wanted == GIVEN
                else f"write {first.field} as {first.wanted}",
            )
        for field, wanted in link_faults(entry, self._target_kind):
            self._refuse(f'"{field}" is not {wanted}', f"write {field} as {wanted}")


def _frozen(source: Source) -> Source:
    passage = source.passage
    if _is_bare(source.extra) and (passage is None or _is_bare(passage.extra)):
        return source
    if passage is not None:
        passage = replace(passage, extra=freeze(passage.extra))
    return replace(source, passage=passage, extra=freeze(source.extra))


def _is_bare(extra: Mapping[str, object]) -> bool:
    """Say whether there are no further fields, and nobody can add one later."""
    return type(extra) is MappingProxyType and not extra
