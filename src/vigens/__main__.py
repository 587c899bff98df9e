"""Run the command line as `python -m vigens`."""

from __future__ import annotations

import sys

from vigens.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
