"""Answers as one HTML file: no server, no script, nothing fetched.

The sheet shows what the board's page shows, and leads to sources outside only.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from vigens.base import Dated, Joined, Message
from vigens.board.evidence import ShownClaim, show_claim, weight_words
from vigens.board.templating import HERE, read_templates
from vigens.board.tongues import tell
from vigens.board.views.first import show_answer
from vigens.board.views.obligations import ShownInstance, show_instance
from vigens.board.views.why import Unfolded, show_missing, unfold
from vigens.chrono import civil_date
from vigens.engine import Verdict
from vigens.model import lens_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import Case, Duty, MatterView, MissingFor, Session, Why
    from vigens.desk.shifts import Handover
    from vigens.people import Permission


@dataclass(frozen=True, slots=True)
class ShownMatter:
    """One matter with its claims, and what they come to."""

    title: str
    words: str
    claims: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the template is handed."""

    title: str
    case_title: str
    lens_words: tuple[str, ...]
    is_supposed: bool
    heading: str
    lead: str
    instances: tuple[ShownInstance, ...]
    unfolded: tuple[Unfolded, ...]
    matters: tuple[ShownMatter, ...]
    brief: Handover | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Looks at a sheet of paper: the case through a lens, and nowhere to go."""

    case: Case
    session: Session

    def link(self, path: str, **own: str | int) -> str:  # noqa: ARG002 - see Onlooker
        """Lead nowhere."""
        return ""

    def here(self, *, as_of: str | None = None, known_at: str | None = None) -> str:  # noqa: ARG002 - see Onlooker
        """Lead nowhere."""
        return ""

    def day(self, instant: int) -> str:
        """Write the civil day of an instant."""
        return Dated(civil_date(instant, self.session.lens.zone))

    def may(self, permission: Permission) -> bool:  # noqa: ARG002 - see Onlooker
        """Let nobody record on paper."""
        return False


def print_why(
    session: Session,
    title: str,
    found: Sequence[Why],
    *,
    duty: Duty | None = None,
    sentence: str = "",
    matters: Sequence[MatterView] = (),
    depth: int | None = None,
) -> str:
    """Write whys as one HTML document, each step folded up that is not the first.

    Args:
        session: The case through its lens.
        title: The question.
        found: Answers to unfold.
        duty: The obligation that was asked for, if one was.
        sentence: What is said first of an obligation, step or measure.
        matters: What is claimed besides.
        depth: Steps below this are counted and left out.
    """
    reader = _Reader(session.case, session)
    heading = duty.obligation.title if duty else title if sentence or matters else ""
    sheet = _sheet(
        session,
        title,
        heading=heading,
        lead=sentence,
        instances=tuple(show_instance(reader, o) for o in duty.instances)
        if duty
        else (),
        unfolded=tuple(unfold(reader, one, depth) for one in found),
        matters=tuple(_matter(reader, one) for one in matters),
    )
    return _render(sheet)


def print_missing(session: Session, title: str, found: Sequence[MissingFor]) -> str:
    """Write what is missing for each answer as one HTML document."""
    reader = _Reader(session.case, session)
    unfolded = tuple(
        Unfolded(
            one.answer.question,
            show_answer(reader, one.answer),
            one.sentence,
            None,
            None,
            None if one.answer.verdict is Verdict.HOLDS else show_missing(one.missing),
        )
        for one in found
    )
    return _render(_sheet(session, title, unfolded=unfolded))


def print_handover(brief: Handover) -> str:
    """Write a hand-over brief as one HTML document."""
    title = tell(Message("Hand-over brief: {title}", title=brief.title))
    compared = tell(Message("Compared with: {words}", words=brief.since))
    words = (*tell(brief.lens).split(" · "), compared)
    is_supposed = "supposing " in brief.lens
    return _render(
        Sheet(title, brief.title, words, is_supposed, title, "", (), (), (), brief)
    )


def _sheet(
    session: Session,
    title: str,
    *,
    heading: str = "",
    lead: str = "",
    instances: tuple[ShownInstance, ...] = (),
    unfolded: tuple[Unfolded, ...] = (),
    matters: tuple[ShownMatter, ...] = (),
) -> Sheet:
    lens = session.lens
    return Sheet(
        title,
        session.case.settings.title,
        lens_words(lens),
        bool(lens.hypotheses),
        heading,
        lead,
        instances,
        unfolded,
        matters,
    )


def _matter(reader: _Reader, matter: MatterView) -> ShownMatter:
    said = weight_words(matter.weight) or Message("has no effect")
    when = Dated(matter.happened) if matter.happened else ""
    claims = tuple(show_claim(reader, claim) for claim in matter.claims)
    return ShownMatter(
        matter.title,
        Joined(": ", (Joined(", ", filter(None, (said, when))), matter.reason)),
        claims,
    )


def _render(sheet: Sheet) -> str:
    templates = read_templates()
    style = (HERE / "static" / "board.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return templates.get_template("printed.html").render(
        page=sheet,
        style=Markup(style),  # noqa: S704 -- our own file
        hash=digest,
    )
