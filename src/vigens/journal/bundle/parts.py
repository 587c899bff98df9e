"""What a bundle is made of: JSON Lines, each line one part.

=========== ==================================================================
first key   what the line holds
=========== ==================================================================
vigens      the opening: whose bundle, signed heads, keys that handed over
leaves      name of a log, the number before its first, leaf hashes in hex
entry       one entry, and for each log its number there (from 1) and its salt
redacted    for each log a number whose entry was redacted; id of the fact
document    name, SHA-256 and content of a document that an entry tells of
end         how many entries, redactions and documents there were
=========== ==================================================================

They stand in this order. The same file may hold a single receipt or head instead:
then it is one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vigens.base import InputError
from vigens.journal.entry import Entry
from vigens.journal.proof import SignedHead, Succession

#: The format that this version writes.
VERSION = 1

#: Leaf hashes to a line.
LEAVES_A_LINE = 1000

#: Longest line that is read, in bytes, and the largest document.
LARGEST_LINE = 32 * 2**20
LARGEST_DOCUMENT = 16 * 2**20


class BundleError(InputError):
    """A bundle, receipt or head cannot be read at all."""

    @classmethod
    def line(cls, what: str, where: str) -> BundleError:
        """Refuse a line that is no part of a bundle."""
        return cls(
            what, where, "it was damaged or made by hand: ask for the file again"
        )


@dataclass(frozen=True, slots=True)
class Front:
    """The first line of a bundle.

    Attributes:
        reader: For whose eyes it was made.
        made: When, as `recorded_at` has it; nobody vouches for it.
        heads: One for each log, in order of name.
        handed_over: Which key followed which.
    """

    reader: str
    made: str
    heads: tuple[SignedHead, ...]
    handed_over: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """Some leaves of one log, in order.

    Attributes:
        log: Name of the log.
        start: How many leaves came before.
        hashes: 32 bytes each.
    """

    log: str
    start: int
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry lies in one log.

    Attributes:
        number: From 1.
        salt: The entry's salt in that log, 32 bytes.
    """

    number: int
    salt: bytes


@dataclass(frozen=True, slots=True)
class Carried:
    """One entry and its places in the logs of the bundle."""

    entry: Entry
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Redacted:
    """Places of an entry that is no more.

    Attributes:
        numbers: Its number in each log of the bundle.
        fact: Id of the entry that tells of the redaction.
    """

    numbers: Mapping[str, int]
    fact: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document, whole.

    Attributes:
        name: File name without a path.
        sha256: Of the content, hex, as the entry has it.
        content: Its bytes.
    """

    name: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class End:
    """The last line: how much there was."""

    n_entries: int
    n_redacted: int
    n_documents: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that one entry is in one log.

    Attributes:
        head: Signed head of the log.
        handed_over: Which key followed which.
        entry: The entry.
        place: Its number and salt.
        path: Inclusion proof from the leaf upwards, 32 bytes each.
    """

    head: SignedHead
    handed_over: tuple[Succession, ...]
    entry: Entry
    place: Place
    path: tuple[bytes, ...]


Part = Front | Leaves | Carried | Redacted | Document | End
