"""The way to webhooks."""

from __future__ import annotations

from vigens.board.hooks.telling import act_hooks, show_hooks
from vigens.board.tongues import N_
from vigens.board.ways import Way
from vigens.people import Permission

HOOKS: tuple[Way, ...] = (
    Way(
        "/hooks",
        Permission.COORDINATE,
        show_hooks,
        act=act_hooks,
        room="Desk",
        title=N_("Webhooks"),
        is_kept=False,
    ),
)
