"""Learn the models of person names: `python -m benchmarks.intake.train`.

Kazakh from KazNERD (IS2AI, CC BY 4.0), Russian from factRuEval-2016 (dialogue
evaluation, MIT), whose model reads Ukrainian too: what it learns is mostly of kinds of
words. Every fifth row is left out for `names.py`. An averaged perceptron; equal data
give equal weights.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.intake.names import HELD_OUT, document_of, is_person, read_rows
from benchmarks.intake.run import shared_folder
from vigens.intake.gazetteer import gazetteer
from vigens.intake.lexicon import vocabulary
from vigens.intake.persons import features, may_name
from vigens.intake.suggest import scenes_of
from vigens.intake.tokens import Token

_SETS = {"kk": "kaznerd-valid", "ru": "factrueval-dev"}
_NOTES = {
    "kk": "KazNERD (IS2AI, github.com/IS2AI/KazNERD), CC BY 4.0",
    "ru": "factRuEval-2016 (github.com/dialogue-evaluation/factRuEval-2016), MIT",
}
_EPOCHS = 12
_LEAST = 0.15  # weights below tell too little to be shipped
_Sentence = tuple[str, tuple[Token, ...], frozenset[int], list[bool]]


def main() -> int:
    """Write the models, or say what is missing."""
    folder = shared_folder() / "data" / "intake"
    for code, name in _SETS.items():
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            print(f"left out: no {path}")
            continue
        weights = learn(sentences(path, code))
        target = Path(__file__).resolve().parents[2] / "src/vigens/intake/vocabulary"
        write(target / code / "persons.tsv", weights, _NOTES[code])
        print(f"{code}: {len(weights)} weights")
    return 0


def sentences(path: Path, code: str) -> list[_Sentence]:
    """Cut the marked texts as the reader cuts them; say which words are names."""
    words, names = vocabulary(code), gazetteer(code)
    found: list[_Sentence] = []
    for number, row in enumerate(read_rows(path)):
        if number % HELD_OUT == 0:
            continue
        document = replace(document_of(row), language=code)
        spans = _persons(row)
        scenes, _ = scenes_of(document, words, names, regions=document.regions)
        for scene in scenes:
            marks = [
                any(a <= t.start and t.end <= b for a, b in spans) for t in scene.tokens
            ]
            offices = frozenset(
                at for h in scene.of("office") for at in range(h.first, h.last)
            )
            found.append((document.view, scene.tokens, offices, marks))
    return found


def _persons(row: dict[str, Any]) -> list[tuple[int, int]]:
    return [(s[0], s[1]) for s in row["spans"] if is_person(s)]


def learn(marked: Sequence[_Sentence]) -> dict[str, float]:
    """Run the perceptron over the sentences, in an order drawn anew each time."""
    draw = random.Random(7)
    weights: dict[str, float] = defaultdict(float)
    sums: dict[str, float] = defaultdict(float)
    step = 0
    order = list(marked)
    for _ in range(_EPOCHS):
        draw.shuffle(order)
        for view, tokens, offices, marks in order:
            is_after = False
            for at, token in enumerate(tokens):
                if not may_name(token) and not is_after:
                    is_after = False
                    continue
                step += 1
                told = features(view, tokens, at, is_after=is_after)
                if at and at - 1 in offices:
                    told.append("office")
                guess = sum(weights[f] for f in told) > 0
                if guess != marks[at]:
                    change = 1.0 if marks[at] else -1.0
                    for feature in told:
                        weights[feature] += change
                        sums[feature] += change * step
                is_after = marks[at]
    averaged = {f: w - sums[f] / step for f, w in weights.items()}
    return {f: w for f, w in averaged.items() if abs(w) >= _LEAST}


def write(path: Path, weights: dict[str, float], note: str) -> None:
    """Write a model, its source first."""
    lines = [f"# Learned by benchmarks/intake/train.py from {note}."]
    lines += [f"{f}\t{round(w * 1000)}" for f, w in sorted(weights.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
