"""The rules of a case in every edition: compiled when asked for, and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vigens.lang import Compiled, Edition, Page, compile_pages, find_editions
from vigens.law import law_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Read:
    """One edition of the rules: its span, its pages without the law, its program."""

    edition: Edition
    pages: tuple[Page, ...]
    compiled: Compiled


class Rules:
    """Every edition of a case's pages, together with the general law."""

    def __init__(self, pages: Sequence[Page], zone: str) -> None:
        """Sort the pages by what was known when; nothing is compiled yet."""
        self.every = tuple(pages)
        own = {page.name for page in pages}
        self.editions, self.findings = find_editions((*law(), *pages), zone)
        self._own = own
        self._read: dict[int, Read] = {}

    @property
    def newest(self) -> Read:
        """Give the last edition."""
        return self._compiled(len(self.editions) - 1)

    def at(self, known_at: int) -> Read:
        """Give the edition that was known by an instant, UTC seconds."""
        for number, edition in enumerate(self.editions):
            if edition.covers(known_at):
                return self._compiled(number)
        return self.newest

    def read(self) -> Iterator[Read]:
        """Go through every edition, the newest first."""
        for number in reversed(range(len(self.editions))):
            yield self._compiled(number)

    def _compiled(self, number: int) -> Read:
        if number not in self._read:
            edition = self.editions[number]
            compiled = _compile(edition.pages)
            if self.findings:
                findings = (*self.findings, *compiled.findings)
                compiled = replace(compiled, findings=findings)
            pages = tuple(page for page in edition.pages if page.name in self._own)
            self._read[number] = Read(edition, pages, compiled)
        return self._read[number]


@lru_cache(maxsize=1)
def law() -> tuple[Page, ...]:
    """Give the pages of the general law."""
    return tuple(Page(name, text) for name, text in law_pages())


@lru_cache(maxsize=8)
def _compile(pages: tuple[Page, ...]) -> Compiled:
    return compile_pages(pages)
