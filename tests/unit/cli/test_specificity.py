"""`vigens check --specificity`: what the texts leave open, as a table and as JSON."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run


def test_each_promise_of_the_case_is_a_row(run: Run, case: Path) -> None:
    found = run("check", case, "--specificity")
    assert found.status == 0
    rows = {
        line.split()[0]: line.split()[1:] for line in found.out.splitlines() if line
    }
    assert rows["help"] == ["stated", "stated", "-", "stated", "stated", "-"]
    assert "how much  2 empty" in found.out
    assert "SPECIFICITY" not in run("check", case).out


def test_the_places_of_a_promise_in_json(run: Run, case: Path) -> None:
    found = run("check", case, "--specificity", "--json").json["specificity"]
    (help_,) = [each for each in found if each["obligation"] == "help"]
    assert (help_["modality"], help_["n_stated"]) == ("shall", 4)
    slots = {slot["slot"]: slot for slot in help_["slots"]}
    assert slots["by when"]["words"][0] == "within 24 hours after flood(incident)"
    assert slots["checked by whom"] == {
        "slot": "checked by whom",
        "is": "empty",
        "words": [],
    }
    assert "specificity" not in run("check", case, "--json").json


def test_what_a_text_leaves_open_is_said_in_its_words(run: Run, root: Path) -> None:
    page = root / "examples" / "paris" / "agreements" / "response_plan.md"
    found = run("check", page, "--specificity").out
    assert "  tier_1_warning  who: who gives the warning" in found
    assert "contribute" not in found


def test_a_page_without_promises_says_so(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text('# A\n\n```vigens\nvigens 1\nparty FR "France"\n```\n', "utf-8")
    assert "no obligation is declared" in run("check", page, "--specificity").out
