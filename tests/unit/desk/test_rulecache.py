from __future__ import annotations

import os
from pathlib import Path

import pytest

from vigens.desk import rulecache
from vigens.desk.rulecache import cache_folder, compiled_of
from vigens.lang import Page, compile_pages

PAGE = Page("agreements/a.md", '```vigens\nvigens 1\nparty FR "France"\n```\n')
OTHER = Page("agreements/a.md", '```vigens\nvigens 1\nparty FR "Francia"\n```\n')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "cache"
    monkeypatch.setenv("VIGENS_CACHE", str(found))
    return found


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_the_second_time_equals_the_first(folder: Path) -> None:
    first = compiled_of([PAGE])
    assert len(files(folder)) == 1
    assert compiled_of([PAGE]) == first == compile_pages([PAGE])
    assert len(files(folder)) == 1


def test_what_is_kept_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = compiled_of([PAGE])

    def refuse(_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(rulecache, "compile_pages", refuse)
    assert compiled_of([PAGE]) == compiled


def test_another_text_is_another_file(folder: Path) -> None:
    compiled_of([PAGE])
    found = compiled_of([OTHER])
    assert found.program.actors["FR"].title == "Francia"
    assert len(files(folder)) == 2


def test_other_code_compiles_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_of([PAGE])
    monkeypatch.setattr(rulecache, "_code_stamp", lambda: b"other code")
    compiled_of([PAGE])
    assert len(files(folder)) == 2


@pytest.mark.parametrize("harm", [b"", b"x", b"0" * 64 + b"\n{}"])
def test_a_damaged_file_is_written_anew(folder: Path, harm: bytes) -> None:
    compiled = compiled_of([PAGE])
    (path,) = files(folder)
    whole = path.read_bytes()
    path.write_bytes(harm)
    assert compiled_of([PAGE]) == compiled
    assert path.read_bytes() == whole


def test_a_changed_letter_is_seen(folder: Path) -> None:
    compiled = compiled_of([PAGE])
    (path,) = files(folder)
    path.write_bytes(path.read_bytes().replace(b"France", b"Frence"))
    assert compiled_of([PAGE]) == compiled


def test_nothing_is_kept_where_it_is_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("VIGENS_CACHE", "off")
    assert cache_folder() is None
    compiled_of([PAGE])
    assert not files(tmp_path)


def test_it_lies_beside_the_other_caches_of_a_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VIGENS_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "vigens" / "rules"
    compiled_of([PAGE])
    assert len(files(tmp_path / "vigens" / "rules")) == 1


def test_where_nothing_can_be_written_pages_are_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("VIGENS_CACHE", str(tmp_path / "file"))
    assert compiled_of([PAGE]) == compile_pages([PAGE])


def test_the_oldest_files_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulecache, "MOST_FILES", 2)
    for place, name in enumerate(("a", "b", "c")):
        compiled_of([Page(f"agreements/{name}.md", PAGE.text)])
        for path in files(folder):
            if path.stat().st_mtime > 10:
                os.utime(path, (place, place))
    left = files(folder)
    assert len(left) == 2
    assert {path.stat().st_mtime for path in left} == {1.0, 2.0}
