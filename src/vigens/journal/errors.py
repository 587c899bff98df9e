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
    def restless(cls, where: str) -> ProofError:
        """Give up on a moment in which nobody writes."""
        return cls(
            "others wrote to this journal without a pause, so its logs could not be "
            "read at one moment",
            where,
            "try again when there is less to do; nothing was written",
        )

    @classmethod
    def not_in_log(cls, identifier: str, log: str) -> ProofError:
        """Refuse to prove what a log does not hold, or what was redacted."""
        return cls(
            f'the entry {identifier[:12]} is not in the log "{log:.60}", or was redacted',
            "a log of the journal",
            "name a log whose mark the entry bears, or all",
        )

    @classmethod
    def field(cls, name: str, wanted: str, where: str) -> ProofError:
        """Refuse a proof in a file that lacks what it needs."""
        return cls(
            f'the field "{name}" is not {wanted}',
            where,
            "ask for the file again; what stands here proves nothing",
        )


class SealError(InputError):
    """An offer cannot be sealed, opened or added up."""

    @classmethod
    def no_offer(cls, what: str, where: str) -> SealError:
        """Refuse what is not shaped like an offer."""
        return cls(
            f"this is no offer: {what}",
            where,
            "write a JSON object with party, title, stance, domains, conditions, gates "
            "and, if there is one, quantity {number, unit}",
        )

    @classmethod
    def unreadable(cls, where: str) -> SealError:
        """Refuse a file that opens nothing."""
        return cls(
            "this is no opening of a sealed offer",
            where,
            "name the file that `vigens seal` wrote",
        )

    @classmethod
    def changed(cls, where: str) -> SealError:
        """Refuse an opening that is not of what was sealed."""
        return cls(
            "this opening does not fit what was sealed: offer or nonce was changed",
            where,
            "open it with the file that `vigens seal` wrote, unchanged",
        )

    @classmethod
    def cut(cls, n_wanted: int, n_batch: int) -> SealError:
        """Refuse a total that would cut a batch of an earlier one."""
        return cls(
            f"{n_wanted} of {n_batch} offers that were released together before are "
            "among these: the difference of the two totals would give some away",
            "the totals released so far",
            "take all of them or none; what was released together stays together",
        )

    @classmethod
    def few(cls, n_offers: int, minimum: int) -> SealError:
        """Refuse a total over too small a group."""
        return cls(
            f"{n_offers} offers that were in no total before give something to this "
            f"one; it takes {minimum}",
            "the group to add up",
            "wait for more sealed offers, and release them together",
        )

    @classmethod
    def standing_out(cls, unit: str) -> SealError:
        """Refuse a total that one offer dominates."""
        return cls(
            "one offer is so large beside the others that the total would nearly "
            "tell it",
            f"the group to add up ({unit[:40]})",
            "wait for more sealed offers, and release them together",
        )

    @classmethod
    def inexact(cls, party: str, unit: str) -> SealError:
        """Refuse to add up what is no exact number."""
        return cls(
            f"the offer of {party[:40]} has no exact number of {unit[:40]}, 0 or more",
            "the group to add up",
            "leave it out, or have it sealed anew with an exact number",
        )

    @classmethod
    def twice(cls) -> SealError:
        """Refuse two offers of one party in one group."""
        return cls(
            "two of these offers are of one party, so the group is smaller than it "
            "seems",
            "the group to add up",
            "take the newer one alone",
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


class NotSweptError(JournalOutsideError):
    """An entry is redacted, but its old bytes may still lie in the store's files."""


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
