"""All forms as lines of the route table, and the page that leads to them."""

from __future__ import annotations

from functools import partial

from vigens.board.forms.happened import HAPPENED
from vigens.board.forms.hub import Offered, show_hub
from vigens.board.forms.receipts import RECEIPTS
from vigens.board.ways import Way
from vigens.people import Permission

_OFFERED: dict[str, tuple[Offered, ...]] = {
    "What sources say": (
        (
            "/record/event",
            "What happened",
            "an act or event that the agreements know",
            Permission.RECORD,
        ),
        (
            "/record/state",
            "What was seen to hold",
            "a state on a day, without an event",
            Permission.RECORD,
        ),
    ),
}

FORMS: tuple[Way, ...] = (
    Way(
        "/record",
        Permission.RECORD,
        partial(show_hub, offered=_OFFERED),
        room="Record",
        title="Record",
    ),
    *HAPPENED,
    *RECEIPTS,
)
