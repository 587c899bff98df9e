"""The ways to the ladder and to seals."""

from __future__ import annotations

from vigens.board.forms.sending import way_of
from vigens.board.ladder.approvals import show_approvals
from vigens.board.ladder.deciding import CONFIRM, DECIDE
from vigens.board.ladder.seals import (
    act_seals,
    act_total,
    show_receipt,
    show_seals,
)
from vigens.board.tongues import N_
from vigens.board.ways import Way
from vigens.people import Permission

#: The ways to the ladder and to seals.
LADDER: tuple[Way, ...] = (
    Way(
        "/approvals",
        Permission.READ,
        show_approvals,
        room="Desk",
        title=N_("Approvals"),
    ),
    way_of(DECIDE),
    way_of(CONFIRM),
    Way(
        "/seal",
        Permission.RECORD,
        show_seals,
        act=act_seals,
        room="Desk",
        title=N_("Sealed offers"),
        is_kept=False,
    ),
    Way(
        "/seal/total",
        Permission.COORDINATE,
        show_seals,
        act=act_total,
        is_kept=False,
    ),
    Way("/seal/{id}/receipt", Permission.RECORD, show_receipt, is_kept=False),
)
