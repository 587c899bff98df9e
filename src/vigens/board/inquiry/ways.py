"""The ways of this room, as the route table takes them up."""

from __future__ import annotations

from vigens.board.inquiry.curator import show_contradictions, show_curator
from vigens.board.inquiry.documents import show_document, show_documents
from vigens.board.inquiry.map import show_map
from vigens.board.inquiry.monitor import show_monitor
from vigens.board.inquiry.people import show_bodies, show_positions
from vigens.board.inquiry.press import (
    show_citation,
    show_corrections,
    show_method,
    show_press,
)
from vigens.board.inquiry.proofs import (
    give_receipt,
    show_entry_proof,
    show_proofs,
    sign_log,
)
from vigens.board.ways import Way
from vigens.people import Permission

READ = Permission.READ

INQUIRY: tuple[Way, ...] = (
    Way("/monitor", READ, show_monitor, room="Now", title="Last day"),
    Way("/positions", READ, show_positions, room="Facts", title="Positions"),
    Way("/bodies", READ, show_bodies, room="Facts", title="Bodies"),
    Way("/map", READ, show_map, room="Facts", title="Map"),
    Way("/press", READ, show_press, room="Record", title="Claims"),
    Way("/corrections", READ, show_corrections, room="Record", title="Corrections"),
    Way("/method", READ, show_method, room="Record", title="Method"),
    Way(
        "/contradictions",
        READ,
        show_contradictions,
        room="Record",
        title="Contradictions",
    ),
    Way(
        "/curator",
        Permission.REVIEW,
        show_curator,
        room="Record",
        title="In hand",
        is_kept=False,
    ),
    Way("/documents", READ, show_documents, room="Record", title="Documents"),
    Way("/document/{id}", READ, show_document),
    Way(
        "/proofs",
        READ,
        show_proofs,
        sign_log,
        to_act=Permission.COORDINATE,
        room="Record",
        title="Proofs",
        is_kept=False,
    ),
    Way("/entry/{id}/proof", READ, show_entry_proof, is_kept=False),
    Way("/entry/{id}/receipt", READ, give_receipt, is_kept=False),
    Way("/cite", READ, show_citation),
)
