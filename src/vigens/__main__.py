"""Run the command line, as `vigens` or as `python -m vigens`."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> int:
    """Run the command line; Ctrl-C while it is still loading ends it calmly, too.

    Returns:
        The exit status.
    """
    try:
        from vigens.cli.main import main as run
    except KeyboardInterrupt:
        sys.stderr.write("vigens: stopped; nothing was begun\n")
        return 130
    status = run()
    if "pyarrow" in sys.modules:
        _leave(status)
    return status


def _leave(status: int) -> None:
    """End at once; threads that read a table may still be ending.

    The usual way out now and then aborts under them.
    """
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
