"""All forms as lines of the route table, and the page that leads to them."""

from __future__ import annotations

from functools import partial

from vigens.board.forms.coordinating import COORDINATING
from vigens.board.forms.correcting import CORRECTING
from vigens.board.forms.happened import HAPPENED
from vigens.board.forms.hub import Offered, show_hub, show_waiting
from vigens.board.forms.judging import JUDGING
from vigens.board.forms.matters import MATTERS_FORMS, MATTERS_WAYS
from vigens.board.forms.receipts import RECEIPTS
from vigens.board.forms.redacting import REDACTING
from vigens.board.tongues import N_
from vigens.board.ways import Way
from vigens.people import Permission

_RECORD, _COORDINATE = Permission.RECORD, Permission.COORDINATE

_OFFERED: dict[str, tuple[Offered, ...]] = {
    N_("What sources say"): (
        (
            "/record/event",
            N_("What happened"),
            N_("an act or event that the agreements know"),
            _RECORD,
        ),
        (
            "/record/state",
            N_("What was seen to hold"),
            N_("a state on a day, without an event"),
            _RECORD,
        ),
        *(
            (f"/record/{each.kind}", each.title, each.lead, _RECORD)
            for each in MATTERS_FORMS
        ),
    ),
    N_("What we did"): (
        (
            "/record/look",
            N_("Where one looked"),
            N_("so that silence says something"),
            _RECORD,
        ),
        ("/record/note", N_("A note"), N_("no rule reads it"), _RECORD),
        (
            "/record/actor",
            N_("Who somebody is"),
            N_("a state, organisation or body that no agreement declares"),
            Permission.REVIEW,
        ),
    ),
    N_("What waits for somebody"): (
        (
            "/inbox",
            N_("The inbox"),
            N_("what reports may say, each beside its passage"),
            Permission.REVIEW,
        ),
        (
            "/inbox/upload",
            N_("Hand a report in"),
            N_("text, HTML, PDF, DOCX or a saved message"),
            _RECORD,
        ),
        (
            "/waiting",
            N_("Waits for a second person"),
            N_("entries that count possibly until somebody else confirms them"),
            Permission.REVIEW,
        ),
    ),
    N_("Who may see what"): (
        (
            "/record/group",
            N_("A release group"),
            N_("readers to whom things are released together"),
            _COORDINATE,
        ),
        (
            "/record/membership",
            N_("Who is in a release group"),
            N_("joins or leaves, from when until when"),
            _COORDINATE,
        ),
    ),
}

FORMS: tuple[Way, ...] = (
    Way(
        "/record",
        Permission.RECORD,
        partial(show_hub, offered=_OFFERED),
        room="Record",
        title="New entry",
    ),
    Way("/waiting", Permission.REVIEW, show_waiting, is_kept=False),
    *HAPPENED,
    *MATTERS_WAYS,
    *JUDGING,
    *CORRECTING,
    *COORDINATING,
    *REDACTING,
    *RECEIPTS,
)
