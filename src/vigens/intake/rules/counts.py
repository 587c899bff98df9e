"""Counts: a printed number with what it counts, or the word that none was given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from vigens.intake.rules.compose import Extra, actor, compose
from vigens.intake.rules.modality import modality_of
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Count, Suggestion
from vigens.intake.tokens import Token

_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_ENDED = re.compile(r"(?<=\d)-[^\W\d_]{1,5}$")  # "80-нен", "20-ти"
_RANGE = re.compile(r"(?<=\d)-\d+$")  # "12-15": the printed number is the first
_YEAR = re.compile(r"(?:19|20)\d\d")
_STRONG = frozenset(
    {"countries", "leaders", "delegations", "troops", "meetings", "parties", "people"}
)
_STRENGTH = {"goods": 0.6, "money": 0.6, "documents": 0.6, "length": 0.35}
_LOSSES = frozenset({"people", "troops"})
_LOSS = 0.35
_DEFINITE = frozenset(
    {"countries", "parties", "leaders", "delegations"}
)  # "the two sides"
_FEW = 3
_SUM = 10**9  # "100 billion a year" counts money, named or not
_LENDS = (
    ("ready", "willing"),
    ("appeal", "sought"),
    ("seek", "sought"),
    ("undertake", "planned"),
    ("intend", "planned"),
    ("we_will", "planned"),
)
_WEAK = 0.45
_REACH = 3


def counts(scene: Scene) -> Iterator[Suggestion]:
    """Propose the counts of a sentence."""
    for hit in scene.of("unstated"):
        yield compose(
            scene,
            "count",
            scene.span,
            cues=[hit],
            rule="count-unstated",
            strength=0.75,
            modality="done",
            negative=True,
            extra=Extra(count=Count(None, "unknown", "")),
        )
    taken = -1
    found_counts: list[tuple[int, int, Decimal, str, bool]] = []
    for hit in scene.of("numeral"):
        at, token = hit.first, scene.tokens[hit.first]
        if at <= taken:
            continue
        if any(d.start <= token.start < d.end for d in scene.dates):
            continue
        if token.is_number and _is_ordinal(scene, at):
            continue
        if _is_compound(scene, at):
            continue
        number = _number(scene, at)
        if number is None:
            continue
        value, last = _ranged(scene, at, *number)
        found = _unit(scene, at, last)
        if found is None:
            continue
        unit, end = found
        if _is_year_of(scene, at, unit):
            continue
        taken = end
        weak = unit in _DEFINITE and not token.is_number
        weak = weak and (value <= _FEW or _is_definite(scene, at))
        found_counts.append((at, end, value, unit, weak))
    wholes = [_clause(scene, at, end) for at, end, *_ in found_counts]
    for (at, end, value, unit, weak), whole in zip(found_counts, wholes, strict=True):
        lone = wholes.count(whole) == 1
        yield _count(scene, (at, end), value, unit, weak=weak, lone=lone)


def _is_ordinal(scene: Scene, at: int) -> bool:
    """Say whether digits number one of a row: "the 30th meeting", "86-отырыс"."""
    form = scene.tokens[at].form
    if form[0].isdigit() and form.endswith(scene.words.words("number", "ordinal")):
        return True
    glued = scene.words.verb_last and at + 1 < len(scene.tokens)
    return glued and scene.gap(at, at + 1) == "-"


def _is_compound(scene: Scene, at: int) -> bool:
    """Say whether a number only describes: "a three-day meeting"."""
    table = scene.words.tables.get("number", {})
    rest = scene.tokens[at].form.partition("-")[2]
    return bool(table.get("compounds") and rest) and not (
        rest[0].isdigit() or rest in table.get("words", {})
    )


def _is_year_of(scene: Scene, at: int, unit: str) -> bool:
    """Say whether a number only dates or labels a text: "article 5 of the treaty"."""
    if unit != "documents":
        return False
    labels = scene.words.words("number", "labels")
    before = scene.tokens[max(0, at - 1) : at]
    return bool(_YEAR.fullmatch(scene.tokens[at].form)) or any(
        not t.word.lemmas.isdisjoint(labels) for t in before
    )


def _is_rate(scene: Scene, end: int) -> bool:
    """Say whether money is a price: "212 euros a tonne"."""
    after = scene.tokens[end + 1 : end + 2]
    return any(t.form in scene.words.words("number", "rate") for t in after)


def _is_definite(scene: Scene, at: int) -> bool:
    """Say whether a number only takes up who was counted before: "the four states"."""
    before = scene.tokens[at - 1].form if at else ""
    return before in scene.words.words("number", "definite")


def _count(
    scene: Scene,
    words: tuple[int, int],
    value: Decimal,
    unit: str,
    *,
    weak: bool,
    lone: bool,
) -> Suggestion:
    at, end = words
    comparison, first = scene.words.units.comparison(scene.tokens, at)
    if comparison == "eq" and _opens_range(scene, at):
        comparison = "at_least"  # what is printed first is the lower end
    span = Span(scene.tokens[first].start, scene.tokens[end].end)
    whole = _clause(scene, first, end)
    part = whole if lone and whole.holds(span.start, span.end) else span
    verbs = ("held", "attend", "meet", "ready", "create")
    verb = next(iter(scene.inside(whole, *verbs) or scene.of(*verbs)), None)
    if verb:
        modality = modality_of(scene, verb, part)
    else:
        modality = "planned" if _is_ahead(scene, whole) else "done"
    if unit != "money" and (told := _governed(scene, whole)):
        modality = told
    counted = [
        actor(scene, m, "counted")
        for m in scene.mentions
        if m.kind == "group" and scene.where(m).meets(span.start, span.end)
    ]
    strength = _STRENGTH.get(unit, 0.75 if unit in _STRONG else 0.5)
    if unit == "money" and _is_rate(scene, end):
        strength = _LOSS
    if unit in _LOSSES and scene.inside(whole, "casualty"):
        strength = _LOSS
    return compose(
        scene,
        "count",
        part,
        cues=(),
        rule=f"count-{unit}",
        strength=min(strength, _WEAK) if weak else strength,
        modality=modality,
        actors=counted,
        extra=Extra(count=Count(int(value), comparison, unit)),
    )


def _is_ahead(scene: Scene, part: Span) -> bool:
    """Say whether a part of a sentence tells of what is to come."""
    if not scene.words.verb_last and scene.inside(part, "certain"):
        return True
    endings = scene.words.words("tense", "future")
    return any(
        part.holds(t.start, t.end)
        and (
            t.form.endswith(endings)
            or any("future" in r.features for r in t.readings[:1])
        )
        for t in scene.tokens
        if endings or "future" in t.features
    )


def _governed(scene: Scene, part: Span) -> str | None:
    """Give the modality that a commitment lends to what it counts."""
    for name, modality in _LENDS:
        if scene.inside(part, name):
            return modality
    return "expected" if scene.of("expected") else None


def _clause(scene: Scene, first: int, end: int) -> Span:
    """Give the part of the sentence, between separators, that holds the number."""
    joins = scene.separators(0, len(scene.tokens) - 1)
    start = scene.tokens[first].start
    stop = scene.tokens[end].end
    left = max([p for p in joins if p <= start], default=scene.span.start)
    right = min([p for p in joins if p >= stop], default=scene.span.end)
    return scene.shave(left, right)


def _number(scene: Scene, at: int) -> tuple[Decimal, int] | None:
    """Read digits or number words; give the value and the last word."""
    table = scene.words.tables.get("number", {})
    token = scene.tokens[at]
    value = _digits(token)
    if value is None:
        value = _word_value(token, table.get("words", {}))
    if value is None:
        value = _word_value(token, table.get("scale", {}))  # "about a thousand"
        if (
            value is not None
            and scene.words.units.comparison(scene.tokens, at)[1] == at
        ):
            return None
    if value is None:
        return None
    last = at
    following = scene.tokens[at + 1 : at + 4]
    for step, other in enumerate(following, start=at + 1):
        if scene.gap(step - 1, step).strip(" ."):
            break
        if other.is_number and re.fullmatch(r"\d{3}", other.form):
            value = value * 1000 + Decimal(other.form)
        elif (scale := _word_value(other, table.get("scale", {}))) is not None:
            value = value * scale
        else:
            break
        last = step
    return value, last


def _ranged(scene: Scene, at: int, value: Decimal, last: int) -> tuple[Decimal, int]:
    """Read "from 90 to 110 million": the first number, in the unit of the second."""
    words = scene.words.tables.get("number", {})
    second = last + 1
    if second >= len(scene.tokens):
        return value, last
    opens = scene.tokens[at - 1].form if at else ""
    joins = scene.tokens[second].form in words.get("range", {}).get(opens, ())
    second += joins
    dashed = scene.gap(last, last + 1).strip() == "-"
    if second >= len(scene.tokens) or not (joins or dashed):
        return value, last
    other = _number(scene, second)
    if other is None:
        return value, last
    plain = _digits(scene.tokens[second]) or other[0]
    if plain < value or not plain:
        return value, last
    return value * (other[0] / plain), other[1]


def _opens_range(scene: Scene, at: int) -> bool:
    """Say whether a number is the first of two: "12-15", "from 90 to 110"."""
    if _RANGE.search(scene.tokens[at].form):
        return True
    number = _number(scene, at)
    return number is not None and _ranged(scene, at, *number)[1] > number[1]


def _digits(token: Token) -> Decimal | None:
    if not token.is_number:
        return None
    form = _RANGE.sub("", _ENDED.sub("", token.form))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", form):
        return Decimal(form.replace(",", ""))
    match = _DIGITS.fullmatch(form)
    if match is None:
        return None
    try:
        return Decimal(form.replace(",", "."))
    except InvalidOperation:
        return None


def _word_value(token: Token, table: Mapping[str, float]) -> Decimal | None:
    bases = (r.lemma for r in token.readings if "voice" not in r.features)
    for key in (token.form, *bases):
        if key in table:
            return Decimal(str(table[key]))
    return None


def _unit(scene: Scene, at: int, last: int) -> tuple[str, int] | None:
    """Find what is counted, at most a few words after the number."""
    units = scene.words.units
    before = scene.tokens[at - 1] if at else None
    if before and len(before.form) == 1:
        known = units.at(scene.tokens, at - 1)
        if known and known[0] == "money":
            return "money", last
    for step in range(last + 1, min(last + 2 + _REACH, len(scene.tokens))):
        if scene.gap(step - 1, step).strip(" \"'-" + ("." if step == last + 1 else "")):
            return None
        token = scene.tokens[step]
        if units.stops(token):
            return None
        if _qualifies(scene, step):
            continue
        if found := units.at(scene.tokens, step):
            return found
        described = scene.words.code == "en" and "past" in token.features
        if token.is_finite and "noun" not in token.features and not described:
            return None
    scales = scene.words.tables.get("number", {}).get("scale", {})
    large = _word_value(scene.tokens[last], scales)
    if last > at and large is not None and large >= _SUM:
        return "money", last
    return None


def _qualifies(scene: Scene, at: int) -> bool:
    """Say whether an adjective stands before its noun: "military actions"."""
    token = scene.tokens[at]
    if "adjective" not in token.features or at + 1 >= len(scene.tokens):
        return False
    following = scene.tokens[at + 1].readings[:1]
    close = not scene.gap(at, at + 1).strip()
    return close and any("noun" in r.features for r in following)
