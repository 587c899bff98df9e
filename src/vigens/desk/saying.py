"""What a source says, as entries: a matter, a claim about it, and its grade."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, Message, UsageError, has_errors, render_finding
from vigens.chrono import parse_edtf
from vigens.desk.carrying import named
from vigens.desk.drafting import event_of
from vigens.engine import phrase
from vigens.journal import MATTERS, Draft
from vigens.lang import parse_question
from vigens.model import parse_grade
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.desk.case import Case
    from vigens.journal import Source


@dataclass(frozen=True, slots=True)
class Said:
    """What a person saw in a source; one of event, state, about and matter is given.

    Attributes:
        event: What happened, as `signs(paris, FR)`.
        state: What was seen to hold or not, as `ceasefire(general)`.
        about: A matter that is recorded already: id or the beginning of it.
        matter: Another kind of matter with its fields, such as an offer.
        happened: EDTF.
        holds: Of a state, whether it held.
        denies: Whether the source says that it is not so.
        title: In words; by default what is said as the rules name it.
        source: Where it stands.
        voice: On whose word.
        known_from: EDTF; by default now.
        grade: Recorded with it, if given.
        actors: Of whom the claim speaks.
    """

    event: str | None = None
    state: str | None = None
    about: str | None = None
    matter: tuple[str, Mapping[str, Any]] | None = None
    happened: str | None = None
    holds: bool = True
    denies: bool = False
    title: str | None = None
    source: Source | None = None
    voice: str | None = None
    known_from: str | None = None
    grade: str | None = None
    actors: tuple[str, ...] = ()


def said_drafts(case: Case, said: Said, *, by: str) -> tuple[Draft, ...]:
    """Draft what a source says.

    Raises:
        InputError: No such matter, no date or no grade.
        UsageError: An event or state that is not declared.
    """
    for date in (said.happened, said.known_from):
        if date is not None:
            parse_edtf(date)
    marks = case.settings.marks
    rest: dict[str, Any] = {"known_from": said.known_from}
    drafts: list[Draft] = []
    if said.about is not None:
        matter = named(case, said.about)
        if matter.kind not in MATTERS:
            raise InputError(
                Message("a {kind} is nothing that can be claimed", kind=matter.kind),
                Message("entry {id}", id=matter.id[:12]),
                Message(
                    "name one of these kinds: {names}", names=", ".join(sorted(MATTERS))
                ),
            )
        target, title, marks = matter.id, said.title or matter.title, matter.marks
    else:
        kind, payload = _matter(case, said)
        target, title = "@matter", payload["title"]
        draft = Draft(kind, payload, by, said.happened, handle="matter", **rest)
        drafts.append(draft)
    claim: dict[str, Any] = {
        "polarity": "neg" if said.denies else "pos",
        "statement": title,
        "actors": list(said.actors),
    }
    if said.voice:
        claim["voice"] = said.voice
    if said.denies:
        claim["denies"] = [target]
    sources = (said.source,) if said.source else ()
    drafts.append(
        Draft(
            "claim",
            claim,
            by,
            said.happened,
            sources=sources,
            about=(target,),
            handle="claim",
            **rest,
        )
    )
    if said.grade is not None:
        found = parse_grade(said.grade)
        graded = {"reliability": found.reliability, "credibility": found.credibility}
        drafts.append(Draft("grade", graded, by, about=("@claim",), **rest))
    return tuple(_marked(draft, marks) for draft in drafts)


def _marked(draft: Draft, marks: tuple[str, ...]) -> Draft:
    return replace(draft, marks=marks)


def _matter(case: Case, said: Said) -> tuple[str, dict[str, Any]]:
    if said.matter is not None:
        kind, payload = said.matter
        return kind, dict(payload)
    if said.event is not None:
        event, args = event_of(case, said.event)
        happened = Atom(event, tuple(Constant(value) for value in args))
        title = said.title or str(phrase(case.program, happened))
        return "occurrence", {"event": event, "args": args, "title": title}
    text = said.state or ""
    atom, findings = parse_question(text, case.program)
    if atom is None or has_errors(findings) or not atom.is_ground:
        shown = "\n".join(render_finding(finding) for finding in findings)
        raise UsageError(
            f'this state cannot be read: "{text[:80]}"\n{shown}'.rstrip(),
            "--state",
            Message("name a declared fluent with all of its arguments"),
        )
    return "observation", {
        "fluent": atom.name,
        "args": list(atom.values),
        "holds": said.holds,
        "title": said.title or ("" if said.holds else "not ") + text,
    }
