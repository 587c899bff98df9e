from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from vigens.journal import Entry, ReferenceRefusedError
from vigens.journal.stores.log import Log

Make = Callable[..., Entry]


def test_a_beginning_that_fits_several_lists_them(make: Make) -> None:
    log = Log("journal.db")
    for digit in "012":
        log.add(replace(make("a"), id="abcdef" + digit * 58))
    with pytest.raises(ReferenceRefusedError, match="fits 3 entries") as caught:
        log.find("abcdef")
    assert "abcdef0000, abcdef1111" in caught.value.mend
    assert log.find("abcdef1").id == "abcdef" + "1" * 58
