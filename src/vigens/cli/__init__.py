"""The command line: one verb a module, data to stdout, findings to stderr.

A command parses, asks the desk and prints. It decides nothing, stores nothing and
knows no rule; beside the board it is the only room that reads the clock, and it
prints what it read.

Example:
    >>> from vigens.cli import main
    >>> main(["--version"])
    vigens 0.1.0
    0
"""

from __future__ import annotations

from vigens.cli.main import main

__all__ = ["main"]
