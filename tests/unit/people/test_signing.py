"""Coming in: the right password, a new session each time, and guesses slowed down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.people.conftest import NOW, WORDS, cheap
from vigens.base import InputError
from vigens.people import (
    Cost,
    Hashing,
    NotSignedIn,
    People,
    SignedIn,
    check_password,
    draw_password,
    end_session,
    end_sessions,
    find_people,
    find_session,
    list_sessions,
    read_access,
    session_number,
    sign_in,
)
from vigens.people.attempts import FORGETS_AFTER, SLOWING, network
from vigens.people.sessions import IDLE_SECONDS, LONGEST_SECONDS

WRONG = "wrong horse battery"


def enter(people: People, name: str = "petr", now: int = NOW) -> SignedIn:
    done = sign_in(people, name, WORDS, now=now, address="192.0.2.1", agent="Tester")
    assert isinstance(done, SignedIn)
    return done


def guess(people: People, now: int, address: str = "192.0.2.1") -> int:
    done = sign_in(people, "petr", WRONG, now=now, address=address)
    assert isinstance(done, NotSignedIn)
    return done.wait_seconds


def test_the_right_password_opens_a_session(people: People) -> None:
    done = enter(people, " PETR ")
    account = find_session(people, done.secret, NOW + 60)
    assert account is not None
    assert account.name == "petr"
    (kept,) = people.rows("SELECT hash FROM session")
    assert done.secret not in kept
    (shown,) = list_sessions(people, "petr", NOW)
    assert shown.number == session_number(done.secret)
    assert (shown.address, shown.agent) == ("192.0.2.1", "Tester")


@pytest.mark.parametrize(
    ("name", "password"),
    [("petr", WRONG), ("nobody", WORDS), ("", ""), ("petr", "x" * 5000)],
)
def test_the_wrong_password_opens_nothing(
    people: People, name: str, password: str
) -> None:
    assert sign_in(people, name, password, now=NOW) == NotSignedIn()
    assert people.rows("SELECT 1 FROM session") == []


def test_an_ended_account_opens_nothing(people: People) -> None:
    people.update(replace(people.get("petr"), is_active=False))
    assert sign_in(people, "petr", WORDS, now=NOW) == NotSignedIn()


def test_an_account_without_a_password_opens_nothing(people: People) -> None:
    people.add(replace(people.get("petr"), name="ivan"), None, NOW)
    assert sign_in(people, "ivan", "", now=NOW) == NotSignedIn()
    assert not people.get("ivan").has_password


def test_each_session_is_a_new_one(people: People) -> None:
    assert enter(people).secret != enter(people).secret


def test_a_session_ends_unused_and_in_any_case(people: People) -> None:
    done = enter(people)
    assert find_session(people, done.secret, NOW + IDLE_SECONDS) is not None
    late = NOW + IDLE_SECONDS
    for step in range(1, 7):  # used again and again
        late = NOW + step * IDLE_SECONDS
        alive = find_session(people, done.secret, late) is not None
        assert alive == (late <= NOW + LONGEST_SECONDS)
    assert find_session(people, done.secret, late + 1) is None
    silent = enter(people)
    for minute in range(0, IDLE_SECONDS, 600):  # an open page that listens
        later = NOW + minute
        assert find_session(people, silent.secret, later, is_used=False) is not None
    over = NOW + IDLE_SECONDS + 1
    assert find_session(people, silent.secret, over, is_used=False) is None
    other = enter(people)
    assert find_session(people, other.secret, NOW + IDLE_SECONDS + 1) is None
    assert find_session(people, other.secret, NOW) is None  # it does not come back


@pytest.mark.parametrize("secret", ["", "x", "x" * 101, "' OR 1 --"])
def test_what_is_no_session_opens_nothing(people: People, secret: str) -> None:
    enter(people)
    assert find_session(people, secret, NOW) is None


def test_signing_out_ends_it_on_the_server(people: People) -> None:
    done = enter(people)
    end_session(people, done.secret, NOW, "192.0.2.1")
    end_session(people, done.secret, NOW, "192.0.2.1")
    assert find_session(people, done.secret, NOW) is None
    assert [one.what for one in read_access(people)] == ["signed out", "signed in"]


def test_everywhere_else_is_everywhere_else(people: People) -> None:
    here, there, stranger = enter(people), enter(people), enter(people, "olena")
    number = session_number(stranger.secret)
    assert end_sessions(people, "petr", number=number) == 0  # another's
    assert end_sessions(people, "petr", but=here.secret) == 1
    assert find_session(people, here.secret, NOW) is not None
    assert find_session(people, there.secret, NOW) is None
    assert find_session(people, stranger.secret, NOW) is not None


def test_a_new_password_ends_every_session(people: People) -> None:
    done = enter(people)
    people.set_password("petr", "four other words here", must_change=True)
    assert find_session(people, done.secret, NOW) is None
    assert people.get("petr").must_change
    assert people.get("petr").person().role is None  # may do nothing yet


def test_a_change_of_role_is_seen_at_once(people: People) -> None:
    done = enter(people)
    people.update(replace(people.get("petr"), delegation="CZ", reader="CZ"))
    account = find_session(people, done.secret, NOW)
    assert account is not None
    assert account.person().delegation == "CZ"


def test_guesses_are_slowed_down(people: People) -> None:
    free = SLOWING["pair"].free
    assert [guess(people, NOW) for _ in range(free)] == [0] * free
    waits, now = [], NOW
    for _ in range(14):
        wait = guess(people, now)
        assert wait > 0
        waits.append(wait)
        assert sign_in(people, "petr", WORDS, now=now, address="192.0.2.1") == (
            NotSignedIn(wait)
        )  # not even the right one is looked at
        now += wait
        assert guess(people, now) == 0
    assert waits[:3] == [2, 4, 8]
    assert waits[-1] == SLOWING["pair"].longest


def test_a_restart_forgets_no_guess(people: People) -> None:
    for _ in range(SLOWING["pair"].free):
        guess(people, NOW)
    people.close()
    again = find_people(people.path.parent, cheap())
    assert again is not None
    assert guess(again, NOW + 1) > 0
    again.close()


def test_guessing_over_many_accounts_is_slowed_down(people: People) -> None:
    for number in range(SLOWING["address"].free):
        sign_in(people, f"n{number}", WRONG, now=NOW, address="192.0.2.9")
    done = sign_in(people, "olena", WORDS, now=NOW, address="192.0.2.9")
    assert isinstance(done, NotSignedIn)
    assert done.wait_seconds > 0
    assert isinstance(sign_in(people, "olena", WORDS, now=NOW), SignedIn)


def test_guessing_from_many_addresses_shuts_nobody_out_for_long(people: People) -> None:
    for number in range(120):
        guess(people, NOW + number * 100, f"198.51.100.{number}")
    done = sign_in(people, "petr", WORDS, now=NOW + 20000, address="192.0.2.1")
    waits = done.wait_seconds if isinstance(done, NotSignedIn) else 0
    assert waits <= SLOWING["account"].longest


def test_an_own_account_is_no_way_to_guess_on(people: People) -> None:
    for number in range(SLOWING["address"].free):
        sign_in(people, "olena", WORDS, now=NOW, address="192.0.2.9")
        sign_in(people, f"n{number}", WRONG, now=NOW, address="192.0.2.9")
    done = sign_in(people, "olena", WORDS, now=NOW, address="192.0.2.9")
    assert isinstance(done, NotSignedIn)


def test_guesses_are_forgotten_in_time(people: People) -> None:
    for _ in range(SLOWING["pair"].free + 1):
        guess(people, NOW)
    assert guess(people, NOW + FORGETS_AFTER + 1) == 0
    assert guess(people, NOW + FORGETS_AFTER + 2) == 0


def test_a_network_is_known_as_one_caller() -> None:
    assert network("2001:db8::1") == network("2001:db8::ffff") == "2001:db8::/64"
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") == "192.0.2.1"
    assert network("testclient") == "testclient"


@pytest.mark.parametrize(
    "word", ["", "short", "x" * 257, "ababababababab", "petr12345678", "PETR-password"]
)
def test_a_weak_password_is_refused(word: str) -> None:
    with pytest.raises(InputError):
        check_password(word, "petr")


def test_a_drawn_password_is_a_good_one() -> None:
    drawn = {draw_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(check_password(word, "petr") == word for word in drawn)


def test_letters_composed_otherwise_are_the_same_password() -> None:
    hashing = cheap()
    kept = hashing.hash("caf\u00e9 au lait, merci")
    assert hashing.is_right(kept, "cafe\u0301 au lait, merci")
    assert not hashing.is_right(kept, "cafe au lait, merci")
    assert not hashing.is_right("no hash", "cafe au lait, merci")
    assert not hashing.is_right(None, "cafe au lait, merci")


def test_a_hash_is_made_anew_at_a_higher_cost(people: People) -> None:
    (before,) = people.rows("SELECT hash FROM account WHERE name = 'petr'")
    people.hashing = Hashing(Cost(passes=2, memory_kib=8, lanes=1))
    enter(people)
    (after,) = people.rows("SELECT hash FROM account WHERE name = 'petr'")
    assert "t=1" in before[0]
    assert "t=2" in after[0]
    enter(people)


def test_the_default_cost_is_that_of_the_standard() -> None:
    kept = Hashing().hash(WORDS)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_log_tells_who_came_and_who_did_not(people: People) -> None:
    enter(people)
    for _ in range(SLOWING["pair"].free + 3):
        guess(people, NOW)
    sign_in(people, "petr", WRONG, now=NOW + 3600, address="192.0.2.1")
    told = [(one.what, one.account, one.times) for one in read_access(people)]
    assert told == [
        ("wrong password", "petr", 1),
        ("too many attempts", "petr", 3),
        ("wrong password", "petr", 5),
        ("signed in", "petr", 1),
    ]
    assert WRONG not in str(read_access(people))
    assert read_access(people, account="olena") == ()
    assert len(read_access(people, before=3)) == 2
