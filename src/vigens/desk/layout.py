"""Laying out agreement files: which they are, what would change, and writing it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError, has_errors
from vigens.desk.case import LARGEST_PAGE
from vigens.desk.files import read_text, write_whole
from vigens.lang import Page, format_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.base import Finding


@dataclass(frozen=True, slots=True)
class LaidOut:
    """One agreement file before and after.

    Attributes:
        path: As it was named.
        before: Its text.
        after: Its text in canonical layout; as before where it cannot be read.
        findings: What cannot be read.
    """

    path: Path
    before: str
    after: str
    findings: tuple[Finding, ...]

    @property
    def is_changed(self) -> bool:
        """Say whether the layout changes anything."""
        return self.before != self.after

    @property
    def is_broken(self) -> bool:
        """Say whether it was left alone since it cannot be read."""
        return has_errors(self.findings)


def find_pages(places: Sequence[str | Path]) -> tuple[Path, ...]:
    """List agreement files: those that are named, and those of each case folder.

    Raises:
        InputError: A folder is no case.
    """
    return tuple(dict.fromkeys(path for place in places for path in _pages(place)))


def lay_out(path: Path, *, is_written: bool) -> LaidOut:
    """Lay out one agreement file.

    Args:
        path: The file.
        is_written: Whether a file that changes is written, whole or not at all.

    Raises:
        InputError: It cannot be read.
        OutsideError: It cannot be written.
    """
    text = read_text(path, LARGEST_PAGE)
    found = format_page(Page(str(path), text))
    laid_out = LaidOut(path, text, found.text, found.findings)
    if is_written and laid_out.is_changed:
        write_whole(path.resolve(), [found.text.encode()])
    return laid_out


def _pages(place: str | Path) -> Iterator[Path]:
    path = Path(place)
    if not path.is_dir():
        yield path
        return
    folder = path / "agreements"
    if not folder.is_dir():
        raise InputError(
            "this folder has no agreement files",
            str(path),
            "name a case folder, or agreement files",
        )
    yield from sorted(folder.glob("*.md"))
