"""Forms for what is claimed and is no event: offers, counts, meetings, bodies, texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from vigens.board.forms.claims import PLACES, WHAT, claim_fields, said_of
from vigens.board.forms.fields import Field, Filled, Option, coded, lines, ours
from vigens.board.forms.form import Form
from vigens.board.forms.rows import named_rows, seat_columns, seats_of, whole_number
from vigens.board.forms.sending import way_of
from vigens.board.forms.writing import Writing
from vigens.board.tongues import N_
from vigens.desk import said_drafts
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vigens.board.ways import Way
    from vigens.journal import Draft


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of matter: its form's words, its fields, and its payload."""

    kind: str
    title: str
    lead: str
    lay: Callable[[Writing], tuple[Field, ...]]
    fill: Callable[[Filled], dict[str, Any]]


def _title(hint: str = N_("one sentence, as the source has it")) -> Field:
    return Field("title", N_("In words"), hint=hint, is_required=True, part=WHAT)


def _party(writing: Writing) -> Field:
    return Field(
        "party",
        N_("Which party"),
        "choice",
        options=writing.parties(),
        is_required=True,
        part=WHAT,
    )


def _choice(name: str, label: str, codes: str, default: str) -> Field:
    return Field(
        name,
        label,
        "choice",
        options=coded(codes),
        default=(default,),
        is_required=True,
        part=WHAT,
    )


def _stage() -> Field:
    return Field(
        "stage",
        N_("How far it is"),
        "choice",
        N_("as the source says; none follows from another"),
        options=(ours("", N_("the source does not say")), *coded("funding_stages")),
        part=WHAT,
    )


def _quantity(*, is_required: bool = False) -> tuple[Field, ...]:
    return (
        Field(
            "number",
            N_("How much"),
            hint=N_("a whole number; empty where it is not disclosed"),
            is_required=is_required,
            check=whole_number,
            part=WHAT,
        ),
        _choice("comparison", N_("How the number is meant"), "comparisons", "eq"),
        Field("unit", N_("Of what"), hint=N_("ships, people, EUR"), part=WHAT),
    )


def _quantity_of(filled: Filled) -> dict[str, Any]:
    if not filled.one("number"):
        return {}
    found: dict[str, Any] = {
        "number": int(filled.one("number")),
        "comparison": filled.one("comparison"),
    }
    if filled.one("unit"):
        found["unit"] = filled.one("unit")
    return found


def _lines(name: str, label: str) -> Field:
    return Field(name, label, "text", N_("one a line"), longest=3000, part=WHAT)


def offer_fields(writing: Writing) -> tuple[Field, ...]:
    """Ask what is offered, on what conditions."""
    return (
        _party(writing),
        _title(),
        _choice("stance", N_("Stance"), "stances", "offer"),
        Field(
            "domains",
            N_("Of what domains"),
            "many",
            N_("an offer of no domain cannot climb the ladder"),
            coded("domains"),
            part=WHAT,
        ),
        *_quantity(),
        _lines("conditions", N_("On what conditions")),
        _lines("gates", N_("Which national gates are before it")),
    )


def offer_of(filled: Filled) -> dict[str, Any]:
    """Give the fields of an offer, but its title, as filled in."""
    quantity = _quantity_of(filled)
    return {
        "party": filled.one("party"),
        "stance": filled.one("stance"),
        "domains": list(filled.all("domains")),
        **({"quantity": quantity} if quantity else {}),
        "conditions": lines(filled.one("conditions")),
        "gates": lines(filled.one("gates")),
    }


def _position(writing: Writing) -> tuple[Field, ...]:
    used = (e.payload.get("point") for e in writing.shown if e.kind == "position")
    points = tuple(Option(str(name), "") for name in dict.fromkeys(used) if name)
    point = Field(
        "point",
        N_("On which point"),
        "open",
        N_("a short name, the same each time; those in use are proposed"),
        points,
        is_required=True,
        part=WHAT,
    )
    return (_party(writing), point, _title())


def _count(writing: Writing) -> tuple[Field, ...]:
    program = writing.case.program
    measure = Field(
        "measure",
        N_("What is counted"),
        "choice",
        N_("two measures are never compared or summed"),
        tuple(Option(m.name, m.title) for m in program.measures.values()),
        is_required=True,
        part=WHAT,
    )
    speaker = Field(
        "speaker", N_("Who counts"), "open", options=writing.actors(), part=WHAT
    )
    return (measure, *_quantity(is_required=True), speaker, _title())


def _counted(filled: Filled) -> dict[str, Any]:
    speaker = {"speaker": filled.one("speaker")} if filled.one("speaker") else {}
    return {"measure": filled.one("measure"), **_quantity_of(filled), **speaker}


def _meeting(writing: Writing) -> tuple[Field, ...]:
    return (
        _title(),
        Field("place", N_("Where"), part=WHAT),
        _choice("format", N_("How they met"), "formats", "unknown"),
        Field(
            "attendance",
            N_("Who took part"),
            "rows",
            N_("nobody is absent for not being named"),
            part=WHAT,
            columns=seat_columns(writing),
        ),
    )


