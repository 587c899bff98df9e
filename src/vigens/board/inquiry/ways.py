"""The ways of this room, as the route table takes them up."""

from __future__ import annotations

from vigens.board.inquiry.monitor import show_monitor
from vigens.board.inquiry.press import (
    show_citation,
    show_corrections,
    show_method,
    show_press,
)
from vigens.board.ways import Way
from vigens.people import Permission

READ = Permission.READ

INQUIRY: tuple[Way, ...] = (
    Way("/monitor", READ, show_monitor, room="Now", title="Last day"),
    Way("/press", READ, show_press, room="Record", title="Claims"),
    Way("/corrections", READ, show_corrections, room="Record", title="Corrections"),
    Way("/method", READ, show_method, room="Record", title="Method"),
    Way("/cite", READ, show_citation),
)
