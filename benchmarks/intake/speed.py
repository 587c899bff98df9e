"""How fast reports are read on one core, and in how much memory."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.intake.articles import read_articles
from vigens.intake import read_document, suggest

_LENGTH = 3000  # characters of an article
_ROUNDS = 4


def warm_rate(language: str) -> float:
    """Give articles read a second of processor time, words already looked up."""
    texts = [
        (a.text.encode(), a.name) for a in read_articles() if a.language == language
    ]
    for data, name in texts:
        suggest(read_document(data, name))
    characters = 0
    start = time.process_time()
    for _ in range(_ROUNDS):
        for data, name in texts:
            document = read_document(data, name)
            suggest(document)
            characters += len(document.text)
    return characters / _LENGTH / (time.process_time() - start)


def yardstick() -> float:
    """Time a fixed piece of plain Python, in milliseconds, for comparing machines."""
    start = time.process_time()
    counts: dict[int, int] = {}
    for number in range(300_000):
        counts[number % 997] = counts.get(number % 997, 0) + number
    return (time.process_time() - start) * 1000


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
