"""Groups of readers, marks on what is recorded, and the same answers for both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import present
from vigens.journal import Draft, open_journal


@pytest.fixture
def shore(run: Run, case: Path) -> Path:
    """Give the tiny case with a release group that France is in."""
    group = run("release", case, "group", "shore", "--title", "The shore")
    assert (group.status, group.err) == (0, "")
    assert run("release", case, "join", "shore", "FR").status == 0
    return case


def kinds(run: Run, case: Path, reader: str) -> list[str]:
    found = run("log", case, "--reader", reader, "--json").json["entries"]
    return [line["entry"]["kind"] for line in found]


def test_a_membership_is_seen_by_members_alone(run: Run, shore: Path) -> None:
    assert "release_group" in kinds(run, shore, "public")
    assert "membership" not in kinds(run, shore, "public")
    assert "membership" not in kinds(run, shore, "DE")
    assert "membership" in kinds(run, shore, "FR")
    assert "membership" in kinds(run, shore, "all")


def test_a_hidden_membership_clears_and_is_not_seen(run: Run, shore: Path) -> None:
    done = run("release", shore, "join", "shore", "GB", "--mark", "none", "--json")
    (entry,) = done.json["entries"]
    assert entry["marks"] == []
    found = run("log", shore, "--reader", "GB", "--kind", "membership", "--json")
    members = [line["entry"]["payload"]["member"] for line in found.json["entries"]]
    assert members == ["FR"]


def test_who_leaves_sees_no_more(run: Run, shore: Path) -> None:
    done = run("release", shore, "leave", "shore", "FR", "--json")
    (entry,) = done.json["entries"]
    assert entry["supersedes"]
    assert "membership" not in kinds(run, shore, "FR")
    assert run("release", shore, "join", "shore", "FR").status == 0
    assert "membership" in kinds(run, shore, "FR")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["join", "shor", "FR"], 'did you mean "shore"'),
        (["join", "shore", "FX"], 'no reader "FX"'),
        (["join", "shore", "all"], "all is no mark"),
        (["join", "shore", "public"], "cannot be in"),
        (["leave", "shore", "DE"], "by no record that stands"),
        (["group", "shore", "--title", "Again"], "already"),
        (["group", "FR", "--title", "France"], "already"),
        (["group", "a b", "--title", "Blank"], "no name of a reader"),
        (["group", "bank"], "needs a title"),
        (["group", "bank", "FR", "--title", "Bank"], "members join it"),
        (["join", "shore"], "nobody is named"),
        (["join", "shore", "FR", "--title", "T"], "only a group has a title"),
        (["joins", "shore", "FR"], 'did you mean "join"'),
        (["group", "bank", "--title", "B", "--mark", "nobody"], 'no reader "nobody"'),
    ],
)
def test_what_cannot_be_released_says_why(
    run: Run, shore: Path, words: list[str], said: str
) -> None:
    before = (shore / "journal.jsonl").read_bytes()
    done = run("release", shore, *words)
    assert done.status in (1, 2)
    assert said in done.err
    assert "Traceback" not in done.err
    assert (shore / "journal.jsonl").read_bytes() == before


def test_what_is_accepted_bears_the_marks_it_is_given(
    run: Run, shore: Path, report: Path
) -> None:
    run("review", shore, "add", report)
    words = ("--event", "opens", "--graded", "B2", "--mark", "shore", "--mark", "DE")
    assert run("review", shore, "accept", "1", *words).status == 0
    for reader, is_seen in (("public", 0), ("GB", 0), ("FR", 1), ("DE", 1), ("all", 1)):
        found = run("log", shore, "--kind", "document", "--reader", reader, "--json")
        assert len(found.json["entries"]) == is_seen, reader
    assert {"claim", "grade"} <= set(kinds(run, shore, "DE")[-4:])


def test_the_default_marks_are_those_of_the_case(
    run: Run, shore: Path, report: Path
) -> None:
    path = shore / "case.toml"
    path.write_text('marks = ["shore"]\n' + path.read_text("utf-8"), "utf-8")
    run("review", shore, "add", report)
    done = run("review", shore, "accept", "1", "--json").json
    shown = run("log", shore, done["claim"], "--reader", "FR", "--json").json
    assert shown["entry"]["marks"] == ["shore"]
    hidden = run("log", shore, done["claim"], "--reader", "public")
    never = run("log", shore, "0" * 64, "--reader", "public")
    assert hidden.status == never.status == 1
    assert hidden.err.replace(done["claim"], "0" * 64) == never.err


def test_a_mark_of_nobody_in_the_settings_is_refused(
    run: Run, case: Path, report: Path
) -> None:
    path = case / "case.toml"
    path.write_text('marks = ["shoer"]\n' + path.read_text("utf-8"), "utf-8")
    run("review", case, "add", report)
    done = run("review", case, "accept", "1")
    assert done.status == 2
    assert 'no reader "shoer"' in done.err


def test_nothing_is_released_wider_than_what_it_is_about(
    run: Run, shore: Path, report: Path
) -> None:
    run("review", shore, "add", report)
    done = run("review", shore, "accept", "1", "--mark", "FR", "--json").json
    wide = run(
        "review", shore, "accept", "2", "--about", done["matter"], "--mark", "DE"
    )
    assert wide.status == 1
    assert "DE may not see" in wide.err
    same = run("review", shore, "accept", "2", "--about", done["matter"], "--json").json
    shown = run("log", shore, same["claim"], "--reader", "FR", "--json").json
    assert shown["entry"]["marks"] == ["FR"]


def test_a_correction_may_be_marked(run: Run, shore: Path) -> None:
    words = ("--set", "text=Nobody watched.", "--mark", "FR", "--json")
    note = run("log", shore, "--kind", "note", "--json").json["entries"][0]["entry"][
        "id"
    ]
    done = run("supersede", shore, note, *words).json
    assert done["entries"][0]["marks"] == ["FR"]
    for reader, text in (
        ("public", "Nobody watched the upper lock."),
        ("FR", "Nobody watched."),
    ):
        found = run("log", shore, "--kind", "note", "--reader", reader, "--json").json
        assert [line["entry"]["payload"]["text"] for line in found["entries"]] == [text]


def test_a_look_for_an_audience_closes_silence_for_it_alone(
    run: Run, shore: Path
) -> None:
    words = ("--reason", "searched", "--audience", "shore")
    assert run("review", shore, "looked", "2026-03-01/2026-03-05", *words).status == 0
    day = ("--as-of", "2026-03-04")
    for reader, word in (("public", "NOT KNOWN"), ("DE", "NOT KNOWN"), ("FR", "YES")):
        found = run("status", shore, "open_river", "--reader", reader, *day)
        assert word in found.out.splitlines()[0], reader


def test_an_export_for_a_reader_holds_what_he_sees(run: Run, shore: Path) -> None:
    whole = run("export", shore).out.splitlines()
    assert run("export", shore, "--reader", "all").out.splitlines() == whole
    public = run("export", shore, "--reader", "public").out.splitlines()
    assert public == [line for line in whole if '"membership"' not in line]
    assert run("export", shore, "--audience", "public").out.splitlines() == public
    file = run("export", shore / "journal.jsonl", "--reader", "shore")
    assert file.out.splitlines() == whole
    nobody = run("export", shore / "journal.jsonl", "--reader", "FR")
    assert nobody.status == 2
    assert 'no reader "FR"' in nobody.err


def test_a_reader_nobody_knows_is_refused_everywhere(run: Run, shore: Path) -> None:
    for words in (
        ("status", shore),
        ("log", shore),
        ("why", shore, "open_river"),
        ("export", shore),
        ("compare", shore, "--as-of", "2026-01-10..2026-02-10"),
        ("serve", shore, "--port", "0"),
    ):
        done = run(*words, "--reader", "shoer")
        assert done.status == 2, words
        assert 'did you mean "shore"' in done.err


def test_a_membership_may_need_a_second_person(run: Run, shore: Path) -> None:
    settings = (shore / "case.toml").read_text("utf-8")
    guarded = settings + '\n[four_eyes]\nkinds = ["membership"]\n'
    (shore / "case.toml").write_text(guarded, "utf-8")
    assert "membership" not in kinds(run, shore, "FR")
    (waiting,) = run("confirm", shore, "--json").json["waiting"]
    assert waiting["kind"] == "membership"
    done = run("confirm", shore, waiting["entry"], "--by", "second")
    assert done.status == 0, done.err
    assert "membership" in kinds(run, shore, "FR")


def test_an_import_says_that_it_decides_who_sees_what(
    run: Run, shore: Path, case: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / "agreements").mkdir(parents=True)
    for name in ("case.toml", "agreements/pact.md"):
        (other / name).write_bytes((shore / name).read_bytes())
    dry = run("import", other, shore / "journal.jsonl", "--dry-run")
    assert "2 of these decide who sees what" in " ".join(dry.out.split())
    assert (
        run("import", other, shore / "journal.jsonl", "--json").json["governing"] == 2
    )
    assert "membership" in kinds(run, other, "FR")
    again = run("import", other, shore / "journal.jsonl")
    assert "decide" not in again.out


def test_a_kind_that_only_others_may_see_is_unknown(run: Run, shore: Path) -> None:
    with open_journal(shore / "journal.jsonl", present) as store:
        store.append([Draft("x-thing", {"what": "new"}, "curator", marks=("DE",))])
    hidden = run("log", shore, "--kind", "x-thing")
    assert hidden.status == 2
    assert hidden.err.replace("x-thing", "x-never") == (
        run("log", shore, "--kind", "x-never").err
    )
    assert run("log", shore, "--kind", "x-thing", "--reader", "DE").status == 0
