"""Everybody's accounts, for who makes and ends them; and the log of who came in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError
from vigens.board.contexts import Elsewhere, Page
from vigens.board.personal.signing import no_accounts, present, text_of
from vigens.board.personal.wording import level_words, moment, role_words
from vigens.board.tongues import _
from vigens.board.views import absent
from vigens.journal import PUBLIC
from vigens.people import (
    LEVELS,
    Account,
    Happening,
    Role,
    default_reader,
    draw_password,
    note,
    parse_role,
    read_access,
)
from vigens.rules import ACTOR_TYPES

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.people import Noted, People

#: Lines on one page of the access log.
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """One account as a line of the list."""

    name: str
    title: str
    role: str
    eyes: str
    delegation: str
    levels: str
    state: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What the form of an account holds.

    Attributes:
        account: As it stands, or as it was typed.
        roles: Choices, with their words.
        levels: Choices, with their words.
        readers: Names that may be typed, as the case knows them.
        is_new: Whether it is not made yet.
    """

    account: Account
    roles: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    readers: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class PeopleContext:
    """All accounts, and the form for one more.

    Attributes:
        accounts: By name, active ones first.
        form: For one more.
        made: Name of an account whose password was drawn just now.
        password: That password, shown this once.
        problem: What was not done, and why.
    """

    accounts: tuple[ShownAccount, ...]
    form: AccountForm
    made: str = ""
    password: str = ""
    problem: InputError | UsageError | None = None


@dataclass(frozen=True, slots=True)
class AccountContext:
    """One account, with the form that changes it."""

    form: AccountForm
    made: str
    log: tuple[tuple[str, Noted], ...]
    password: str = ""
    problem: InputError | UsageError | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class AccessContext:
    """Lines of the access log, newest first; `older` leads on, if there are more."""

    lines: tuple[tuple[str, Noted], ...]
    account: str
    older: int


def show_people(visit: Visit) -> Answered:
    """Show all accounts."""
    people = visit.door.entrance.people
    if people is None:
        return Page("no-people.html", _("People"), None)
    return _list(people, _form(visit, None))


def act_people(visit: Visit, form: FormData) -> Answered:
    """Make an account, with a password that its person must change."""
    people = visit.door.entrance.people
    if people is None:
        return no_accounts()
    typed = Account(text_of(form, "name").casefold(), "", Role.VIEWER)
    password = draw_password()
    try:
        typed = _typed(typed, form)
        _refuse_beyond(visit, typed)
        made = people.add(replace(typed, must_change=True), password, present(visit))
    except (InputError, UsageError) as error:
        return _list(people, _form(visit, typed), problem=error)
    _note(visit, people, f"made {made.name} ({made.role})")
    return _list(people, _form(visit, None), made=made.name, password=password)


def show_account(visit: Visit) -> Answered:
    """Show one account with the form that changes it."""
    people = visit.door.entrance.people
    if people is None:
        return no_accounts()
    account = people.find(visit.names["name"])
    if account is None:
        return _absent(visit)
    return _one(visit, people, account, is_done=visit.ask("done") == "yes")


def act_account(visit: Visit, form: FormData) -> Answered:
    """Change an account, end it or take it up again, or draw it a new password."""
    people = visit.door.entrance.people
    if people is None:
        return no_accounts()
    account = people.find(visit.names["name"])
    if account is None:
        return _absent(visit)
    does, wanted, password = text_of(form, "do"), account, ""
    try:
        _refuse_beyond(visit, account)
        if does == "password":
            password = draw_password()
            people.set_password(account.name, password, must_change=True)
        elif does in ("end", "resume"):
            wanted = replace(account, is_active=does == "resume")
        else:
            wanted = _typed(account, form)
            _refuse_beyond(visit, wanted)
        changed = people.update(wanted) if wanted != account else account
    except (InputError, UsageError) as error:
        return _one(visit, people, wanted, problem=error)
    _note(visit, people, f"{does or 'changed'} {account.name} ({wanted.role})")
    if password:
        return _one(visit, people, people.get(account.name), password=password)
    return Elsewhere(f"/people/{changed.name}?done=yes")


