"""Which candidates are plain with all that hangs together, and the image of these.

What comes new is laid behind an image, whose rows are candidates again: a later entry may
point at one of them. So an image that grew is the one that is made of all at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vigens.journal.image.columns import Claims, Grades, Growth, Image, Matters
from vigens.journal.image.growing import ORIGIN_BYTES, origin_digests, places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Longs = NDArray[np.int64]
    Digests = NDArray[np.uint8]
    Flags = NDArray[np.bool_]


class Candidates(NamedTuple):
    """New candidates of one kind, in the order of the log.

    Attributes:
        columns: Position, since when known, and what the kind has besides; (n,) each.
        ids: (n, 32) uint8.
        about: (n, 32) uint8, what each is about; none for matters.
        origins: (n, 16) uint8, the address of each claim.
    """

    columns: tuple[Longs, ...]
    ids: Digests
    about: Digests
    origins: Digests


class Fresh(NamedTuple):
    """What was taken since an image was made.

    Attributes:
        matters: New candidates.
        claims: New candidates.
        grades: New candidates.
        recorded: (n,) when each new entry was recorded.
        marks: (n,) place of its marks among the sets.
        rest: Positions of those that are not plain by themselves.
        touched: Their ids, and those that they point at.
        governing: Ids of all that decides who sees what, the old ones with them.
        joined: Addresses that one claim names together.
        same: Ids of claims that somebody said to be of one origin.
        aside: Ids of claims among the rest, one for each address.
        aside_origins: That address.
    """

    matters: Candidates
    claims: Candidates
    grades: Candidates
    recorded: Longs
    marks: NDArray[np.int32]
    rest: Longs
    touched: Digests
    governing: Digests
    joined: Digests
    same: Digests
    aside: Digests
    aside_origins: Digests


class _All(NamedTuple):
    """All candidates, those of the image first: how they hang together, which are odd."""

    matters: Digests
    claims: Digests
    grades: Digests
    matter_of: Longs
    claim_of: Longs
    origins: Digests
    origin: Longs


class _Odd(NamedTuple):
    """Which of all candidates are not plain."""

    matters: Flags
    claims: Flags
    grades: Flags


def join(base: Image, fresh: Fresh, **whole: Any) -> Image:
    """Lay what comes new behind an image.

    Args:
        base: The image.
        fresh: What comes new.
        whole: The other attributes of the image, for old and new.
    """
    every = _together(base, fresh)
    growth = _aside(base.growth, fresh, every)
    odd = _odd(every, fresh.touched, growth.joined)
    matters, m_position = _matters(base, fresh.matters, every, odd.matters)
    claims, went, c_position = _claims(base, fresh.claims, every, odd)
    grades, g_position = _grades(base, fresh.grades, every, odd.grades, went)
    rest = (
        base.rest,
        fresh.rest,
        m_position[odd.matters],
        c_position[odd.claims],
        g_position[odd.grades],
    )
    origins = every.origins[every.origin[odd.claims]]
    return Image(
        zone=base.zone,
        recorded=np.concatenate((base.recorded, fresh.recorded)),
        marks=np.concatenate((base.marks, fresh.marks)),
        rest=np.sort(np.concatenate(rest)),
        matters=matters,
        claims=claims,
        grades=grades,
        growth=replace(
            growth,
            aside=np.concatenate((growth.aside, every.claims[odd.claims])),
            aside_origins=np.concatenate((growth.aside_origins, origins)),
            grades=every.grades[~odd.grades],
        ),
        **whole,
    )


def _together(base: Image, fresh: Fresh) -> _All:
    matter_ids = np.concatenate((base.matters.id, fresh.matters.ids))
    claim_ids = np.concatenate((base.claims.id, fresh.claims.ids))
    matter_of = places(fresh.claims.about, matter_ids)
    claim_of = places(fresh.grades.about, claim_ids)
    origins, numbers = _numbered(base.growth.origins, fresh.claims.origins)
    return _All(
        matter_ids,
        claim_ids,
        np.concatenate((base.growth.grades, fresh.grades.ids)),
        np.concatenate((base.claims.matter, matter_of)),
        np.concatenate((base.grades.claim, claim_of)),
        origins,
        np.concatenate((base.claims.origin, numbers)),
    )


def _numbered(known: Digests, new: Digests) -> tuple[Digests, Longs]:
    """Number addresses: those that are known, and the others as they come."""
    numbers = places(new, known)
    met: dict[bytes, int] = {}
    data = new.tobytes()
    for at in np.flatnonzero(numbers < 0).tolist():
        origin = data[at * ORIGIN_BYTES : (at + 1) * ORIGIN_BYTES]
        numbers[at] = met.setdefault(origin, len(known) + len(met))
    return np.concatenate((known, origin_digests(list(met)))), numbers


def _aside(old: Growth, fresh: Fresh, every: _All) -> Growth:
    """Give what later entries must know of those that are not plain by themselves."""
    aside = np.concatenate((old.aside, fresh.aside))
    origins = np.concatenate((old.aside_origins, fresh.aside_origins))
    said = places(fresh.same, every.claims)
    joined = (
        old.joined,
        fresh.joined,
        every.origins[every.origin[said[said >= 0]]],
        origins[places(aside, fresh.same) >= 0],
    )
    lacks_matter = every.matter_of[len(every.matter_of) - len(fresh.claims.ids) :] < 0
    lacks_claim = every.claim_of[len(every.claim_of) - len(fresh.grades.ids) :] < 0
    lacking = (
        old.lacking,
        fresh.claims.about[lacks_matter],
        fresh.grades.about[lacks_claim],
    )
    is_new = places(fresh.touched, old.touched) < 0
    return Growth(
        origins=every.origins,
        touched=np.concatenate((old.touched, fresh.touched[is_new])),
        lacking=np.concatenate(lacking),
        governing=fresh.governing,
        joined=np.concatenate(joined),
        aside=aside,
        aside_origins=origins,
        grades=every.grades,
    )


def _odd(every: _All, touched: Digests, joined: Digests) -> _Odd:
    """Tell which candidates are not plain, with all that hangs together with them."""
    matter_of, claim_of = every.matter_of, every.claim_of
    numbers = places(joined, every.origins)
    odd_matters = _hit(touched, every.matters)
    odd_claims = _hit(touched, every.claims) | (matter_of < 0)
    odd_claims |= np.isin(every.origin, numbers[numbers >= 0])
    odd_grades = _hit(touched, every.grades) | (claim_of < 0)
    odd_claims[claim_of[odd_grades & (claim_of >= 0)]] = True
    # What a claim that is not plain points at was not touched by it yet.
    odd_matters[matter_of[odd_claims & (matter_of >= 0)]] = True
    is_bound = matter_of >= 0
    odd_claims[is_bound] |= odd_matters[matter_of[is_bound]]
    is_bound = claim_of >= 0
    odd_grades[is_bound] |= odd_claims[claim_of[is_bound]]
    return _Odd(odd_matters, odd_claims, odd_grades)


def _hit(touched: Digests, ids: Digests) -> Flags:
    found = np.zeros(len(ids), dtype=np.bool_)
    at = places(touched, ids)
    found[at[at >= 0]] = True
    return found


def _behind(old: tuple[Any, ...], new: tuple[Longs, ...]) -> list[Longs]:
    return [np.concatenate(pair) for pair in zip(old, new, strict=True)]


def _matters(
    base: Image, new: Candidates, every: _All, is_odd: Flags
) -> tuple[Matters, Longs]:
    """Give the plain matters, and the positions of all candidates."""
    old = base.matters
    columns = (old.known, old.event, old.args, old.when, old.first, old.last)
    found = _behind((old.position, *columns), new.columns)
    position, known, event, args, when, first, last = (row[~is_odd] for row in found)
    matters = Matters(
        position,
        every.matters[~is_odd],
        known,
        event.astype(np.int32),
        args.astype(np.int32),
        when.astype(np.int32),
        first,
        last,
    )
    return matters, found[0]


def _claims(
    base: Image, new: Candidates, every: _All, odd: _Odd
) -> tuple[Claims, Longs, Longs]:
    """Give the plain claims by matter, where each candidate went, and all positions."""
    old = base.claims
    columns = _behind((old.position, old.known, old.affirms, old.voice), new.columns)
    new_matter = np.cumsum(~odd.matters) - 1
    kept = np.flatnonzero(~odd.claims)
    kept = kept[np.lexsort((columns[0][kept], every.matter_of[kept]))]
    went = np.zeros(len(odd.claims), dtype=np.int64)
    went[kept] = np.arange(len(kept))
    position, known, affirms, voice = (column[kept] for column in columns)
    claims = Claims(
        position,
        every.claims[kept],
        known,
        new_matter[every.matter_of[kept]].astype(np.int32),
        affirms.astype(np.bool_),
        every.origin[kept].astype(np.int32),
        voice.astype(np.int32),
    )
    return claims, went, columns[0]


def _grades(
    base: Image, new: Candidates, every: _All, is_odd: Flags, went: Longs
) -> tuple[Grades, Longs]:
    """Give the plain grades, and the positions of all candidates."""
    old = base.grades
    found = _behind(
        (old.position, old.known, old.reliability, old.credibility), new.columns
    )
    position, known, reliability, credibility = (row[~is_odd] for row in found)
    grades = Grades(
        position,
        known,
        went[every.claim_of[~is_odd]].astype(np.int32),
        reliability.astype(np.int32),
        credibility.astype(np.int32),
    )
    return grades, found[0]
