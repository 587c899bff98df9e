"""Import, export, and what comes from a newer version."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import (
    ClockError,
    Draft,
    EntryError,
    Passage,
    Source,
    Store,
    entry_from_json,
    entry_id,
    entry_to_json,
    export_lines,
    format_entry,
    fsck,
    open_journal,
    read_lines,
)

Note = Callable[..., Draft]


def test_import_keeps_ids_and_times_and_lists_them(
    claim: Note,
    occurrence: Note,
    journal: Store,
    clock: Any,
    note: Note,
    tmp_path: Path,
) -> None:
    made = journal.append([occurrence(handle="m"), claim("@m")])
    clock.on(days=3)
    for ending in ("jsonl", "db"):
        with open_journal(tmp_path / f"copy.{ending}", clock, create=True) as copy:
            came = copy.adopt(made, "the week's rows")
            assert came.added == made
            assert came.batch is not None
            assert came.batch.about == tuple(entry.id for entry in made)
            assert copy.entries() == (*made, came.batch)
            again = copy.adopt(made, "the week's rows")
            assert (again.added, again.n_present, again.batch) == ((), 2, None)
            assert len(copy.entries()) == 3
        assert fsck(tmp_path / f"copy.{ending}") == ()


def test_import_refuses_an_entry_that_was_changed(
    journal: Store, clock: Any, note: Note, tmp_path: Path
) -> None:
    (entry,) = journal.append([note()])
    changed = entry_from_json({**entry_to_json(entry), "recorded_by": "mallory"})
    with open_journal(tmp_path / "copy.db", clock, create=True) as copy:
        with pytest.raises(EntryError, match="does not fit its hash"):
            copy.adopt([changed], "rows")
        assert copy.entries() == ()


def test_import_refuses_a_link_that_leads_nowhere(
    claim: Note, occurrence: Note, journal: Store, clock: Any, tmp_path: Path
) -> None:
    _, said = journal.append([occurrence(handle="m"), claim("@m")])
    with open_journal(tmp_path / "copy.jsonl", clock, create=True) as copy:
        with pytest.raises(EntryError, match="neither here nor"):
            copy.adopt([said], "rows")
        assert copy.entries() == ()


def test_import_refuses_a_payload_out_of_shape(journal: Store, note: Note) -> None:
    (entry,) = journal.append([note()])
    empty = replace(entry, payload={})
    empty = replace(empty, id=entry_id(empty))
    with pytest.raises(EntryError, match=r"payload\.text"):
        journal.adopt([empty], "rows")
    assert journal.entries() == (entry,)


def test_an_import_is_public_only_if_all_of_it_is(
    journal: Store, clock: Any, note: Note, tmp_path: Path
) -> None:
    shown, hidden = journal.append([note("a", marks=("public",)), note("b")])
    with open_journal(tmp_path / "copy.jsonl", clock, create=True) as copy:
        first = copy.adopt([shown], "shown").batch
        clock.on(seconds=1)
        second = copy.adopt([hidden], "hidden").batch
    assert first is not None
    assert second is not None
    assert (first.marks, second.marks) == (("public",), ())


def test_an_import_is_one_commit(
    journal: Store, clock: Any, note: Note, tmp_path: Path
) -> None:
    made = journal.append([note(str(n)) for n in range(5)])
    clock.on(days=-1)
    with open_journal(
        tmp_path / f"copy{Path(journal.where).suffix or '.db'}", clock, create=True
    ) as copy:
        copy.append([note("later", known_from="2026-03-01")])
        clock.on(hours=-1)
        with pytest.raises(ClockError):
            copy.adopt(made, "rows")
        assert len(copy.entries()) == 1


def test_text_out_and_in_is_lossless_and_stable(
    claim: Note,
    occurrence: Note,
    journal: Store,
    clock: Any,
    tmp_path: Path,
) -> None:
    quote = "сто\u00a0тысяч\u2028\u0085 🕊"
    passage = Passage("d", 5, 5 + len(quote), quote)
    source = Source("https://example.org", "T", "press", "2026-01", passage)
    journal.append([occurrence(handle="m", sources=(source,)), claim("@m")])
    text = "".join(export_lines(journal))
    assert len(text.splitlines()) == 2
    for ending in ("db", "jsonl", "db"):
        place = tmp_path / f"{len(list(tmp_path.iterdir()))}.{ending}"
        with open_journal(place, clock, create=True) as copy:
            lines = text.encode().splitlines(keepends=True)
            copy.adopt(read_lines(lines, "export"), "all")
            assert copy.entries()[:2] == journal.entries()
            assert "".join(list(export_lines(copy))[:2]) == text


def test_fields_of_a_newer_version_are_kept(
    journal: Store, clock: Any, note: Note, place: Path | str
) -> None:
    (entry,) = journal.append([note(sources=(Source("a"),))])
    newer = replace(entry, extra={"audience": ("cell",), "n": 1})
    newer = replace(newer, sources=(Source("a", extra={"archive": "b"}),))
    newer = replace(newer, id=entry_id(newer))
    came = journal.adopt([entry_from_json(entry_to_json(newer))], "newer")
    assert came.added == (newer,)
    journal.close()
    with open_journal(place, clock) as again:
        kept = again.get(newer.id)
    assert kept.extra == {"audience": ("cell",), "n": 1}
    assert kept.sources[0].extra == {"archive": "b"}
    assert json.loads(format_entry(kept))["audience"] == ["cell"]
    assert fsck(place) == ()


def test_a_link_may_lead_to_what_is_said_to_be_missing(
    claim: Note, occurrence: Note, journal: Store, clock: Any, tmp_path: Path
) -> None:
    matter, said = journal.append([occurrence(handle="m"), claim("@m")])
    for ending in ("jsonl", "db"):
        with open_journal(tmp_path / f"copy.{ending}", clock, create=True) as copy:
            gone = frozenset({matter.id, "0" * 64})
            done = copy.adopt([said], "extract", missing=gone)
            assert done.batch is not None
            assert done.batch.payload["missing"] == (matter.id,)
            whole = copy.adopt([matter], "the rest", missing=gone)
            assert whole.batch is not None
            assert "missing" not in whole.batch.payload
