"""Claims read from whole reports, against claims written down by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.intake.articles import Article, read_articles
from benchmarks.intake.score import Tally, pair, score, slots
from vigens.intake import KINDS, read_document, suggest, suggestion_to_row
from vigens.intake.gazetteer import gazetteer
from vigens.intake.lexicon import vocabulary
from vigens.intake.rules.hints import CUES
from vigens.intake.suggest import scenes_of

Row = dict[str, Any]


@dataclass(slots=True)
class Reading:
    """What was proposed for some reports, beside what a reviewer wants."""

    claims: list[Row] = field(default_factory=list)
    top: list[Row] = field(default_factory=list)
    every: list[Row] = field(default_factory=list)
    naive: list[Row] = field(default_factory=list)
    inexact: int = 0
    off_topic: list[int] = field(default_factory=list)

    def figures(self) -> dict[str, Tally]:
        """Tally what is shown first, everything, and the baseline."""
        return {
            "shown first": score(self.claims, self.top)["all"],
            "everything": score(self.claims, self.every)["all"],
            "a cue in the sentence": score(self.claims, self.naive)["all"],
        }

    def by_kind(self) -> dict[str, Tally]:
        """Tally what is shown first by kind."""
        found = score(self.claims, self.top)
        return {kind: found[kind] for kind in KINDS if kind in found}

    def slots(self) -> dict[str, tuple[int, int]]:
        """Count slots right on matched claims."""
        return slots(self.claims, self.top)


def read_report(reading: Reading, data: bytes, name: str, *, off: bool) -> str:
    """Read one report into a reading; give its language."""
    document = read_document(data, name)
    found = suggest(document, at_least=0)
    reading.inexact += sum(s.quote != document.text[s.start : s.end] for s in found)
    rows = [suggestion_to_row(s, name) for s in found]
    top = [row for row in rows if row["top"]]
    if off:
        reading.off_topic.append(len(top))
        return document.language
    reading.every += rows
    reading.top += top
    words = vocabulary(document.language)
    scenes, _ = scenes_of(document, words, gazetteer(document.language))
    reading.naive += [
        {
            "doc": name,
            "kind": kind,
            "start": scene.sentence.start,
            "end": scene.sentence.end,
            "modality": "done",
            "polarity": "pos",
        }
        for scene in scenes
        for kind, names in CUES.items()
        if scene.of(*names)
    ]
    return document.language


def own_articles(part: str) -> dict[str, Reading]:
    """Read the development articles of a part, by language."""
    found: dict[str, Reading] = {}
    for article in read_articles():
        if article.part != part:
            continue
        reading = found.setdefault(article.language, Reading())
        reading.claims += [] if article.is_off_topic else article.claims
        off = article.is_off_topic
        read_report(reading, article.text.encode(), article.name, off=off)
    return found


def five_reports(seeds: Path, gold: Path) -> dict[str, Reading]:
    """Read the five reports that the project began with, by language."""
    claims = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    found: dict[str, Reading] = {}
    for path in sorted(seeds.glob("*.txt")):
        reading = Reading()
        language = read_report(reading, path.read_bytes(), path.name, off=False)
        total = found.setdefault(language, Reading())
        total.claims += [c for c in claims if c["doc"] == path.name]
        total.top += reading.top
        total.every += reading.every
        total.naive += reading.naive
        total.inexact += reading.inexact
    return found


def english_names(articles: Iterable[Article] | None = None) -> dict[str, Tally]:
    """Score states and organisations to ids in the English articles, as sets."""
    from benchmarks.intake.names import exact_baseline
    from vigens.intake import find_names

    ours, plain = Tally(), Tally()
    find = exact_baseline("en")
    for article in articles or read_articles():
        if article.named is None:
            continue
        named = find_names(read_document(article.text.encode(), article.name))
        made = {n.id for n in named if n.kind in ("state", "organisation") and n.id}
        for total, found in (
            (ours, made),
            (plain, {actor for *_, actor in find(article.text)}),
        ):
            both = len(found & article.named)
            total.add(Tally(both, len(found) - both, len(article.named) - both))
    return {"states and organisations": ours, "exact names": plain}


def misses(claims: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """Give the core claims that no row covers, for whoever works on the rules."""
    found = []
    for kind in KINDS:
        wanted = [c for c in claims if c["kind"] == kind]
        for doc in dict.fromkeys(c["doc"] for c in wanted):
            here = [c for c in wanted if c["doc"] == doc]
            made = [r for r in rows if r["kind"] == kind and r["doc"] == doc]
            pairs = pair(here, made)
            found += [c for i, c in enumerate(here) if c["core"] and i not in pairs]
    return found
