"""Redacting in a small case: the wish, the agreement, the deed."""

from __future__ import annotations

from tests.unit.desk.smallcase import Writer
from vigens.desk import (
    carry_out,
    complete,
    confirmation_draft,
    find_redaction,
    want_redaction,
)

SECRET = "the cook of the third ferry told us"


def want(writer: Writer, entry: str, **options: object) -> str:
    done = want_redaction(
        writer.case(),
        writer.clock,
        entry,
        "law",
        by="one",
        **options,  # type: ignore[arg-type] # by name
    )
    return done.carried.entries[0].id


def agree(writer: Writer, fact: str, by: str = "two") -> None:
    draft = confirmation_draft(writer.case(), fact, by=by, of_redaction=True)
    carry_out(writer.case(), writer.clock, [draft])


def redact(writer: Writer, entry: str, **options: object) -> str:
    fact = want(writer, entry, **options)
    agree(writer, fact)
    case = writer.case()
    complete(case, writer.clock, find_redaction(case, fact))
    return fact
