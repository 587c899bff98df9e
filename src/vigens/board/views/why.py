"""Why: an answer unfolded down to claims, sources and passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import UsageError, nearest
from vigens.board.contexts import Elsewhere, Page
from vigens.board.evidence import ShownNode, ShownPlace, show_node, show_place
from vigens.board.pictures import Picture, draw_timeline
from vigens.board.signs import Sign, sign_of
from vigens.board.views.first import ShownAnswer, show_answer
from vigens.board.views.problems import Problem
from vigens.desk import why
from vigens.engine import Verdict, phrase_in_general, what_is_missing

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.board.onlookers import Onlooker
    from vigens.desk import Answer, Why
    from vigens.engine import Missing
    from vigens.rules import Atom, Fluent, Program

#: From how many answers on a list is shown instead of trees.
MOST_TREES = 3


@dataclass(frozen=True, slots=True)
class ShownMissing:
    """What would make it so."""

    alternatives: tuple[tuple[str, ...], ...]
    is_exact: bool
    is_exhaustive: bool


@dataclass(frozen=True, slots=True)
class Unfolded:
    """One answer with its sentence, tree, picture and what is missing."""

    question: str
    answer: ShownAnswer
    sentence: str
    tree: ShownNode | None
    picture: Picture | None
    missing: ShownMissing | None


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of a list."""

    sign: Sign | None
    text: str
    question: str
    cause: str
    href: str
    is_supposed: bool


@dataclass(frozen=True, slots=True)
class Askable:
    """One fluent that can be asked for."""

    shape: str
    phrase: str
    href: str
    place: ShownPlace | None
    is_law: bool


@dataclass(frozen=True, slots=True)
class WhyPage:
    """The page: a question, and its answers as trees or as a list."""

    question: str
    problem: Problem | None
    unfolded: tuple[Unfolded, ...]
    lines: tuple[Line, ...]
    askable: tuple[Askable, ...]


def show_why(visit: Visit) -> Page | Elsewhere:
    """Answer a question and unfold the answer."""
    question = visit.ask("q")
    session = visit.session
    if not question:
        page = WhyPage("", None, (), (), _askable(visit))
        return Page("why.html", "Why", page)
    other = _other_page(visit, question)
    if other:
        return Elsewhere(other)
    try:
        atoms = session.atoms(question)
    except UsageError as error:
        problem = Problem.from_error(error)
        page = WhyPage(question, problem, (), (), _askable(visit))
        return Page("why.html", "Why", page, 400)
    if len(atoms) > MOST_TREES:
        fitting = [atom for atom in atoms if _is_askable(visit.case.program, atom)]
        answers = [session.answer(atom) for atom in fitting]
        lines = tuple(_line(visit, answer) for answer in answers)
        page = WhyPage(question, None, (), lines, ())
        return Page("why.html", question, page)
    found = tuple(unfold(visit, one) for one in why(session, question))
    title = found[0].answer.text if found else question
    return Page("why.html", title, WhyPage(question, None, found, (), ()))


def unfold(visit: Onlooker, found: Why, most: int | None = None) -> Unfolded:
    """Lay an answer out with its tree, no deeper than asked for."""
    session, answer = visit.session, found.answer
    missing = None
    if answer.verdict is not Verdict.HOLDS:
        (atom,) = session.atoms(answer.question)
        lacking = what_is_missing(session.evaluation, atom, session.lens.as_of)
        missing = show_missing(lacking)
    return Unfolded(
        answer.question,
        show_answer(visit, answer),
        found.sentence,
        show_node(visit, found.tree, most),
        draw_timeline(session, answer),
        missing,
    )


def show_missing(found: Missing) -> ShownMissing:
    """Lay out what would make it so."""
    alternatives = tuple(
        tuple(need.text for need in needs) for needs in found.alternatives if needs
    )
    exact = len(alternatives) == 1 and found.is_exhaustive
    return ShownMissing(alternatives, exact, found.is_exhaustive)


def _line(visit: Visit, answer: Answer) -> Line:
    cause = answer.causes[0].text if answer.causes else answer.reason or ""
    return Line(
        sign_of(answer.verdict),
        answer.text,
        answer.question,
        cause,
        visit.link("/why", q=answer.question),
        answer.is_supposed,
    )


def _other_page(visit: Visit, question: str) -> str:
    program = visit.case.program
    if question in program.fluents:
        return ""
    if question in program.obligations:
        return visit.link(f"/obligation/{question}")
    if question in program.measures:
        return visit.link(f"/counts/{question}")
    if question in program.steps:
        return visit.link("/") + "#steps"
    return ""


def _is_askable(program: Program, atom: Atom) -> bool:
    """Say whether a fluent is for this kind of text: treaties, or political texts."""
    fluent = program.fluents[atom.name]
    if fluent.applies_to is None:
        return True
    return all(
        program.instruments[value].family in (fluent.applies_to, "unstated")
        for param, value in zip(fluent.params, atom.values, strict=True)
        if param.sort == "instrument" and value in program.instruments
    )


def _wild(visit: Visit, fluent: Fluent, sort: str) -> str:
    """Ask for every value, but of instruments for the first that fits."""
    if sort != "instrument":
        return "_"
    texts = visit.case.program.instruments
    main = visit.case.settings.matrix_instrument or ""
    fitting = (
        name
        for name in ([main] if main in texts else []) + list(texts)
        if fluent.applies_to in (None, texts[name].family)
    )
    return next(fitting, "_")


def _askable(visit: Visit) -> tuple[Askable, ...]:
    program = visit.case.program
    asked = visit.ask("q").partition("(")[0]
    own_first = sorted(
        program.fluents.values(), key=lambda fluent: fluent.place.startswith("law/")
    )
    names = [fluent.name for fluent in own_first]
    meant = nearest(asked, names) if asked else None
    if meant:
        names = [meant, *(name for name in names if name != meant)]
    found = []
    for name in names:
        fluent = program.fluents[name]
        inside = ", ".join(param.name for param in fluent.params)
        wild = ", ".join(_wild(visit, fluent, param.sort) for param in fluent.params)
        question = f"{name}({wild})" if wild else name
        found.append(
            Askable(
                f"{name}({inside})" if inside else name,
                phrase_in_general(fluent),
                visit.link("/why", q=question),
                show_place(visit, fluent.place),
                fluent.place.startswith("law/"),
            )
        )
    return tuple(found)
