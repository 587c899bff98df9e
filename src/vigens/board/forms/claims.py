"""What every claim has, whatever it claims: source, passage, dates, voice, grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.base import InputError, Message
from vigens.board.forms.fields import (
    TEXT,
    Field,
    Filled,
    Option,
    coded,
    ours,
)
from vigens.board.forms.writing import Writing, date_field
from vigens.board.tongues import N_
from vigens.desk import (
    Said,
)
from vigens.desk.writing import (
    passage_of,
)
from vigens.journal import Source
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.journal import Entry, Passage

WHAT = N_("What is said")
SOURCE = N_("Where it stands")
TIMES = N_("When")
GRADE = N_("How far to trust it")

#: Kinds of sources that are proposed beside those that the case uses already.
_TYPES = ("issuer", "press", "agency", "broadcaster", "social media", "document")

#: Places of errors of the desk, and the fields that they are about.
PLACES = {
    "an Admiralty grade": "reliability",
    "--event": "arg_1",
    "--state": "arg_1",
    "the passage": "quote",
}


def claim_fields(
    writing: Writing, *, denial: bool = True, is_new: bool = True
) -> tuple[Field, ...]:
    """Ask for all that a claim carries besides what it claims.

    Args:
        writing: Who writes.
        denial: Whether a source may say that it is not so.
        is_new: Whether its matter is new, so that marks are asked for.
    """
    targets = () if writing.target is None else (writing.target,)
    return (
        *((_DENIES,) if denial else ()),
        Field(
            "voice",
            N_("On whose word"),
            "open",
            N_("the party or office that the source quotes; empty: the source itself"),
            writing.actors(),
            part=WHAT,
        ),
        *_source_fields(writing),
        date_field(
            "happened",
            N_("Happened on"),
            N_("as 2026-01-06, 2026-01 or 2026-01-06/2026-01-09"),
            part=TIMES,
        ),
        date_field(
            "known_from",
            N_("Known from"),
            N_("when one could know it; empty: when it was published, else now"),
            part=TIMES,
        ),
        *(grade_fields() if writing.may(Permission.REVIEW) else ()),
        *(writing.marked(targets) if is_new else ()),
    )


_DENIES = Field(
    "denies",
    N_("The source says that it is not so"),
    "flag",
    N_("a denial is evidence, too"),
    (ours("yes", N_("denied")),),
    part=WHAT,
)


def _source_fields(writing: Writing) -> tuple[Field, ...]:
    address, title, kind = writing.last_source()
    return (
        Field(
            "source",
            N_("Address of the source"),
            "open",
            N_("web address, archive mark or file; the last ones are proposed"),
            writing.sources(),
            (address,) if address else (),
            longest=2000,
            part=SOURCE,
        ),
        Field(
            "source_title",
            N_("Its title"),
            default=(title,) if title else (),
            part=SOURCE,
        ),
        Field(
            "source_type",
            N_("Its kind"),
            "open",
            N_("as the case's rule for grades names it"),
            _types(writing),
            (kind,) if kind else (),
            part=SOURCE,
        ),
        date_field(
            "published", N_("Published on"), N_("as 2026-01-06 or 2026-01"), part=SOURCE
        ),
        Field(
            "document",
            N_("Document"),
            "choice",
            N_("a report that this case keeps, where the passage stands"),
            _documents(writing),
            part=SOURCE,
        ),
        Field(
            "quote",
            N_("Passage"),
            "text",
            N_("copied from that document; it must stand there once"),
            longest=TEXT,
            part=SOURCE,
        ),
    )


def grade_fields() -> tuple[Field, ...]:
    """Ask for reliability and credibility, apart; both start where nothing is judged."""
    return (
        Field(
            "reliability",
            N_("Reliability of the source"),
            "choice",
            N_("how far this source has earned trust, whatever it says here"),
            coded("reliability"),
            ("F",),
            is_required=True,
            part=GRADE,
        ),
        Field(
            "credibility",
            N_("Credibility of what it says"),
            "choice",
            N_("how far others bear it out, whoever says it; F6 is not graded yet"),
            coded("credibility"),
            ("6",),
            is_required=True,
            part=GRADE,
        ),
    )


def grade_of(filled: Filled) -> str | None:
    """Give the grade that was set; none where both parts were left alone."""
    grade = filled.one("reliability") + filled.one("credibility")
    return None if grade in ("", "F6") else grade


def said_of(writing: Writing, filled: Filled, **what: Any) -> Said:
    """Give what a source says, as the form has it.

    Raises:
        InputError: A passage without its document, or one that does not stand there.
    """
    passage = _passage(writing, filled)
    source = None
    if filled.one("source"):
        source = Source(
            filled.one("source"),
            filled.given("source_title"),
            filled.given("source_type"),
            filled.given("published"),
            passage,
        )
    elif passage is not None or filled.one("published"):
        raise InputError(
            Message("a passage or a date stands in a source"),
            "--source",
            Message("write its address"),
        )
    return Said(
        happened=filled.given("happened"),
        denies=bool(filled.one("denies")),
        source=source,
        voice=filled.given("voice"),
        known_from=filled.given("known_from") or filled.given("published"),
        grade=grade_of(filled),
        **what,
    )


def _passage(writing: Writing, filled: Filled) -> Passage | None:
    document, quote = filled.one("document"), filled.one("quote")
    if not document and not quote:
        return None
    if not document or not quote:
        raise InputError(
            Message("a passage needs its document, and a document its passage"),
            Message("the passage"),
            Message("give both, or neither"),
        )
    return passage_of(writing.whole, document, quote)


def _types(writing: Writing) -> tuple[Option, ...]:
    used = (source.type for entry in writing.shown for source in entry.sources)
    names = dict.fromkeys((*(name for name in used if name), *_TYPES))
    return tuple(Option(name, "") for name in names)


def _documents(writing: Writing) -> tuple[Option, ...]:
    return tuple(
        Option(sha256, title)
        for sha256, title in known_documents(writing.shown).items()
    )


def known_documents(shown: Iterable[Entry]) -> dict[str, str]:
    """List the documents that are on record, by SHA-256, with their titles."""
    found: dict[str, str] = {}
    for entry in shown:
        if entry.kind == "document" and not entry.is_stub:
            title = str(entry.payload.get("title") or entry.payload["name"])
            found[str(entry.payload["sha256"])] = title
    return found
