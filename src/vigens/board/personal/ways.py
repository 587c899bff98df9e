"""The ways to pages of people."""

from __future__ import annotations

from functools import partial

from vigens.board.personal.own import act_own, show_own
from vigens.board.personal.provided import show_back, show_going
from vigens.board.personal.register import (
    act_account,
    act_people,
    show_access,
    show_account,
    show_people,
)
from vigens.board.personal.signing import (
    act_sign_in,
    act_sign_out,
    show_sign_in,
    show_sign_out,
)
from vigens.board.tongues import N_
from vigens.board.ways import Way
from vigens.people import Permission

ENTER = Permission.ENTER

_way = partial(Way, is_kept=False, is_apart=True)

#: The ways to pages of people.
PERSONAL: tuple[Way, ...] = (
    _way("/sign-in", ENTER, show_sign_in, act=act_sign_in),
    _way("/sign-in/provider", ENTER, show_going),
    _way("/sign-in/back", ENTER, show_back),
    _way("/sign-out", ENTER, show_sign_out, act=act_sign_out),
    _way("/account", ENTER, show_own, act=act_own),
    _way(
        "/people",
        Permission.ADMINISTER,
        show_people,
        act=act_people,
        room="Desk",
        title=N_("People"),
    ),
    _way("/people/{name}", Permission.ADMINISTER, show_account, act=act_account),
    _way("/access", Permission.AUDIT, show_access, room="Desk", title=N_("Access log")),
)
