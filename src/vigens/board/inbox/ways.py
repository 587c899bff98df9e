"""The ways of the inbox, as the route table takes them up."""

from __future__ import annotations

from vigens.board.inbox.items import (
    lead_to_item,
    reject_item,
    send_item,
    show_inbox,
    show_item,
)
from vigens.board.inbox.undoing import undo_item
from vigens.board.inbox.uploading import (
    send_passage,
    send_upload,
    show_passage,
    show_upload,
)
from vigens.board.ways import Way
from vigens.people import Permission

REVIEW, RECORD = Permission.REVIEW, Permission.RECORD

INBOX: tuple[Way, ...] = (
    Way("/inbox", REVIEW, show_inbox, room="Record", title="Inbox", is_kept=False),
    Way("/inbox/upload", RECORD, show_upload, act=send_upload, is_kept=False),
    Way(
        "/document/{id}/passage",
        REVIEW,
        show_passage,
        act=send_passage,
        is_kept=False,
    ),
    Way("/inbox/{key}", REVIEW, show_item, act=send_item, is_kept=False),
    Way("/inbox/{key}/reject", REVIEW, lead_to_item, act=reject_item, is_kept=False),
    Way("/inbox/{key}/undo", REVIEW, lead_to_item, act=undo_item, is_kept=False),
)
