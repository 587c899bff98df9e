from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import SETTINGS, Writer
from vigens.base import InputError, VigensError
from vigens.desk import Session, make_lens, open_case
from vigens.desk.case import LARGEST_PAGE, open_store
from vigens.desk.files import read_text
from vigens.desk.journals import find_journal
from vigens.desk.looking import Looking


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def settings(writer: Writer, old: str, new: str) -> None:
    assert old in SETTINGS
    (writer.folder / "case.toml").write_text(SETTINGS.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "A small case"', "title = 3", "`title` is no text"),
        ('headline = "open_river"', "headline = 3", "`headline` is no text"),
        ('instrument = "pact"', "instrument = 3", "`instrument` is no text"),
        ('policy = "strict"', 'policy = "lax"', 'there is no policy "lax"'),
        ('begins = "2026-01-01"', 'begins = "../2026"', "`begins` needs a day"),
        ('begins = "2026-01-01"', 'begins = "2026-02-30"', "impossible date"),
        ('zone = "Europe/Kyiv"', 'zone = "Mars/Base"', "Mars/Base"),
        ("origins = 2", "origins = 0", "`origins` is a number from 1"),
        ("origins = 2", "origins = true", "`origins` is a number from 1"),
        ('prefer = ["issuer-first"]', 'prefer = ["loudest"]', "`prefer` is a list"),
        ('prefer = ["issuer-first"]', 'prefer = "issuer-first"', "`prefer` is a list"),
        ('standard = "C3"', 'standard = "Z9"', "is no grade"),
        ("matrix = { instrument", "matrix = 3 #", "`matrix` is no table"),
        ('title = "A small case"', "title =", "the settings cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(
    writer: Writer, old: str, new: str, said: str
) -> None:
    settings(writer, old, new)
    with pytest.raises(VigensError, match=said.replace("`", ".")):
        writer.case()


def test_a_policy_is_a_table(writer: Writer) -> None:
    for text, said in (
        ("[policies]\nstrict = 3\n", "a policy is a table"),
        ("policies = 3\n", "no table"),
    ):
        (writer.folder / "case.toml").write_text(text, "utf-8")
        with pytest.raises(InputError, match=said):
            writer.case()


def test_a_floor_for_a_misspelt_event_guards_nothing_and_is_refused(
    writer: Writer,
) -> None:
    settings(writer, "events.floods", "events.flods")
    with pytest.raises(InputError, match="would guard nothing") as caught:
        writer.session("2026-02-01")
    assert caught.value.mend == 'write "floods"'


def test_a_case_without_settings_of_its_own_has_one_policy(writer: Writer) -> None:
    (writer.folder / "case.toml").write_text("", "utf-8")
    case = writer.case()
    assert case.settings.policy == "standard"
    assert (case.settings.headline, case.settings.matrix_instrument) == (None, None)


def test_no_answer_is_given_from_pages_with_errors(writer: Writer) -> None:
    page = writer.folder / "agreements" / "other.md"
    page.write_text("```vigens\nvigens 1\nfluent lost\n```\n", "utf-8")
    case = writer.case()
    lens = make_lens(case, Looking(0))
    with pytest.raises(InputError, match="T004"):
        Session(case, lens)


def test_a_case_has_exactly_one_journal(writer: Writer) -> None:
    (writer.folder / "journal.db").write_bytes(b"")
    with pytest.raises(InputError, match="two journals"):
        find_journal(writer.folder)
    (writer.folder / "journal.db").unlink()
    with open_store(writer.folder, writer.clock) as store:
        assert store.entries() == ()
    (writer.folder / "journal.jsonl").unlink()
    with pytest.raises(InputError, match="no journal"):
        find_journal(writer.folder)


def test_a_case_is_a_folder_with_settings_and_pages(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not there"):
        open_case(tmp_path / "none", lambda: pytest.fail("asked"))
    file = tmp_path / "file"
    file.write_text("x", "utf-8")
    with pytest.raises(InputError, match="a file, not a folder"):
        open_case(file, lambda: pytest.fail("asked"))
    with pytest.raises(InputError, match=r"no case\.toml"):
        open_case(tmp_path, lambda: pytest.fail("asked"))
    (tmp_path / "case.toml").write_text("", "utf-8")
    with pytest.raises(InputError, match="no folder of agreement files"):
        open_case(tmp_path, lambda: pytest.fail("asked"))


def test_a_text_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        read_text(tmp_path, 10)
    with pytest.raises(InputError, match="no such file"):
        read_text(tmp_path / "none", 10)
    with pytest.raises(InputError, match="cannot be read"):
        read_text(tmp_path / ("x" * 400), 10)
    file = tmp_path / "page.md"
    file.write_bytes(b"one\ntwo\xff")
    with pytest.raises(InputError, match="line 2"):
        read_text(file, LARGEST_PAGE)
    file.write_bytes(b"one\0")
    with pytest.raises(InputError, match="binary"):
        read_text(file, LARGEST_PAGE)
    with pytest.raises(InputError, match="larger than"):
        read_text(file, 2)
    file.write_bytes(b"\xef\xbb\xbfone")
    assert read_text(file, 100) == "one"
