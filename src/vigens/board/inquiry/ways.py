"""The ways of this room, as the route table takes them up."""

from __future__ import annotations

from vigens.board.inquiry.monitor import show_monitor
from vigens.board.tongues import N_
from vigens.board.ways import Way
from vigens.people import Permission

READ = Permission.READ

INQUIRY: tuple[Way, ...] = (
    Way(
        "/monitor",
        READ,
        show_monitor,
        room="Now",
        title="Last day",
        first_for=(
            N_("Ceasefire monitor"),
            N_("What happened on the last day? What could nobody observe?"),
        ),
    ),
)
