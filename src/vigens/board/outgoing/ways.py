"""The ways to what goes out."""

from __future__ import annotations

from vigens.board.outgoing.files import give_calendar, show_files
from vigens.board.tongues import N_
from vigens.board.ways import Way
from vigens.people import Permission

OUTGOING: tuple[Way, ...] = (
    Way("/files", Permission.READ, show_files, room="Record", title=N_("Files")),
    Way("/calendar/{secret}.ics", Permission.ENTER, give_calendar, is_kept=False),
)
