"""What people hand over by mistake: a clear word, a status, and nothing half-written."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

LARGE = 50_000_000


_DOCX = b"PK\x03\x04" + b"word/document.xml" * 20


def make(folder: Path, kind: str) -> Path:
    """Make a bad file of one kind."""
    path = folder / f"{kind}.txt"
    match kind:
        case "missing":
            return path
        case "folder":
            path.mkdir()
        case "empty":
            path.write_bytes(b"")
        case "binary":
            path.write_bytes(b"\x7fELF\0\0\0\1" * 40)
        case "latin":
            path.write_bytes("Zürich, déclaration\n".encode("latin-1"))
        case "odd":
            path.write_bytes(bytes(random.Random(7).choices(range(128, 256), k=400)))
        case "pdf":
            path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
        case "docx":
            path.write_bytes(_DOCX[:-30])
        case "large":
            with path.open("wb") as file:
                file.truncate(LARGE)
    return path


KINDS = ("missing", "folder", "empty", "binary", "odd", "large")
REPORTS = ("pdf", "docx")


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (command, kind)
        for command in ("read", "check", "import", "review")
        for kind in (KINDS if command in ("check", "import") else (*KINDS, *REPORTS))
        if (command, kind) != ("check", "empty")  # that is a warning, see below
    ],
)
def test_a_bad_file_is_refused_calmly(
    run: Run, case: Path, tmp_path: Path, command: str, kind: str
) -> None:
    bad = make(tmp_path, kind)
    before = {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}
    words: dict[str, tuple[object, ...]] = {
        "read": (bad,),
        "check": (bad,),
        "import": (case, bad),
        "review": (case, "add", bad),
    }
    found = run(command, *words[command])
    assert found.status == 1
    assert "Traceback" not in found.err
    assert "where:" in found.err
    assert "mend:" in found.err
    assert before == {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}


def test_an_empty_page_is_a_warning(run: Run, tmp_path: Path) -> None:
    found = run("check", make(tmp_path, "empty"))
    assert found.status == 0
    assert "warning L001" in found.err


@pytest.mark.parametrize("kind", ["binary", "latin", "large", "folder"])
@pytest.mark.parametrize("place", ["case.toml", "journal.jsonl", "agreements/pact.md"])
def test_a_bad_file_inside_a_case_is_named(
    run: Run, case: Path, tmp_path: Path, kind: str, place: str
) -> None:
    (case / place).unlink()
    make(tmp_path, kind).rename(case / place)
    found = run("status", case)
    assert found.status == 1
    assert place.rpartition("/")[2] in found.err
    assert "Traceback" not in found.err
    assert found.out == ""


def test_a_case_that_is_none(run: Run, case: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "none", case / "case.toml", tmp_path):
        found = run("status", place)
        assert found.status == 1
        assert "case" in found.err
    (case / "journal.jsonl").unlink()
    found = run("status", case)
    assert found.status == 1
    assert "this case has no journal" in found.err


def test_two_journals_are_one_too_many(run: Run, case: Path) -> None:
    (case / "journal.db").write_bytes(b"")
    found = run("status", case)
    assert found.status == 1
    assert "two journals" in found.err


def test_another_programs_database_is_left_alone(
    run: Run, case: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bookmarks.db"
    with sqlite3.connect(path) as strange:
        strange.execute("CREATE TABLE bookmarks (url TEXT)")
    strange.close()
    before = path.read_bytes()
    found = run("import", case, path)
    assert found.status == 3
    assert "where:" in found.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "value", "status"),
    [
        ("--as-of", "2026-02-30", 1),
        ("--as-of", "yesterday", 1),
        ("--known-at", "..", 1),
        ("--policy", "mine", 2),
        ("--reader", "bob", 2),
        ("--reading", "start.never", 2),
        ("--suppose", "opens", 2),
        ("--suppose", "opns on 2026-03-01", 2),
        ("--suppose", "opens on 2026-02-30", 1),
        ("--suppose", "flood(_) on 2026-03-01", 2),
    ],
)
def test_a_lens_that_is_none(
    run: Run, case: Path, option: str, value: str, status: int
) -> None:
    found = run("status", case, option, value)
    assert found.status == status
    assert "mend:" in found.err
    assert found.out == ""


@pytest.mark.parametrize(
    "question",
    ["", "(", "lock_open(", "endorsed(pact)", "endorsed(pact, water, XX)", "a and b"],
)
def test_a_question_that_is_none(run: Run, case: Path, question: str) -> None:
    found = run("status", case, question)
    assert found.status == 2
    assert "mend:" in found.err


def test_a_block_that_is_not_closed(run: Run, case: Path) -> None:
    page = case / "agreements" / "pact.md"
    page.write_text(page.read_text("utf-8").rstrip().rstrip("`"), "utf-8")
    found = run("check", case)
    assert found.status == 1
    assert "error L002" in found.err


def test_hostile_words_do_not_steer_the_terminal(
    run: Run, case: Path, tmp_path: Path
) -> None:
    settings = (case / "case.toml").read_text("utf-8")
    evil = '"The \\u001b[2J\\u202eriver pact"'
    (case / "case.toml").write_text(
        settings.replace('"The river pact"', evil), encoding="utf-8"
    )
    found = run("status", case)
    assert found.status == 0
    assert "\x1b" not in found.out
    assert "\u202e" not in found.out
    bad = tmp_path / "\x1b[31mred.txt"
    assert "\x1b" not in run("read", bad).err


def test_a_name_with_a_nul_is_no_file(run: Run, case: Path) -> None:
    assert run("read", "a\0b").status == 1
    assert run("export", case, "a\0b").status in (1, 3)


def test_links_in_a_circle_are_said_so(run: Run, case: Path, tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    (case / "agreements" / "loop.md").symlink_to(case / "agreements" / "loop.md")
    for found in (run("check", loop), run("check", case)):
        assert found.status == 1
        assert "Too many levels of symbolic links" in found.err


@pytest.mark.parametrize("option", ["--as-of", "--known-at", "--recorded-at"])
def test_an_empty_date_is_not_taken_for_now(run: Run, case: Path, option: str) -> None:
    found = run("status", case, option, "")
    assert found.status == 1
    assert "impossible date" in found.err


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ('begin = "2026-01-01"', "begins"),
        ("[policies.strict]\norgins = 2", "origins"),
        ('[policies.strict.events."opens"]\nconfirmd = true', "confirmed"),
        ("[policies.strict.events]\nopens = 2", "is a table"),
    ],
)
def test_a_misspelt_setting_is_not_passed_over(
    run: Run, case: Path, line: str, meant: str
) -> None:
    settings = case / "case.toml"
    text = settings.read_text("utf-8")
    whole = f"{text}\n{line}\n" if line.startswith("[") else f"{line}\n{text}"
    settings.write_text(whole, "utf-8")
    found = run("status", case)
    assert found.status == 1
    assert meant in found.err
    assert "case.toml" in found.err
