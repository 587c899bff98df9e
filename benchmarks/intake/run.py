"""Print how well reports are read: `make bench-intake`.

A table per language: claims on our own articles (the part that nobody looked at while
rules were written, and the part that was looked at), on the five reports, names,
persons, quotations, site chrome, speed; beside each figure a plain baseline of the same
run. The marked texts lie beside the checkout and are no part of it; where they are
absent the table says so.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.intake.score import Tally

ROOT = Path(__file__).resolve().parents[2]
_LANGUAGES = ("en", "uk", "ru", "kk")
_MOST = 400  # rows of a marked set; `--whole` reads them all


def shared_folder() -> Path:
    """Give the folder of development data, as the tests find it."""
    return Path(os.environ.get("VIGENS_SHARED") or ROOT.parent / "shared")


def say(name: str, tally: Tally) -> None:
    """Print one line of figures."""
    print(
        f"  {name:<34} P {tally.precision:.2f}  R {tally.recall:.2f}  "
        f"F1 {tally.f1:.2f}   ({tally.found + tally.missed} wanted)",
        flush=True,
    )


def say_claims(shared: Path) -> None:
    """Print the figures of claims by language."""
    from benchmarks.intake.claims import Reading, five_reports, own_articles

    sets: list[tuple[str, Mapping[str, Reading]]] = [
        ("own articles, not looked at", own_articles("score")),
        ("own articles, looked at", own_articles("look")),
        ("own hard articles, looked at since", own_articles("first")),
        ("own hard articles of the second time", own_articles("second")),
        ("own articles of the third time, looked at since", own_articles("third")),
        ("own articles of the fourth time, looked at since", own_articles("fourth")),
        ("own articles of the fifth time, looked at since", own_articles("fifth")),
        ("own articles of the sixth time, looked at since", own_articles("sixth")),
        ("own articles of the seventh time, looked at since", own_articles("seventh")),
        ("own articles of the eighth time, looked at since", own_articles("eighth")),
        ("own articles of the ninth time, looked at since", own_articles("ninth")),
    ]
    gold = shared / "data" / "seeds-gold" / "gold.jsonl"
    if gold.is_file():
        sets.append(("the five reports", five_reports(shared / "seeds", gold)))
    else:
        print(f"left out: the five reports (no {gold})")
    for title, readings in sets:
        for language, reading in sorted(readings.items()):
            print(f"\n{language}: {title}")
            for name, tally in reading.figures().items():
                say(name, tally)
            for name, tally in reading.by_kind().items():
                say(f"  {name}", tally)
            told = (f"{n} {a}/{b}" for n, (a, b) in reading.slots().items() if b)
            print(f"  slots right: {', '.join(told)}")
            if reading.off_topic:
                print(f"  shown first, each off-topic text: {reading.off_topic}")
            n_rows = len(reading.every)
            print(f"  exact slices: {n_rows - reading.inexact} of {n_rows}")


def say_dates() -> None:
    """Print how many dates are right in the articles that are full of them."""
    from benchmarks.intake.dated import dated

    parts = (("score", "not looked at"), ("look", "looked at"))
    for part, title in (*parts, ("third", "in other words, looked at since")):
        print(f"\ndates: own articles, {title}")
        for language, figures in sorted(dated(part).items()):
            print(f"  {language}: {figures.told()}", flush=True)


def say_pages() -> None:
    """Print how well an article is told from the page around it."""
    from benchmarks.intake.pages import score_pages

    for part, title in (("score", "not looked at"), ("look", "looked at")):
        print(f"\npages of our own making, {title}")
        for name, found in score_pages(part).items():
            say(name, found.words)
            print(f"    {found.told()}", flush=True)


def say_marked(shared: Path, most: int) -> None:
    """Print the figures of names, persons, quotations and chrome."""
    from benchmarks.intake.chrome import chrome
    from benchmarks.intake.claims import english_names
    from benchmarks.intake.names import kazakh_states, persons, slavic_states
    from benchmarks.intake.quotes import quotes

    data = shared / "data" / "intake"
    parts: list[tuple[str, str, Callable[[], dict[str, Tally]]]] = [
        ("en: own articles", "", english_names),
        (
            "uk: SlavicNER",
            "slavicner-uk-dev",
            lambda: slavic_states(data, "uk", most),
        ),
        (
            "ru: SlavicNER",
            "slavicner-ru-dev",
            lambda: slavic_states(data, "ru", most),
        ),
        ("kk: KazNERD", "kaznerd-valid", lambda: kazakh_states(data, 20 * most)),
        ("uk: NER-uk", "ner-uk-train", lambda: persons(data, "uk", 5 * most)),
        ("ru: factRuEval", "factrueval-dev", lambda: persons(data, "ru", most)),
        ("kk: KazNERD", "kaznerd-valid", lambda: persons(data, "kk", 20 * most)),
        (
            "de: quotations",
            "quotes-de-dev",
            lambda: quotes(data / "quotes-de-dev.jsonl", most),
        ),
        ("plain text of pages", "chrome-plain-dev", lambda: chrome(data)),
    ]
    for title, name, work in parts:
        print(f"\n{title}")
        if name and not (data / f"{name}.jsonl").is_file():
            print(f"  left out: no {name} beside the checkout")
            continue
        for line, tally in work().items():
            say(line, tally)


def say_speed() -> None:
    """Print speed and memory."""
    from benchmarks.intake.speed import first_rate, process, warm_rate, yardstick

    print("\nspeed: articles of 3,000 characters a second of one core (aim 100)")
    for language in _LANGUAGES:
        known, new = warm_rate(language), first_rate(language)
        print(f"  {language}: {known:.0f}; every word for the first time {new:.0f}")
    seconds, memory = process()
    print(f"  a process of its own: {seconds:.2f} s, {memory:.0f} MB (aim below 300)")
    print(f"  a loop of 300,000 additions takes {yardstick():.0f} ms on this machine")


def main() -> int:
    """Print the whole table."""
    parser = argparse.ArgumentParser(prog="make bench-intake", description=__doc__)
    parser.add_argument("--shared", type=Path, default=shared_folder())
    parser.add_argument("--whole", action="store_true", help="read whole marked sets")
    chosen = parser.parse_args()
    say_claims(chosen.shared)
    say_dates()
    say_pages()
    say_marked(chosen.shared, 10**6 if chosen.whole else _MOST)
    say_speed()
    return 0


if __name__ == "__main__":
    sys.exit(main())
