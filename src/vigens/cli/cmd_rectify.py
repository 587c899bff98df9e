"""`vigens rectify CASE ENTRY`."""

from __future__ import annotations

import argparse

from vigens.cli.correcting import configure_correction, correct

_EPILOG = """\
A rectification counts from when its original was known: what it mends was never right.
News (something changed, or more became known) is for `vigens supersede`.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    configure_correction(parser, clerical=True)


def run(args: argparse.Namespace) -> int:
    """Mend a clerical fault: what it mends was never right."""
    return correct(args, "rectify")
