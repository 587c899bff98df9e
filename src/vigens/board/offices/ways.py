"""The ways to the first pages and to the sheets behind them."""

from __future__ import annotations

from vigens.board.offices.brief import send_paper, send_text, show_brief
from vigens.board.offices.clocks import show_clocks
from vigens.board.offices.officer import show_officer
from vigens.board.ways import Way
from vigens.people import Permission

_READ = Permission.READ

#: The first pages, in the room "Now".
OFFICES = (
    Way(
        "/officer",
        _READ,
        show_officer,
        room="Now",
        title="Duty officer",
        first_for="Is anything activated, whose clock runs, what changed since my last shift?",
    ),
    Way("/clocks", _READ, show_clocks, room="Now", title="Clocks"),
    Way("/brief", _READ, show_brief),
    Way("/brief.md", _READ, send_text),
    Way("/brief.pdf", _READ, send_paper),
)

#: What these lead to, in the other rooms.
SHEETS: tuple[Way, ...] = ()
