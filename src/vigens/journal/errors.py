"""What can go wrong with a journal, as exceptions that build their own words."""

from __future__ import annotations

from vigens.base import InputError, OutsideError


class ValueRefusedError(InputError):
    """A value has no canonical bytes, so it can have no hash."""

    def __init__(self, what: str, where: str) -> None:
        """Name the value and its place inside the entry."""
        super().__init__(
            what,
            where,
            "use text, whole numbers, true, false, null, lists and objects; write "
            'a fraction as text ("2.5") or as a whole number of a smaller unit',
        )


class DraftError(InputError):
    """A draft cannot become an entry; nothing of its group was written."""


class EntryError(InputError):
    """A stored or imported entry cannot be read or is not what its id says."""


class ReferenceRefusedError(InputError):
    """An id or a prefix of one does not lead to exactly one entry."""


class NoLogError(InputError):
    """A text journal has no keys, so it has no log to prove anything with."""

    def __init__(self, where: str) -> None:
        """Name the journal."""
        super().__init__(
            "a journal in text has no log that proofs could rest on",
            where,
            "import it into a database: `vigens import` makes journal.db",
        )


class JournalFileError(InputError):
    """A path does not lead to a journal that can be read."""


class JournalOutsideError(OutsideError):
    """Disk, permission, clock or another program stood in the way."""


class ProofError(InputError):
    """A key, leaf, tree or head has no such shape as was asked of it."""

    @classmethod
    def length(cls, what: str, n_bytes: int) -> ProofError:
        """Refuse a key, salt or hash that has not its 32 bytes."""
        return cls(
            f"{what} has {n_bytes} bytes instead of 32",
            "a log of the journal",
            "`vigens fsck` says which row it stands in",
        )

    @classmethod
    def identifier(cls, identifier: str) -> ProofError:
        """Refuse what is no id of an entry."""
        return cls(
            f'"{identifier:.70}" is no id of 64 hex digits',
            "a log of the journal",
            "`vigens fsck` says which row it stands in",
        )

    @classmethod
    def frontier(cls, n_bytes: int) -> ProofError:
        """Refuse bytes that are no right edge of a tree."""
        return cls(
            f"the {n_bytes} bytes of a tree's edge do not fit the size they begin with",
            "a head of the journal",
            "`vigens fsck` says which head it is; restore the file from a copy",
        )

    @classmethod
    def no_leaf(cls, index: int, size: int) -> ProofError:
        """Refuse to prove a leaf that a log does not have."""
        return cls(
            f"there is no leaf {index} in a log of {size}",
            "a log of the journal",
            "ask for a leaf from 0 to the size less one",
        )

    @classmethod
    def no_size(cls, asked: int, size: int) -> ProofError:
        """Refuse to go back to a size that a log did not have."""
        return cls(
            f"a log of {size} leaves has no earlier state of {asked}",
            "a log of the journal",
            "ask for a size from 0 to that of the log",
        )

    @classmethod
    def empty(cls, log: str) -> ProofError:
        """Refuse to sign a log that holds nothing."""
        return cls(
            f'the log "{log:.60}" holds nothing, so there is nothing to vouch for',
            "a log of the journal",
            "record an entry that bears the mark first, or name another log",
        )

    @classmethod
    def field(cls, name: str, wanted: str, where: str) -> ProofError:
        """Refuse a proof in a file that lacks what it needs."""
        return cls(
            f'the field "{name}" is not {wanted}',
            where,
            "ask for the file again; what stands here proves nothing",
        )


class SigningKeyError(InputError):
    """The private key of a journal is missing, exposed, or another one."""

    @classmethod
    def missing(cls, where: str) -> SigningKeyError:
        """Say that there is no key where one is needed."""
        return cls(
            "the signing key of this journal is missing",
            where,
            "put it back from where it is kept; if it is lost, `vigens key --lost` "
            "draws another, and verifiers must be told of it",
        )

    @classmethod
    def exposed(cls, where: str, mode: int) -> SigningKeyError:
        """Say that others than its owner may read the key."""
        return cls(
            f"others than you may read this signing key (mode {mode:04o})",
            where,
            f"chmod 600 {where}; if others had access, draw a new key with "
            "`vigens key --lost`",
        )

    @classmethod
    def unreadable(cls, where: str) -> SigningKeyError:
        """Say that a file holds no such key."""
        return cls(
            "this is no signing key (Ed25519 in PEM, not encrypted)",
            where,
            "put the right file back; `vigens key --lost` draws another key",
        )

    @classmethod
    def other(cls, where: str, expected: str) -> SigningKeyError:
        """Say that the key is not the one that signed before."""
        return cls(
            "this is not the key that signed for this journal before "
            f"({expected[:12]})",
            where,
            "put that key back; if it is lost, `vigens key --lost` says so in the "
            "journal's list of keys",
        )


class ClockError(JournalOutsideError):
    """The clock went back further than a journal may overlook."""

    def __init__(self, now: str, last: str, where: str) -> None:
        """Name what the clock says and what was recorded last."""
        super().__init__(
            f"the clock says {now}, but the last entry was recorded at {last}",
            where,
            "set the machine's clock right and try again; nothing was written",
        )


def reason(error: BaseException) -> str:
    """Give the operating system's own short word for an error."""
    words = getattr(error, "strerror", None)
    return str(words) if words else str(error)
