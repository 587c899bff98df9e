"""What can be counted in a language: words for units, ready to be looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vigens.intake.remembered import Remembered
from vigens.intake.tokens import Token

_REMEMBERED = 50_000  # forms


class UnitTable:
    """Units of one language by word, by beginning (`word*`) and by phrase.

    Of two that fit, the one that the vocabulary tells first is meant.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """Sort the words of `[unit]` and `[number] stop`."""
        self._exact: dict[str, tuple[int, str]] = {}
        prefixes: list[tuple[str, int, str]] = []
        self._phrases: list[tuple[tuple[str, ...], int, str]] = []
        rows = ((unit, w) for unit, ws in tables.get("unit", {}).items() for w in ws)
        for rank, (unit, word) in enumerate(rows):
            if " " in word:
                self._phrases.append((tuple(word.split()), rank, unit))
            elif word.endswith("*"):
                prefixes.append((word[:-1], rank, unit))
            else:
                self._exact.setdefault(word, (rank, unit))
        self._begun: Remembered[str, list[tuple[int, str]]] = Remembered(
            lambda form: [p[1:] for p in prefixes if form.startswith(p[0])],
            most=_REMEMBERED,
        )
        stops = tables.get("number", {}).get("stop", ())
        self._stops = frozenset(w for w in stops if not w.endswith("*"))
        self._stop_prefixes = tuple(w[:-1] for w in stops if w.endswith("*"))
        self._compared: dict[str, list[tuple[str, list[str]]]] = {}
        for name, phrases in tables.get("compare", {}).items():
            for told in filter(None, map(str.split, phrases)):
                self._compared.setdefault(told[-1], []).append((name, told))

    def at(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """Give the unit that stands at a word, and its last word."""
        token = tokens[at]
        found = [(*self._exact[k], at) for k in token.keys if k in self._exact]
        found += [(*begun, at) for begun in self._begun[token.form]]
        for words, rank, unit in self._phrases:
            last = at + len(words)
            if last <= len(tokens) and all(
                _is(t, w) for t, w in zip(tokens[at:last], words, strict=True)
            ):
                found.append((rank, unit, last - 1))
        if not found:
            return None
        _, unit, end = min(found)
        return unit, end

    def comparison(self, tokens: Sequence[Token], at: int) -> tuple[str, int]:
        """Read "more than" and its like off the words before a number.

        Returns:
            The comparison, `eq` where none is told, and its first word.
        """
        best = ("eq", at)
        for name, words in self._compared.get(tokens[at - 1].form, ()) if at else ():
            first = at - len(words)
            if 0 <= first < best[1] and [t.form for t in tokens[first:at]] == words:
                best = (name, first)
        return best

    def stops(self, token: Token) -> bool:
        """Say whether a word tells that something else is measured: days, percent."""
        return not self._stops.isdisjoint(token.keys) or (
            bool(self._stop_prefixes) and token.form.startswith(self._stop_prefixes)
        )


def _is(token: Token, word: str) -> bool:
    if word.endswith("*"):
        return token.form.startswith(word[:-1])
    return word in token.keys
