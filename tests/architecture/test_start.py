"""The command line starts without what it does not need.

How long it takes is measured by `make bench`; what it loads is certain, so that is
tested.
"""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "asyncio",
    "babel",
    "jinja2",
    "lxml",
    "markdown_it",
    "multipart",
    "numpy",
    "pymorphy3",
    "python_multipart",
    "sqlite3",
    "starlette",
    "trafilatura",
    "unittest",
    "urllib3",
    "uvicorn",
}


def loaded_by(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [
        line for line in done.stderr.splitlines() if line.startswith("import time")
    ]
    return {line.rpartition("|")[2].strip() for line in lines}


def test_the_package_itself_loads_nothing() -> None:
    ours = {name for name in loaded_by("-c", "import vigens") if "vigens" in name}
    assert ours == {"vigens"}


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_by("-m", "vigens", "--help")
    heavy = {name for name in loaded if name.partition(".")[0] in HEAVY}
    assert not heavy, f"vigens --help loads {sorted(heavy)[:20]}"


def test_a_status_loads_only_what_it_shows() -> None:
    loaded = loaded_by("-m", "vigens", "status", "examples/paris")
    unasked = {
        "cryptography",
        "numpy.ma",
        "pyarrow",
        "vigens.desk.bundles",
        "vigens.desk.redacting",
        "vigens.desk.sealing",
        "vigens.desk.treaties",
        "vigens.intake",
        "vigens.journal.bundle",
    }
    assert not loaded & unasked, f"vigens status loads {sorted(loaded & unasked)}"


def test_a_report_is_read_without_the_engine() -> None:
    loaded = loaded_by("-c", "from vigens.desk import read_report")
    unasked = {"numpy", "sqlite3", "vigens.engine", "vigens.journal", "vigens.lang"}
    assert not loaded & unasked, f"vigens read loads {sorted(loaded & unasked)}"
