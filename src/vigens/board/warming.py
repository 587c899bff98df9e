"""The start: the case is read, and its first page worked out before anybody asks."""

from __future__ import annotations

import gc
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.board.casebook import Casebook
    from vigens.desk import Case


def begin(casebook: Casebook, reader: str) -> Case:
    """Read the case, then work out its first page in the background.

    Nothing of what is read is garbage, so nobody looks for any meanwhile, and what was
    read is left alone by the collector for good: of a long journal it would go through
    a million objects again and again.

    Args:
        casebook: Of the case.
        reader: Whose first page it is.

    Raises:
        VigensError: The case cannot be read.
    """
    gc.disable()
    try:
        case = casebook.case()
    except BaseException:
        gc.enable()
        raise
    casebook.is_warm = False
    Thread(target=_warm, args=(casebook, reader), name="warming", daemon=True).start()
    return case


def _warm(casebook: Casebook, reader: str) -> None:
    try:
        casebook.warm(reader)
    finally:
        gc.freeze()
        gc.enable()
