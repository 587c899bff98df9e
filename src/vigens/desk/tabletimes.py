"""When the rows of a bulk table happened, and from when they were known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import InputError
from vigens.chrono import civil_date, day_start, edtf_bounds, end_of, parse_edtf
from vigens.desk.placing import place_date
from vigens.desk.tablemap import UNITS, is_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vigens.desk.tablefile import Cells
    from vigens.desk.tablemap import Timing
    from vigens.model import Coded

    Instants = NDArray[np.int64]

#: First and last instant of the years 2 to 9998.
_FIRST, _LAST = -62_104_060_800, 253_370_764_799

#: From so many different words on the usual instants are read by column.
_MANY = 2000
_INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"

#: What cannot be read as a date, as bounds.
_NONE = (0, -1)


@dataclass(frozen=True, slots=True)
class Fault:
    """Cells of one column that cannot be used.

    Attributes:
        code: Of the finding.
        column: Name of the column.
        rows: (k,) places among the rows that were asked for.
        say: Cell and fault of one place.
    """

    code: str
    column: str
    rows: NDArray[np.intp]
    say: Callable[[int], tuple[str, str]]


class Clock:
    """Reads the dates of one table; each different word once.

    Attributes:
        cells: The table.
        zone: IANA zone of civil days.
    """

    def __init__(self, cells: Cells, zone: str) -> None:
        """Begin with nothing read."""
        self.cells = cells
        self.zone = zone
        self._read: dict[tuple[str, bool], tuple[Instants, Instants]] = {}

    def place(
        self, timing: Timing, rows: NDArray[np.intp], *, is_act: bool
    ) -> tuple[Instants, Instants, list[Fault]]:
        """Place rows in time.

        Args:
            timing: Which columns say when.
            rows: (k,) places of the rows.
            is_act: Whether they take effect for whole civil days.

        Returns:
            Earliest and latest instants, (k,) UTC seconds, included, and faults. Where
            every row is exact both are one array.
        """
        if timing.unit is not None:
            return self._counted(timing, rows, is_act=is_act)
        faults: list[Fault] = []
        first, last = self._dated(timing.happened, rows, faults, is_act=is_act)
        if timing.until is not None:
            last = self._ended(timing.until, rows, first, last, faults, is_act=is_act)
        return first, last, faults

    def known(
        self, column: str, rows: NDArray[np.intp], faults: list[Fault]
    ) -> tuple[Instants, Instants]:
        """Give from when rows were first known, and when last something was said.

        Args:
            column: Of dates; several in a cell stand between semicolons.
            rows: (k,) places of the rows.
            faults: Here goes what cannot be read.

        Returns:
            Earliest and latest, (k,) UTC seconds; earliest after latest where the cell
            is empty.
        """
        coded = self._coded(column)
        read = [_known(word, self.zone) for word in coded.words]
        self._note("B003", column, coded, rows, read, faults, spare="")
        return _taken(read, coded, rows)

    def _dated(
        self,
        column: str,
        rows: NDArray[np.intp],
        faults: list[Fault],
        *,
        is_act: bool,
    ) -> tuple[Instants, Instants]:
        coded = self._coded(column)
        if (column, is_act) not in self._read:
            self._read[column, is_act] = _dates(coded.words, self.zone, is_act=is_act)
        first, last = self._read[column, is_act]
        bad = np.flatnonzero(first > last)
        codes = coded.codes[rows]
        if len(bad):
            places = np.flatnonzero(np.isin(codes, bad))
            if len(places):
                said = _sayer(coded, codes, self.zone, is_act=is_act)
                faults.append(Fault("B003", column, places, said))
        if (first == last).all():
            exact = first[codes]
            return exact, exact
        return first[codes], last[codes]

    def _ended(
        self,
        column: str,
        rows: NDArray[np.intp],
        first: Instants,
        last: Instants,
        faults: list[Fault],
        *,
        is_act: bool,
    ) -> Instants:
        """Give the ends of ranges; an empty cell leaves the date alone."""
        own: list[Fault] = []
        _, end = self._dated(column, rows, own, is_act=is_act)
        coded = self._coded(column)
        codes = coded.codes[rows]
        empty = np.fromiter((not w for w in coded.words), bool, len(coded.words))
        is_alone = empty[codes]
        for fault in own:
            left = fault.rows[~is_alone[fault.rows]]
            if len(left):
                faults.append(Fault(fault.code, column, left, fault.say))
        end = np.where(is_alone, last, end)
        known = {int(row) for fault in faults for row in fault.rows}
        turned = [int(i) for i in np.flatnonzero(end < first) if int(i) not in known]
        if turned:

            def say(place: int) -> tuple[str, str]:
                return coded.words[codes[place]], "the range ends before it begins"

            faults.append(Fault("B003", column, np.asarray(turned), say))
        return end

    def _counted(
        self, timing: Timing, rows: NDArray[np.intp], *, is_act: bool
    ) -> tuple[Instants, Instants, list[Fault]]:
        """Place whole numbers; a day is a civil day, all else an instant."""
        faults: list[Fault] = []
        first = self._whole(timing.happened, rows, faults)
        last = first
        if timing.until is not None:
            last = self._whole(timing.until, rows, faults)
        start = edtf_bounds(parse_edtf(timing.origin), self.zone)[0] or 0
        unit = UNITS[timing.unit or "second"]
        self._inside(timing.happened, first, (unit, start), faults)
        if timing.until is not None:
            self._inside(timing.until, last, (unit, start), faults)
        turned = np.flatnonzero(last < first)
        if len(turned):
            ends = last
            faults.append(
                Fault(
                    "B003",
                    timing.until or timing.happened,
                    turned,
                    lambda i: (str(ends[i]), "the range ends before it begins"),
                )
            )
        if timing.unit == "day" or is_act:
            starts, _ = self._days(first, unit, start)
            begins, ends_ = self._days(last, unit, start)
            return starts, begins if is_act else ends_, faults
        if last is first:
            exact = first * unit + start
            return exact, exact, faults
        return first * unit + start, (last + 1) * unit + start - 1, faults

    def _inside(
        self,
        column: str,
        numbers: Instants,
        scale: tuple[int, int],
        faults: list[Fault],
    ) -> None:
        """Note what lies outside the calendar, and make it 0."""
        unit, start = scale
        low, high = (_FIRST - start) // unit + 2, (_LAST - start) // unit - 2
        out = np.flatnonzero((numbers < low) | (numbers > high))
        if len(out):
            said = {int(place): str(numbers[place]) for place in out[:100]}
            numbers[out] = 0

            def say(place: int) -> tuple[str, str]:
                return said.get(place, ""), "outside the years 2 to 9998"

            faults.append(Fault("B003", column, out, say))

    def _days(
        self, numbers: Instants, unit: int, start: int
    ) -> tuple[Instants, Instants]:
        """Give the first and the last instants of the civil days of numbers."""
        different, back = np.unique(numbers, return_inverse=True)
        begin = civil_date(start, self.zone)
        days = [
            begin + timedelta(days=int(n))
            if unit == UNITS["day"]
            else civil_date(int(n) * unit + start, self.zone)
            for n in different
        ]
        firsts = np.array([day_start(d, self.zone) for d in days], np.int64)
        nexts = [day_start(d + timedelta(days=1), self.zone) for d in days]
        lasts = np.array(nexts, np.int64) - 1
        return firsts[back], lasts[back]

    def _whole(
        self, column: str, rows: NDArray[np.intp], faults: list[Fault]
    ) -> Instants:
        if column in self.cells.numbers:
            return self.cells.numbers[column][rows]
        coded = self.cells.coded[column]
        read = [_number(word) for word in coded.words]
        self._note("B003", column, coded, rows, read, faults)
        found = np.array([0 if isinstance(n, str) else n for n in read], np.int64)
        return found[coded.codes[rows]]

    def _coded(self, column: str) -> Coded:
        """Give a column as words; whole numbers may be years."""
        if column not in self.cells.coded:
            from vigens.model import Coded

            different, codes = np.unique(
                self.cells.numbers[column], return_inverse=True
            )
            self.cells.coded[column] = Coded(codes, [str(n) for n in different])
        return self.cells.coded[column]

    def _note(
        self,
        code: str,
        column: str,
        coded: Coded,
        rows: NDArray[np.intp],
        read: Sequence[object],
        faults: list[Fault],
        spare: str | None = None,
    ) -> None:
        """Note the cells whose word could not be read; that says why."""
        bad = [
            i
            for i, found in enumerate(read)
            if isinstance(found, str) and coded.words[i] != spare
        ]
        if not bad:
            return
        codes = coded.codes[rows]
        places = np.flatnonzero(np.isin(codes, bad))
        if len(places):
            faults.append(
                Fault(
                    code,
                    column,
                    places,
                    lambda i: (coded.words[codes[i]], str(read[codes[i]])),
                )
            )


def _sayer(
    coded: Coded,
    codes: NDArray[np.int32] | NDArray[np.int64],
    zone: str,
    *,
    is_act: bool,
) -> Callable[[int], tuple[str, str]]:
    def say(place: int) -> tuple[str, str]:
        word = coded.words[codes[place]]
        found = _date(word, zone, is_act=is_act)
        return word, found if isinstance(found, str) else "no date"

    return say


def _taken(
    read: Sequence[tuple[int, int] | str], coded: Coded, rows: NDArray[np.intp]
) -> tuple[Instants, Instants]:
    pairs = [_NONE if isinstance(found, str) else found for found in read]
    both = np.array(pairs, np.int64).reshape(-1, 2)
    codes = coded.codes[rows]
    return both[:, 0][codes], both[:, 1][codes]


def _dates(
    words: Sequence[str], zone: str, *, is_act: bool
) -> tuple[Instants, Instants]:
    """Read each word; what is no date has its first instant after its last."""
    if len(words) > _MANY and not is_act:
        found = _instants(words)
        if found is not None:
            return found, found
    pairs = [_date(word, zone, is_act=is_act) for word in words]
    both = np.array([_NONE if isinstance(p, str) else p for p in pairs], np.int64)
    both = both.reshape(-1, 2)
    return np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1])


def _instants(words: Sequence[str]) -> Instants | None:
    """Read instants of the usual form by column; `None` where not all are."""
    import pyarrow as pa
    from pyarrow import compute

    column = pa.array(words, pa.string())
    usual = compute.match_substring_regex(column, _INSTANT)
    if not compute.all(usual).as_py():
        return None
    try:
        seconds = column.cast(pa.timestamp("s", "UTC")).cast(pa.int64()).to_numpy()
    except pa.ArrowInvalid:
        return None
    inside = (seconds >= _FIRST) & (seconds <= _LAST)
    return np.asarray(seconds, np.int64) if bool(inside.all()) else None


def _date(word: str, zone: str, *, is_act: bool) -> tuple[int, int] | str:
    if not word:
        return "no date"
    try:
        first, last = place_date(word, zone, is_act=is_act)
    except InputError as error:
        return error.what
    if last is None:
        return "it has no last day"
    return (_FIRST if first is None else first), last


def _number(word: str) -> int | str:
    digits = word.strip().removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        return "no whole number" if word else "no date"
    return int(word)


def _known(word: str, zone: str) -> tuple[int, int] | str:
    """Give the first and the last of the dates in a cell, each at its end."""
    if not word.strip():
        return "no date"
    try:
        ends = [end_of(part.strip(), zone) for part in word.split(";") if part.strip()]
    except InputError as error:
        return error.what
    return (min(ends), max(ends)) if ends else "no date"


def known_date(text: str, zone: str) -> int | None:
    """Give the instant of a `known_from` that is a date, `None` for a column."""
    return end_of(text, zone) if is_date(text) else None
