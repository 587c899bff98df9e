"""Whose report it is: its author, and the chain of those who passed it on.

The chain begins with the site that the file comes from and goes back to the agency
whose news it was, as far as the text says so: "RBC-Ukraine, citing Reuters".
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from vigens.intake.lexicon import language_codes, vocabulary, vocabulary_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.intake.document import Region

#: How far, in characters, a name may stand from the words that cite it.
_NEAR = 60
_LONGEST_NAME = 60
_ENDING = r"[^\W\d_]{0,3}"
_TRUSTED = ("title", "dateline")


@dataclass(frozen=True, slots=True)
class Medium:
    """An agency, newspaper or site."""

    name: str
    names: tuple[str, ...]
    domains: tuple[str, ...]


@lru_cache(maxsize=1)
def media() -> tuple[Medium, ...]:
    """Give the media that `vocabulary/media.toml` names."""
    text = (vocabulary_root() / "media.toml").read_text(encoding="utf-8")
    return tuple(
        Medium(each["name"], tuple(each["names"]), tuple(each["domains"]))
        for each in tomllib.loads(text)["medium"]
    )


def medium_of(said: str) -> str:
    """Give the medium that a site's name or an address means, else what was said."""
    host = (urlsplit(said).hostname or "") if "//" in said else said
    for medium in media():
        if any(host == d or host.endswith(f".{d}") for d in medium.domains):
            return medium.name
        if any(said.casefold() == name.casefold() for name in medium.names):
            return medium.name
    return host.removeprefix("www.") if "//" in said else said


def find_chain(
    view: str, regions: Iterable[Region], language: str, site: str | None
) -> tuple[str, ...]:
    """List who passed a report on, the nearest first.

    A name counts where the text cites it: beside words such as "citing", in a line
    that names the source, in the dateline. A name in passing does not.

    Args:
        view: The folded text.
        regions: Its parts.
        language: Whose words tell.
        site: What a page says of itself, or its address.
    """
    found = [medium_of(site)] if site else []
    cited = _cited(language)
    for region in sorted(regions, key=lambda each: each.start):
        text = view[region.start : region.end]
        for match in _named(text):
            is_cited = region.role in _TRUSTED and match.start() < _NEAR
            around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            place = match.start() - max(0, match.start() - _NEAR)
            if is_cited or cited(around, place, place + len(match.group())):
                found.append(_medium_named(match.group("name")))
    return tuple(dict.fromkeys(found))


def find_author(view: str, regions: Iterable[Region], language: str) -> str:
    """Give the author that a line of its own names, or an empty string."""
    if language == "und":
        return ""
    begins = vocabulary(language).words("provenance", "author")
    for region in regions:
        if region.role == "body" and region.end - region.start > _LONGEST_NAME + 20:
            continue
        for line in view[region.start : region.end].splitlines():
            for word in begins:
                rest = line.strip().removeprefix(word)
                if rest == line.strip() or not rest[:1].isspace():
                    continue
                name = " ".join(rest.strip(" :").split())
                if name and len(name) <= _LONGEST_NAME and _is_name(name):
                    return name
    return ""


def _is_name(text: str) -> bool:
    words = [w for w in re.split(r"[\s,]+", text) if w]
    capital = sum(word[:1].isupper() for word in words)
    return 1 < len(words) <= 8 and capital * 2 > len(words) and text[-1] not in ".!?"


def _named(text: str) -> Iterator[re.Match[str]]:
    """Find the names of media; only where one can begin is one looked for."""
    names, begins = _names()
    end = 0
    for place in begins.finditer(text):
        match = names.match(text, place.start()) if place.start() >= end else None
        if match:
            end = match.end()
            yield match


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = sorted((n for m in media() for n in m.names), key=len, reverse=True)
    letters = "".join(map(re.escape, sorted({n[0] for n in names})))
    choice = "|".join(
        re.escape(n) if n.endswith(")") else rf"{re.escape(n)}(?={_ENDING}\b)"
        for n in names
    )
    name = re.compile(rf"(?<![\w])(?P<name>{choice})(?:{_ENDING})")
    return name, re.compile(f"[{letters}]")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name: medium.name for medium in media() for name in medium.names}


def _medium_named(name: str) -> str:
    return _by_name()[name]


class _Cited:
    """Whether the words beside a name cite it."""

    def __init__(self, before: Iterable[str], after: Iterable[str]) -> None:
        self._before = tuple(word.casefold() for word in before)
        self._after = tuple(word.casefold() for word in after)

    def __call__(self, around: str, start: int, end: int) -> bool:
        ahead, behind = around[:start].casefold(), around[end:].casefold()
        ahead = re.split(r"[.!?\n]\s", ahead)[-1]
        behind = re.split(r"[.!?\n](?:\s|$)", behind)[0]
        return any(
            _has_word(ahead[-_NEAR // 2 :], word) for word in self._before
        ) or any(_has_word(behind[: _NEAR // 2], word) for word in self._after)


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        edge = at + len(word)
        if not (
            (at and text[at - 1].isalnum())
            or (edge < len(text) and text[edge].isalnum())
        ):
            return True
        at = text.find(word, at + 1)
    return False


@lru_cache(maxsize=16)
def _cited(language: str) -> _Cited:
    codes = [language] if language in language_codes() else []
    before: list[str] = []
    after: list[str] = []
    for code in codes:
        words = vocabulary(code).words
        before += [*words("provenance", "before"), *words("provenance", "source")]
        after += words("provenance", "after")
    return _Cited(before, after)
