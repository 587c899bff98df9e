"""What a redaction will change once it is carried out: answers, and who sees what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.desk.carrying import own_case, present, told
from vigens.desk.looking import Looking, make_lens
from vigens.desk.records import Records, unfiltered
from vigens.journal import ALL, Draft, stub_entry, stub_of, trial_entries

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigens.desk.carrying import Carried
    from vigens.desk.case import Case
    from vigens.journal import Entry

#: Who agrees, as long as nobody does; unlike any name that a person would give.
_SOMEBODY = "another person (supposed)"


@dataclass(frozen=True, slots=True)
class ChangedEyes:
    """A reader who will see other entries than before.

    Attributes:
        reader: Who.
        gains: Marks that will be cleared, in order.
        loses: Marks that will no longer be.
    """

    reader: str
    gains: tuple[str, ...]
    loses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a redaction will change once it is carried out.

    Attributes:
        carried: The wish, and what differs in the answers then.
        eyes: Who will see other entries.
    """

    carried: Carried
    eyes: tuple[ChangedEyes, ...]


def foresee(
    case: Case,
    clock: Callable[[], datetime],
    fact: Entry,
    *,
    is_dry: bool,
    looking: Looking | None = None,
) -> Foreseen:
    """Say what a wish to redact will change, as if it were carried out now.

    Args:
        case: As loaded, with the wish or without.
        clock: For the present.
        fact: The wish, or what it would become.
        is_dry: Whether it is only that.
        looking: Whose eyes see it, under which policy and readings; by default those
            of `all`, under the case's policy.
    """
    entries = unfiltered(case.records)
    if all(entry.id != fact.id for entry in entries):
        entries = (*entries, fact)
    agreed = Draft(
        "confirmation",
        {"by": _SOMEBODY},
        _SOMEBODY,
        marks=fact.marks,
        about=(fact.id,),
    )
    second = trial_entries([agreed], entries, clock())
    target = fact.about[0]
    after = replace(
        case,
        records=Records(
            stub_entry(target, fact.payload.get("stub") or stub_of(entry), fact.id)
            if entry.id == target and not entry.is_stub
            else entry
            for entry in (*entries, *second)
        ),
    )
    asked = looking or Looking(0, reader=ALL)
    asked = replace(asked, now=present(after, clock))
    carried = told(case, after, (fact,), asked, is_dry=is_dry)
    return Foreseen(replace(carried, waiting=()), _changed_eyes(case, after, asked))


def _changed_eyes(
    before: Case, after: Case, looking: Looking
) -> tuple[ChangedEyes, ...]:
    old, new = (
        own_case(side, make_lens(side, looking)).readers(looking.now, None)
        for side in (before, after)
    )
    found = []
    for reader in sorted({*old.delegations, *old.groups, *new.groups}):
        was, will = (
            (side.clearance(reader).marks or frozenset())
            if side.knows(reader)
            else frozenset()
            for side in (old, new)
        )
        if was != will:
            gains, loses = sorted(will - was), sorted(was - will)
            found.append(ChangedEyes(reader, tuple(gains), tuple(loses)))
    return tuple(found)
