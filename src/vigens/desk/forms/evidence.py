"""What answers rest on, as plain JSON values: whys, claims, entries, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from vigens.chrono import format_instant
from vigens.desk.forms.parts import answer_form, cause_form, exact
from vigens.desk.forms.resting import (
    ClaimForm,
    EntryForm,
    LineForm,
    MatterForm,
    MissingForm,
    NodeForm,
)
from vigens.journal import entry_to_json

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.desk.log import LogLine
    from vigens.desk.matters import MatterView
    from vigens.desk.missing import MissingFor
    from vigens.desk.reasons import ClaimView, WhyNode
    from vigens.journal import Entry
    from vigens.model import Lens


def why_form(
    session: Session,
    step: WhyNode,
    depth: int | None,
    *,
    level: int = 0,
    shown: dict[int, int] | None = None,
) -> NodeForm:
    """Give a why tree, cut at a depth where one is asked for.

    Args:
        session: The case through its lens.
        step: Root of the tree.
        depth: Steps below this are counted and left out; `None` leaves out none.
        level: How deep the root stands.
        shown: Number of each step that was given whole to its level; such a step is
            given again without what is below it.
    """
    node = step.node
    shown = {} if shown is None else shown
    is_above = shown.get(step.number, level + 1) <= level
    is_cut = depth is not None and level >= depth
    if not is_above and not is_cut:
        shown[step.number] = level
    children = () if is_above or is_cut else step.children
    return {
        "id": step.number,
        "kind": node.kind,
        "text": node.text,
        "answer": node.verdict.word if node.verdict else None,
        "place": node.place or None,
        "rule": node.rule,
        "entry": node.ref,
        "weight": str(node.weight) if node.weight else None,
        "date": exact(session, node.instant) or None,
        "disputed": node.is_disputed,
        "hypothesis": node.is_hypothesis,
        "caveat": node.caveat,
        "causes": [cause_form(session, cause) for cause in node.causes],
        "claims": [claim_form(session, claim) for claim in step.claims],
        "children": [
            why_form(session, child, depth, level=level + 1, shown=shown)
            for child in children
        ],
        "n_more": node.n_more,
        "as_above": is_above and bool(step.children),
        "n_cut": len(step.children) if is_cut and not is_above else 0,
    }


def claim_form(session: Session, claim: ClaimView) -> ClaimForm:
    """Give one claim with its sources."""
    return {
        "entry": claim.ref,
        "row": claim.row or None,
        "statement": claim.statement,
        "affirms": claim.affirms,
        "counts": claim.counts,
        "grade": claim.grade,
        "is_graded": claim.is_graded,
        "voice": claim.voice or None,
        "copies": list(claim.copies),
        "known_from": exact(session, claim.known_from),
        "reviews": list(claim.reviews),
        "sources": [
            {
                "title": source.title,
                "address": source.address,
                "type": source.type,
                "published": source.published,
                "passage": {
                    "document": source.document,
                    "start": source.start,
                    "end": source.end,
                    "quote": source.quote,
                }
                if source.document
                else None,
            }
            for source in claim.sources
        ],
    }


def matter_form(session: Session, matter: MatterView) -> MatterForm:
    """Give a matter with everything that is claimed about it."""
    return {
        "entry": matter.ref,
        "kind": matter.kind,
        "title": matter.title,
        "weight": str(matter.weight) if matter.weight else None,
        "reason": matter.reason,
        "claims": [claim_form(session, each) for each in matter.claims],
    }


def missing_form(session: Session, found: MissingFor) -> MissingForm:
    """Give what is missing for one answer."""
    return {
        "answer": answer_form(session, found.answer),
        "sentence": found.sentence,
        "is_exhaustive": found.missing.is_exhaustive,
        "alternatives": [
            [
                {
                    "kind": need.kind,
                    "text": need.text,
                    "event": str(need.atom) if need.atom else None,
                }
                for need in needs
            ]
            for needs in found.missing.alternatives
        ],
    }


def line_form(line: LogLine, lens: Lens) -> LineForm:
    """Give one entry of the log with its number."""
    return {
        "position": line.position,
        "counts_from": format_instant(line.known_from, lens.zone),
        "entry": entry_form(line.entry),
    }


def entry_form(entry: Entry) -> EntryForm:
    """Give one entry as it is recorded, with fields that this version does not know."""
    return cast("EntryForm", entry_to_json(entry))
