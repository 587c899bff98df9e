"""Whether an entry has the shape of its kind: payload, dates, clocks, links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from vigens.chrono import EdtfError, edtf_bounds, parse_edtf
from vigens.journal.entry import Entry
from vigens.journal.kinds import KINDS, edtf_fault, payload_faults

#: The day begins this much earlier in the east than in UTC.
EASTMOST = timedelta(hours=14)


class ShapeFault(NamedTuple):
    """One thing that keeps an entry from counting: code of a finding, and words."""

    code: str
    words: str


@lru_cache(maxsize=16384)
def shape_faults(entry: Entry) -> tuple[ShapeFault, ...]:
    """List faults of payload and dates; kinds that are not known have no payload's.

    An entry with any of them is kept, and does not count.
    """
    found = [
        ShapeFault("J008", f'"{fault.field}" is not {fault.wanted}')
        for fault in payload_faults(entry.kind, entry.payload)
    ]
    for name, text in (
        ("happened", entry.happened),
        ("known_from", entry.known_from),
        *(("published", source.published) for source in entry.sources),
    ):
        fault = None if text is None else edtf_fault(text)
        if fault:
            found.append(ShapeFault("J009", f'"{name}": {fault}'))
    return tuple(found)


@lru_cache(maxsize=4096)  # a group has one moment, and few dates
def is_known_too_late(known_from: str | None, recorded_at: str) -> bool:
    """Say whether something claims to be published after it was recorded.

    A day counts as begun once it has begun anywhere on earth. A date that cannot be
    read is no matter of this check.
    """
    if known_from is None:
        return False
    try:
        known = parse_edtf(known_from)
    except EdtfError:
        return False
    earliest = edtf_bounds(known, "UTC")[0]
    leeway = timedelta() if known.instant is not None else EASTMOST
    recorded = datetime.fromisoformat(recorded_at) + leeway
    return earliest is not None and earliest > recorded.timestamp()


def link_faults(
    entry: Entry, kind_of: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """List what an entry's links and clocks lack for its kind.

    Args:
        entry: Any entry; unknown kinds pass.
        kind_of: Gives the kind of an entry by id, or empty text.
    """
    known = KINDS.get(entry.kind)
    found: list[tuple[str, str]] = []
    if entry.rectifies is not None and entry.rectifies == entry.supersedes:
        found.append(("supersedes", "another entry than rectifies"))
    if known is None:
        return tuple(found)
    if len(entry.about) < known.about_at_least:
        kinds = " or ".join(sorted(known.about)) or "entry"
        found.append(("about", f"a list of at least {known.about_at_least} {kinds}"))
    if known.about:
        pointed = {kind_of(target) for target in entry.about}
        wrong = sorted(kind for kind in pointed & set(KINDS) if kind not in known.about)
        if wrong:
            allowed = ", ".join(sorted(known.about))
            found.append(("about", f"pointing only at {allowed} (found {wrong[0]})"))
    if known.needs_happened and entry.happened is None:
        found.append(("happened", "given: the span that was looked at"))
    denied = entry.payload.get("denies")
    listed = denied if isinstance(denied, tuple) else ()
    if entry.kind == "claim" and any(target not in entry.about for target in listed):
        found.append(("payload.denies", "a part of about"))
    return tuple(found)
