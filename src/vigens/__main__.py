"""Run the command line, as `vigens` or as `python -m vigens`."""

from __future__ import annotations

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
    return run()


if __name__ == "__main__":
    sys.exit(main())
