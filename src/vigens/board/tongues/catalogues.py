"""Catalogues of messages, and the one that speaks while a request is answered."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from vigens.base import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The language in which the words stand in the code.
ENGLISH = "en"

#: English as these words are spelt: days go before months.
_BRITISH = Locale("en", "GB")

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language that the board speaks.

    Attributes:
        code: Of the language, as in its file's name and in `<html lang>`.
        locale: For dates and numbers.
        words: The catalogue.
    """

    code: str
    locale: Locale
    words: NullTranslations

    @property
    def direction(self) -> str:
        """Give where its lines run: `ltr` or `rtl`."""
        return self.locale.text_direction

    @property
    def title(self) -> str:
        """Give the name of the language in that language."""
        name: str = self.locale.languages.get(self.code, self.code)
        return name.capitalize()


@lru_cache(maxsize=1)
def tongues() -> tuple[Tongue, ...]:
    """Give every language that there is a catalogue for; English first."""
    found = [Tongue(ENGLISH, _BRITISH, NullTranslations())]
    for path in sorted(_HERE.glob("*.po")):
        try:
            locale = Locale.parse(path.stem)
        except (ValueError, UnknownLocaleError):
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        found.append(Tongue(path.stem, locale, GNUTranslations(compiled)))
    return tuple(found)


def tongue_named(code: str) -> Tongue:
    """Give the language of a code.

    Raises:
        UsageError: There is no catalogue of it.
    """
    known = {tongue.code: tongue for tongue in tongues()}
    if code not in known:
        raise UsageError(
            Message('there is no catalogue of the language "{code}"', code=code[:40]),
            Message("the language"),
            Message("choose one of {names}", names=", ".join(known)),
        )
    return known[code]


def choose(code: str, accepted: str = "") -> Tongue:
    """Choose a language: the one asked for, else the first that a browser accepts.

    Args:
        code: As an address carries it; empty or unknown says nothing.
        accepted: The header `Accept-Language`.
    """
    known = {tongue.code: tongue for tongue in tongues()}
    if code in known:
        return known[code]
    found = negotiate_locale(_wanted(accepted), list(known), sep="-")
    return known[found or ENGLISH]


def _wanted(accepted: str) -> list[str]:
    """Read `Accept-Language`, the most wanted first."""
    wanted: list[tuple[float, str]] = []
    for part in accepted[:400].split(","):
        name, _sep, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        if name.strip() and weight > 0:
            wanted.append((-weight, name.strip()))
    return [name for _weight, name in sorted(wanted, key=lambda each: each[0])]


_SPEAKING: ContextVar[Tongue | None] = ContextVar("speaking", default=None)


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Let a language speak for a while."""
    token = _SPEAKING.set(tongue)
    try:
        yield
    finally:
        _SPEAKING.reset(token)


def spoken() -> Tongue:
    """Give the language that speaks now."""
    return _SPEAKING.get() or tongues()[0]


def _(message: str) -> str:
    """Say a message in the language that speaks now."""
    return spoken().words.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Say a message about a number of things in the language that speaks now."""
    return spoken().words.ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 -- gettext's name for it
    """Mark a message for the catalogues; it is said later."""
    return message
