"""Keys, heads, receipts, bundles and sealed offers from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run


@pytest.fixture
def base(case: Path, tmp_path: Path, run: Run) -> Path:
    """The tiny case with a database in place of its text."""
    text = tmp_path / "journal.jsonl"
    run("export", case, text)
    (case / "journal.jsonl").unlink()
    assert run("import", case, text).status == 0
    return case


def test_a_key_is_shown_rotated_and_given_up(base: Path, run: Run) -> None:
    first = run("key", base, "--json").json
    assert first["new"]
    assert Path(first["file"]).stat().st_mode & 0o077 == 0
    said = run("key", base).out
    assert said.startswith(first["fingerprint"])
    assert first["public"] in said
    second = run("key", base, "--rotate", "--json").json
    assert second["earlier"] == [first["fingerprint"]]
    assert f"earlier key: {first['fingerprint']}" in run("key", base).out
    third = run("key", base, "--lost", "--json").json
    assert third["fingerprint"] not in third["earlier"]
    assert set(third["earlier"]) == {first["fingerprint"], second["fingerprint"]}
    Path(first["file"]).chmod(0o644)
    done = run("key", base)
    assert done.status == 1
    assert "chmod 600" in done.err


def test_a_bundle_is_written_checked_and_taken_in(
    base: Path, tmp_path: Path, run: Run
) -> None:
    bundle = tmp_path / "a.bundle"
    done = run("export", base, "--bundle", bundle, "--json").json
    assert done["logs"]["public"] > 5
    assert run("export", base, "--bundle", bundle).status == 1, "there is one"
    assert run("export", base, "--bundle", bundle, "--force").status == 0
    assert run("export", base, tmp_path / "x", "--bundle", bundle).status == 2
    trust = tmp_path / "keys"
    trust.write_text(run("key", base).out.splitlines()[0] + "\n", "utf-8")
    said = run("verify", bundle, "--trust", trust)
    assert said.status == 0
    assert "sound" in said.out
    assert "NOT SHOWN" in said.out
    checked = run("verify", bundle, "--json").json
    assert (checked["what"], checked["sound"]) == ("bundle", True)
    assert checked["shown"]
    assert checked["not_shown"]

    other = tmp_path / "other"
    shutil.copytree(base, other)
    for path in other.glob("journal*"):
        path.unlink()
    dry = run("import", other, bundle, "--dry-run")
    assert "would be recorded" in dry.out
    done = run("import", other, bundle, "--trust", trust, "--json").json
    assert done["new"] == checked_entries(bundle)
    assert not done["refused"]
    again = run("import", other, bundle)
    assert "0 new recorded" in again.out
    assert run("fsck", other).status == 0

    bundle.write_bytes(bundle.read_bytes().replace(b"public", b"Public"))
    assert run("verify", bundle).status == 1
    refused = run("import", other, bundle)
    assert refused.status == 1


def checked_entries(bundle: Path) -> int:
    lines = bundle.read_text("utf-8").splitlines()
    return sum('"entry":' in line for line in lines)


def test_a_forged_bundle_is_refused_in_words(
    base: Path, tmp_path: Path, run: Run
) -> None:
    bundle = tmp_path / "a.bundle"
    run("export", base, "--bundle", bundle)
    lines = bundle.read_bytes().splitlines(keepends=True)
    bundle.write_bytes(b"".join(lines[:3] + lines[4:]))
    said = run("verify", bundle)
    assert said.status == 1
    assert "J033" in said.err
    assert "believe nothing" in said.out
    assert "SHOWN" not in said.out
    assert "nothing was recorded" in run("import", base, bundle).out
    assert run("import", base, bundle, "--json").json["refused"]


def test_heads_and_receipts_go_to_stdout_or_a_file(
    base: Path, tmp_path: Path, run: Run
) -> None:
    line = run("head", base).out
    head = tmp_path / "head.json"
    assert run("head", base, "--file", head).status == 0
    assert json.loads(line)["head"]["log"] == "public"
    size = run("head", base, "--log", "all", "--file", head, "--force", "--json").json
    assert size["log"] == "all"
    assert run("verify", head).status == 0
    entry = run("log", base, "--json").json["entries"][0]["entry"]["id"]
    receipt = tmp_path / "receipt.json"
    done = run("receipt", base, entry[:10], "--file", receipt, "--json").json
    assert (done["entry"], done["log"]) == (entry, "public")
    assert json.loads(run("receipt", base, entry[:10]).out)["vigens"] == "receipt"
    assert "is number" in run("receipt", base, entry, "--file", tmp_path / "r").out
    assert run("verify", receipt, "--since", receipt).status == 0
    assert run("verify", tmp_path / "none").status == 1
    assert run("verify", base / "case.toml").status == 1


def test_an_offer_is_sealed_added_up_and_opened(
    base: Path, tmp_path: Path, run: Run
) -> None:
    openings = []
    for number, party in enumerate(PARTIES, 1):
        file = tmp_path / f"{party}.json"
        file.write_text(json.dumps(offer(party, 100 * number)), "utf-8")
        done = run("seal", base, file, "--by", party, "--mark", "public", "--json").json
        openings.append(done["opening"])
        assert run("verify", done["opening"], "--since", done["receipt"]).status == 0
    few = run("total", base, *openings[:3], "--unit", "personnel")
    assert few.status == 1
    assert "wait for more" in few.err
    total = run("total", base, *openings, "--unit", "personnel", "--json").json
    assert total["number"] == 1500
    said = run("total", base, *openings, "--unit", "personnel", "--by", "chair")
    assert "1500 personnel over 5 sealed offers" in said.out
    assert "opened as" in run("open", base, openings[0]).out
    assert run("open", base, openings[1], "--json").json["sealed"]
    assert run("fsck", base).status == 0
    sealed = run("seal", base, tmp_path / f"{PARTIES[0]}.json", "--mark", "public")
    assert "keep it to yourself" in sealed.out
    assert run("seal", base, tmp_path / "none.json").status == 1


PARTIES = ("A", "B", "C", "D", "E")


def offer(party: str, number: int) -> dict[str, Any]:
    return {
        "party": party,
        "title": "A contribution",
        "stance": "offer",
        "domains": ["land"],
        "conditions": [],
        "gates": [],
        "quantity": {"number": number, "unit": "personnel"},
    }


def test_long_work_says_beside_the_answer_how_far_it_is(
    base: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, copy = tmp_path / "a.bundle", tmp_path / "copy.db"
    commands = (
        (("export", base, "--bundle", bundle, "--json"), "written"),
        (("verify", bundle, "--json"), "checked"),
        (("import", base, bundle, "--dry-run", "--json"), "read"),
        (("backup", base, copy, "--json"), "copied"),
    )
    for words, _ in commands:
        assert "%" not in run(*words).err, "it was soon done"
    bundle.unlink()
    copy.unlink()
    monkeypatch.setattr("vigens.cli.output._SHORT_SECONDS", 0)
    for words, done in commands:
        ran = run(*words)
        assert f"100 % {done}\n" in ran.err
        assert ran.json
