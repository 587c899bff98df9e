"""How far long work is, on a line of the terminal that the next one takes the place of."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vigens.cli.output import clean, is_plain, screen_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Seconds of work before anything is said of how long it still takes.
_FIRST = 2.0
_MINUTE, _HOUR = 60, 3600


class Progress:
    """Says which file is being read, of how many, and how long the rest may take."""

    def __init__(self, files: Sequence[str]) -> None:
        """Take the files; nothing is shown of one alone, or where no terminal is."""
        self._is_shown = len(files) > 1 and sys.stderr.isatty() and not is_plain()
        self._sizes = [_size(name) for name in files] if self._is_shown else []
        self._left = sum(self._sizes)
        self._number, self._n_files = 0, len(files)
        self._read, self._spent, self._begun = 0, 0.0, 0.0

    def begin(self, name: str) -> None:
        """Show that a file is being read."""
        self._number += 1
        if not self._is_shown:
            return
        self._begun = time.monotonic()
        line = f"reading {self._number} of {self._n_files}{self._rest()} · {name}"
        sys.stderr.write(f"\r{clean(line)[: screen_width() - 1]}\x1b[K")
        sys.stderr.flush()

    def end(self, *, was_read: bool = True) -> None:
        """Take the line away; what was read before tells nothing of the time."""
        if not self._is_shown:
            return
        size = self._sizes[self._number - 1]
        self._left -= size
        if was_read:
            self._read += size
            self._spent += time.monotonic() - self._begun
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    def _rest(self) -> str:
        if self._spent < _FIRST or not self._read:
            return ""
        return f", {words_of_time(self._spent * self._left / self._read)} left"


@contextmanager
def unbroken() -> Iterator[None]:
    """Let Ctrl-C wait until what is being printed is whole; the second does not wait.

    Raises:
        KeyboardInterrupt: At the end, if it was pressed.
    """
    came = False

    def note(*_: object) -> None:
        nonlocal came
        if came:
            raise KeyboardInterrupt
        came = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def words_of_time(seconds: float) -> str:
    """Say a time in its largest unit; it is an estimate."""
    if seconds < _MINUTE:
        return f"about {max(1, round(seconds))} s"
    if seconds < _HOUR:
        return f"about {round(seconds / _MINUTE)} min"
    return f"about {seconds / _HOUR:.1f} h"


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size  # noqa: PTH116 -- takes also a name that is none
    except (OSError, ValueError):
        return 0
