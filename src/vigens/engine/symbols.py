"""Values as numbers, so that the arguments of a state become one integer key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vigens.base import VigensError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.engine.axis import Ints
    from vigens.rules import Program, Variable

#: The code of every value that nobody has named.
OTHER = 0
#: Bits that a key may have.
_MOST_BITS = 62


class TooManyValuesError(VigensError):
    """The arguments of a state have more values than one key can tell apart."""

    def __init__(self, names: str) -> None:
        """Name the arguments."""
        super().__init__(
            f"the arguments {names} have too many values together",
            "the engine",
            "give the state fewer arguments, or load fewer records at once",
        )


#: Values from which a column is worth keeping.
_MANY = 1000


class Symbols:
    """The values of each sort, numbered from 1; 0 is any value that nobody has named.

    A sort of actors that is part of another (`state` of `party`) shares its numbers.
    """

    def __init__(self, program: Program) -> None:
        """Number everything that a program declares."""
        self._roots = {name: program.root_of(name) for name in program.sorts}
        self._codes: dict[str, dict[str, int]] = {}
        self._words: dict[str, list[str]] = {}
        #: Columns of words that were numbered before, with what came out.
        self._columns: dict[tuple[str, int], tuple[Sequence[str], Ints]] = {}
        self._declared: dict[str, Ints] = {}
        for sort in program.sorts:
            values = program.values_of(sort)
            self.add(sort, values)
            self._declared[sort] = self.codes(sort, values)

    def add(self, sort: str, values: Iterable[str]) -> None:
        """Number further values of a sort."""
        codes = self._of(sort)
        words = self._words[self._root(sort)]
        if not codes and isinstance(values, list):
            unique = dict.fromkeys(values)
            codes.update(zip(unique, range(1, len(unique) + 1), strict=True))
            words.extend(unique)
            if len(unique) == len(values) > _MANY:
                numbers = np.arange(1, len(values) + 1, dtype=np.int64)
                self._columns[self._root(sort), id(values)] = values, numbers
            return
        for value in values:
            if value not in codes:
                codes[value] = len(words)
                words.append(value)

    def declared(self, sort: str) -> Ints:
        """Give the codes of the values that a program declares, in its order."""
        return self._declared[sort]

    def code(self, sort: str, value: str) -> int:
        """Give the code of a value; 0 where nobody has named it."""
        return self._of(sort).get(value, OTHER)

    def codes(self, sort: str, values: Sequence[str]) -> Ints:
        """Give the codes of many values; of one and the same column only once."""
        key = (self._root(sort), id(values))
        if key in self._columns:
            return self._columns[key][1]
        known = self._of(sort)
        try:
            codes = np.fromiter(map(known.__getitem__, values), np.int64, len(values))
        except KeyError:
            found = (known.get(value, OTHER) for value in values)
            return np.fromiter(found, np.int64, len(values))
        if len(values) > _MANY:
            self._columns[key] = (
                values,
                codes,
            )  # the values stay, and so does their id
        return codes

    def word(self, sort: str, code: int) -> str:
        """Give the value of a code; an empty text for 0."""
        return self._words[self._root(sort)][code]

    def words(self, sort: str) -> list[str]:
        """List the values of a sort by code; the first is an empty text."""
        self._of(sort)
        return self._words[self._root(sort)]

    def bits(self, sort: str) -> int:
        """Give the bits that a code of a sort takes, with room for as many again."""
        return (2 * len(self.words(sort))).bit_length()

    def _root(self, sort: str) -> str:
        return self._roots.get(sort, sort)

    def _of(self, sort: str) -> dict[str, int]:
        root = self._root(sort)
        if root not in self._codes:
            self._codes[root] = {}
            self._words[root] = [""]
        return self._codes[root]


class Packing:
    """How the codes of some variables make one integer key, the first the heaviest."""

    def __init__(self, symbols: Symbols, variables: Sequence[Variable]) -> None:
        """Lay out the bits.

        Raises:
            TooManyValuesError: They do not fit into one key.
        """
        self.bits = tuple(symbols.bits(variable.sort) for variable in variables)
        if sum(self.bits) > _MOST_BITS:
            raise TooManyValuesError(", ".join(v.name for v in variables))
        below = [sum(self.bits[at + 1 :]) for at in range(len(self.bits))]
        self.shifts = tuple(below)

    def pack(self, columns: Sequence[Ints], n_rows: int) -> Ints:
        """Join columns of codes into keys."""
        keys = np.zeros(n_rows, dtype=np.int64)
        for column, shift in zip(columns, self.shifts, strict=True):
            keys |= column << shift
        return keys

    def unpack(self, keys: Ints, at: int) -> Ints:
        """Read one column of codes off keys."""
        found: Ints = keys >> self.shifts[at]
        if at:  # above the heaviest there is nothing
            found &= (1 << self.bits[at]) - 1
        return found
