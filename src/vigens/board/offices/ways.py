"""The ways to the first pages and to the sheets behind them."""

from __future__ import annotations

from vigens.board.offices.adviser import show_adviser
from vigens.board.offices.brief import send_paper, send_text, show_brief
from vigens.board.offices.clocks import show_clocks
from vigens.board.offices.matrix import show_matrix
from vigens.board.offices.officer import show_officer
from vigens.board.offices.party import show_delegation, show_party
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
    Way(
        "/adviser",
        _READ,
        show_adviser,
        room="Now",
        title=N_("Adviser"),
        first_for=(
            N_("Legal adviser"),
            N_("My state before each text: act, date, text status, what is missing."),
        ),
    ),
    Way(
        "/delegation",
        _READ,
        show_delegation,
        room="Now",
        title=N_("Delegation"),
        first_for=(
            N_("Delegation"),
            N_("My sheet: signed, owed, offered, how far approved, and who sees it."),
        ),
    ),
    Way("/clocks", _READ, show_clocks, room="Now", title=N_("Clocks")),
    Way("/brief", _READ, show_brief),
    Way("/brief.md", _READ, send_text),
    Way("/brief.pdf", _READ, send_paper),
)

#: What these lead to, in the other rooms.
SHEETS: tuple[Way, ...] = (
    Way("/matrix", _READ, show_matrix, room="Law", title=N_("Who is bound")),
    Way("/party/{name}", _READ, show_party),
)
