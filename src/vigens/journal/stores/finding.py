"""Words for a reference that does not lead to exactly one entry."""

from __future__ import annotations

from collections.abc import Sequence

from vigens.journal.errors import ReferenceRefusedError

#: The shortest beginning of an id that may stand for the whole.
MIN_PREFIX = 6

#: How many of the entries that a beginning fits are named.
N_SHOWN = 5


def prefix_of(reference: str, where: str) -> str:
    """Give the beginning of an id that a reference is meant as.

    Raises:
        ReferenceRefusedError: It is too short to mean one.
    """
    prefix = reference.strip().lower()
    if len(prefix) < MIN_PREFIX:
        raise ReferenceRefusedError(
            f'"{prefix}" is too short for an entry id',
            where,
            f"write at least the first {MIN_PREFIX} digits",
        )
    return prefix


def the_one(prefix: str, fitting: Sequence[str], n_fitting: int, where: str) -> str:
    """Give the only id that a beginning fits.

    Args:
        prefix: As `prefix_of` gave it.
        fitting: Ids that it fits, in order; the first few will do.
        n_fitting: How many it fits in all.
        where: Names the journal.

    Raises:
        ReferenceRefusedError: It fits none, or several.
    """
    if n_fitting == 1:
        return fitting[0]
    if n_fitting:
        some = ", ".join(found[: len(prefix) + 4] for found in fitting[:N_SHOWN])
        raise ReferenceRefusedError(
            f'"{prefix}" fits {n_fitting} entries',
            where,
            f"write more digits: {some}",
        )
    raise ReferenceRefusedError(
        f'no entry has an id that begins with "{prefix[:64]}"',
        where,
        "`vigens log` lists the entries with their ids",
    )