def show_access(visit: Visit) -> Answered:
    """Show who came in, who was refused, and who recorded."""
    people = visit.door.entrance.people
    if people is None:
        return Page("no-people.html", _("Access log"), None)
    account, before = visit.ask("account"), visit.ask("before")
    lines = read_access(
        people,
        account=account,
        before=int(before) if before.isdecimal() and len(before) < 16 else 0,
        most=MOST_LINES + 1,
    )
    older = lines[MOST_LINES - 1].number if len(lines) > MOST_LINES else 0
    shown = tuple((moment(one.at), one) for one in lines[:MOST_LINES])
    return Page("access.html", _("Access log"), AccessContext(shown, account, older))


def _typed(account: Account, form: FormData) -> Account:
    """Give an account as the form says it."""
    role = parse_role(text_of(form, "role"))
    delegation = text_of(form, "delegation") or None
    reader = text_of(form, "reader")
    eyes = None if reader == "any" else reader or default_reader(role, delegation)
    return replace(
        account,
        title=text_of(form, "title") or account.name,
        role=role,
        delegation=delegation,
        reader=eyes,
        levels=frozenset(str(each) for each in form.getlist("level")),
    )


def _refuse_beyond(visit: Visit, account: Account) -> None:
    """Refuse to give eyes that one has not, or to take over an account that has them.

    Raises:
        InputError: The account sees or speaks as its coordinator does not.
    """
    own = visit.person
    is_within = own.reader is None or (
        account.reader in (own.reader, PUBLIC)
        and account.delegation in (None, own.delegation)
    )
    if not is_within:
        raise InputError(
            _("this account sees what you do not see"),
            account.name,
            _("a coordinator who sees as any reader makes and changes it"),
        )


def _list(
    people: People,
    form: AccountForm,
    *,
    made: str = "",
    password: str = "",
    problem: InputError | UsageError | None = None,
) -> Page:
    accounts = sorted(people.accounts(), key=lambda one: not one.is_active)
    context = PeopleContext(
        tuple(_shown(one) for one in accounts), form, made, password, problem
    )
    return Page("people.html", _("People"), context, 400 if problem else 200)


def _one(
    visit: Visit,
    people: People,
    account: Account,
    *,
    password: str = "",
    problem: InputError | UsageError | None = None,
    is_done: bool = False,
) -> Page:
    log = read_access(people, account=account.name, most=10)
    context = AccountContext(
        _form(visit, account),
        moment(account.made_at),
        tuple((moment(one.at), one) for one in log),
        password,
        problem,
        is_done,
    )
    return Page("person.html", account.title, context, 400 if problem else 200)


def _form(visit: Visit, account: Account | None) -> AccountForm:
    return AccountForm(
        account or Account("", "", Role.CONTRIBUTOR, None),
        tuple((role.value, role_words(role)) for role in Role),
        tuple((level, level_words(level)) for level in LEVELS),
        _parties(visit),
        account is None or not account.made_at,
    )


def _shown(account: Account) -> ShownAccount:
    if not account.is_active:
        state = _("ended")
    elif account.must_change:
        state = _("has yet to choose a password")
    else:
        state = _("active")
    return ShownAccount(
        account.name,
        account.title,
        role_words(account.role),
        account.reader or _("any reader"),
        account.delegation or "",
        ", ".join(level_words(each) for each in LEVELS if each in account.levels),
        state,
        account.is_active,
    )


def _note(visit: Visit, people: People, detail: str) -> None:
    note(
        people,
        Happening.ACCOUNT,
        now=present(visit),
        account=visit.person.name,
        address=visit.door.address,
        detail=detail,
    )


def _absent(visit: Visit) -> Page:
    return absent(_("there is no account of this name"), visit.path[:200], "/people")


def _parties(visit: Visit) -> tuple[str, ...]:
    program = visit.case.program
    return tuple(
        sorted(one.name for one in program.actors.values() if one.type in ACTOR_TYPES)
    )
