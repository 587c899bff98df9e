"""Dates: what words stand for which day, and which day a claim is given.

The articles of `dated/` are our own, short and full of dates. An expression is right
where a date that was found in its words says the same; a claim where what is proposed
for it has its date. The part `third` has dates in other words than the first two, one a
sentence and no claims.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.intake.articles import Article, read_articles
from benchmarks.intake.score import Row, pair
from vigens.intake import Document, read_document, suggest, suggestion_to_row
from vigens.intake.gazetteer import gazetteer
from vigens.intake.lexicon import vocabulary
from vigens.intake.suggest import scenes_of

FOLDER = Path(__file__).with_name("dated")


@dataclass(slots=True)
class Dated:
    """How many dates of some articles are right; what is wrong, for whoever mends it."""

    words: list[bool] = field(default_factory=list)
    claims: list[bool] = field(default_factory=list)
    unmatched: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Give the figures in one line."""
        return (
            f"expressions {sum(self.words)}/{len(self.words)}, "
            f"claims {sum(self.claims)}/{len(self.claims)} "
            f"({self.unmatched} more without a proposal)"
        )


def dated(part: str) -> dict[str, Dated]:
    """Score the articles of a part, by language."""
    found: dict[str, Dated] = {}
    for article in read_articles(FOLDER):
        if article.part == part:
            total = found.setdefault(article.language, Dated())
            document = read_document(article.text.encode(), article.name)
            _expressions(total, article, document)
            _claims(total, article, document)
    return found


def _expressions(total: Dated, article: Article, document: Document) -> None:
    words, names = vocabulary(article.language), gazetteer(article.language)
    dates = [d for scene in scenes_of(document, words, names)[0] for d in scene.dates]
    for start, end, edtf in article.told:
        made = [d for d in dates if d.start < end and start < d.end]
        right = any(edtf in (d.edtf, d.following) for d in made)
        total.words.append(right)
        if not right:
            got = ", ".join(d.edtf for d in made) or "nothing"
            total.wrong.append(f"{article.text[start:end]!r} is {edtf}, not {got}")


def _claims(total: Dated, article: Article, document: Document) -> None:
    found = suggest(document, at_least=0)
    rows = [suggestion_to_row(each, article.name) for each in found]
    for kind in sorted({claim["kind"] for claim in article.claims}):
        wanted = [c for c in article.claims if c["kind"] == kind]
        made = [r for r in rows if r["kind"] == kind]
        pairs = pair(wanted, made)
        total.unmatched += len(wanted) - len(pairs)
        for i, j in pairs.items():
            right = wanted[i]["date"] == made[j].get("date")
            total.claims.append(right)
            if not right:
                total.wrong.append(_miss(wanted[i], made[j]))


def _miss(wanted: Row, made: Row) -> str:
    return (
        f"{wanted['kind']} {wanted['quote']!r} is of {wanted['date']}, "
        f"not {made.get('date')} ({made['rule']}, {made['modality']})"
    )
