"""One's own account: what it may do, its password, its sessions and its tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError
from vigens.board.contexts import Elsewhere, Page
from vigens.board.links import OWN, way_in
from vigens.board.personal.signing import entered, no_accounts, present, text_of
from vigens.board.personal.wording import Facts, moment, role_words, show_facts
from vigens.board.tongues import _
from vigens.people import (
    Happening,
    NotSignedIn,
    Purpose,
    Role,
    check_right,
    end_sessions,
    end_token,
    let_in,
    list_sessions,
    list_tokens,
    make_token,
    note,
    parse_role,
    session_number,
)

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.people import Account, People


@dataclass(frozen=True, slots=True)
class ShownSession:
    """One session of the account."""

    number: str
    since: str
    used: str
    address: str
    agent: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ShownToken:
    """One token of the account."""

    number: str
    title: str
    purpose: str
    role: str
    ends: str
    used: str


@dataclass(frozen=True, slots=True)
class OwnContext:
    """One's own account.

    Attributes:
        facts: What the account may do, in words.
        must_change: Whether a password must be chosen first of all.
        has_password: Whether there is one to change.
        sessions: Newest first.
        tokens: Newest first.
        roles: That a token may have.
        secret: Of a token just made, shown this once; empty otherwise.
        problem: What was not done, and why; none where all is well.
        is_done: Whether something was done just now.
    """

    facts: Facts
    must_change: bool
    has_password: bool
    sessions: tuple[ShownSession, ...]
    tokens: tuple[ShownToken, ...]
    roles: tuple[tuple[str, str], ...]
    secret: str = ""
    problem: InputError | UsageError | None = None
    is_done: bool = False


def show_own(visit: Visit) -> Answered:
    """Show one's own account."""
    people = visit.door.entrance.people
    if people is None:
        return no_accounts()
    account = people.find(visit.person.name) if visit.person.name else None
    if account is None:
        return Elsewhere(way_in(visit.person, OWN))
    return _page(visit, people, account, is_done=visit.ask("done") == "yes")


def act_own(visit: Visit, form: FormData) -> Answered:
    """Change one's password, end sessions, make and end tokens."""
    people = visit.door.entrance.people
    if people is None:
        return no_accounts()
    account = people.find(visit.person.name) if visit.person.name else None
    if account is None or visit.door.caller.is_token:
        return Elsewhere(way_in(visit.person, OWN))
    does = _ACTS.get(text_of(form, "do"))
    if does is None or (account.must_change and does is not _password):
        raise UsageError(
            _("this form says nothing to do"), "do", _("open the page again")
        )
    try:
        return does(visit, people, account, form)
    except (InputError, UsageError) as error:
        return _page(visit, people, account, problem=error)


def _password(
    visit: Visit, people: People, account: Account, form: FormData
) -> Answered:
    now, door = present(visit), visit.door
    wrong = check_right(
        people,
        account.name,
        text_of(form, "password", strip=False),
        now=now,
        address=door.address,
    )
    if isinstance(wrong, NotSignedIn):
        wait = wrong.wait_seconds
        raise InputError(
            _("too many attempts") if wait else _("this is not your password"),
            _("password of now"),
            _("wait %(seconds)s seconds") % {"seconds": wait}
            if wait
            else _("type the password that you signed in with"),
        )
    new = text_of(form, "new", strip=False)
    if new != text_of(form, "again", strip=False):
        raise InputError(
            _("the two new passwords differ"), _("new password"), _("type both again")
        )
    if new == text_of(form, "password", strip=False):
        raise InputError(
            _("this is the password of now"), _("new password"), _("take another one")
        )
    people.set_password(account.name, new)
    facts = {"account": account.name, "address": door.address}
    note(people, Happening.PASSWORD, now=now, detail="changed", **facts)
    done = let_in(
        people,
        people.get(account.name),
        now=now,
        address=door.address,
        agent=door.agent,
    )
    return entered(visit, done, "/account?done=yes")


def _end_session(
    visit: Visit, people: People, account: Account, form: FormData
) -> Answered:
    number = text_of(form, "number")
    if number == session_number(visit.door.caller.session):
        return Elsewhere("/sign-out")
    if number:
        end_sessions(people, account.name, number=number)
    return _done(visit)


def _end_others(
    visit: Visit, people: People, account: Account, _form: FormData
) -> Answered:
    end_sessions(people, account.name, but=visit.door.caller.session)
    return _done(visit)


def _make_token(
    visit: Visit, people: People, account: Account, form: FormData
) -> Answered:
    days = text_of(form, "days")
    is_calendar = text_of(form, "purpose") == Purpose.CALENDAR
    now = present(visit)
    token, secret = make_token(
        people,
        account,
        text_of(form, "title"),
        now=now,
        role=parse_role(text_of(form, "role") or account.role),
        days=int(days) if days.isdecimal() and len(days) < 5 else 0,
        purpose=Purpose.CALENDAR if is_calendar else Purpose.API,
    )
    facts = {"account": account.name, "address": visit.door.address}
    detail = f"made {token.number} ({token.purpose}, {token.role}): {token.title}"
    note(people, Happening.TOKEN, now=now, detail=detail, **facts)
    return _page(visit, people, account, secret=secret)


def _end_token(
    visit: Visit, people: People, account: Account, form: FormData
) -> Answered:
    number = text_of(form, "number")
    if end_token(people, account.name, number):
        facts = {"account": account.name, "address": visit.door.address}
        detail = f"ended {number}"
        note(people, Happening.TOKEN, now=present(visit), detail=detail, **facts)
    return _done(visit)


_ACTS = {
    "password": _password,
    "end-session": _end_session,
    "end-others": _end_others,
    "token": _make_token,
    "end-token": _end_token,
}


def _done(_visit: Visit) -> Elsewhere:
    return Elsewhere("/account?done=yes")


def _page(
    visit: Visit,
    people: People,
    account: Account,
    *,
    secret: str = "",
    problem: InputError | UsageError | None = None,
    is_done: bool = False,
) -> Page:
    now = present(visit)
    here = session_number(visit.door.caller.session)
    context = OwnContext(
        show_facts(account),
        account.must_change,
        account.has_password,
        tuple(
            ShownSession(
                one.number,
                moment(one.made_at),
                moment(one.seen_at),
                one.address,
                one.agent,
                one.number == here,
            )
            for one in list_sessions(people, account.name, now)
        ),
        tuple(
            ShownToken(
                one.number,
                one.title,
                str(one.purpose),
                role_words(one.role),
                moment(one.ends_at),
                moment(one.used_at),
            )
            for one in list_tokens(people, account.name, now)
        ),
        tuple(
            (role.value, role_words(role))
            for role in Role
            if role.permissions <= account.role.permissions
        ),
        secret,
        problem,
        is_done,
    )
    title = _("Choose a password") if account.must_change else _("My account")
    return Page("own.html", title, context, 400 if problem else 200)
