"""Every command, option and finding code is documented and met in a test."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from tests.architecture.source import modules, nodes
from vigens.lang import Page, compile_pages
from vigens.law import law_pages

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "vigens"
REFERENCE = ROOT / "docs" / "reference"
CODE = re.compile(r"[A-Z][0-9]{3}")


@lru_cache(maxsize=1)
def finding_codes() -> dict[str, str]:
    """Give each finding code in the source and where it first stands."""
    codes: dict[str, str] = {}
    for module in modules():
        for node in nodes(module):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if CODE.fullmatch(node.value):
                codes.setdefault(node.value, f"{module.where}:{node.lineno}")
    return codes


def commands() -> list[str]:
    """Give each command's name, from its module's."""
    names = [path.stem for path in sorted((PACKAGE / "cli").glob("cmd_*.py"))]
    return [name.removeprefix("cmd_").replace("_", "-") for name in names]


@lru_cache(maxsize=1)
def headings() -> dict[str, str]:
    """Give the text below each heading of the reference, by the heading's words."""
    sections: dict[str, str] = {}
    for path in sorted(REFERENCE.rglob("*.md")):
        parts = re.split(r"^#+ +(.*)$", path.read_text("utf-8"), flags=re.MULTILINE)
        for title, text in zip(parts[1::2], parts[2::2], strict=True):
            key = title.replace("`", "").strip()
            sections[key] = sections.get(key, "") + text
    return sections


def section(start: str) -> str:
    """Give the text of the section whose heading begins with these words."""
    found = [
        text
        for title, text in headings().items()
        if title == start or re.match(re.escape(start) + r"[\s:,(]", title)
    ]
    return "\n".join(found)


def test_every_finding_code_has_a_page() -> None:
    missing = [
        f"{code} ({at})" for code, at in finding_codes().items() if not section(code)
    ]
    assert not missing, "no section `## CODE` in docs/reference for:\n" + "\n".join(
        missing
    )


def test_no_page_is_left_of_a_code_that_is_gone() -> None:
    pages = {title[:4] for title in headings() if CODE.match(title)}
    gone = sorted(pages - set(finding_codes()))
    assert not gone, f"documented, but nowhere in the source: {gone}"


def test_every_finding_code_is_met_in_a_test() -> None:
    texts = [
        path.read_text("utf-8", errors="replace")
        for pattern in ("*.py", "*.md", "*.txt", "*.json")
        for path in (ROOT / "tests").rglob(pattern)
    ]
    met = set(re.findall(r"\b[A-Z][0-9]{3}\b", "\n".join(texts)))
    missing = [
        f"{code} ({at})" for code, at in finding_codes().items() if code not in met
    ]
    assert not missing, "no test provokes:\n" + "\n".join(missing)


def run_help(*command: str) -> str:
    """Print the help of the program or of one command."""
    done = subprocess.run(
        [sys.executable, "-m", "vigens", *command, "--help"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "88", "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_every_command_and_option_is_documented() -> None:
    assert commands()
    missing = []
    for command in commands():
        text = section(f"vigens {command}")
        if not text:
            missing.append(f"no section `## vigens {command}` in docs/reference")
            continue
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", run_help(command)))
        missing += [
            f"vigens {command} {option}"
            for option in sorted(options - {"--help"})
            if option not in text
        ]
    assert not missing, (
        "\n".join(missing) + "\nmend: tools/reference.py writes the page"
    )


def test_the_program_names_every_command() -> None:
    assert commands()
    text = run_help()
    missing = [name for name in commands() if not re.search(rf"\b{name}\b", text)]
    assert not missing, f"vigens --help does not name {missing}"


def test_every_name_of_the_general_law_is_listed() -> None:
    program = compile_pages([Page(name, text) for name, text in law_pages()]).program
    page = (REFERENCE / "law.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([\w.]+)", page, re.MULTILINE))
    ours = {name for name, sort in program.sorts.items() if sort.place}
    declared = {*program.events, *program.fluents, *ours}
    assert listed == declared, "mend: tools/reference.py writes the page"


def test_the_data_dictionary_is_that_of_the_shapes() -> None:
    from tools.reference import data_of

    written = (REFERENCE / "data.md").read_text("utf-8")
    assert written == data_of(), "mend: tools/reference.py writes the page"
