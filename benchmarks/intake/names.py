"""States, organisations and persons found, against marked texts and plain baselines.

What a set may be used for stands in the README beside it; nothing here shapes what is
shipped, except that KazNERD and factRuEval are read by `train.py` too, so of these two
only the part that it leaves out is scored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale

from benchmarks.intake.score import Tally
from vigens.intake import Document, Named, find_names, read_document
from vigens.intake.lexicon import actor_tables

HELD_OUT = 5  # every fifth sentence or document is never trained on
_SLUGS = {
    "Great-Britain": "GB",
    "USA": "US",
    "Holland": "NL",
    "UAE": "AE",
    "UEA-United-Arab-Emirates": "AE",
    "Kingdom-of-Bahrain": "BH",
    "Northern-Macedonia": "MK",
    "Republic-of-the-Philippines": "PH",
    "Republic-of-South-Africa": "ZA",
    "Czech-Republic": "CZ",
    "Turkey": "TR",
    "Netherlands": "NL",
    "Myanmar": "MM",
    "Bosnia-and-Herzegovina": "BA",
    "Macedonia": "MK",
    "North-Korea": "KP",
    "South-Korea": "KR",
    "Ivory-Coast": "CI",
    "Hong-Kong": "",
    "Georgia": "GE",
    "Northern-Ireland": "",
}
_ORGANISATIONS = {
    "European-Union": "org:EU",
    "European-Commission": "org:EC",
    "European-Parliament": "org:EP",
    "European-Council": "org:EUCO",
    "Nato": "org:NATO",
    "NATO": "org:NATO",
    "United-Nations": "org:UN",
    "UN": "org:UN",
    "WTO": "org:WTO",
    "IMF": "org:IMF",
    "OSCE": "org:OSCE",
    "G7": "org:G7",
    "G20": "org:G20",
    "WHO": "org:WHO",
    "UNSC": "org:UNSC",
    "Council-of-Europe": "org:COE",
    "Taliban": "org:TALIBAN",
    "OPEC": "org:OPEC",
    "International-Red-Cross": "org:ICRC",
    "World-Health-Organization": "org:WHO",
    "International-Monetary-Fund": "org:IMF",
    "European-Central-Bank": "org:ECB",
    "European-Court-of-Justice": "org:CJEU",
    "African-Union": "org:AU",
    "Amnesty-International": "org:AMNESTY",
}
_Place = tuple[int, int, str]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def document_of(row: dict[str, Any]) -> Document:
    """Read a marked text as a document of its own language."""
    found = read_document(row["text"].encode(), row["id"])
    if found.text != row["text"]:
        raise ValueError(row["id"])
    return found


def plain_names(code: str) -> dict[str, str]:
    """Give the bare CLDR names of states, for the baseline of exact names."""
    territories = Locale(code).territories
    return {
        str(name): str(state)
        for state, name in territories.items()
        if len(state) == 2 and state.isalpha() and state not in ("EU", "EZ", "UN")
    }


def exact_baseline(code: str) -> Any:
    """Make the baseline: names as CLDR and the organisations' file print them."""
    names = plain_names(code)
    for table in actor_tables():
        for actor, row in table.get("organisation", {}).items():
            names.update(dict.fromkeys(row.get(code, ())[:1], actor))
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(longest) + r")(?!\w)")

    def find(text: str) -> set[_Place]:
        return {(m.start(), m.end(), names[m.group()]) for m in pattern.finditer(text)}

    return find


def _state_slugs() -> dict[str, str]:
    slugs = {name.replace(" ", "-"): state for name, state in plain_names("en").items()}
    return slugs | _SLUGS


def slavic_actors(row: dict[str, Any]) -> tuple[set[_Place], list[tuple[int, int]]]:
    """Give the marked states and organisations, and every marked stretch."""
    slugs = _state_slugs()
    gold: set[_Place] = set()
    for start, end, kind, _lemma, name in row["spans"]:
        prefix, _, slug = name.partition("-")
        actor = ""
        if prefix == "GPE" and kind == "LOC":
            actor = slugs.get(slug, "")
        elif prefix == "ORG":
            actor = _ORGANISATIONS.get(slug, "")
        # adjectives ("американский") are marked in some texts and not in others
        if actor and not row["text"][start].islower():
            gold.add((start, end, actor))
    return gold, [(s[0], s[1]) for s in row["spans"]]


def _inner(place: _Place, spans: list[tuple[int, int]]) -> bool:
    """Say whether a name stands inside a longer marked one: not judged there."""
    return any(
        a <= place[0] and place[1] <= b and (a, b) != place[:2] for a, b in spans
    )


