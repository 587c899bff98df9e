"""The logs beside the entries: leaves, heads, and what redaction leaves of a row."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import (
    Draft,
    DraftError,
    JournalFileError,
    JournalOutsideError,
    NoLogError,
    ReferenceRefusedError,
    Store,
    fsck,
    open_journal,
    redaction_draft,
)
from vigens.journal.proof import (
    EMPTY_ROOT,
    Signer,
    leaf_hash,
    root_of,
    salt,
    sign_head,
)

Note = Callable[..., Draft]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run on both databases what does not look into the file itself."""
    if "base" in metafunc.fixturenames:
        is_sqlite = "place" in metafunc.fixturenames
        kinds = ["db"] if is_sqlite else ["db", "postgres"]
        metafunc.parametrize("base", kinds, indirect=True)


@pytest.fixture
def base(request: pytest.FixtureRequest, tmp_path: Path, clock: Any) -> Iterator[Store]:
    where: Path | str = tmp_path / "journal.db"
    if request.param == "postgres":
        where = request.getfixturevalue("database")
    with open_journal(where, clock, create=True) as store:
        yield store


def test_each_commit_leaves_a_head_that_the_leaves_give(
    base: Store, note: Note
) -> None:
    base.append([note("a", marks=("public",)), note("b")])
    base.append([note("c", marks=("UA", "public")), note("d", marks=("UA",))])
    assert base.logs() == ("all", "UA", "public")
    for log, sizes in {"all": [2, 4], "UA": [2], "public": [1, 2]}.items():
        heads = base.heads(log)
        assert [head.size for head in heads] == sizes
        for head in heads:
            assert head.root == root_of(base.leaves(log, 0, head.size))
        assert base.head(log) == heads[-1]
        assert base.size(log) == sizes[-1]
    assert base.leaves("all", 1, 3) == base.leaves()[1:3]
    assert (base.head("DE").root, base.size("DE")) == (EMPTY_ROOT, 0)


def test_a_leaf_comes_of_the_entrys_own_key(base: Store, note: Note) -> None:
    one, two = base.append([note("a", marks=("UA",)), note("b", marks=("UA",))])
    keys = {base.key_of(entry.id) for entry in (one, two)}
    assert len(keys) == 2
    for log in ("all", "UA"):
        for number, entry in enumerate((one, two)):
            key = base.key_of(entry.id)
            assert key is not None
            assert base.number_in(log, entry.id) == number
            assert base.leaves(log)[number] == leaf_hash(salt(key, log), entry.id)
    assert base.number_in("public", one.id) is None


def test_a_mark_named_as_the_log_of_all_makes_no_second_log(
    base: Store, note: Note
) -> None:
    base.append([note("a", marks=("all",))])
    assert base.logs() == ("all",)
    assert base.size() == 1


def test_heads_go_on_after_another_writer_and_an_import(
    base: Store, place: Path, clock: Any, note: Note
) -> None:
    base.append([note("a")])
    with open_journal(place, clock) as other:
        other.append([note("b")])
        base.append([note("c")])
        with pytest.raises(DraftError):
            base.append([note("c")])
        (theirs,) = other.append([note("d")])
    with open_journal(place.with_stem("copy"), clock, create=True) as copy:
        copy.adopt([theirs], "rows")
        assert [head.size for head in copy.heads()] == [2]
    assert [head.size for head in base.heads()] == [1, 2, 3, 4]
    assert base.head().root == root_of(base.leaves())


