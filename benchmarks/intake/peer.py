"""Russian articles read by Vigens and by natasha, on the same work in the same run.

`python -m benchmarks.intake.peer`, where natasha is installed beside Vigens (it is no
dependency of ours: `pip install natasha "setuptools<80"`). natasha cuts words and
sentences, tags forms and names, brings names into their base form and finds dates;
Vigens reads the document and makes suggestions, quotations, actors and dates of it.
Neither does all of the other's work.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import Any

from benchmarks.intake.speed import LENGTH, ROUNDS, long_articles, warm_rate


def main() -> int:
    """Print articles of 3,000 characters a second, by either, and the ratio."""
    try:
        natasha = import_module("natasha")
    except ImportError:
        print('left out: natasha is not here; pip install natasha "setuptools<80"')
        return 0
    texts = [data.decode() for data in long_articles("ru")]
    theirs = _rate(natasha, texts)
    ours = warm_rate("ru")
    print(f"natasha  {theirs:.1f} articles a second\nvigens   {ours:.1f}")
    print(f"ratio    {ours / theirs:.1f}")
    return 0


def _rate(natasha: Any, texts: list[str]) -> float:
    segmenter, words = natasha.Segmenter(), natasha.MorphVocab()
    vectors = natasha.NewsEmbedding()
    forms, names = natasha.NewsMorphTagger(vectors), natasha.NewsNERTagger(vectors)
    dates = natasha.DatesExtractor(words)

    def read(text: str) -> None:
        document = natasha.Doc(text)
        document.segment(segmenter)
        document.tag_morph(forms)
        document.tag_ner(names)
        for span in document.spans:
            span.normalize(words)
        list(dates(text))

    read(texts[0])
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return sum(map(len, texts)) / LENGTH / best


if __name__ == "__main__":
    sys.exit(main())
