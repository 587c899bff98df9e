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


class JournalFileError(InputError):
    """A path does not lead to a journal that can be read."""


class JournalOutsideError(OutsideError):
    """Disk, permission, clock or another program stood in the way."""


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
