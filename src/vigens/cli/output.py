"""Printing: plain text that fits the screen, JSON, and nothing that a text smuggles.

Reports and journals are other people's words. What they hold of control signs is
shown, not obeyed, so that no title can move the cursor or turn a line around.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from vigens.base import render_finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.base import Finding, Tell

#: Signs that steer a terminal or the direction of text, tab and line feed apart.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
#: Exit status of who was stopped: 128 and the number of the signal, as shells have it.
STOPPED = 130

#: A word that is kept whole so that it can be copied: an address or path, an id.
_ADDRESS = re.compile(r"[/\\@]|[0-9a-f]{12}|\w\.\w")

_LONGEST_LINE = 110
_UNBROKEN = 100_000
_LEAST_ROOM = 16

#: Work that is done so soon says nothing of how far it is.
_SHORT_SECONDS = 1.0

_STYLES = {"YES": "1;32", "NO": "1", "NOT KNOWN": "1;33", "title": "1", "faint": "2"}


def clean(text: str) -> str:
    """Show control signs as a mark instead of obeying them."""
    return _STEERING.sub("\ufffd", text)


def say(text: str = "") -> None:
    """Print a line of the answer."""
    shown = clean(text)
    if sys.stdout.isatty() and not is_plain():
        shown = isolated(shown)
    print(_STYLED.sub(_style, shown))


def tell(text: str) -> None:
    """Print a line beside the answer: a finding, progress, an error."""
    print(clean(text), file=sys.stderr, flush=True)


def tell_part(done: str) -> Tell:
    """Give what tells how far work is, in hundredths, once it has become long."""
    begun = time.monotonic()

    def told(part: int) -> None:
        if time.monotonic() - begun >= _SHORT_SECONDS:
            tell(f"{part} % {done}")

    return told


def dump(value: object) -> None:
    """Print JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def dump_line(value: object) -> None:
    """Print one JSON value on one line."""
    print(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings beside the answer."""
    for finding in findings:
        tell(render_finding(finding))


def screen_width() -> int:
    """Give how many characters fit a line; a pipe or file takes lines unbroken."""
    if not (sys.stdout.isatty() or os.environ.get("COLUMNS")):
        return _UNBROKEN
    return max(40, min(_LONGEST_LINE, shutil.get_terminal_size((96, 24)).columns))


def wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Break text into lines behind a beginning and a hanging indent."""
    rest = " " * visible_length(first) if rest is None else rest
    width = screen_width()
    room = max(_LEAST_ROOM, width - visible_length(rest))
    first_room = max(_LEAST_ROOM, width - visible_length(first))
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        lines += _fitted(line, room if lines else first_room, room)
    return [(first if i == 0 else rest) + line for i, line in enumerate(lines)]


def _fitted(line: str, first_room: int, room: int) -> list[str]:
    """Break a line between its words; a word without end is cut, an address is not.

    Args:
        line: Without a line end.
        first_room: Columns of the first line.
        room: Columns of the further ones.
    """
    if visible_length(line) <= first_room:
        return [line.rstrip()]
    found, size, left = [""], 0, first_room
    for word in line.split():
        for number, piece in enumerate(_pieces(word, min(first_room, room))):
            length = visible_length(piece)
            if number or (size and size + 1 + length > left):
                found.append("")
                size, left = 0, room
            found[-1] += f" {piece}" if size else piece
            size += length + bool(size)
    return found


def _pieces(word: str, room: int) -> list[str]:
    if visible_length(word) <= room or _ADDRESS.search(word):
        return [word]
    pieces, size = [""], 0
    for sign in word:
        if size + _width(sign) > room:
            pieces.append("")
            size = 0
        pieces[-1] += sign
        size += _width(sign)
    return pieces


def say_wrapped(text: str, first: str = "", rest: str | None = None) -> None:
    """Print text behind a beginning and a hanging indent."""
    for line in wrapped(text, first, rest):
        say(line)


def heading(text: str) -> None:
    """Print the title of a section."""
    say()
    say(styled("title", text.upper()))


def table(rows: Sequence[Sequence[str]], *, indent: str = "") -> list[str]:
    """Lay rows out in columns; the last column runs free."""
    if not rows:
        return []
    n_columns = max(len(row) for row in rows)
    widths = [
        max((visible_length(row[i]) for row in rows if i < len(row)), default=0)
        for i in range(n_columns)
    ]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (widths[i] - visible_length(cell))
            for i, cell in enumerate(row[:-1])
        ]
        lines.append((indent + "  ".join([*cells, row[-1]])).rstrip())
    return lines


# Styles travel as marks through wrapping and tables and become escape sequences only
# when printed to a terminal. The marks are private-use signs that `clean` keeps; in
# other people's texts they are harmless: at worst a word is bold.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_CODES = {name: chr(0xE0E0 + i) for i, name in enumerate(_STYLES)}
_NAMES = {code: name for name, code in _CODES.items()}
_STYLED = re.compile(f"{_OPEN}(.)|{_CLOSE}")


def styled(style: str, text: str) -> str:
    """Mark text to be shown in a style where the output is a terminal."""
    return f"{_OPEN}{_CODES[style]}{text}{_CLOSE}"


def visible_length(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    shown = _STYLED.sub("", text)
    return len(shown) if shown.isascii() else sum(map(_width, shown))


@lru_cache(maxsize=4096)
def _width(sign: str) -> int:
    """Give the columns of one sign: none of a mark upon another, two of a wide one."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _style(found: re.Match[str]) -> str:
    if not _has_colour():
        return ""
    name = _NAMES.get(found[1] or "")
    return f"\x1b[{_STYLES[name]}m" if name else "\x1b[0m"


def _has_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not is_plain()


def is_plain() -> bool:
    """Say whether the terminal obeys no signs at all, as it says of itself."""
    return os.environ.get("TERM") == "dumb"


# Words that are written from the right are put between signs that keep the rest of the
# line where it stands: "(5)" behind an Arabic name stays behind it.
_RIGHT = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_FROM_RIGHT = re.compile(
    f"[{_RIGHT}](?:[^A-Za-z\u00aa-\u058f\u1e00-\u1fff]*[{_RIGHT}])?"
)


def isolated(text: str) -> str:
    """Put what is written from the right between signs that isolate it."""
    return _FROM_RIGHT.sub("\u2068\\g<0>\u2069", text)
