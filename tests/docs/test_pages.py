"""The pages hold together: links lead somewhere, the glossary is whole."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
CODEBOOK = ROOT / "src" / "vigens" / "model" / "codebook"


def pages() -> list[Path]:
    return [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    ]


def test_links_lead_to_files() -> None:
    broken = []
    for page in pages():
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            if re.match(r"[a-z]+:|#", target):
                continue
            if not (page.parent / target.partition("#")[0]).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken, "\n".join(broken)


def glossary_rows() -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GLOSSARY.read_text("utf-8").splitlines()
        if line.startswith("|") and not re.match(r"\|\s*(-|Term)", line)
    ]


def test_a_glossary_row_is_whole() -> None:
    rows = glossary_rows()
    assert len(rows) > 50
    broken = [row for row in rows if len(row) != 4 or not all(row)]
    assert broken == []


def test_the_glossary_names_no_term_twice() -> None:
    terms = [row[0].lower() for row in glossary_rows()]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_a_coded_term_has_label_definition_and_source() -> None:
    wrong = []
    for path in sorted(CODEBOOK.glob("*.toml")):
        book = tomllib.loads(path.read_text("utf-8"))
        for code, term in book.items():
            if isinstance(term, dict):
                missing = {"label", "definition", "source"} - set(term)
                wrong += [f"{path.name}: {code}: {name}" for name in sorted(missing)]
    assert not wrong, "\n".join(wrong)


def test_a_codebook_is_in_the_glossary() -> None:
    text = GLOSSARY.read_text("utf-8")
    missing = [
        path.name
        for path in sorted(CODEBOOK.glob("*.toml"))
        if f"codebook/{path.name}" not in text
    ]
    assert not missing, f"docs/glossary.md does not name {missing}"
