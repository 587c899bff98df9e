"""Signing in and out."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.board.contexts import Elsewhere, Page
from vigens.board.links import OWN, safe_next
from vigens.board.navigation import first_page
from vigens.board.tongues import _, ngettext
from vigens.board.views import absent
from vigens.people import NotSignedIn, end_session, sign_in

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.people import SignedIn

_LOG = logging.getLogger("vigens.board")


@dataclass(frozen=True, slots=True)
class SignInContext:
    """The page to sign in.

    Attributes:
        name: As typed before.
        after: Where it goes on.
        problem: Why it did not work, and what to do; empty at first.
        provider: What the other provider is called; empty where there is none.
    """

    name: str
    after: str
    problem: str
    provider: str


@dataclass(frozen=True, slots=True)
class SignOutContext:
    """The page to sign out."""

    title: str


@dataclass(frozen=True, slots=True)
class SignedOutContext:
    """The page after signing out, of who came by the word of a provider.

    Attributes:
        provider: What it is called.
        leave: Where one signs out there, too.
    """

    provider: str
    leave: str


def show_sign_in(visit: Visit) -> Answered:
    """Show the form to sign in; who is in already goes on."""
    door = visit.door
    if door.entrance.people is None:
        return no_accounts()
    after = safe_next(visit.params.get("next", "/"))
    if door.caller.person.name:
        return Elsewhere(after)
    return sign_in_page(visit, "", after, "")


def act_sign_in(visit: Visit, form: FormData) -> Answered:
    """Let in who has the password, under a session that nobody knew before."""
    door = visit.door
    people = door.entrance.people
    if people is None:
        return no_accounts()
    name, password = text_of(form, "name"), text_of(form, "password", strip=False)
    after = safe_next(text_of(form, "next") or "/")
    done = sign_in(
        people,
        name,
        password,
        now=present(visit),
        address=door.address,
        agent=door.agent,
    )
    if isinstance(done, NotSignedIn):
        return sign_in_page(visit, name[:63], after, _said(done), done.wait_seconds)
    return entered(visit, done, after)


def entered(visit: Visit, done: SignedIn, after: str) -> Elsewhere:
    """Hand a new session to the browser of who came in; the one before it ends."""
    door = visit.door
    if door.entrance.people is not None and door.caller.person.name:
        end_session(door.entrance.people, door.caller.session, present(visit))
    cookie = ("Set-Cookie", door.entrance.cookie(done.secret))
    if after == "/":
        after = first_page(done.account.role, done.account.delegation)
    return Elsewhere(OWN if done.account.must_change else after, (cookie,))


def show_sign_out(visit: Visit) -> Answered:
    """Ask before signing out, for who followed a link."""
    if visit.door.entrance.people is None:
        return no_accounts()
    if not visit.person.name:
        return Elsewhere("/sign-in")
    return Page("sign-out.html", _("Sign out"), SignOutContext(visit.person.title))


def act_sign_out(visit: Visit, _form: FormData) -> Answered:
    """End this session, here and on the server; lead to where else it may be ended."""
    door = visit.door
    if door.entrance.people is None:
        return no_accounts()
    end_session(door.entrance.people, door.caller.session, present(visit), door.address)
    headers = (("Set-Cookie", door.entrance.cookie("")),)
    provider, where = door.entrance.provider, ""
    if provider is not None:
        try:
            where = provider.leave(door.caller.session, door.origin, present(visit))
        except VigensError as error:
            _LOG.error("%s (%s)", error.what, error.where)
    if provider is None or not where:
        return Elsewhere("/sign-in", headers)
    context = SignedOutContext(provider.title, where)
    return Page("signed-out.html", _("Signed out"), context, headers=headers)


def no_accounts() -> Page:
    """Say that there is nothing to sign in with, and how that is changed."""
    return absent(
        _("this board has no accounts: it is for whoever sits at this machine"),
        "people.db",
        "vigens account CASE add NAME --role coordinator",
    )


def text_of(form: FormData, name: str, *, strip: bool = True) -> str:
    """Give one field of a form as text, bounded; empty where it is missing."""
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    return (value.strip() if strip else value)[:2000]


def present(visit: Visit) -> int:
    """Read the clock of the board to the second."""
    return int(visit.casebook.clock().timestamp())


def sign_in_page(
    visit: Visit, name: str, after: str, problem: str, wait: int = 0
) -> Page:
    """Show the form to sign in, with what went wrong before."""
    door = visit.door
    headers: list[tuple[str, str]] = []
    if door.caller.is_new:  # ties this form to this browser
        headers.append(("Set-Cookie", door.entrance.cookie(door.caller.session)))
    status = 200
    if problem:
        status = 429 if wait else 400
    if wait:
        headers.append(("Retry-After", str(wait)))
    provider = door.entrance.provider
    context = SignInContext(name, after, problem, provider.title if provider else "")
    return Page("sign-in.html", _("Sign in"), context, status, tuple(headers))


def _said(done: NotSignedIn) -> str:
    if not done.wait_seconds:
        return _("The name or the password is not right, or the account has ended.")
    seconds = done.wait_seconds
    return ngettext(
        "Too many attempts. Try again in %(num)d second.",
        "Too many attempts. Try again in %(num)d seconds.",
        seconds,
    ) % {"num": seconds}
