"""Which reports of a case are copies of one: told when one is added, said by a person.

The sketches of the reports in `documents/` lie beside them in a file that only grows, a
line for each report. It can be deleted at any time: it is made anew from the reports.
"""

from __future__ import annotations

import json
import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.desk.files import read_bytes
from vigens.desk.queuefile import Followed, append_lines
from vigens.desk.reports import read_text_of
from vigens.desk.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

    from vigens.intake import Document, Sketch

#: The sketches of the reports that a case keeps.
SKETCHES = ".sketches.jsonl"

#: How many copies of a report are named.
MOST_COPIES = 20

#: Where in its line the hash of a report stands.
_SHA256, _HEAD = re.compile(rb'"sha256":"([0-9a-f]{64})"'), 2_000

#: Where they lay before, in one piece.
_BEFORE = ".sketches.json"


@dataclass(frozen=True, slots=True)
class Copy:
    """Another report of the case that says the same, word for word.

    Attributes:
        name: Of its file in `documents/`.
        sha256: Of its bytes.
        share: Of the shorter text that stands in the longer one, in percent.
    """

    name: str
    sha256: str
    share: int


def copies_among(
    documents: Path, sha256: str, others: Container[str]
) -> tuple[Copy, ...]:
    """List those of some reports that a kept one is a copy of, the closest first.

    Only the sketches of these are read.

    Args:
        documents: Where the reports are kept.
        sha256: Of the kept report.
        others: The hashes of the others.

    Raises:
        OutsideError: The folder cannot be written.
    """

    def is_wanted(raw: bytes) -> bool:
        said = _SHA256.search(raw[:_HEAD])
        found = said[1].decode() if said else ""
        return found == sha256 or found in others

    sketches = Sketches(documents, is_wanted)
    if not sketches.has(sha256):
        sketches = Sketches(documents)
    return sketches.copies_among(sha256, others)


class Sketches:
    """The sketches of the reports that a case keeps, with what others add meanwhile."""

    def __init__(
        self, documents: Path, is_wanted: Callable[[bytes], bool] | None = None
    ) -> None:
        """Read the kept sketches, and draw those of reports that have none.

        Args:
            documents: Where the reports are kept.
            is_wanted: Says by its line whether a sketch is read; then none is drawn.

        Raises:
            OutsideError: The folder cannot be written.
        """
        self._documents = documents
        self._is_wanted = is_wanted
        self._file = Followed(documents / SKETCHES)
        self._found: dict[str, tuple[str, Sketch]] = {}
        self._runs = Runs()
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._sizes = array("q")
        if is_wanted is not None:
            self._catch_up()
        elif documents.is_dir():
            (documents / _BEFORE).unlink(missing_ok=True)
            self._draw_missing()

    def has(self, sha256: str) -> bool:
        """Say whether the sketch of a report is here."""
        return any(found == sha256 for found, _ in self._found.values())

    def copies_of(self, document: Document) -> tuple[Copy, ...]:
        """List the kept reports that a report is a copy of, the closest first.

        Of very many, as where hundreds of sites print one text, the closest.
        """
        from vigens.intake import sketch_of

        self._catch_up()
        return self._like(sketch_of(document), document.sha256)

    def copies_among(self, sha256: str, others: Container[str]) -> tuple[Copy, ...]:
        """List those of some reports that a kept one is a copy of, the closest first.

        Args:
            sha256: Of the kept report.
            others: The hashes of the others.
        """
        self._catch_up()
        own = next((s for sha, s in self._found.values() if sha == sha256), None)
        return self._like(own, sha256, others) if own else ()

    def _like(
        self, own: Sketch, sha256: str, among: Container[str] | None = None
    ) -> tuple[Copy, ...]:
        """Compare a sketch with those that can be near it, the nearest first."""
        from vigens.intake import COPY_SHARE, shared

        found: list[Copy] = []
        for bound, name in self._near(own, COPY_SHARE):
            if len(found) >= MOST_COPIES and round(bound * 100) < found[-1].share:
                break  # no other one can be closer
            other, sketch = self._found[name]
            if other == sha256 or (among is not None and other not in among):
                continue
            share = shared(own, sketch)
            if share >= COPY_SHARE and (self._documents / name).exists():
                found.append(Copy(name, other, round(share * 100)))
                found.sort(key=lambda copy: (-copy.share, copy.name))
                del found[MOST_COPIES:]
        return tuple(found)

    def _near(self, own: Sketch, least: float) -> list[tuple[float, str]]:
        """List the reports that may share so much of one, the likeliest first."""
        import numpy as np

        from vigens.intake import shares_at_most

        if not self._names:
            return []
        counts = self._runs.shared_with(own.smallest)
        bounds = shares_at_most(own, counts, np.frombuffer(self._sizes, np.int64))
        near = [
            (float(bounds[n]), self._names[n])
            for n in np.flatnonzero(bounds >= least)
            if self._numbers[self._names[n]] == n
        ]
        return sorted(near, key=lambda each: (-each[0], each[1]))

    def keep(self, name: str, document: Document | None) -> None:
        """Keep the sketch of a report, or that a file is none.

        Raises:
            OutsideError: The folder cannot be written.
        """
        from vigens.intake import sketch_of

        self._catch_up()
        if name in self._found:
            return
        line: dict[str, object] = {"name": name}
        if document is not None:
            sketch = sketch_of(document)
            line["sha256"] = document.sha256
            line["n"], line["runs"] = sketch.n_runs, list(sketch.smallest)
        append_lines(self._documents / SKETCHES, [line], is_kept=False)

    def _catch_up(self) -> None:
        """Take in what was added since; a damaged line is as if it were not there."""
        from vigens.intake import Sketch

        for _, raw in self._file.look():
            if self._is_wanted is not None and not self._is_wanted(raw):
                continue
            try:
                line = json.loads(raw)
                runs = array("Q", line.get("runs", ()))
                sketch = Sketch(int(line.get("n", 0)), runs)
                name, sha256 = str(line["name"]), str(line.get("sha256", ""))
            except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
                continue
            self._found[name] = (sha256, sketch)
            self._numbers[name] = self._runs.add(runs)
            self._names.append(name)
            self._sizes.append(sketch.n_runs)

    def _draw_missing(self) -> None:
        from vigens.intake import MAX_CONTAINER_BYTES, ReaderMissingError

        self._catch_up()
        names = sorted(p.name for p in self._documents.iterdir() if p.is_file())
        for name in names:
            if name.startswith(".") or name in self._found:
                continue
            try:
                data = read_bytes(self._documents / name, MAX_CONTAINER_BYTES)
                self.keep(name, read_text_of(data, name))
            except ReaderMissingError:
                continue  # it may be installed one day
            except VigensError:
                self.keep(name, None)  # a file that the case keeps and nobody reads
