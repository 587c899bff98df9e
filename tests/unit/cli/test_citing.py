"""A citation from the command line pins the lens and names what it cites."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run


def test_an_answer_is_cited_with_its_word(run: Run, case: Path) -> None:
    lens = ("--as-of", "2026-02-01", "--known-at", "2026-02-01")
    found = run("cite", case, "lock_open", *lens)
    assert found.status == 0, found.err
    assert "as of 2026-02-01" in found.out
    assert "/why?q=lock_open&as_of=2026-02-01&known_at=2026-02-01&recorded_at=" in (
        found.out
    )


def test_a_page_is_cited_in_every_style(run: Run, case: Path) -> None:
    assert run("cite", case, "/counts", "--style", "bibtex").out.startswith("@misc{")
    assert ". (" in run("cite", case, "/counts", "--style", "apa").out
    found = run("cite", case, "/counts", "--json").json
    assert found["lens"]["reader"] == "public"
    assert set(found) == {"title", "lens", "plain", "apa", "bibtex"}


def test_a_question_that_is_none_is_refused_with_a_mend(run: Run, case: Path) -> None:
    found = run("cite", case, "lock_opn")
    assert found.status == 2
    assert "mend" in found.err
