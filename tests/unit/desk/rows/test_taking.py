"""Tables are taken over whole or not at all, once however often it is done."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import NOW, Writer
from vigens.base import InputError, VigensError
from vigens.desk.rows import TableImported, import_table, taking
from vigens.journal import Entry, fsck, open_journal

MAPPING = """
name = "floods"
[table]
key = "{no}"
[[entries]]
kind = "occurrence"
handle = "flood"
once = "{flood}"
happened = "{date}"
known_from = "{seen}"
[entries.payload]
event = "floods"
args = []
title = "Flood {flood}"
[[entries]]
kind = "claim"
about = ["flood"]
known_from = "{seen}"
source = { address = "{url}", title = "Log", published = "{seen}" }
[entries.payload]
polarity = { column = "says", map = "polarity", default = "pos" }
statement = "{words}"
actors = { column = "who", split = ";" }
[[entries]]
kind = "grade"
about = ["claim"]
unless = { grade = ["", "-"] }
grade = "{grade}"
[values.polarity]
yes = "pos"
no = "neg"
"" = ""
"""
HEAD = "no,flood,date,seen,url,says,words,who,grade,note\n"
ROWS = (
    "1,f-1,2026-01-10,2026-01-11,https://a.example,yes,It floods,FR;DE,B2,x\n"
    '2,f-1,2026-01-10,2026-01-12,https://b.example,,"It floods, too",,C3,\n'
    "3,f-2,2026-02-10,2026-02-11,,no,It is dry,,-,\n"
)

Import = Callable[..., TableImported]


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


@pytest.fixture
def take(writer: Writer, tmp_path: Path) -> Import:
    def run(
        rows: str = HEAD + ROWS, mapping: str = MAPPING, **options: Any
    ) -> TableImported:
        table, columns = tmp_path / "rows.csv", tmp_path / "map.toml"
        table.write_text(rows, "utf-8", newline="")
        columns.write_text(mapping, "utf-8")
        return import_table(
            writer.folder, table, columns, writer.clock, by="importer", **options
        )

    return run


def entries(writer: Writer) -> tuple[Entry, ...]:
    with open_journal(writer.folder / "journal.jsonl", writer.clock) as store:
        return store.entries()


def codes(done: TableImported) -> list[str]:
    return [finding.code for finding in done.findings]


def test_rows_become_entries_and_one_batch_lists_them(
    take: Import, writer: Writer
) -> None:
    done = take()
    assert (done.n_rows, done.n_taken, done.n_bad) == (3, 3, 0)
    assert done.kinds == {"occurrence": 2, "claim": 3, "grade": 2}
    found = entries(writer)
    batch = found[-1]
    assert [entry.id for entry in done.batches] == [batch.id]
    assert batch.kind == "batch"
    assert batch.payload["count"] == len(found) - 1
    rows = batch.payload["table"]["rows"]
    assert [row["key"] for row in rows] == ["1", "2", "3"]
    kinds = {entry.id: entry.kind for entry in found}
    first = [kinds[batch.about[place]] for place in rows[0]["entries"]]
    assert first == ["occurrence", "claim", "grade"]
    assert not fsck(writer.folder / "journal.jsonl")


def test_fields_are_as_the_mapping_says(take: Import, writer: Writer) -> None:
    take()
    flood, claim, grade = entries(writer)[:3]
    assert (flood.happened, flood.known_from) == ("2026-01-10", "2026-01-11")
    assert flood.marks == ("public",)
    assert claim.payload["actors"] == ("FR", "DE")
    assert claim.sources[0].published == "2026-01-11"
    assert (grade.payload["reliability"], grade.payload["credibility"]) == ("B", 2)
    second = entries(writer)[3]
    assert second.about == (flood.id,)
    assert second.payload["statement"] == "It floods, too"
    assert second.payload["polarity"] == "pos"
    third = entries(writer)[6]
    assert third.sources == ()
    assert third.payload["polarity"] == "neg"


def test_importing_twice_changes_nothing(take: Import, writer: Writer) -> None:
    take()
    before = (writer.folder / "journal.jsonl").read_bytes()
    done = take()
    assert (done.n_taken, done.n_present, done.batches) == (0, 3, ())
    assert (writer.folder / "journal.jsonl").read_bytes() == before


def test_a_longer_table_brings_only_its_new_rows(take: Import, writer: Writer) -> None:
    take()
    flood = entries(writer)[0]
    more = "4,f-1,2026-01-10,2026-01-20,https://c.example,yes,Still wet,,B2,\n"
    done = take(HEAD + ROWS.replace(",x\n", ",y\n") + more)
    assert (done.n_taken, done.n_present) == (1, 3)
    assert done.kinds == {"claim": 1, "grade": 1}
    claim = entries(writer)[-3]
    assert claim.about == (flood.id,)


def test_a_changed_row_is_news_and_says_how(take: Import, writer: Writer) -> None:
    take()
    flood = entries(writer)[0]
    done = take(HEAD + ROWS.replace("It floods,FR", "It rains,FR"))
    assert codes(done) == ["I007"]
    assert f"vigens supersede CASE {flood.id[:12]}" in done.findings[0].mend
    assert done.is_refused


def test_one_bad_row_and_nothing_is_recorded(take: Import, writer: Writer) -> None:
    rows = HEAD + ROWS + "4,f-3,2026-02-30,2026-02-11,,,x,,B2,\n"
    before = (writer.folder / "journal.jsonl").read_bytes()
    done = take(rows)
    assert codes(done) == ["I001"]
    assert done.findings[0].spans[0].line == 5
    assert "column date" in done.findings[0].message
    assert (done.is_refused, done.n_bad) == (True, 1)
    assert (writer.folder / "journal.jsonl").read_bytes() == before
    skipped = take(rows, skips_bad=True)
    assert (skipped.n_taken, skipped.n_bad, skipped.is_refused) == (3, 1, False)
    (listed,) = entries(writer)[-1].payload["table"]["skipped"]
    assert listed["line"] == 5
    assert "I001" in listed["why"]
    mended = take(rows.replace("2026-02-30", "2026-02-03"))
    assert (mended.n_taken, mended.n_present) == (1, 3)


def test_a_dry_run_counts_the_same_and_records_nothing(
    take: Import, writer: Writer
) -> None:
    before = (writer.folder / "journal.jsonl").read_bytes()
    dry = take(is_dry=True)
    assert (writer.folder / "journal.jsonl").read_bytes() == before
    done = take()
    assert (dry.n_taken, dry.kinds) == (done.n_taken, done.kinds)
    assert dry.is_dry
    assert not dry.batches


def test_what_an_entry_would_be_about_decides_whether_it_is_made(
    take: Import, writer: Writer
) -> None:
    mapping = MAPPING.replace('handle = "flood"', 'handle = "flood"\nwhere = {no="1"}')
    done = take(mapping=mapping)
    assert (done.n_taken, done.n_idle) == (1, 2)
    assert done.kinds == {"occurrence": 1, "claim": 1, "grade": 1}


def test_a_denial_points_at_its_matter(take: Import, writer: Writer) -> None:
    mapping = MAPPING.replace(
        'statement = "{words}"', 'statement = "{words}"\ndenies = ["flood"]'
    )
    take(mapping=mapping)
    flood, claim = entries(writer)[:2]
    assert claim.payload["denies"] == (flood.id,)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251"])
def test_tables_of_other_encodings_and_delimiters(
    take: Import, writer: Writer, tmp_path: Path, encoding: str
) -> None:
    rows = HEAD + ROWS.replace("It is dry", "Сухо").replace("f-2", "ф-2")
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    mapping = f"{MAPPING}[table_]\n".replace("[table_]\n", "")
    mapping = mapping.replace(
        "[table]\n", f'[table]\nencoding = "{name}"\ndelimiter = "\\t"\n'
    )
    take(is_dry=True)
    table = tmp_path / "rows.csv"
    text = rows.replace('"It floods, too"', "It floods").replace(",", "\t")
    table.write_bytes(codecs.encode(text, encoding))
    (tmp_path / "map.toml").write_text(mapping, "utf-8")
    import_table(
        writer.folder, table, tmp_path / "map.toml", writer.clock, by="importer"
    )
    assert any(entry.title == "Сухо" for entry in entries(writer))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "empty"),
        ("no,flood\n", 'no column "date"'),
        (HEAD.replace("words", "word") + ROWS, 'did you mean "word"'),
        (HEAD.replace("note", "date") + ROWS, "stands twice"),
        (HEAD + '1,"f-1', "cannot be read"),
        (HEAD + "1,\0,", "binary"),
        (HEAD + "1," + "x" * 1_000_001, "cannot be read"),
    ],
)
def test_a_table_that_is_none_is_refused(take: Import, rows: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        take(rows)
    assert said in str(caught.value)


def test_a_table_of_another_encoding_says_so(
    take: Import, writer: Writer, tmp_path: Path
) -> None:
    take(is_dry=True)
    table = tmp_path / "rows.csv"
    table.write_bytes(HEAD.encode() + b"1,\xff\xfe,,,,,,,,\n")
    with pytest.raises(InputError, match="not utf-8"):
        import_table(writer.folder, table, tmp_path / "map.toml", writer.clock, by="x")
    for wrong in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(InputError):
            import_table(
                writer.folder, wrong, tmp_path / "map.toml", writer.clock, by="x"
            )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[table]", "[tabel]", 'did you mean "table"'),
        ('key = "{no}"', 'kye = "{no}"', "kye"),
        ('key = "{no}"', 'delimiter = ";;"', "one character"),
        ('key = "{no}"', 'encoding = "klingon"', "no encoding"),
        ('key = "{no}"', "marks = [1]", "list of readers"),
        ('kind = "claim"', 'kind = "clam"', 'did you mean "claim"'),
        ('kind = "claim"', 'kind = "batch"', "no kind that rows become"),
        ('kind = "claim"', 'kind = "claim"\nhandle = "flood"', "two entries"),
        ('about = ["claim"]', 'about = ["flood"]', "not about"),
        ('about = ["claim"]', 'about = ["later"]', "no earlier entry"),
        ('about = ["claim"]', 'about = "claim"', "list of handles"),
        ('grade = "{grade}"', "", "need it"),
        ('kind = "claim"', 'kind = "claim"\ngrade = "B2"', "need it"),
        ('unless = { grade = ["", "-"] }', "unless = { grade = 1 }", "list of texts"),
        ('address = "{url}", ', "", "needs an address"),
        ('address = "{url}"', 'adress = "{url}"', "adress"),
        ('map = "polarity"', 'map = "none"', "no [values.none]"),
        ('yes = "pos"', "yes = 1", "leads to no text"),
        ("[values.polarity]", "[values]\nx = 1\n[values.polarity]", "is a table"),
        ('name = "floods"', "name = floods", "cannot be read"),
        ('name = "floods"', "name = 1", "no text"),
    ],
)
def test_a_mapping_that_does_not_fit_names_the_place(
    take: Import, old: str, new: str, said: str
) -> None:
    assert old in MAPPING
    with pytest.raises(InputError) as caught:
        take(mapping=MAPPING.replace(old, new, 1))
    assert said in str(caught.value)
    assert "map.toml" in caught.value.where


def test_a_mapping_without_entries_is_refused(take: Import) -> None:
    for text in ("", 'name = "x"\nentries = []', "entries = 1", "entries = [1]"):
        with pytest.raises(InputError):
            take(mapping=text)


def test_a_value_map_may_lie_in_a_table(
    take: Import, writer: Writer, tmp_path: Path
) -> None:
    (tmp_path / "words.csv").write_text("said,code\nyes,pos\nno,neg\n,pos\n", "utf-8")
    head, _, _ = MAPPING.partition("[values.polarity]")
    of_file = '[values.polarity]\nfile = "words.csv"\nfrom = "said"\nto = "{}"\n'
    done = take(mapping=head + of_file.format("code"))
    assert done.n_taken == 3
    with pytest.raises(InputError, match="no column"):
        take(mapping=head + of_file.format("cod"))
    with pytest.raises(InputError, match="no such file"):
        take(mapping=(head + of_file.format("code")).replace("words", "wrods"))


def test_long_tables_are_listed_in_parts_and_told_on_the_way(
    take: Import, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "ROWS_A_BATCH", 2)
    monkeypatch.setattr(taking, "ROWS_A_WORD", 2)
    told: list[int] = []
    done = take(progress=told.append)
    assert told == [2]
    assert len(done.batches) == 2
    kinds = {entry.id: entry.kind for entry in entries(writer)}
    listed = [target for batch in done.batches for target in batch.about]
    assert sorted(map(kinds.__getitem__, listed)).count("claim") == 3
    again = take()
    assert (again.n_taken, again.n_present) == (0, 3)
    assert not fsck(writer.folder / "journal.jsonl")


def test_a_crowd_of_findings_is_cut_and_counted(
    take: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_TOLD", 2)
    done = take(HEAD + ROWS.replace("2026-0", "2026-9"))
    assert len(done.findings) == 2
    assert done.n_untold > 0


def test_a_list_is_for_no_wider_eyes_than_its_rows(
    take: Import, writer: Writer
) -> None:
    mapping = MAPPING.replace('kind = "claim"', 'kind = "claim"\nmarks = ["FR"]')
    done = take(mapping=mapping)
    assert done.batches[0].marks == ()
    claims = [entry for entry in entries(writer) if entry.kind == "claim"]
    assert {entry.marks for entry in claims} == {("FR",)}


def test_a_case_without_a_journal_is_told(take: Import, writer: Writer) -> None:
    (writer.folder / "journal.jsonl").unlink()
    with pytest.raises(VigensError, match="no journal"):
        take()


def test_nothing_is_known_from_a_day_ahead(take: Import) -> None:
    ahead = datetime(NOW.year + 1, 1, 1, tzinfo=UTC).date().isoformat()
    done = take(HEAD + ROWS.replace("2026-01-11", ahead))
    assert "I001" in codes(done)
