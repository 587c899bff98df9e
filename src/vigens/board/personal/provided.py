"""Signing in by the word of another provider: there, and back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.board.contexts import Elsewhere
from vigens.board.links import safe_next
from vigens.board.personal.signing import (
    entered,
    no_accounts,
    present,
    sign_in_page,
)
from vigens.board.tongues import _, tell
from vigens.people import Happening, find_vouched, let_in, note

if TYPE_CHECKING:
    from vigens.board.contexts import Answered, Visit

_LOG = logging.getLogger("vigens.board")


def show_going(visit: Visit) -> Answered:
    """Send somebody to the provider."""
    door, after = visit.door, safe_next(visit.params.get("next", "/"))
    provider = door.entrance.provider
    if door.entrance.people is None or provider is None:
        return no_accounts()
    try:
        where = provider.begin(door.caller.session, door.origin, after, present(visit))
    except VigensError as error:
        _LOG.error("%s (%s)", error.what, error.where)
        return sign_in_page(visit, "", after, _("The provider cannot be asked now."))
    headers: tuple[tuple[str, str], ...] = ()
    if door.caller.is_new:
        headers = (("Set-Cookie", door.entrance.cookie(door.caller.session)),)
    return Elsewhere(where, headers)


def show_back(visit: Visit) -> Answered:
    """Take in who comes back from the provider."""
    door, now = visit.door, present(visit)
    people, provider = door.entrance.people, door.entrance.provider
    if people is None or provider is None:
        return no_accounts()
    subject = ""
    try:
        claims, token, after = provider.finish(visit.params, door.caller.session, now)
        subject = str(claims["sub"])
        account = find_vouched(people, provider.issuer, claims, provider.rules, now)
    except VigensError as error:
        _LOG.error("%s (%s)", error.what, error.where)
        facts = {"account": subject, "address": door.address, "detail": error.what}
        note(people, Happening.REFUSED, now=now, **facts)
        return sign_in_page(visit, "", "/", f"{tell(error.what)}. {tell(error.mend)}.")
    done = let_in(
        people,
        account,
        now=now,
        address=door.address,
        agent=door.agent,
        how=provider.title,
    )
    provider.hold(done.secret, token)
    return entered(visit, done, safe_next(after))
