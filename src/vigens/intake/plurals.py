"""Plural verbs that are spelled like infinitives, read by where they stand.

In German "the ministers meet" and "to meet" are one form. The finite one goes on with
further words, opens no clause after a modal verb, and has no mark of the infinitive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from vigens.intake.morphology import Reading
from vigens.intake.tokens import Token, Word, word_of

_TOLD = frozenset({"present", "plural"})


@dataclass(frozen=True, slots=True)
class Plurals:
    """Which forms can be such verbs, and where they are none.

    `after` are the marks of the infinitive, `closed_by` the verbs that carry one: none
    stands in the rest of a clause that holds one of them.
    """

    endings: tuple[str, ...]
    after: frozenset[str]
    closed_by: frozenset[str]

    def read(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Give such verbs a further reading, as finite; the likeliest stays."""
        made = list(tokens)
        is_open = True
        for at, token in enumerate(tokens[:-1]):
            before = tokens[at - 1] if at else None
            if before and token.start - before.end > 1:
                is_open = True  # a mark of punctuation stands between
            if token.form in self.closed_by:
                is_open = False
            elif (
                is_open
                and before
                and not token.capital
                and token.form.endswith(self.endings)
                and before.form not in self.after
                and tokens[at + 1].start - token.end == 1
            ):
                word = _as_finite(token.word)
                made[at] = replace(token, readings=word.readings, word=word)
        return tuple(made)


def plurals_of(table: Mapping[str, Any]) -> Plurals | None:
    """Read the table of a language's `morphology.toml`, where there is one."""
    told = table.get("plural_verbs")
    if not told:
        return None
    return Plurals(
        tuple(told["endings"]),
        frozenset(told.get("after", ())),
        frozenset(told.get("closed_by", ())),
    )


@lru_cache(maxsize=10_000)
def _as_finite(word: Word) -> Word:
    """Read a form as a verb of the present as well."""
    found = word_of(word.form, (*word.readings, Reading(word.form, _TOLD)))
    return replace(found, is_finite=word.is_finite)