def _met(filled: Filled) -> dict[str, Any]:
    place = {"place": filled.one("place")} if filled.one("place") else {}
    attendance = seats_of(filled.rows("attendance"))
    return {"format": filled.one("format"), "attendance": attendance, **place}


def _institution(writing: Writing) -> tuple[Field, ...]:
    bodies = writing.lens_values("body")
    title = writing.case.program.title_of
    body = Field(
        "body",
        N_("Which body"),
        "open",
        options=tuple(Option(name, title(name)) for name in bodies),
        is_required=True,
        part=WHAT,
    )
    status = _choice("status", N_("How far it has come"), "body_status", "prospective")
    return (body, status, _title())


def _step(writing: Writing) -> tuple[Field, ...]:
    steps = writing.case.program.steps
    step = Field(
        "step",
        N_("Which planned step"),
        "open",
        options=tuple(Option(name, "") for name in steps),
        is_required=True,
        part=WHAT,
    )
    return (step, _choice("status", N_("How firm"), "step_status", "planned"), _title())


def _instrument(writing: Writing) -> Field:
    texts = writing.case.program.instruments.values()
    return Field(
        "instrument",
        N_("Which text"),
        "open",
        options=tuple(Option(text.name, text.title) for text in texts),
        is_required=True,
        part=WHAT,
    )


def _text(writing: Writing) -> tuple[Field, ...]:
    version = Field("version", N_("Which version"), part=WHAT)
    status = _choice("status", N_("Its status"), "text_status", "reported")
    return (_instrument(writing), version, status, _title())


def _picked(*names: str) -> Callable[[Filled], dict[str, Any]]:
    def fill(filled: Filled) -> dict[str, Any]:
        return {name: filled.one(name) for name in names if filled.one(name)}

    return fill


MATTERS_FORMS = (
    Matter(
        "offer",
        N_("An offer, or that none is made"),
        N_("what a party offers, may offer, or declines, with its conditions"),
        offer_fields,
        offer_of,
    ),
    Matter(
        "count",
        N_("A count"),
        N_("a number that somebody gives, with what it counts"),
        _count,
        _counted,
    ),
    Matter(
        "meeting",
        N_("A meeting"),
        N_("who met, where and how"),
        _meeting,
        _met,
    ),
    Matter(
        "position",
        N_("A position"),
        N_("where a party stands on one point of a negotiation"),
        _position,
        _picked("party", "point"),
    ),
    Matter(
        "institution",
        N_("A body"),
        N_("that a body is spoken of, planned, decided on or at work"),
        _institution,
        _picked("body", "status"),
    ),
    Matter(
        "step",
        N_("A planned step"),
        N_("what is announced for a day; the day passing proves nothing"),
        _step,
        _picked("step", "status"),
    ),
    Matter(
        "text",
        N_("A text"),
        N_("that a text is published, reported, or not seen"),
        _text,
        _picked("instrument", "version", "status"),
    ),
    Matter(
        "rule",
        N_("What a text is said to provide"),
        N_("a rule known from reports; it changes no rule of the agreement files"),
        lambda writing: (_instrument(writing), _title()),
        _picked("instrument"),
    ),
    Matter(
        "funding",
        N_("Money"),
        N_("who gives how much"),
        lambda writing: (
            named_rows(writing, "by", N_("Who gives"), WHAT),
            *_quantity(),
            _stage(),
            _title(),
        ),
        lambda filled: {
            "by": filled.column("by", "actor"),
            **_quantity_of(filled),
            **({"stage": filled.one("stage")} if filled.one("stage") else {}),
        },
    ),
    Matter(
        "statement",
        N_("A statement"),
        N_("what somebody said; no rule reads it"),
        lambda writing: (named_rows(writing, "by", N_("Who says it"), WHAT), _title()),
        lambda filled: {"by": filled.column("by", "actor")},
    ),
)


def _fields(matter: Matter, writing: Writing) -> tuple[Field, ...]:
    return (*matter.lay(writing), *claim_fields(writing))


def _drafts(
    matter: Matter, writing: Writing, filled: Filled, by: str
) -> Sequence[Draft]:
    payload = {**matter.fill(filled), "title": filled.one("title")}
    party = payload.get("party")
    said = said_of(
        writing,
        filled,
        matter=(matter.kind, payload),
        title=filled.given("title"),
        actors=tuple(payload.get("by") or ([party] if party else ())),
    )
    return said_drafts(writing.case, said, by=by)


def _form(matter: Matter) -> Form:
    return Form(
        f"/record/{matter.kind}",
        matter.title,
        matter.lead,
        Permission.RECORD,
        partial(_fields, matter),
        partial(_drafts, matter),
        places=PLACES,
    )


MATTERS_WAYS: tuple[Way, ...] = tuple(way_of(_form(each)) for each in MATTERS_FORMS)
