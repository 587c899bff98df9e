"""Weighing the plain claims of a journal: each different set of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.engine import HIGH, LOW
from vigens.model import ISSUER_FIRST, Grade, WeighedClaim, Weighing, weigh

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from vigens.journal.image import Image
    from vigens.model import EvidencePolicy, Floor

    Longs = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: Forms of a claim that weighing tells apart: for or against, and 36 grades.
FORMS = 72

#: The form of a denial graded F6: reliability times 6 and credibility less 1.
UNGRADED = 35

#: From this form on a claim speaks for its matter.
AFFIRMS = 36

#: Matters with more claims than that are weighed one by one.
_MOST_CLAIMS = 6


class Weights:
    """The claims that count for a lens, by matter, and what they come to."""

    def __init__(
        self, image: Image, policy: EvidencePolicy, chosen: Longs, forms: Longs
    ) -> None:
        """Take the claims that speak.

        Args:
            image: Of the journal.
            policy: For what counts.
            chosen: Places of the claims that speak, among all, by matter.
            forms: The form of each of these.
        """
        self._image = image
        self._policy = policy
        self._chosen = chosen
        self._forms_of = forms
        size = len(image.matters.position)
        self._n_claims = np.bincount(image.claims.matter[chosen], minlength=size)
        self._starts = np.cumsum(self._n_claims) - self._n_claims

    def weighings(
        self, floor: Floor, places: Longs
    ) -> tuple[Longs, list[Weighing | None]]:
        """Weigh each different set of claims once.

        Returns:
            For each matter the place of its weighing; none stands for one that must be
            weighed by itself.
        """
        signs = np.full(len(places), -1, dtype=np.int64)
        n_claims = self._n_claims[places]
        base = 0
        bases: list[tuple[int, int]] = []
        for size in range(_MOST_CLAIMS + 1):
            rows = np.flatnonzero(n_claims == size)
            if len(rows):
                sign = self._signs(places[rows], size)
                signs[rows] = base + sign
            bases.append((base, size))
            base += _span(size)
        distinct, at, back = np.unique(signs, return_index=True, return_inverse=True)
        weighings: list[Weighing | None] = [
            None if sign < 0 else self._weigh_one(floor, int(places[place]))
            for sign, place in zip(distinct.tolist(), at.tolist(), strict=True)
        ]
        return back.astype(np.int64), weighings

    def weighed(self, floor: Floor, place: int, issuers: Collection[str]) -> Weighing:
        """Weigh one matter by itself."""
        claims, words = self._image.claims, self._image.words
        said = []
        where = self._claims_of(place)
        for row, form in zip(
            self._chosen[where].tolist(), self._forms_of[where].tolist(), strict=True
        ):
            voice = int(claims.voice[row])
            said.append(
                WeighedClaim(
                    bytes(claims.id[row]).hex(),
                    form >= AFFIRMS,
                    _grade(form % AFFIRMS),
                    str(claims.origin[row]),
                    None if voice < 0 else words[voice],
                )
            )
        return weigh(said, floor, prefer=self._policy.prefer, issuers=issuers)

    def last_said(self, floor: Floor, places: Longs) -> Longs:
        """Say when the last claim was made that counts for each matter."""
        counts = self._counts(floor)[self._forms_of] & (self._forms_of >= AFFIRMS)
        known = np.where(counts, self._image.claims.known[self._chosen], LOW)
        found = np.full(len(places), HIGH - 1, dtype=np.int64)
        there = np.flatnonzero(self._n_claims > 0)
        if len(there):
            latest = np.maximum.reduceat(known, self._starts[there])
            of_all = np.full(len(self._n_claims), LOW, dtype=np.int64)
            of_all[there] = latest
            said = of_all[places]
            found = np.where(said == LOW, found, said)
        return found

    def known_by(self, place: int, found: Weighing) -> int:
        """Say when the last claim was made that counts for one matter."""
        rows = self._chosen[self._claims_of(place)]
        known: list[int] = self._image.claims.known[rows].tolist()
        said = [
            instant
            for instant, claim in zip(known, found.claims, strict=True)
            if claim.counts and claim.affirms
        ]
        latest: int = max(said, default=HIGH - 1)
        return latest

    def _signs(self, places: Longs, size: int) -> Longs:
        """Give one number for all that weighing can tell of each set of claims."""
        sign = np.zeros(len(places), dtype=np.int64)
        start = self._starts[places]
        origins = self._image.claims.origin[self._chosen]
        for number in range(size):
            sign = sign * FORMS + self._forms_of[start + number]
        for number in range(1, size):
            same = np.full(len(places), number, dtype=np.int64)
            for before in range(number - 1, -1, -1):
                is_one = origins[start + before] == origins[start + number]
                same = np.where(is_one, before, same)
            sign = sign * (number + 1) + same
        return sign

    def _weigh_one(self, floor: Floor, place: int) -> Weighing | None:
        """Weigh a matter for all with such claims; none if voices decide."""
        found = self.weighed(floor, place, ())
        if found.is_disputed and ISSUER_FIRST in self._policy.prefer:
            return None
        return found

    def _claims_of(self, place: int) -> slice:
        start = int(self._starts[place])
        return slice(start, start + int(self._n_claims[place]))

    def _counts(self, floor: Floor) -> Flags:
        return np.array(
            [
                _grade(form % AFFIRMS).meets(floor.consideration)
                for form in range(FORMS)
            ],
            np.bool_,
        )


def _grade(number: int) -> Grade:
    return Grade("ABCDEF"[number // 6], number % 6 + 1)


def _span(size: int) -> int:
    """Say how many different sets of so many claims there may be."""
    span: int = FORMS**size
    for number in range(1, size):
        span *= number + 1
    return span
