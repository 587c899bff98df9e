"""Who reads: delegations, release groups, and what memberships clear a reader for.

A release group and each membership in it are entries with marks of their own, so that
a membership may be hidden from others, and from the member. To find a reader's
clearance they are read with all eyes; nothing else ever is for a reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from vigens.base import UsageError, nearest
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.journal.asof import View, visible
from vigens.journal.entry import Entry
from vigens.journal.eyes import ALL, EVERYTHING, PUBLIC, PUBLIC_ONLY, Clearance

#: The kinds of entries that decide who reads what.
RELEASE_GROUP, MEMBERSHIP = GOVERNING = ("release_group", "membership")


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of a case as known at a time.

    Attributes:
        delegations: Names that are readers without being recorded as such.
        groups: Each recorded release group with its title.
        open_groups: Those of them whose record is public.
        standing: The memberships that nothing replaces, for whoever records.
    """

    delegations: frozenset[str]
    groups: Mapping[str, str]
    open_groups: frozenset[str]
    standing: tuple[Entry, ...] = ()
    _members: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @property
    def named(self) -> tuple[str, ...]:
        """List every reader that may be told to anybody, in order."""
        others = sorted(self.delegations | self.open_groups)
        return (PUBLIC, ALL, *others)

    def knows(self, reader: str) -> bool:
        """Say whether there is such a reader."""
        is_plain = reader in (PUBLIC, ALL) or reader in self.delegations
        return is_plain or reader in self.groups

    def clearance(self, reader: str) -> Clearance:
        """Give what a reader may see: what is public, its own, and its groups'.

        Raises:
            UsageError: There is no such reader.
        """
        if reader == ALL:
            return EVERYTHING
        if reader == PUBLIC:
            return PUBLIC_ONLY
        if not self.knows(reader):
            meant = nearest(reader, self.named)
            raise UsageError(
                f'there is no reader "{reader[:60]}"',
                "--reader",
                f'did you mean "{meant}"?'
                if meant
                else f"use {PUBLIC}, {ALL}, a delegation such as a party of the "
                "agreements, or a recorded release group",
            )
        own = self._members.get(reader, frozenset())
        return Clearance(reader, frozenset({PUBLIC, reader, *own}))


def read_readers(
    entries: Iterable[Entry],
    *,
    delegations: Collection[str],
    known_at: int | None,
    recorded_at: int | None,
    zone: str,
    needs_second: bool = False,
) -> Readers:
    """Read the release groups and who is in them.

    A membership counts while it stands, of a group that is recorded, at an instant
    within its span if it has one. Where two that stand disagree, nobody is cleared. A
    group is a reader on any day, since its name is nothing that became known.

    Args:
        entries: A whole log; other kinds are passed over.
        delegations: Names that are readers without being recorded as such.
        known_at: UTC seconds, included; none for no limit.
        recorded_at: UTC seconds, included; none for no limit.
        zone: IANA name whose civil days count.
        needs_second: Whether a membership clears nobody before another person than
            the one who recorded it confirms that very entry; to take one away needs
            one person.
    """
    chosen = governing(entries)
    reserved = frozenset({PUBLIC, ALL, *delegations})
    if not chosen:
        return Readers(frozenset(delegations), {}, frozenset())
    ever, view = (
        visible(
            chosen,
            known_at=until,
            recorded_at=recorded_at,
            clearance=EVERYTHING,
            zone=zone,
        )
        for until in (None, known_at)
    )
    groups, are_open = _groups(ever, reserved)
    said: dict[tuple[str, str], list[bool]] = {}
    for entry in view.entries:
        if entry.kind != MEMBERSHIP:
            continue
        pair = str(entry.payload["member"]), str(entry.payload["group"])
        is_in = bool(entry.payload["is_member"]) and _is_within(entry, known_at, zone)
        is_in = is_in and (not needs_second or _is_seconded(entry, view))
        said.setdefault(pair, []).append(is_in)
    members: dict[str, set[str]] = {}
    for (member, group), each in said.items():
        if group in groups and all(each):
            members.setdefault(member, set()).add(group)
    return Readers(
        frozenset(delegations),
        groups,
        are_open,
        tuple(entry for entry in view.entries if entry.kind == MEMBERSHIP),
        {member: frozenset(found) for member, found in members.items()},
    )


def _groups(
    view: View, reserved: Collection[str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Give the groups that are recorded; one named like another reader is none."""
    groups: dict[str, str] = {}
    are_open: set[str] = set()
    for entry in view.entries:
        if entry.kind != RELEASE_GROUP:
            continue
        name = str(entry.payload["group"])
        if name in reserved:
            continue
        groups.setdefault(name, entry.title)
        if PUBLIC in entry.marks:
            are_open.add(name)
    return groups, frozenset(are_open)


def may_govern(entry: Entry) -> bool:
    """Say whether an entry may decide who reads what, or change what another decides."""
    is_named = entry.kind in (RELEASE_GROUP, MEMBERSHIP, "confirmation")
    return is_named or entry.rectifies is not None or entry.supersedes is not None


def governing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Select what decides who reads what: groups, memberships, and what replaces one.

    With it come the confirmations of these.

    Args:
        entries: A whole log, or what was selected from one before.
    """
    found: dict[str, Entry] = {}
    later: list[Entry] = []
    confirmations: list[Entry] = []
    for entry in entries:
        if entry.kind in GOVERNING:
            found[entry.id] = entry
        elif entry.kind == "confirmation":
            confirmations.append(entry)
            later.append(entry)
        elif entry.rectifies is not None or entry.supersedes is not None:
            later.append(entry)
    n_before = -1
    while n_before != len(found):  # what was merged may stand before what it replaces
        n_before = len(found)
        found.update(
            (entry.id, entry)
            for entry in later
            if entry.rectifies in found or entry.supersedes in found
        )
    seconds = [e for e in confirmations if not found.keys().isdisjoint(e.about)]
    return (*found.values(), *seconds)


def _is_seconded(entry: Entry, view: View) -> bool:
    """Say whether another person confirmed this very entry."""
    return any(
        entry.id in other.about
        and entry.recorded_by
        not in (other.recorded_by, str(other.payload.get("by") or ""))
        for other in view.about(entry.id)
        if other.kind == "confirmation"
    )


def _is_within(entry: Entry, known_at: int | None, zone: str) -> bool:
    """Say whether a membership's span holds an instant; a rough date holds none."""
    if entry.happened is None:
        return True
    span = parse_edtf(entry.happened)
    first, last = edtf_bounds(span, zone)
    if span.is_approximate:
        return False
    if known_at is None:
        return last is None
    return (first is None or first <= known_at) and (last is None or known_at <= last)
