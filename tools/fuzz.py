"""Damage agreement files at random and compile them: findings only, in bounded time.

`make fuzz` runs it for a minute; `--rounds` and `--seed` repeat a run exactly. An input
that breaks a promise is kept in build/fuzz, and the exit status is 1. The promises: no
exception, every finding has a place and a mend, layout is stable, and a page of ordinary
size takes no longer than a few seconds and little memory.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from vigens.base import render_finding
from vigens.lang import Page, compile_pages, format_page, parse_question
from vigens.lang.grammar import CLAUSES, RELATIONS, STATES
from vigens.law import law_pages

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "fuzz"
SEEDS = ("src/vigens/law", "examples", "tests/agreements", "docs")
#: Longest processor time for one input, and most memory for all of them.
SECONDS, BYTES = 20, 3 << 30
LONGEST = 60_000

WORDS = [
    *CLAUSES,
    *(clause for clauses in CLAUSES.values() for clause in clauses),
    *STATES,
    *RELATIONS,
    *("and", "or", "not", "some", "each", "at least", "more than", "half", "number of"),
    *(
        "of",
        "in",
        "is",
        "is not",
        "for",
        "within",
        "times",
        "happens",
        "begins",
        "ends",
    ),
    *("then", "renewable", "because", "unstated", "stated(", "to be", "3 days", "2/3"),
    *("55%", "6th", "0", "99999999999", "1.5", "2026-02-30", "(", ")", ",", ":", "_"),
    *('"', '"x"', "--", "\n", "\n  ", "\n    ", "\t", "```", "```vigens", "vigens 1"),
    *(
        "\u202e",
        "\u2028",
        "\x00",
        "\u00a0",
        "“",
        "\ud7ff",
        "\U0001f54a",
        "\r",
        "\x1b[2J",
    ),
]
_LAW = [Page(name, text) for name, text in law_pages()]


class SlowError(Exception):
    """An input took longer than it may."""


def seeds() -> list[str]:
    """Read every agreement file of the repository."""
    paths = [path for folder in SEEDS for path in sorted((ROOT / folder).rglob("*.md"))]
    return [path.read_bytes().decode("utf-8", "replace") for path in paths]


def damaged(dice: random.Random, texts: list[str]) -> str:
    """Take a page and do a few things to it."""
    text = dice.choice(texts)
    for _ in range(dice.randint(1, 8)):
        start = dice.randint(0, len(text))
        end = min(len(text), start + dice.choice((0, 1, 5, 40, 400)))
        text = text[:start] + _piece(dice, texts, text[start:end]) + text[end:]
    return text[:LONGEST]


def _piece(dice: random.Random, texts: list[str], cut: str) -> str:
    match dice.randint(0, 8):
        case 0:
            return ""
        case 1:
            return cut * dice.choice((2, 3, 50))
        case 2:
            return cut[::-1]
        case 3:
            return chr(dice.choice((dice.randint(0, 0x7F), dice.randint(0, 0xD7FF))))
        case 4:
            return dice.choice(
                ("(", "not ", "some party: ", "(number of ", '"', "-")
            ) * (dice.choice((1, 41, 3_000)))
        case 5:
            other = dice.choice(texts)
            start = dice.randint(0, len(other))
            return other[start : start + dice.choice((10, 100, 2_000))]
        case _:
            some = (dice.choice(WORDS) for _ in range(dice.randint(1, 6)))
            return f" {' '.join(some)} "


def hold_to_promises(text: str) -> None:
    """Compile, lay out and ask; whatever is wrong raises."""
    page = Page("a.md", text)
    compiled = compile_pages([*_LAW, page])
    for finding in compiled.findings:
        assert finding.spans, f"{finding.code} has no place"
        assert finding.mend, f"{finding.code} has no mend"
        assert render_finding(finding)
    laid_out = format_page(page)
    again = format_page(Page("a.md", laid_out.text))
    assert again.text == laid_out.text, "layout is not stable"
    before = sorted(f.code for f in compiled.findings)
    after = sorted(
        f.code for f in compile_pages([*_LAW, Page("a.md", again.text)]).findings
    )
    assert before == after, "layout changes the findings"
    parse_question(text[:200], compiled.program)


def rounds(dice: random.Random, most: int, until: float) -> Iterator[str]:
    """Give damaged pages until enough or until the time is over."""
    texts = seeds()
    for _ in range(most):
        if time.monotonic() > until:
            return
        yield damaged(dice, texts)


def main(words: list[str] | None = None) -> int:
    """Run, and say how many inputs kept the promises."""
    parser = argparse.ArgumentParser(description="Damage agreement files at random.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=10**9)
    parser.add_argument("--seed", type=int)
    args = parser.parse_args(words)
    seed = random.randrange(2**32) if args.seed is None else args.seed
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, resource.RLIM_INFINITY))
    signal.signal(signal.SIGPROF, _stop)
    number = 0
    for text in rounds(
        random.Random(seed), args.rounds, time.monotonic() + args.seconds
    ):
        number += 1
        try:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            hold_to_promises(text)
        except Exception:  # noqa: BLE001 - whatever it is, the input is kept
            kept = _keep(text)
            traceback.print_exc()
            print(f"fuzz: input {number} of seed {seed} breaks a promise: {kept}")
            return 1
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    print(f"fuzz: {number} inputs of seed {seed} gave findings only")
    return 0


def _stop(_: int, __: FrameType | None) -> None:
    raise SlowError(f"one input took more than {SECONDS} s")


def _keep(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{hashlib.sha256(data).hexdigest()[:16]}.md"
    path.write_bytes(data)
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
