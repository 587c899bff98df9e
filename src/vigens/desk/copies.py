"""Which reports of a case are copies of one: told when one is added, said by a person.

The sketches of the reports in `documents/` lie beside them in a file that can be deleted
at any time: it is made anew from the reports.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.base import VigensError
from vigens.desk.files import read_bytes, write_whole
from vigens.desk.reports import read_text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigens.desk.reports import Report
    from vigens.intake import Sketch

#: The sketches of the reports that a case keeps.
SKETCHES = ".sketches.json"


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


def find_copies(documents: Path, report: Report) -> tuple[Copy, ...]:
    """List the kept reports that a report is a copy of, the closest first.

    Args:
        documents: Where the case keeps its reports.
        report: Kept or not.
    """
    from vigens.intake import COPY_SHARE, shared, sketch_of

    own = sketch_of(report.document)
    found = []
    for name, sha256, sketch in _sketches(documents):
        share = shared(own, sketch)
        if sha256 != report.document.sha256 and share >= COPY_SHARE:
            found.append(Copy(name, sha256, round(share * 100)))
    return tuple(sorted(found, key=lambda copy: (-copy.share, copy.name)))


def _sketches(documents: Path) -> Iterator[tuple[str, str, Sketch]]:
    """Give the sketch of each kept report; those that are new are drawn and kept."""
    from vigens.intake import MAX_CONTAINER_BYTES, Sketch, sketch_of

    if not documents.is_dir():
        return
    names = sorted(p.name for p in documents.iterdir() if p.is_file())
    names = [name for name in names if not name.startswith(".")]
    kept = _read(documents / SKETCHES)
    drawn = {name: kept[name] for name in names if name in kept}
    for name in names:
        if name in drawn:
            continue
        try:
            data = read_bytes(documents / name, MAX_CONTAINER_BYTES)
            document = read_text_of(data, name)
        except VigensError:
            continue  # a file that the case keeps and nobody reads
        sketch = sketch_of(document)
        drawn[name] = [document.sha256, sketch.n_runs, list(sketch.smallest)]
    if drawn != kept:
        write_whole(documents / SKETCHES, [json.dumps(drawn).encode()])
    for name, (sha256, n_runs, smallest) in drawn.items():
        yield name, sha256, Sketch(n_runs, tuple(smallest))


def _read(path: Path) -> dict[str, Any]:
    """Read the kept sketches; a file that is not as it should be is made anew."""
    try:
        found = json.loads(path.read_bytes())
        whole = all(
            isinstance(one, list)
            and isinstance(one[0], str)
            and isinstance(one[1], int)
            and all(isinstance(run, int) for run in one[2])
            for one in found.values()
        )
    except (OSError, ValueError, TypeError, IndexError, AttributeError):
        return {}
    return found if whole else {}
