"""The ways of this room, as the route table takes them up."""

from __future__ import annotations

from vigens.board.inquiry.monitor import show_monitor
from vigens.board.inquiry.press import (
    show_citation,
    show_corrections,
    show_method,
    show_press,
)
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
    Way(
        "/press",
        READ,
        show_press,
        room="Record",
        title="Claims",
        first_for=(
            N_("Journalist, researcher"),
            N_("Which claims are there, from whom, what changed, how do I cite it?"),
        ),
    ),
    Way("/corrections", READ, show_corrections, room="Record", title="Corrections"),
    Way("/method", READ, show_method, room="Record", title="Method"),
    Way("/cite", READ, show_citation),
)
