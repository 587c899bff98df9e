"""What a surface needs to record for a person: drafts, looks before, whose sheet.

Drafts are made of the case as one person knows it, so that no refusal tells of what is
hidden; they are recorded in the whole of it. It renders nothing and reads no clock.

Example:
    >>> from vigens.desk.writing import targets_of
    >>> from vigens.journal import Draft
    >>> list(targets_of([Draft("note", {"text": "x"}, "vira", about=("@a", "b"))]))
    ['b']
"""

from vigens.desk.acts import actor_draft, note_draft, review_draft
from vigens.desk.carrying import look_back, own_case, record_group
from vigens.desk.foureyes import list_waiting
from vigens.desk.queue import hidden_documents, read_queue_as, read_suggested_as
from vigens.desk.record import grade_draft, look_draft
from vigens.desk.redacting import stands_for, wanted_draft
from vigens.desk.review import accept_drafts, record_accepted
from vigens.desk.takingback import TakenBack, restore_edits, take_back
from vigens.desk.writing.kept import KeptFile, kept_of, passage_of, read_kept
from vigens.desk.writing.sheets import sheets_of
from vigens.desk.writing.standing import Since, footing, read_since, targets_of

__all__ = [
    "KeptFile",
    "Since",
    "TakenBack",
    "accept_drafts",
    "actor_draft",
    "footing",
    "grade_draft",
    "hidden_documents",
    "kept_of",
    "list_waiting",
    "look_back",
    "look_draft",
    "note_draft",
    "own_case",
    "passage_of",
    "read_kept",
    "read_queue_as",
    "read_since",
    "read_suggested_as",
    "record_accepted",
    "record_group",
    "restore_edits",
    "review_draft",
    "sheets_of",
    "stands_for",
    "take_back",
    "targets_of",
    "wanted_draft",
]
