"""The file of accounts: private, whole or unchanged, and taken forward."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.people.conftest import NOW, WORDS, add, cheap
from vigens.base import InputError, OutsideError, UsageError
from vigens.people import (
    PEOPLE_FILE,
    Account,
    People,
    Role,
    default_reader,
    find_people,
    list_sessions,
    make_people,
    make_token,
    parse_role,
    sign_in,
)
from vigens.people.schema import STEPS, VERSION


def test_the_file_is_for_its_owner_alone(people: People) -> None:
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600


def test_no_password_is_in_the_file(people: People) -> None:
    sign_in(people, "olena", WORDS, now=NOW)
    assert WORDS.encode() not in people.path.read_bytes()
    assert b"$argon2id$" in people.path.read_bytes()


def test_a_file_that_others_can_read_is_refused(people: People) -> None:
    people.path.chmod(0o644)
    with pytest.raises(OutsideError, match="others on this machine"):
        find_people(people.path.parent)


def test_a_case_without_accounts_has_none(tmp_path: Path) -> None:
    assert find_people(tmp_path) is None


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="cannot be made"):
        make_people(tmp_path / "nothing")


@pytest.mark.parametrize("content", [b"no database at all, only words", b"\0" * 4096])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / PEOPLE_FILE
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(InputError, match="no file of accounts"):
        find_people(tmp_path)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / PEOPLE_FILE
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 1")
        other.execute("CREATE TABLE account (name TEXT)")
    other.close()
    path.chmod(0o600)
    with pytest.raises(InputError, match="no file of accounts"):
        find_people(tmp_path)


def test_a_newer_file_is_refused(people: People) -> None:
    people.close()
    with sqlite3.connect(people.path) as file:
        file.execute(f"PRAGMA user_version = {VERSION + 1}")
    file.close()
    with pytest.raises(InputError, match=f"of version {VERSION + 1}"):
        find_people(people.path.parent)


@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_an_older_file_is_taken_forward(tmp_path: Path, version: int) -> None:
    path = tmp_path / PEOPLE_FILE
    file = sqlite3.connect(path, isolation_level=None)
    for step in STEPS[:version]:
        file.executescript(step)
    kept = cheap().hash(WORDS)
    file.execute(
        "INSERT INTO account (name, title, role, hash, made_at) VALUES (?, ?, ?, ?, 1)",
        ("olena", "Olena", "coordinator", kept),
    )
    file.execute(f"PRAGMA user_version = {version}")
    file.execute("PRAGMA application_id = 0x5647504C")
    file.close()
    path.chmod(0o600)
    people = find_people(tmp_path, cheap())
    assert people is not None
    account = people.get("olena")
    assert (account.role, account.subject) == (Role.COORDINATOR, None)
    assert people.has_password("olena", WORDS)
    make_token(people, account, "script", now=NOW)
    people.close()


@pytest.mark.parametrize(
    "name", ["", "Olena", "o lena", "-o", "o" * 64, "o/lena", "оlena", "o\n"]
)
def test_a_name_that_cannot_sign_is_refused(people: People, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name"):
        people.add(Account(name, "Olena", Role.VIEWER), WORDS, NOW)


@pytest.mark.parametrize("title", ["", " ", "a\nb", "a\u202eb", "x" * 121])
def test_a_title_that_steers_a_page_is_refused(people: People, title: str) -> None:
    with pytest.raises(InputError, match="cannot be shown"):
        people.add(Account("ivan", title, Role.VIEWER), WORDS, NOW)


def test_a_name_is_never_given_again(people: People) -> None:
    people.update(replace(people.get("petr"), is_active=False))
    with pytest.raises(InputError, match="or was one"):
        add(people, "petr")


def test_a_delegation_sees_with_its_own_eyes(people: People) -> None:
    wrong = Account("jana", "Jana", Role.VIEWER, "all", "CZ")
    with pytest.raises(InputError, match="sees with its eyes"):
        people.add(wrong, WORDS, NOW)
    assert default_reader(Role.COORDINATOR, "CZ") == "CZ"
    assert default_reader(Role.COORDINATOR, None) is None
    assert default_reader(Role.REVIEWER, None) == "public"


@pytest.mark.parametrize("levels", [{"kings"}, {"ministers", "kings"}])
def test_an_unknown_level_is_refused(people: People, levels: set[str]) -> None:
    odd = replace(people.get("petr"), levels=frozenset(levels))
    with pytest.raises(UsageError, match='no level "kings"'):
        people.update(odd)


def test_the_last_coordinator_stays(people: People) -> None:
    for change in ({"is_active": False}, {"role": Role.VIEWER}):
        with pytest.raises(InputError, match="nobody could make"):
            people.update(replace(people.get("olena"), **change))
    assert people.get("olena").role == Role.COORDINATOR


def test_an_end_ends_sessions_and_tokens(people: People) -> None:
    sign_in(people, "petr", WORDS, now=NOW)
    make_token(people, people.get("petr"), "script", now=NOW)
    people.update(replace(people.get("petr"), is_active=False))
    assert list_sessions(people, "petr", NOW) == ()
    assert people.rows("SELECT 1 FROM token") == []


def test_a_change_of_an_account_is_kept_whole(people: People) -> None:
    wanted = Account(
        *("petr", "P.", Role.AUDITOR, "CZ", "CZ", frozenset({"leaders", "ministers"})),
        made_at=NOW,
        issuer="https://id.example",
        subject="7",
        has_password=True,
    )
    assert people.update(wanted) == wanted
    assert people.find_subject("https://id.example", "7") == wanted
    assert people.find_subject("https://other.example", "7") is None


def test_a_role_is_read_with_a_hint() -> None:
    with pytest.raises(UsageError, match="no role") as caught:
        parse_role("reviwer")
    assert '"reviewer"' in caught.value.mend