def test_entries_come_a_page_at_a_time(
    base: Store, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.journal.stores.reading.PAGE", 3)
    made = base.append([note(str(n)) for n in range(8)])
    assert list(base.stream()) == list(enumerate(made, 1))
    assert list(base.stream(after=6)) == [(7, made[6]), (8, made[7])]
    assert list(base.stream(after=8)) == []


def test_a_beginning_that_fits_several_is_told(
    base: Store, place: Path, note: Note
) -> None:
    made = base.append([note(str(n)) for n in range(7)])
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("DROP TRIGGER entry_is_only_redacted")
        for number, entry in enumerate(made):
            connection.execute(
                "UPDATE entry SET id = ? WHERE id = ?",
                ("abcdef" + f"{number:x}" * 58, entry.id),
            )
        connection.commit()
    with pytest.raises(ReferenceRefusedError, match="fits 7 entries") as caught:
        base.get("abcdef")
    assert "abcdef0000, abcdef1111" in caught.value.mend


def wish(store: Store, entry_id: str) -> str:
    draft = redaction_draft(store.get(entry_id), "law", by="c")
    (fact,) = store.append([draft])
    store.append([Draft("confirmation", {"by": "d"}, "d", about=(fact.id,))])
    return fact.id


def redact(store: Store, entry_id: str) -> str:
    fact = wish(store, entry_id)
    store.redact(entry_id, fact)
    return fact


def test_what_is_redacted_is_gone_and_its_hashes_stay(
    base: Store, place: Path, note: Note
) -> None:
    words = "the name of a witness " * 300
    before, secret, after = base.append(
        [note("a"), note(words, marks=("UA",), happened="2026-01-05"), note("b")]
    )
    assert base.entries() == (before, secret, after)
    leaves = base.leaves()
    fact = redact(base, secret.id)
    assert base.leaves()[:3] == leaves
    assert base.key_of(secret.id) is None
    assert base.redacted() == {secret.id: fact}
    assert base.receipt(secret.id).position == 2
    stub = base.get(secret.id)
    assert stub.is_stub
    assert (stub.id, stub.kind, stub.marks) == (secret.id, "redacted", ("UA",))
    assert stub.payload["fact"] == fact
    wanted = [before.id, secret.id, after.id, fact]
    assert [entry.id for entry in base.entries()][:4] == wanted
    assert base.entries()[1] == stub
    assert [position for position, _ in base.stream()] == [1, 3, 4, 5]
    base.redact(secret.id, fact)
    held = [path for path in place.parent.iterdir() if path.name.startswith("journal")]
    assert all(b"witness" not in path.read_bytes() for path in held)
    row = sqlite3.connect(place).execute("SELECT * FROM entry WHERE position = 2")
    assert row.fetchone()[4:8] == (None,) * 4


def test_what_was_redacted_does_not_come_back_by_an_import(
    base: Store, note: Note
) -> None:
    (secret,) = base.append([note("a")])
    redact(base, secret.id)
    assert base.adopt([secret], "rows").n_present == 1
    assert base.key_of(secret.id) is None


def test_only_a_redaction_that_is_recorded_empties_a_row(
    base: Store, place: Path, note: Note
) -> None:
    one, two = base.append([note("a"), note("b")])
    with pytest.raises(ReferenceRefusedError, match="no redaction"):
        base.redact(one.id, two.id)
    with pytest.raises(ReferenceRefusedError, match="no entry"):
        base.redact(one.id, "0" * 64)
    redact(base, one.id)
    connection = sqlite3.connect(place)
    empty = "body = NULL, key = NULL"
    for statement in (
        f"UPDATE entry SET {empty} WHERE position = 2",
        "UPDATE entry SET body = 'x' WHERE position = 1",
        "UPDATE entry SET leaf = zeroblob(32) WHERE position = 1",
        "INSERT INTO redaction VALUES (2, (SELECT id FROM entry WHERE position = 2))",
        "INSERT OR REPLACE INTO redaction SELECT * FROM redaction",
        "DELETE FROM redaction",
        "UPDATE redaction SET position = 2",
        "UPDATE head SET root = zeroblob(32)",
        "DELETE FROM head",
        "INSERT OR REPLACE INTO head SELECT * FROM head",
        "INSERT INTO setting VALUES ('zone', 'UTC')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


def test_a_reader_of_the_side_file_keeps_a_redaction_from_being_whole(
    base: Store, place: Path, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    (secret,) = base.append([note("a")])
    fact = wish(base, secret.id)
    reader = sqlite3.connect(place, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entry").fetchone()
    base._database._writer.execute("PRAGMA busy_timeout = 10")  # type: ignore[attr-defined] # the open file
    with pytest.raises(JournalOutsideError, match="side file"):
        base.redact(secret.id, fact)
    reader.close()
    base.redact(secret.id, fact)
    assert base.key_of(secret.id) is None


def test_signed_heads_are_kept_once(base: Store, note: Note) -> None:
    base.append([note("a")])
    base.append([note("b")])
    signer = Signer.new()
    moment = "2026-03-08T09:00:00.000000Z"
    signed = [
        sign_head(
            signer,
            "all",
            leaves=(base.leaves()[0].hex(), head.size, head.root.hex()),
            moment=moment,
        )
        for head in base.heads()
    ]
    for head in (*reversed(signed), *signed):
        base.keep_signed(head)
    assert base.signed() == tuple(signed)
    assert base.signed("UA") == ()


def test_a_backup_is_a_journal_and_overwrites_nothing(
    journal: Store, path: Path, clock: Any, note: Note
) -> None:
    made = journal.append([note("a"), note("b")])
    copy = path.with_stem("copy")
    journal.backup(copy)
    journal.append([note("c")])
    with open_journal(copy, clock) as kept:
        assert kept.entries() == made
        if path.suffix == ".db":
            assert kept.head() == journal.heads()[0]
    assert fsck(copy) == ()
    before = copy.read_bytes()
    with pytest.raises(JournalOutsideError, match="already"):
        journal.backup(copy)
    assert copy.read_bytes() == before
    with pytest.raises(JournalOutsideError):
        journal.backup(path.parent / "none" / "copy.db")


def test_text_has_no_log_and_says_where_there_is_one(
    tmp_path: Path, clock: Any, note: Note
) -> None:
    with open_journal(tmp_path / "journal.jsonl", clock, create=True) as text:
        (entry,) = text.append([note("a", marks=("UA",))])
        assert text.size() == 1
        assert list(text.stream()) == [(1, entry)]
        asked: list[Callable[[], object]] = [
            text.head,
            text.heads,
            text.leaves,
            text.logs,
            text.signed,
            lambda: text.size("UA"),
            lambda: text.key_of(entry.id),
            lambda: text.number_in("all", entry.id),
        ]
        for ask in asked:
            with pytest.raises(NoLogError) as caught:
                ask()
            assert "import" in caught.value.mend


def test_a_journal_whose_log_ends_elsewhere_takes_no_more(
    base: Store, place: Path, clock: Any, note: Note
) -> None:
    made = base.append([note("a")])
    base.close()
    connection = sqlite3.connect(place)
    connection.execute("DROP TRIGGER head_is_never_deleted")
    connection.execute("DELETE FROM head")
    connection.commit()
    connection.close()
    with open_journal(place, clock) as again:
        with pytest.raises(JournalFileError, match="holds 1 entries"):
            again.append([note("b")])
        assert again.entries() == made


def test_writers_who_wait_are_committed_together(
    base: Store, note: Note, clock: Any
) -> None:
    """While one thread commits, eight come; they share the next commit."""
    began, go = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def slow() -> Any:
        began.set()
        go.wait(10)
        return type(clock).__call__(clock)

    base._clock = slow  # type: ignore[attr-defined] # the ledger's
    refused: list[BaseException] = []

    def write(number: int) -> None:
        try:
            base.append([note(str(number)), note("" if number == 5 else f"{number}b")])
        except DraftError as error:
            refused.append(error)

    threads.append(threading.Thread(target=write, args=(0,)))
    threads[0].start()
    assert began.wait(10)
    for number in range(1, 9):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
    while len(base._turns._waiting) < 8:  # type: ignore[attr-defined] # the ledger's
        threading.Event().wait(0.001)
    go.set()
    for thread in threads:
        thread.join(10)
    assert [head.size for head in base.heads()] == [2, 16]
    assert len(refused) == 1
    assert base.head().root == root_of(base.leaves())
