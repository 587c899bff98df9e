"""Making an image: which entries are plain, and their columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from vigens.journal.columns import OPEN_END
from vigens.journal.eyes import EVERYTHING, Clearance
from vigens.journal.image.columns import Image
from vigens.journal.image.growing import (
    empty_image,
    id_digests,
    origin_digests,
    origin_of,
    own_origin,
    places,
)
from vigens.journal.image.joining import Candidates, Fresh
from vigens.journal.image.pieces import Taken, Words, laid
from vigens.journal.image.reading import Read
from vigens.journal.readers import MEMBERSHIP, RELEASE_GROUP

#: Kinds that decide who sees what, with what replaces or confirms one.
GOVERNING = frozenset({RELEASE_GROUP, MEMBERSHIP})

#: Entries of this kind list what came, and touch nothing by it.
LISTS = "batch"


class _Rows:
    """Columns of candidates of one kind, as they come."""

    def __init__(self, n_columns: int) -> None:
        self.ids: list[str] = []
        self.about: list[str] = []
        self.origins: list[bytes] = []
        self.columns = tuple(array("q") for _ in range(n_columns))

    def add(self, identifier: str, *values: int) -> None:
        self.ids.append(identifier)
        for column, value in zip(self.columns, values, strict=True):
            column.append(value)

    def candidates(self) -> Candidates:
        return Candidates(
            tuple(np.array(column, dtype=np.int64) for column in self.columns),
            id_digests(self.ids),
            id_digests(self.about),
            origin_digests(self.origins),
        )


class Maker:
    """Takes the entries of a journal in order and makes an image of them.

    An occurrence is plain if nothing but plain claims and lists point at it; a claim, if
    it is about one matter, from one address at most, denies by its polarity alone and
    nothing but plain grades and lists point at it; a grade, if it is about one claim.
    None is a correction. Where one of a matter, its claims and their grades is not
    plain, none of them is.
    """

    def __init__(
        self,
        zone: str,
        clearance: Clearance = EVERYTHING,
        base: Image | None = None,
        governing: Iterable[str] = (),
    ) -> None:
        """Begin with an empty journal, or with one of which there is an image.

        Args:
            zone: IANA name whose civil days give the bounds of dates.
            clearance: Whose image it is: what that reader may not see leaves nothing
                in it but its place, and whatever decides who sees what.
            base: The image of what comes before, for the same reader.
            governing: Ids of what decides who sees what and comes before, where there
                is no such image.
        """
        self._clearance = clearance
        self._base = base = base or empty_image(zone)
        self._governing = {bytes(row).hex() for row in base.growth.governing}
        self._governing.update(governing)
        self._recorded = array("q")
        self._marks = array("i")
        self._rest = array("q")
        self._touched: dict[str, None] = {}
        self._joined: dict[bytes, None] = {}  # addresses that claims join
        self._same: list[str] = []  # claims that somebody said to be of one origin
        self._aside: list[tuple[str, bytes]] = []
        self._mark_sets, self._words = Words(base.mark_sets), Words(base.words)
        self._args = Words(_args_of(base))
        self._matters, self._claims, self._grades = _Rows(7), _Rows(4), _Rows(4)

    def take(self, read: Iterable[Read]) -> None:
        """Take entries in the order of the log."""
        for one in read:
            if not self._clearance.sees(one.marks):
                self._recorded.append(0)
                self._marks.append(-1)
                if self._governs(one):
                    self._rest.append(self._position)
                continue
            self._governs(one)
            self._recorded.append(one.recorded)
            self._marks.append(self._mark_sets.of(one.marks))
            if one.kind == LISTS:
                continue
            if not self._is_taken(one):
                self._put_aside(one)

    @property
    def _position(self) -> int:
        """Place of the entry that was taken last."""
        return self._base.size + len(self._recorded)

    def _governs(self, one: Read) -> bool:
        """Say whether an entry decides who sees what: all eyes read it, seen or not."""
        is_one = one.kind in GOVERNING or not self._governing.isdisjoint(one.links)
        if is_one:
            self._governing.add(one.id)
        return is_one

    def _put_aside(self, one: Read) -> None:
        self._rest.append(self._position)
        self._touched[one.id] = None
        self._touched.update(dict.fromkeys(one.links))
        if one.kind == "same_origin":
            self._same += one.links
        if one.kind == "claim":
            origins = [origin_of(address) for address in one.addresses]
            self._aside += [(one.id, origin) for origin in origins]
            if len(origins) > 1:
                self._joined.update(dict.fromkeys(origins))

    def _is_taken(self, one: Read) -> bool:
        if one.payload is None:
            return False
        if one.kind == "occurrence":
            return self._take_matter(one, one.payload)
        if one.kind == "claim":
            return self._take_claim(one, one.payload)
        return one.kind == "grade" and self._take_grade(one, one.payload)

    def _take_matter(self, one: Read, payload: dict[str, Any]) -> bool:
        if one.happened is None or one.links or one.last in (None, OPEN_END):
            return False
        args = tuple([self._words.of(str(value)) for value in payload["args"]])
        self._matters.add(
            one.id,
            self._position,
            one.known,
            self._words.of(str(payload["event"])),
            self._args.of(args),
            self._words.of(one.happened),
            one.first or 0,
            one.last or 0,
        )
        return True

    def _take_claim(self, one: Read, payload: dict[str, Any]) -> bool:
        if len(one.links) != 1 or len(one.addresses) > 1 or payload.get("denies"):
            return False
        voice = payload.get("voice")
        self._claims.add(
            one.id,
            self._position,
            one.known,
            payload.get("polarity") != "neg",
            -1 if voice is None else self._words.of(str(voice)),
        )
        self._claims.about.append(one.links[0])
        self._claims.origins.append(
            origin_of(one.addresses[0]) if one.addresses else own_origin(one.id)
        )
        return True

    def _take_grade(self, one: Read, payload: dict[str, Any]) -> bool:
        if len(one.links) != 1:
            return False
        self._grades.add(
            one.id,
            self._position,
            one.known,
            ord(payload["reliability"]) - ord("A"),
            payload["credibility"],
        )
        self._grades.about.append(one.links[0])
        return True

    def image(self) -> Image | None:
        """Give the image of what was taken, on the image that it began with.

        Returns:
            None where an entry before these pointed at one of them already: then an
            image must be made from the beginning.
        """
        taken, growth = self.taken(), self._base.growth
        fresh = taken.fresh
        ids = (fresh.matters.ids, fresh.claims.ids, fresh.grades.ids, fresh.aside)
        new = np.concatenate(ids)
        for known in (growth.touched, growth.lacking):
            if (places(new, known) >= 0).any():
                return None
        return laid(self._base, taken)

    def taken(self) -> Taken:
        """Give what was taken as candidates."""
        return Taken(
            Fresh(
                self._matters.candidates(),
                self._claims.candidates(),
                self._grades.candidates(),
                recorded=np.array(self._recorded, dtype=np.int64),
                marks=np.array(self._marks, dtype=np.int32),
                rest=np.array(self._rest, dtype=np.int64),
                touched=id_digests(self._touched),
                governing=id_digests(sorted(self._governing)),
                joined=origin_digests(list(self._joined)),
                same=id_digests(dict.fromkeys(self._same)),
                aside=id_digests([name for name, _ in self._aside]),
                aside_origins=origin_digests([origin for _, origin in self._aside]),
            ),
            tuple(self._args.numbers),
            tuple(self._words.numbers),
            tuple(self._mark_sets.numbers),
        )


def _args_of(image: Image) -> Iterable[tuple[int, ...]]:
    words, starts = image.arg_words.tolist(), image.arg_starts.tolist()
    return (tuple(words[start:end]) for start, end in pairwise(starts))
