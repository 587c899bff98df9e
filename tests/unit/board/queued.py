"""A case whose queue holds one report, for tests of the inbox."""

from __future__ import annotations

from pathlib import Path

from tests.unit.board.conftest import clock
from tests.unit.board.sender import Sender
from tests.unit.cli.tiny import REPORT, write_case
from vigens.desk import Suggested, add_report, open_case, read_queue


def sender_of(folder: Path) -> Sender:
    """Give whoever works on a new case with one report in its queue."""
    case = write_case(folder / "case")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    add_report(open_case(case, clock), folder / "report.txt")
    return Sender(case)


def queue(sender: Sender) -> tuple[Suggested, ...]:
    """Read the queue anew."""
    return read_queue(open_case(sender.folder, clock))


def of_kind(sender: Sender, kind: str) -> Suggested:
    """Give the first suggestion of a kind."""
    return next(item for item in queue(sender) if item.row["kind"] == kind)
