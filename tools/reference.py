"""Write docs/reference/commands.md from what `vigens --help` says.

Run after a command or an option changes: `.venv/bin/python tools/reference.py`. The
test in tests/docs compares the page with the program, by command and option.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "commands.md"
HEAD = """# Commands

Written by `tools/reference.py` from the program's own help; edit the help, not this
page.

"""


def help_of(*command: str) -> str:
    """Give the help text of the program or of one command."""
    done = subprocess.run(
        [sys.executable, "-m", "vigens", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "88", "NO_COLOR": "1"},
    )
    return done.stdout.rstrip()


def main() -> None:
    """Write the page."""
    modules = sorted((ROOT / "src" / "vigens" / "cli").glob("cmd_*.py"))
    names = [path.stem.removeprefix("cmd_").replace("_", "-") for path in modules]
    parts = [f"## vigens\n\n```text\n{help_of()}\n```\n"]
    parts += [f"## vigens {name}\n\n```text\n{help_of(name)}\n```\n" for name in names]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(HEAD + "\n".join(parts), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(names)} commands")


if __name__ == "__main__":
    main()
