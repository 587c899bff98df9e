"""Learn the models of person names: `python -m benchmarks.intake.train`.

Kazakh from KazNERD (IS2AI, CC BY 4.0), Russian from factRuEval-2016 (dialogue
evaluation, MIT), and from the same Russian texts one that looks at kinds of words alone
and reads Ukrainian. Every fifth row is left out for `names.py`, except where the model
reads another language. An averaged perceptron; equal data give equal weights.
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
from vigens.intake.persons import PersonModel, may_name
from vigens.intake.runs import context
from vigens.intake.suggest import scenes_of
from vigens.intake.tokens import Token

_FACTRUEVAL = "factRuEval-2016 (github.com/dialogue-evaluation/factRuEval-2016), MIT"
_SETS = {  # the language that reads, the set, the language of the set
    "kk": ("kaznerd-valid", "kk"),
    "ru": ("factrueval-dev", "ru"),
    "uk": ("factrueval-dev", "ru"),
}
_NOTES = {
    "kk": "KazNERD (IS2AI, github.com/IS2AI/KazNERD), CC BY 4.0",
    "ru": _FACTRUEVAL,
    "uk": f"{_FACTRUEVAL}; kinds of words alone",
}
_EPOCHS = 12
_DRAWS = (1, 2, 3)  # a model of kinds is the mean of three
_MARGIN = 5.0  # and has to be sure of what it learned
_LEAST = 0.15  # weights below tell too little to be shipped
_Sentence = tuple[str, tuple[Token, ...], dict[int, list[str]], list[bool]]


def main() -> int:
    """Write the models, or say what is missing."""
    folder = shared_folder() / "data" / "intake"
    for code, (name, told) in _SETS.items():
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            print(f"left out: no {path}")
            continue
        if code == told:
            model = PersonModel({}, frozenset())
            weights = learn(sentences(path, told), model)
        else:
            weights = learn_kinds(sentences(path, told, whole=True), told)
        target = Path(__file__).resolve().parents[2] / "src/vigens/intake/vocabulary"
        write(target / code / "persons.tsv", weights, _NOTES[code])
        print(f"{code}: {len(weights)} weights")
    return 0


def sentences(path: Path, code: str, *, whole: bool = False) -> list[_Sentence]:
    """Cut the marked texts as the reader cuts them; say which words are names."""
    words, names = vocabulary(code), gazetteer(code)
    found: list[_Sentence] = []
    for number, row in enumerate(read_rows(path)):
        if number % HELD_OUT == 0 and not whole:
            continue
        document = replace(document_of(row), language=code)
        spans = _persons(row)
        scenes, _ = scenes_of(document, words, names, regions=document.regions)
        for scene in scenes:
            marks = [
                any(a <= t.start and t.end <= b for a, b in spans) for t in scene.tokens
            ]
            found.append((document.view, scene.tokens, context(scene.hits), marks))
    return found


def _persons(row: dict[str, Any]) -> list[tuple[int, int]]:
    return [(s[0], s[1]) for s in row["spans"] if is_person(s)]


def learn_kinds(marked: Sequence[_Sentence], code: str) -> dict[str, float]:
    """Learn from kinds of words, several times over, and take the mean."""
    places = frozenset(vocabulary(code).words("places", "inside"))
    model = PersonModel({}, frozenset(), of_kinds=True, places=places)
    found = [learn(marked, model, draw=d, margin=_MARGIN) for d in _DRAWS]
    names = {name for weights in found for name in weights}
    return {n: sum(w.get(n, 0.0) for w in found) / len(found) for n in names}


def learn(
    marked: Sequence[_Sentence],
    model: PersonModel,
    *,
    draw: int = 7,
    margin: float = 0.0,
) -> dict[str, float]:
    """Run the perceptron over the sentences, in an order drawn anew each time."""
    random_order = random.Random(draw)
    weights: dict[str, float] = defaultdict(float)
    sums: dict[str, float] = defaultdict(float)
    step = 0
    order = list(marked)
    for _ in range(_EPOCHS):
        random_order.shuffle(order)
        for view, tokens, cues, marks in order:
            is_after = False
            for at, token in enumerate(tokens):
                if not may_name(token) and (model.of_kinds or not is_after):
                    is_after = False
                    continue
                step += 1
                told = model.features(view, tokens, at, cues, is_after=is_after)
                change = 1.0 if marks[at] else -1.0
                if change * sum(weights[f] for f in told) <= margin:
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
