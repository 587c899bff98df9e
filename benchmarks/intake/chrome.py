"""The article told from the site around it, in pages flattened to plain text."""

from __future__ import annotations

from pathlib import Path

from benchmarks.intake.names import read_rows
from benchmarks.intake.score import Tally
from vigens.intake import read_document


def chrome(folder: Path) -> dict[str, Tally]:
    """Score which of the marked segments are kept, and which let go."""
    ours, everything = Tally(), Tally()
    for row in read_rows(folder / "chrome-plain-dev.jsonl"):
        document = read_document(row["text"].encode(), row["id"])
        kept = "\n".join(
            document.text[r.start : r.end]
            for r in document.regions
            if r.role in ("title", "body")
        )
        for total, text in ((ours, kept), (everything, row["text"])):
            inside = [segment in text for segment in row["with"]]
            outside = [segment in text for segment in row["without"]]
            total.add(Tally(sum(inside), sum(outside), len(inside) - sum(inside)))
    return {"article in plain text": ours, "nothing taken away": everything}
