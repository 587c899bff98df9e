"""What changed between two views: two lenses of one reader's choice, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.board.contexts import Page
from vigens.board.lensform import make_looking
from vigens.board.offices.changes import ChangeGroup, show_changes
from vigens.board.tongues import _
from vigens.board.views.first import ShownAnswer, show_answer
from vigens.board.views.problems import Problem
from vigens.desk import compare
from vigens.model import describe_lens

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk import Session

#: Parts of the other lens, as an address carries them.
PARTS = ("before_as_of", "before_known_at", "before_policy", "before_reader")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The page.

    Attributes:
        asked: The other lens as asked for, by name of part.
        policies: To choose from, as `(name, is chosen)`.
        readers: To choose from; one alone cannot be chosen.
        problem: What is wrong with the other lens.
        before: The other lens in words.
        after: This lens in words.
        is_same: Whether both are one lens.
        headline: The first line through both.
        groups: What differs.
        n_unseen: How many states that no evidence names were passed over.
    """

    asked: dict[str, str]
    policies: tuple[tuple[str, bool], ...]
    readers: tuple[tuple[str, bool], ...]
    problem: Problem | None
    before: str
    after: str
    is_same: bool
    headline: tuple[ShownAnswer, ShownAnswer] | None
    groups: tuple[ChangeGroup, ...]
    n_unseen: int
    n_idle: int


def show_comparison(visit: Visit) -> Page:
    """Show what differs between another lens and this one."""
    asked = {name: visit.ask(name) for name in PARTS}
    try:
        other = _other(visit, asked)
    except VigensError as error:
        page = _page(visit, asked, problem=Problem.from_error(error))
        return Page("comparison.html", _("Compare two views"), page, 400)
    return Page("comparison.html", _("Compare two views"), _page(visit, asked, other))


def _other(visit: Visit, asked: dict[str, str]) -> Session | None:
    """Open the other lens; none where nothing was said of it.

    A person with the eyes of one reader has no other.
    """
    if not any(asked.values()):
        return None
    only = visit.person.reader
    changed = replace(
        visit.asked,
        as_of=asked["before_as_of"] or visit.asked.as_of,
        known_at=asked["before_known_at"] or visit.asked.known_at,
        policy=asked["before_policy"] or visit.asked.policy,
        reader=only or asked["before_reader"] or visit.asked.reader,
        suppose=(),
    )
    whole = visit.casebook.case()
    return visit.casebook.session(whole, make_looking(changed, visit.now))


def _page(
    visit: Visit,
    asked: dict[str, str],
    other: Session | None = None,
    problem: Problem | None = None,
) -> Comparison:
    session = visit.session
    headline = None
    groups: tuple[ChangeGroup, ...] = ()
    n_unseen, n_idle = 0, 0
    is_same = other is not None and other.lens == session.lens
    if other is not None and not is_same:
        changes = compare(other, session)
        groups = show_changes(visit, changes)
        n_unseen = sum(number for _name, number in changes.not_looked_at)
        n_idle = len(changes.idle)
        if changes.headline is not None:
            headline = (
                show_answer(visit, changes.headline.before),
                show_answer(visit, changes.headline.after),
            )
    policies = visit.case.settings.policies
    return Comparison(
        asked,
        tuple((name, name == asked["before_policy"]) for name in policies),
        _readers(visit, asked["before_reader"]),
        problem,
        describe_lens(other.lens) if other else "",
        describe_lens(session.lens),
        is_same,
        headline,
        groups,
        n_unseen,
        n_idle,
    )


def _readers(visit: Visit, chosen: str) -> tuple[tuple[str, bool], ...]:
    """List the readers whose eyes may be taken; none for who has one reader's."""
    if visit.person.reader is not None:
        return ()
    lens = visit.lens
    named = visit.case.readers(lens.known_at, lens.recorded_at).named
    names = dict.fromkeys(("public", "all", *named))
    return tuple((name, name == chosen) for name in names)
