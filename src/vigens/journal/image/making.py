"""Making an image: which entries are plain, and their columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from vigens.journal.columns import OPEN_END
from vigens.journal.eyes import EVERYTHING, Clearance
from vigens.journal.image.columns import Claims, Grades, Image, Matters
from vigens.journal.image.reading import Read
from vigens.journal.readers import MEMBERSHIP, RELEASE_GROUP

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Kinds that decide who sees what, with what replaces or confirms one.
GOVERNING = frozenset({RELEASE_GROUP, MEMBERSHIP})

#: Entries of this kind list what came, and touch nothing by it.
LISTS = "batch"


class Words:
    """Numbers given to values in the order in which they come."""

    def __init__(self) -> None:
        """Begin with none."""
        self.numbers: dict[Any, int] = {}

    def of(self, value: Any) -> int:
        """Give the number of a value."""
        return self.numbers.setdefault(value, len(self.numbers))


class _Rows:
    """Columns of candidates of one kind, as they come."""

    def __init__(self, n_columns: int) -> None:
        self.ids: dict[str, int] = {}
        self.columns = tuple(array("q") for _ in range(n_columns))

    def add(self, identifier: str, *values: int) -> None:
        self.ids[identifier] = len(self.ids)
        for column, value in zip(self.columns, values, strict=True):
            column.append(value)

    def arrays(self) -> tuple[NDArray[np.int64], ...]:
        return tuple(np.array(column, dtype=np.int64) for column in self.columns)

    def digests(self) -> NDArray[np.uint8]:
        data = bytes.fromhex("".join(self.ids))
        return np.frombuffer(data, dtype=np.uint8).reshape(-1, 32)


class Maker:
    """Takes the entries of a journal in order and makes an image of them.

    An occurrence is plain if nothing but plain claims and lists point at it; a claim, if
    it is about one matter, from one address at most, denies by its polarity alone and
    nothing but plain grades and lists point at it; a grade, if it is about one claim.
    None is a correction. Where one of a matter, its claims and their grades is not
    plain, none of them is.
    """

    def __init__(self, zone: str, clearance: Clearance = EVERYTHING) -> None:
        """Begin with an empty journal.

        Args:
            zone: IANA name whose civil days give the bounds of dates.
            clearance: Whose image it is: what that reader may not see leaves nothing
                in it but its place, and whatever decides who sees what.
        """
        self._zone = zone
        self._clearance = clearance
        self._governing: set[str] = set()
        self._recorded = array("q")
        self._marks = array("i")
        self._rest = array("q")
        self._touched: set[str] = set()
        self._joined: set[int] = set()  # numbers of addresses that claims join
        self._same: list[str] = []  # claims that somebody said to be of one origin
        self._odd_addresses: dict[str, tuple[str, ...]] = {}
        self._mark_sets, self._words, self._args = Words(), Words(), Words()
        self._origins = Words()
        self._matters = _Rows(7)
        self._claims = _Rows(6)
        self._grades = _Rows(5)
        self._claim_about: list[str] = []
        self._grade_about: list[str] = []

    def take(self, read: Iterable[Read]) -> None:
        """Take entries in the order of the log."""
        for one in read:
            if not self._clearance.sees(one.marks):
                self._recorded.append(0)
                self._marks.append(-1)
                if self._governs(one):
                    self._rest.append(len(self._recorded))
                continue
            self._governs(one)
            self._recorded.append(one.recorded)
            self._marks.append(self._mark_sets.of(one.marks))
            if one.kind == LISTS:
                continue
            if not self._is_taken(one):
                self._put_aside(one)

    def _governs(self, one: Read) -> bool:
        """Say whether an entry decides who sees what: all eyes read it, seen or not."""
        is_one = one.kind in GOVERNING or not self._governing.isdisjoint(one.links)
        if is_one:
            self._governing.add(one.id)
        return is_one

    def _put_aside(self, one: Read) -> None:
        self._rest.append(len(self._recorded))
        self._touched.add(one.id)
        self._touched.update(one.links)
        if one.kind == "same_origin":
            self._same += one.links
        if one.kind == "claim":
            self._odd_addresses[one.id] = one.addresses
            if len(one.addresses) > 1:
                self._joined.update(map(self._origins.of, one.addresses))

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
        args = tuple(self._words.of(str(value)) for value in payload["args"])
        self._matters.add(
            one.id,
            len(self._recorded),
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
        name: object = one.addresses[0] if one.addresses else (one.id,)
        voice = payload.get("voice")
        self._claims.add(
            one.id,
            len(self._recorded),
            one.known,
            0,
            payload.get("polarity") != "neg",
            self._origins.of(name),
            -1 if voice is None else self._words.of(str(voice)),
        )
        self._claim_about.append(one.links[0])
        return True

    def _take_grade(self, one: Read, payload: dict[str, Any]) -> bool:
        if len(one.links) != 1:
            return False
        self._grades.add(
            one.id,
            len(self._recorded),
            one.known,
            0,
            ord(payload["reliability"]) - ord("A"),
            payload["credibility"],
        )
        self._grade_about.append(one.links[0])
        return True

    def image(self) -> Image:
        """Give the image of what was taken."""
        matter_of = _places(self._claim_about, self._matters.ids)
        claim_of = _places(self._grade_about, self._claims.ids)
        good_matters, good_claims, good_grades = self._plain(matter_of, claim_of)
        position, known, event, args, when, first, last = self._matters.arrays()
        matters = Matters(
            position[good_matters],
            self._matters.digests()[good_matters],
            known[good_matters],
            event[good_matters].astype(np.int32),
            args[good_matters].astype(np.int32),
            when[good_matters].astype(np.int32),
            first[good_matters],
            last[good_matters],
        )
        claims, claim_places = self._plain_claims(good_matters, good_claims, matter_of)
        g_position, g_known, _, reliability, credibility = self._grades.arrays()
        grades = Grades(
            g_position[good_grades],
            g_known[good_grades],
            claim_places[claim_of[good_grades]].astype(np.int32),
            reliability[good_grades].astype(np.int32),
            credibility[good_grades].astype(np.int32),
        )
        c_position = np.array(self._claims.columns[0], dtype=np.int64)
        rest = np.concatenate(
            (
                np.array(self._rest, dtype=np.int64),
                position[~good_matters],
                c_position[~good_claims],
                g_position[~good_grades],
            )
        )
        rows = list(self._args.numbers)
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        return Image(
            self._zone,
            np.array(self._recorded, dtype=np.int64),
            np.array(self._marks, dtype=np.int32),
            np.sort(rest),
            matters,
            claims,
            grades,
            np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))),
            np.array([word for row in rows for word in row], dtype=np.int32),
            tuple(self._words.numbers),
            tuple(self._mark_sets.numbers),
        )

    def _plain_claims(
        self,
        good_matters: NDArray[np.bool_],
        good_claims: NDArray[np.bool_],
        matter_of: NDArray[np.int64],
    ) -> tuple[Claims, NDArray[np.int64]]:
        """Give the plain claims by matter, and where each claim went."""
        position, known, _, affirms, origin, voice = self._claims.arrays()
        new_matter = np.cumsum(good_matters) - 1
        kept = np.flatnonzero(good_claims)
        kept = kept[np.lexsort((position[kept], new_matter[matter_of[kept]]))]
        places = np.zeros(len(good_claims), dtype=np.int64)
        places[kept] = np.arange(len(kept))
        return (
            Claims(
                position[kept],
                self._claims.digests()[kept],
                known[kept],
                new_matter[matter_of[kept]].astype(np.int32),
                affirms[kept].astype(np.bool_),
                origin[kept].astype(np.int32),
                voice[kept].astype(np.int32),
            ),
            places,
        )

    def _plain(
        self, matter_of: NDArray[np.int64], claim_of: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell which candidates are plain with all that hangs together with them."""
        origin = np.array(self._claims.columns[4], dtype=np.int64)
        joined = np.array(sorted(self._joined_origins(origin)), np.int64)
        odd_matters = self._is_touched(self._matters.ids)
        odd_claims = self._is_touched(self._claims.ids) | (matter_of < 0)
        odd_claims |= np.isin(origin, joined)
        odd_grades = self._is_touched(self._grades.ids) | (claim_of < 0)
        odd_claims[claim_of[odd_grades & (claim_of >= 0)]] = True
        # What a claim that is not plain points at was not touched by it yet.
        odd_matters[matter_of[odd_claims & (matter_of >= 0)]] = True
        is_bound = matter_of >= 0
        odd_claims[is_bound] |= odd_matters[matter_of[is_bound]]
        is_bound = claim_of >= 0
        odd_grades[is_bound] |= odd_claims[claim_of[is_bound]]
        return ~odd_matters, ~odd_claims, ~odd_grades

    def _joined_origins(self, origin: NDArray[np.int64]) -> set[int]:
        """Give the numbers of addresses that may be one with another."""
        found = set(self._joined)
        for name in self._same:
            place = self._claims.ids.get(name)
            if place is not None:
                found.add(int(origin[place]))
            found.update(map(self._origins.of, self._odd_addresses.get(name, ())))
        return found

    def _is_touched(self, ids: dict[str, int]) -> NDArray[np.bool_]:
        found = np.zeros(len(ids), dtype=np.bool_)
        if len(self._touched) < len(ids):
            places = [ids[name] for name in self._touched if name in ids]
        else:
            places = [place for name, place in ids.items() if name in self._touched]
        found[places] = True
        return found


def _places(about: list[str], ids: dict[str, int]) -> NDArray[np.int64]:
    """Give the place of what each is about; -1 where that is no candidate."""
    return np.fromiter(
        (ids.get(name, -1) for name in about), dtype=np.int64, count=len(about)
    )
