"""The rules of a case in every edition: compiled when asked for, and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from vigens.desk.rulecache import compiled_of
from vigens.lang import Compiled, Edition, Page, find_editions
from vigens.law import law_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.base import Finding


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

    def gather(self) -> tuple[Finding, ...]:
        """List what is wrong in any edition, once, saying in which."""
        each = [read.compiled.findings for read in reversed(list(self.read()))]
        return gather_findings(self.editions, each)

    def declare(self, name: str) -> bool:
        """Say whether any edition declares an event, state, text or actor of a name."""
        return any(
            name in table
            for read in self.read()
            for program in [read.compiled.program]
            for table in (
                program.events,
                program.fluents,
                program.instruments,
                program.actors,
            )
        )

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


def gather_findings(
    editions: Sequence[Edition],
    found: Sequence[Sequence[Finding]],
    *,
    last_stands_for_all: bool = False,
) -> tuple[Finding, ...]:
    """Join the findings of every edition, each once.

    Args:
        editions: In order.
        found: What was found in each of them.
        last_stands_for_all: Whether what is found in the last edition is said plainly.

    Returns:
        The findings. One that does not stand in every edition in which its page is
        read says from when until when it does.
    """
    where: dict[Finding, list[int]] = {}
    for number, findings in enumerate(found):
        for finding in dict.fromkeys(findings):
            where.setdefault(finding, []).append(number)
    last = len(editions) - 1
    gathered = []
    for finding, numbers in where.items():
        source = finding.spans[0].source if finding.spans else ""
        read = [n for n, e in enumerate(editions) if _has(e, source)]
        is_plain = numbers == (read or list(range(len(editions))))
        if is_plain or (last_stands_for_all and last in numbers):
            gathered.append(finding)
        else:
            words = " and ".join(_spans(editions, numbers))
            message = f"{finding.message} (as known {words})"
            gathered.append(replace(finding, message=message))
    return tuple(gathered)


def _has(edition: Edition, name: str) -> bool:
    return any(page.name == name for page in edition.pages)


def _spans(editions: Sequence[Edition], numbers: Sequence[int]) -> Iterator[str]:
    """Say from when until when, of editions that follow one another together."""
    start = numbers[0]
    for number, following in zip_longest(numbers, numbers[1:]):
        if following == number + 1:
            continue
        first = editions[start].dates
        last = editions[number + 1].dates if number + 1 < len(editions) else ()
        parts = [f"from {first[0]} on"] if first and not last else []
        parts += [f"from {first[0]}"] if first and last else []
        parts += [f"until {last[0]}"] if last else []
        yield " ".join(parts)
        start = following if following is not None else start


@lru_cache(maxsize=1)
def law() -> tuple[Page, ...]:
    """Give the pages of the general law."""
    return tuple(Page(name, text) for name, text in law_pages())


@lru_cache(maxsize=8)
def _compile(pages: tuple[Page, ...]) -> Compiled:
    return compiled_of(pages)
