"""The five reports beside the checkout, against the claims that were read off them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.intake.score import Tally, score
from vigens.intake import read_document, suggest, suggestion_to_row


def load(shared: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    gold = [
        json.loads(line)
        for line in (shared / "data/seeds-gold/gold.jsonl")
        .read_text("utf-8")
        .splitlines()
    ]
    rows = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = read_document(path.read_bytes(), path.name)
        for one in suggest(document):
            assert one.quote == document.text[one.start : one.end]
            rows.append(suggestion_to_row(one, path.name))
    return gold, rows


@pytest.mark.parametrize(("language", "docs"), [("ru", 4), ("kk", 1)])
def test_core_claims_are_found(shared: Path, language: str, docs: int) -> None:
    gold, rows = load(shared)
    languages = {
        path.name: read_document(path.read_bytes(), path.name).language
        for path in (shared / "seeds").glob("*.txt")
    }
    names = {name for name, code in languages.items() if code == language}
    assert len(names) == docs
    total: Tally = score(
        [g for g in gold if g["doc"] in names], [r for r in rows if r["doc"] in names]
    )["all"]
    assert total.precision >= 0.75
    assert total.recall >= 0.75
