"""The ways to what goes out."""

from __future__ import annotations

from functools import partial

from vigens.board.outgoing.files import give_behind, show_files
from vigens.board.tongues import N_
from vigens.board.ways import Way
from vigens.people import Permission

OUTGOING: tuple[Way, ...] = (
    Way("/files", Permission.READ, show_files, room="Record", title=N_("Files")),
    *(
        Way(path, Permission.ENTER, partial(give_behind, form), is_kept=False)
        for path, form in (
            ("/calendar/{secret}.ics", "ical"),
            ("/feed/{secret}.atom", "atom"),
        )
    ),
)
