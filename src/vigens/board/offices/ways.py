"""The ways to the first pages and to the sheets behind them."""

from __future__ import annotations

from vigens.board.offices.adviser import show_adviser
from vigens.board.offices.brief import send_paper, send_text, show_brief
from vigens.board.offices.clocks import show_clocks
from vigens.board.offices.comparison import show_comparison
from vigens.board.offices.matrix import show_matrix
from vigens.board.offices.obligation import show_whole_obligation
from vigens.board.offices.officer import show_officer
from vigens.board.offices.party import show_delegation, show_party
from vigens.board.offices.steps import show_steps
from vigens.board.offices.texts import show_whole_text, show_wordings
from vigens.board.offices.timeline import show_timeline
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
    ),
    Way(
        "/adviser",
        _READ,
        show_adviser,
        room="Now",
        title=N_("Adviser"),
    ),
    Way(
        "/delegation",
        _READ,
        show_delegation,
        room="Now",
        title=N_("Delegation"),
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
    Way("/agreement/{name:path}", _READ, show_whole_text),
    Way("/wordings", _READ, show_wordings),
    Way("/obligation/{name}", _READ, show_whole_obligation),
    Way("/steps", _READ, show_steps, room="Law", title=N_("Planned steps")),
    Way("/timeline", _READ, show_timeline, room="Facts", title=N_("Timeline")),
    Way("/compare", _READ, show_comparison, room="Facts", title=N_("Compare")),
)

#: Who opens which page first, and what they ask of it; a page that is not there is
#: left out.
WHO = {
    "/officer": (
        N_("Duty officer"),
        N_("Is anything activated? Whose clock runs? What changed on my shift?"),
    ),
    "/adviser": (
        N_("Legal adviser"),
        N_("My state before each text: act, date, text status, what is missing."),
    ),
    "/delegation": (
        N_("Delegation"),
        N_("My sheet: signed, owed, offered, how far approved, and who sees it."),
    ),
    "/monitor": (
        N_("Ceasefire monitor"),
        N_("What happened on the last day? What could nobody observe?"),
    ),
    "/press": (
        N_("Journalist, researcher"),
        N_("Which claims are there, from whom, what changed, how do I cite it?"),
    ),
    "/curator": (
        N_("Curator"),
        N_("What came in, what is not graded yet, what contradicts what?"),
    ),
}
