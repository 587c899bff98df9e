"""The ways to the first pages and to the sheets behind them."""

from __future__ import annotations

from vigens.board.offices.brief import send_paper, send_text, show_brief
from vigens.board.offices.clocks import show_clocks
from vigens.board.offices.officer import show_officer
from vigens.board.tongues import N_
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
        title=N_("Officer"),
        first_for=(
            N_("Duty officer"),
            N_("Is anything activated? Whose clock runs? What changed on my shift?"),
        ),
    ),
    Way("/clocks", _READ, show_clocks, room="Now", title=N_("Clocks")),
    Way("/brief", _READ, show_brief),
    Way("/brief.md", _READ, send_text),
    Way("/brief.pdf", _READ, send_paper),
)

#: What these lead to, in the other rooms.
SHEETS: tuple[Way, ...] = ()
