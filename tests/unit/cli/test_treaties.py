"""A treaty is consented to: no page answers whether somebody endorses it."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run


def test_the_matrix_of_a_treaty_is_refused(run: Run, case: Path) -> None:
    for page in (case / "agreements").glob("*.md"):
        text = page.read_text("utf-8").replace(
            "kind         declaration", "kind treaty"
        )
        page.write_text(text, "utf-8")
    found = run("status", case)
    assert found.status == 2
    assert '"pact" is a treaty' in found.err
    assert "consented(pact, _)" in found.err
    settings = case / "case.toml"
    lines = settings.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("matrix")]
    settings.write_text("\n".join(kept) + "\n", "utf-8")
    assert run("status", case).status == 0
    assert run("status", case, "consented(pact, _)").status == 0


def test_treaties_and_a_status_without_headline_say_how_far_one_looked(
    run: Run, case: Path
) -> None:
    settings = case / "case.toml"
    lines = settings.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("headline", "matrix"))]
    settings.write_text("\n".join(kept) + "\n", "utf-8")
    for verb in ("status", "treaties"):
        assert "nobody has looked since 2026" in run(verb, case).out, verb
        early = run(verb, case, "--as-of", "2026-01-10")
        assert "nobody has looked since" not in early.out, verb
