"""The date words of a language, made ready: what `dates.toml` holds.

`patterns` are regular expressions over the places `{day}`, `{day2}`, `{month}`, `{year}`,
`{nth}`, `{n}`, `{unit}`, `{weekday}` and `{join}`; a group named `quarter`, `half` or
`decade` says what a number counts. `steps` are such expressions, more than one with
" | " between them, and what they mean:

- `day-1`     the day before the report's own; so `week+1`, `month+0`, `year-1`,
              `weekend-1`, and `unit-1` for whatever `{unit}` names
- `unit-n`    as far away as `{n}` says, or one
- `weekday+1` the next such weekday, `weekday-1` the last one
- `@day+1`    from the date told last; `@day+0` is that date
- `@month+0` with a `{month}`, that month of the year told last; `month-1` the last one
- `?day-n`    from the date told last if the sentence before tells one, else from today
- `a | b`     `a` for what has happened, `b` for what lies ahead
- `../unit+n` a term that ends there
- `month+0~`  about then
- `year+0!`   only beside a word for a part: "the end of | the year"

`bare` says beside which words a month, a year or a weekday alone is a date. Around any
date stand words of `part` ("the end of"), `about`, `until`, `since` and `times` (of the
day); with `words_follow` they come after it. `range` and `join` make one stretch of two,
`join` after a word of `between` of any two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vigens.intake.dates.heads import Heads, heads_of
from vigens.intake.errors import VocabularyError

_STEP = re.compile(
    r"(?P<until>\.\./)?(?P<from>[@?])?(?P<unit>day|weekday|week|weekend|month|year|unit)"
    r"(?P<sign>[+-])(?P<steps>\d+|n)(?P<mark>[~!]?)"
)
_NUMERIC = (
    r"(?<![\d.-])(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?![\d-])",
    r"(?<![\d.])(?P<day>\d{1,2})\.(?P<m>\d\d)\.(?P<year>(?:19|20)\d\d)(?!\d)",
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<m>\d\d)/(?P<year>(?:19|20)\d\d)(?!\d)",
)
_LANGUAGES = 64
_NEVER = r"(?!)"


Around = tuple[re.Pattern[str], re.Pattern[str]]
"""Words right before a place, and right after it."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a relative expression means; see the module's docstring."""

    unit: str
    steps: int
    counted: bool
    sign: int
    origin: str
    is_term: bool
    about: bool
    needs_part: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of expression: its details, and its steps past and ahead."""

    detail: re.Pattern[str]
    steps: tuple[Step, ...] = ()
    bare: str = ""


@dataclass(frozen=True, slots=True)
class DateGrammar:
    """The compiled date grammar of one language.

    `heads` tells the numbers of the rules that may begin at a word; the first that
    matches there counts.
    """

    heads: Heads
    rules: tuple[Rule, ...]
    leads: Mapping[str, Around | None]
    months: tuple[tuple[re.Pattern[str], int], ...]
    weekdays: tuple[tuple[re.Pattern[str], int], ...]
    units: tuple[tuple[re.Pattern[str], str], ...]
    numbers: Mapping[str, int]
    ordinals: tuple[tuple[re.Pattern[str], int], ...]
    part: Around
    about: Around
    until: Around
    since: Around
    times: re.Pattern[str]
    range_: re.Pattern[str]
    between: re.Pattern[str]
    join: re.Pattern[str]

    def found_in(self, small: str) -> Iterator[tuple[Rule, re.Match[str]]]:
        """Give the rules of the expressions in a stretch, with their parts, in order."""
        reach = at = 0
        for stretch in small.split(" "):
            for offset, numbers in self.heads[stretch]:
                start = at + offset
                found = (
                    self._found_at(small, start, numbers) if start >= reach else None
                )
                if found is not None:
                    reach = found[1].end()
                    yield found
            at += len(stretch) + 1

    def _found_at(
        self, small: str, start: int, numbers: Iterable[int]
    ) -> tuple[Rule, re.Match[str]] | None:
        for number in numbers:
            rule = self.rules[number]
            detail = rule.detail.match(small, start)
            if detail is not None:
                return rule, detail
        return None


_compiled: dict[int, tuple[Mapping[str, Any], DateGrammar]] = {}


def grammar(table: Mapping[str, Any]) -> DateGrammar:
    """Compile a `dates.toml`; the same table only once.

    Raises:
        VocabularyError: A pattern is no regular expression, or a step means nothing.
    """
    known = _compiled.get(id(table))
    if known is None or known[0] is not table:
        if len(_compiled) > _LANGUAGES:
            _compiled.clear()
        known = _compiled[id(table)] = table, _grammar(table)
    return known[1]


def _grammar(table: Mapping[str, Any]) -> DateGrammar:
    places = _places(table)
    bare = {k: v for k, v in table.get("bare", {}).items() if k in places}
    if bare.get("weekday") and table.get("range"):
        bare["weekday"] += f"|{table['range']}"  # "from Monday to | Wednesday"
    rules = [Rule(_compile(pattern, {})) for pattern in _NUMERIC]
    rules += [Rule(_compile(p, places)) for p in table["patterns"]]
    rules += [
        Rule(_compile(each, places), _steps(each, means))
        for words, means in table.get("steps", {}).items()
        for each in words.split(" | ")
    ]
    rules += [Rule(_compile("{" + k + "}", places), bare=k) for k in bare]
    after = bool(table.get("words_follow"))
    return DateGrammar(
        heads=heads_of(r.detail.pattern for r in rules),
        rules=tuple(rules),
        leads={k: (_behind(v), _following(v)) if v else None for k, v in bare.items()},
        months=_numbered(table["months"]),
        weekdays=_numbered(table.get("weekdays", {})),
        units=_numbered(table.get("units", {})),
        numbers=table.get("numbers", {}),
        ordinals=_numbered(table.get("ordinals", {})),
        part=_around(table.get("part"), after=after),
        about=_around(table.get("about"), after=False),
        until=_around(table.get("until"), after=after),
        since=_around(table.get("since"), after=after),
        times=re.compile(rf"(?<!\w)(?:{table.get('times') or _NEVER})(?!\w)"),
        range_=re.compile(rf"(?:{table.get('range') or _NEVER})|-"),
        between=_behind(table.get("between") or _NEVER),
        join=re.compile(rf"(?:{table.get('join') or _NEVER})"),
    )


def _places(table: Mapping[str, Any]) -> dict[str, str]:
    ordinal = rf"(?:{table.get('ordinal') or _NEVER})?"
    rest = r"\b" if table.get("whole_months") else r"\w*"

    def any_of(key: str, tail: str = "") -> str:
        words = sorted(table.get(key, {}), key=len, reverse=True)
        return "(?:" + ("|".join(words) or _NEVER) + f"){tail}"

    return {
        "day": rf"(?P<day>\d\d?){ordinal}(?!\d)",
        "day2": rf"(?P<day2>\d\d?){ordinal}(?!\d)",
        "month": rf"(?P<month>{any_of('months', rest)})(?:\.(?=,?\s+\d))?",
        "year": rf"(?P<year>(?:19|20)\d\d)(?!\d){table.get('tail', '')}",
        "nth": rf"(?P<nth>{any_of('ordinals')})",
        "n": rf"(?P<n>\d{{1,3}}|{any_of('numbers')})",
        "unit": rf"(?P<unit>{any_of('units')})",
        "weekday": rf"(?P<weekday>{any_of('weekdays', chr(92) + 'w*')})",
        "join": rf"(?:{table.get('join') or _NEVER}|{table.get('range') or _NEVER}|-)",
    }


def _compile(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    filled = pattern
    for name, regex in places.items():
        filled = filled.replace("{" + name + "}", regex)
    try:
        filled = filled.replace(" ?", r"\s*").replace(" ", r"\s+")
        return re.compile(rf"(?:{filled})(?!\w)")
    except re.error as error:
        raise VocabularyError(
            f'the date pattern "{pattern}" cannot be read: {error.msg}',
            "dates.toml",
            'mend it; a place stands once in a pattern: split "a | b" in two',
        ) from error


def _steps(words: str, means: str) -> tuple[Step, ...]:
    found = []
    for told in means.split("|"):
        match = _STEP.fullmatch(told.strip())
        if match is None:
            raise VocabularyError(
                f'the date words "{words}" mean "{means}", which is no step',
                "dates.toml",
                'write day-1, week+1, unit-n, @day+1, ../unit+n, "a | b" ...',
            )
        steps = match["steps"]
        sign = -1 if match["sign"] == "-" else 1
        found.append(
            Step(
                match["unit"],
                sign * int(steps if steps != "n" else 1),
                counted=steps == "n",
                sign=sign,
                origin=match["from"] or "",
                is_term=bool(match["until"]),
                about=match["mark"] == "~",
                needs_part=match["mark"] == "!",
            )
        )
    return tuple(found)


def _numbered(words: Mapping[str, Any]) -> tuple[tuple[re.Pattern[str], Any], ...]:
    longest = sorted(words, key=len, reverse=True)
    return tuple((re.compile(w), words[w]) for w in longest)


def _behind(words: str) -> re.Pattern[str]:
    """Match words that end right before a place."""
    return re.compile(rf"(?<!\w)(?:{words})[\s-]*\Z")


def _following(words: str) -> re.Pattern[str]:
    """Match words that begin right after a place."""
    return re.compile(rf"[\s-]*(?:{words})(?!\w)")


def _around(words: str | None, *, after: bool) -> Around:
    """Match words before a date or words after it; a language has one of the two."""
    never = re.compile(_NEVER)
    if not words:
        return never, never
    return (never, _following(words)) if after else (_behind(words), never)
