"""What the commands that write a proof share."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_out(parser: argparse.ArgumentParser) -> None:
    """Add where the proof goes."""
    parser.add_argument(
        "--file", metavar="FILE", help="write it to a file (default: stdout)"
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a file that exists"
    )


def write_line(file: str | None, line: bytes, *, is_forced: bool) -> int:
    """Write a proof of one line to a file, or to stdout.

    Raises:
        InputError: There is such a file already.
        OutsideError: It cannot be written.
    """
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        return 0
    from vigens.desk import write_export

    write_export(Path(file), (line,), is_forced=is_forced)
    return 0
