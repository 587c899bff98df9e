"""When Python looks for garbage in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Put off the search for circular garbage until much has been made that stays.

    What nobody refers to goes at once, as always; only the search, which would walk
    through everything just made again and again, waits. Who finds it put off already
    leaves it so, so that several threads may do this at once.

    Example:
        >>> import gc
        >>> with without_collection():
        ...     gc.isenabled()
        False
        >>> gc.isenabled()
        True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
