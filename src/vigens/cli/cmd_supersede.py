"""`vigens supersede CASE ENTRY`."""

from __future__ import annotations

import argparse

from vigens.cli.correcting import configure_correction, correct

_EPILOG = """\
News count from when they are known (--set known_from=DATE; default: now); before that the
original stands. A slip of the pen is for `vigens rectify`.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    configure_correction(parser, clerical=False)


def run(args: argparse.Namespace) -> int:
    """Record news that takes the place of an entry."""
    return correct(args, "supersede")
