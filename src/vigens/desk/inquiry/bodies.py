"""Bodies and posts: what is said of each body, and who holds which post since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.desk.reasons import ClaimView, claims_about
from vigens.desk.timelines import read_timeline
from vigens.engine import Verdict
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.model import Weight

#: States of a body that the general law and agreements speak of, where declared.
STATES = ("decided", "set_up", "may_find_breaches")


@dataclass(frozen=True, slots=True)
class Report:
    """What one entry says of a body."""

    ref: str
    status: str
    title: str
    happened: str
    weight: Weight | None
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """One body.

    Attributes:
        body: Code.
        title: In words.
        declared: What the agreement file says of its status, or empty.
        answers: What the rules come to on the day asked about.
        reports: What entries say, in the order of time.
    """

    body: str
    title: str
    declared: str
    answers: tuple[Answer, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """One party in one post for one span of time.

    Attributes:
        holder: In words.
        bound: `surely` or `possibly`.
        since: From which day; empty where ever since.
        until: Until which day; empty where it goes on.
        question: Leads to the reasons.
    """

    holder: str
    bound: str
    since: str
    until: str
    question: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post with its holders over time."""

    post: str
    title: str
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies and posts of a case."""

    bodies: tuple[Body, ...]
    posts: tuple[Post, ...]


def read_bodies(session: Session) -> Bodies:
    """List every body that is declared or reported, and every post."""
    reports: dict[str, list[Report]] = {}
    for entry in session.assembled.view.entries:
        if entry.kind == "institution":
            weighing = session.assembled.weighings.get(entry.id)
            reports.setdefault(str(entry.payload["body"]), []).append(
                Report(
                    entry.id,
                    str(entry.payload.get("status") or ""),
                    entry.title,
                    entry.happened or "",
                    weighing.weight if weighing else None,
                    claims_about(session, entry.id),
                )
            )
    actors = session.case.program.actors
    declared = [actor.name for actor in actors.values() if actor.sort == "body"]
    return Bodies(
        tuple(
            Body(
                name,
                session.case.program.title_of(name),
                (actors[name].status or "") if name in actors else "",
                tuple(_answers(session, name)),
                tuple(sorted(reports.get(name, ()), key=lambda one: one.happened)),
            )
            for name in dict.fromkeys((*declared, *reports))
        ),
        tuple(_posts(session)),
    )


def _answers(session: Session, body: str) -> Iterator[Answer]:
    """Answer what is declared of bodies alone; what surely never was is left out."""
    program = session.case.program
    if body not in program.values_of("body"):
        return
    known = [program.fluents[name] for name in STATES if name in program.fluents]
    known += [each for each in program.fluents.values() if each.name not in STATES]
    for fluent in known:
        if [param.sort for param in fluent.params] != ["body"]:
            continue
        answer = session.answer(Atom(fluent.name, (Constant(body),)))
        if answer.verdict is not Verdict.FAILS or fluent.name in STATES:
            yield answer


def _posts(session: Session) -> Iterator[Post]:
    program = session.case.program
    if "post_held" not in program.fluents:
        return
    held: dict[str, list[Holding]] = {post: [] for post in session.values("post")}
    for name, holdings in held.items():
        for found in read_timeline(session, f"post_held({name}, _)"):
            holder = found.arguments[1]
            holdings.append(
                Holding(
                    program.title_of(holder),
                    found.bound,
                    "" if found.start is None else session.day(found.start),
                    "" if found.end is None else session.day(found.end),
                    f"post_held({name}, {holder})",
                )
            )
    for name, holdings in held.items():
        words = program.title_of(name)
        yield Post(name, words, tuple(sorted(holdings, key=lambda one: one.since)))
