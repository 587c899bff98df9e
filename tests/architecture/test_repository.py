"""What is tracked belongs to the project: no machine, no registry, no workshop."""

from __future__ import annotations

import os
import re
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SIZE_LIMIT = 2_000_000

# Built in halves, so that this file does not name what it looks for.
REGISTRIES = [
    "py" + r"pi\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(org|com)",
    "deb" + r"\.debian\.org",
    "crates" + r"\.io",
    r"/opt/" + "wheels",
]
PLACES = [
    r"(?<![\w./:-])/" + r"(work|root|tmp/desk)/",
    r"(?<![\w./:-])/" + r"(home|Users)/[a-z]\w*/",
]
WORKSHOP = [
    r"\bsub-?" + r"agents?\b",
    r"\b(AI|coding) " + r"(agent|assistant)s?\b",
    r"\blanguage model " + r"(wrote|session)",
    r"\bthis " + r"(work" + r"place|session's)\b",
    r"\bissues " + r"show\b",
    r"\b(other|my|the) " + r"help" + r"ers?\b",
    r"\bthe " + r"found" + r"er('s)? (will|writes|finishes|says)\b",
]


@lru_cache(maxsize=1)
def tracked() -> tuple[Path, ...]:
    """Give the files that git tracks."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git does not answer here: {error}")
    names = os.fsdecode(listing.stdout).split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def lines_with(patterns: list[str]) -> list[str]:
    """Give each line of a tracked text file that holds one of the patterns."""
    wanted = re.compile("|".join(patterns))
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data[:8192]:
            continue
        text = data.decode("utf-8", errors="replace")
        if not wanted.search(text):
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {match.group()}"
            for number, line in enumerate(text.splitlines(), 1)
            if (match := wanted.search(line))
        ]
    return found


@pytest.mark.parametrize(
    "patterns",
    [REGISTRIES, PLACES, WORKSHOP],
    ids=["registry hosts", "machine paths", "how work is organised"],
)
def test_tracked_files_do_not_name(patterns: list[str]) -> None:
    found = lines_with(patterns)
    assert not found, "\n".join(found)


def test_tracked_files_are_small() -> None:
    large = [
        f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes"
        for path in tracked()
        if path.stat().st_size > SIZE_LIMIT
    ]
    assert not large, "\n".join(large)


def test_text_ends_with_a_newline_and_no_line_with_a_space() -> None:
    wrong = []
    for path in tracked():
        if path.suffix not in {".py", ".toml", ".sql", ".html", ".css"}:
            continue
        text = path.read_text("utf-8")
        if text and not text.endswith("\n"):
            wrong.append(f"{path.relative_to(ROOT)}: no newline at the end")
        wrong += [
            f"{path.relative_to(ROOT)}:{number}: space at the end"
            for number, line in enumerate(text.split("\n"), 1)
            if line != line.rstrip(" \t")
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_every_package_with_a_hash(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert pins
    assert [
        line for line in pins if "==" not in line or "--hash=sha256:" not in line
    ] == []


def test_the_lock_covers_the_declared_dependencies() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    plain = project["dependencies"]
    for name, wanted in (
        ("requirements.lock", plain),
        ("requirements-dev.lock", plain + project["optional-dependencies"]["dev"]),
    ):
        text = (ROOT / name).read_text("utf-8")
        locked = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
        asked = {re.split(r"[\[<>=]", each)[0].lower() for each in wanted}
        assert asked <= locked, f"{name} lacks {sorted(asked - locked)}; make lock"


def test_each_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (ROOT / "docs/decisions/0003-dependencies.md").read_text("utf-8")
    names = [re.split(r"[\[<>=]", each)[0] for each in project["dependencies"]]
    missing = [name for name in names if f"`{name}`" not in page]
    assert not missing, f"no reason in 0003-dependencies.md for {missing}"


def test_a_decision_page_has_its_four_parts() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in pages]
    assert numbers == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text("utf-8")
        for part in ("## Context", "## Options", "## Choice", "## Cost"):
            assert part in text, f"{page.name} lacks {part!r}"
