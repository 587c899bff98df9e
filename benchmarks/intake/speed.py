"""How fast reports are read on one core, and in how much memory."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.intake.articles import read_articles
from vigens.intake import read_document, suggest

LENGTH = 3000  # characters of an article
ROUNDS = 6
PROCESSES = 3


def long_articles(language: str) -> list[bytes]:
    """Join our own articles, one after the other, into some of the length measured."""
    found: list[bytes] = []
    text = ""
    for article in read_articles():
        if article.language == language:
            day, _, body = article.text.partition("\n\n")
            text = f"{text}\n\n{body}" if text else f"{day}\n\n{body}"
            if len(text) >= LENGTH:
                found.append(text.encode())
                text = ""
    return found


def warm_rate(language: str) -> float:
    """Give articles read a second of processor time, words already looked up.

    The best of some rounds: what else runs on the machine only ever takes time.
    """
    texts = long_articles(language)
    characters = 0
    for data in texts:
        document = read_document(data, language)
        suggest(document)
        characters += len(document.text)
    return characters / LENGTH / min(_round(texts) for _ in range(ROUNDS))


def first_rate(language: str) -> float:
    """Give articles read a second of processor time, every word met for the first time.

    A process of its own loads the vocabulary with one line and then reads each article
    once; the best of some such processes.
    """
    program = (
        "import time, sys\n"
        "from benchmarks.intake.speed import LENGTH, long_articles\n"
        "from vigens.intake import read_document, suggest\n"
        "from vigens.intake.lexicon import vocabulary\n"
        "texts = long_articles(sys.argv[1])\n"
        "line = ' '.join(sorted(vocabulary(sys.argv[1]).frequent))\n"
        "suggest(read_document(line.encode(), 'line'))\n"
        "start = time.process_time()\n"
        "for text in texts:\n"
        "    suggest(read_document(text, 'article'))\n"
        "seconds = time.process_time() - start\n"
        "print(sum(len(t.decode()) for t in texts) / LENGTH / seconds)\n"
    )
    command = [sys.executable, "-c", program, language]
    return max(
        float(subprocess.run(command, check=True, capture_output=True).stdout)
        for _ in range(PROCESSES)
    )


def _round(texts: list[bytes]) -> float:
    start = time.process_time()
    for data in texts:
        suggest(read_document(data, "article"))
    return time.process_time() - start


def yardstick() -> float:
    """Time a fixed piece of plain Python, in milliseconds, for comparing machines."""

    def once() -> float:
        start = time.process_time()
        counts: dict[int, int] = {}
        for number in range(300_000):
            counts[number % 997] = counts.get(number % 997, 0) + number
        return (time.process_time() - start) * 1000

    return min(once() for _ in range(ROUNDS))


def process() -> tuple[float, float]:
    """Read every article in a process of its own: seconds, peak memory in MB."""
    program = (
        "from benchmarks.intake.articles import read_articles\n"
        "from vigens.intake import read_document, suggest\n"
        "for a in read_articles():\n"
        "    suggest(read_document(a.text.encode(), a.name))\n"
        "status = open('/proc/self/status').read()\n"
        "print(status.split('VmHWM:')[1].split()[0])\n"  # ru_maxrss is the parent's
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - start, int(done.stdout) / 1024