def tally(gold: set[_Place], made: set[_Place]) -> Tally:
    """Count names that agree in place and id."""
    both = len(gold & made)
    return Tally(both, len(made) - both, len(gold) - both)


def _actors(named: tuple[Named, ...]) -> set[_Place]:
    return {
        (n.start, n.end, n.id)
        for n in named
        if n.kind in ("state", "organisation") and n.id
    }


def slavic_states(folder: Path, code: str, most: int) -> dict[str, Tally]:
    """Score states and organisations to ids on Russian or Ukrainian news."""
    ours, plain = Tally(), Tally()
    find = exact_baseline(code)
    for number, row in enumerate(read_rows(folder / f"slavicner-{code}-dev.jsonl")):
        if number >= most:
            break
        gold, spans = slavic_actors(row)
        known = {actor for *_, actor in gold} | set(_ORGANISATIONS.values())
        known |= set(_state_slugs().values())
        for total, made in (
            (ours, _actors(find_names(document_of(row)))),
            (plain, find(row["text"])),
        ):
            judged = {p for p in made if not _inner(p, spans) and p[2] in known}
            total.add(tally(gold, judged))
    return {"states and organisations": ours, "exact names": plain}


def kazakh_states(folder: Path, most: int) -> dict[str, Tally]:
    """Score states on Kazakh news: marked places that begin with a state's name."""
    ours, plain = Tally(), Tally()
    find = exact_baseline("kk")
    stems = dict(plain_names("kk"))
    stems |= {"АҚШ": "US", "Ресей": "RU", "Құрама Штаттар": "US", "Түркия": "TR"}
    stems |= {"Ұлыбритания": "GB", "БАӘ": "AE", "Әзербайжан": "AZ", "Чехия": "CZ"}
    stems |= {"Оңтүстік Корея": "KR", "Солтүстік Корея": "KP", "Бұрма": "MM"}
    longest = sorted(stems, key=len, reverse=True)
    for number, row in enumerate(read_rows(folder / "kaznerd-valid.jsonl")):
        if number >= most:
            break
        text = row["text"]
        gold = set()
        for start, end, kind in row["spans"]:
            name = next((s for s in longest if text[start:end].startswith(s)), None)
            if kind == "GPE" and name and " " not in text[start + len(name) : end]:
                gold.add((start, end, stems[name]))
        spans = [(s[0], s[1]) for s in row["spans"]]
        for total, made in (
            (ours, _actors(find_names(_as_kazakh(row)))),
            (plain, find(text)),
        ):
            judged = {
                p for p in made if not _inner(p, spans) and not p[2].startswith("org:")
            }
            total.add(tally(gold, judged))
    return {"states and organisations": ours, "exact names": plain}


def _as_kazakh(row: dict[str, Any]) -> Document:
    from dataclasses import replace

    return replace(document_of(row), language="kk")


def persons(folder: Path, code: str, most: int) -> dict[str, Tally]:
    """Score person names, whole and at their exact place."""
    ours, plain = Tally(), Tally()
    two = re.compile(
        r"(?<!\w)[^\W\d_a-zа-яәғқңөұүһіїєґ][\w'’-]+ [^\W\d_a-zа-я][\w'’-]+"
    )
    for number, row in enumerate(_person_rows(folder, code)):
        if number >= most:
            break
        gold = {(s[0], s[1], "") for s in row["spans"] if is_person(s)}
        from dataclasses import replace

        named = find_names(replace(document_of(row), language=code))
        made = {(n.start, n.end, "") for n in named if n.kind == "person"}
        ours.add(tally(gold, made))
        capitals = {(m.start(), m.end(), "") for m in two.finditer(row["text"])}
        plain.add(tally(gold, capitals))
    return {"persons": ours, "two capitalised words": plain}


def is_person(span: list[Any]) -> bool:
    """Say whether a marked stretch is the name of a person, in any set's words."""
    if span[2] == "Person":
        return bool(span[3] == "name")
    return span[2] in ("PERSON", "PERS")


def _person_rows(folder: Path, code: str) -> Iterator[dict[str, Any]]:
    if code == "uk":
        yield from read_rows(folder / "ner-uk-train.jsonl")
        return
    name = {"kk": "kaznerd-valid", "ru": "factrueval-dev"}[code]
    for number, row in enumerate(read_rows(folder / f"{name}.jsonl")):
        if number % HELD_OUT == 0:
            yield row
