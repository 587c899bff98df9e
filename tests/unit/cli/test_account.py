"""Accounts by the command line: passwords from stdin, and a word for every slip."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Ran, Run
from tests.unit.people.conftest import CHEAP
from vigens.people import Hashing, Role, find_people

WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigens.people.passwords.Cost", lambda: CHEAP)


@pytest.fixture
def account(run: Run, case: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `vigens account` with the test's password on stdin."""

    def ran(*words: object, stdin: str = f"{WORDS}\n") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        return run("account", case, *words)

    return ran


def test_an_account_is_made_changed_and_ended(account: Run, case: Path) -> None:
    made = account("add", "olena", "--title", "Olena", "--role", "coordinator")
    assert (made.status, made.err) == (0, "")
    assert "olena  Olena: coordinator, sees as any reader" in made.out
    czech = account("add", "jana", "--delegation", "CZ", "--level", "ministers")
    assert "viewer, sees as CZ, speaks for CZ, decides as ministers" in czech.out
    changed = account(
        *("change", "jana", "--role", "contributor", "--delegation", "none", "--json"),
        *("--level", "none"),
    ).json
    assert (changed["role"], changed["reader"]) == ("contributor", "public")
    assert (changed["delegation"], changed["levels"]) == (None, [])
    assert account("end", "jana").status == 0
    assert "ended" in account("list").out
    assert "can be used again" in account("resume", "jana").out
    people = find_people(case, Hashing(CHEAP))
    assert people is not None
    assert people.has_password("olena", WORDS)
    assert people.get("olena").role == Role.COORDINATOR
    people.close()
    told = account("log").out
    assert "made olena (coordinator)" in told
    assert WORDS not in told
    assert account("log", "--json").json[0]["what"] == "account"


def test_a_password_is_set_anew(account: Run, case: Path) -> None:
    account("add", "olena", "--role", "coordinator")
    done = account("password", "olena", "--first", "--json", stdin="four other words\n")
    assert done.json["must_change"]
    people = find_people(case, Hashing(CHEAP))
    assert people is not None
    assert people.has_password("olena", "four other words")
    people.close()


def test_a_token_is_made_listed_and_ended(account: Run) -> None:
    account("add", "olena", "--role", "coordinator")
    assert "has no token" in account("tokens", "olena").out
    made = account("tokens", "olena", "--make", "script", "--role", "viewer", "--json")
    assert made.json["secret"].startswith("vigens_")
    words = account("tokens", "olena", "--make", "phone", "--calendar").out
    assert words.startswith("vigens_")
    listed = account("tokens", "olena", "--json").json
    assert {(one["title"], one["purpose"]) for one in listed} == {
        ("script", "api"),
        ("phone", "calendar"),
    }
    assert "never used" in account("tokens", "olena").out
    number = made.json["number"]
    assert account("tokens", "olena", "--end", number).status == 0
    assert account("tokens", "olena", "--end", number).status == 1


def test_somebody_may_come_through_a_provider_alone(account: Run) -> None:
    account("add", "olena", "--role", "coordinator")
    who = ("--issuer", "https://id.example", "--subject", "7")
    made = account("add", "petr", "--no-password", *who, "--json", stdin="").json
    assert (made["has_password"], made["subject"]) == (False, "7")
    assert account("change", "petr", "--subject", "8").status == 2


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("list",), 1, "has no accounts"),
        (("ad", "olena"), 2, 'did you mean "add"'),
        (("add",), 2, "of which account?"),
        (("add", "Olena"), 1, "cannot be the name"),
        (("add", "olena", "--role", "kong"), 2, "no role"),
        (("add", "olena", "--level", "kings"), 2, "no level"),
    ],
)
def test_a_slip_is_told(
    account: Run, words: tuple[str, ...], status: int, told: str
) -> None:
    ran = account(*words)
    assert ran.status == status
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_weak_password_makes_no_account(account: Run, case: Path) -> None:
    assert "12 to 256" in account("add", "olena", stdin="short\n").err
    assert "12 to 256" in account("add", "olena", stdin="").err
    assert not list(case.glob("people.db*"))
    listed = account("list")
    assert listed.status == 1
    assert "this case has no accounts" in listed.err


def test_a_slip_in_the_first_account_makes_no_file(run: Run, case: Path) -> None:
    told = run("account", case, "add", "x", "--role", "king")
    assert told.status == 2
    assert 'there is no role "king"' in told.err
    assert find_people(case) is None
    assert not list(case.glob("people.db*"))


def test_a_password_never_stands_among_the_words(account: Run) -> None:
    assert account("add", "olena", "--password", WORDS).status == 2


def test_a_folder_that_is_no_case_gets_no_accounts(run: Run, tmp_path: Path) -> None:
    ran = run("account", tmp_path, "add", "olena")
    assert ran.status == 1
    assert not (tmp_path / "people.db").exists()


def test_a_typed_password_is_typed_twice(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([WORDS, "another thing", WORDS, WORDS])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert "differ" in run("account", case, "add", "olena").err
    assert run("account", case, "add", "olena", "--role", "coordinator").status == 0
