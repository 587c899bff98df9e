"""Accepting a suggestion: a form that begins with what was proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.base import InputError, Message, VigensError
from vigens.board.forms import (
    Field,
    Filled,
    Form,
    Option,
    Writing,
    argument_fields,
    arguments_of,
    atom,
    date_field,
    grade_fields,
    grade_of,
    named_rows,
    ours,
)
from vigens.board.tongues import N_, tell
from vigens.desk import (
    Likenesses,
    find_suggested,
    statement_of,
)
from vigens.desk.writing import (
    accept_drafts,
    read_queue_as,
    read_suggested_as,
    record_accepted,
)
from vigens.engine import phrase_in_general
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.contexts import Visit
    from vigens.desk import Likeness, Suggested
    from vigens.journal import Draft, Entry
    from vigens.rules import Variable

WHAT, RULES = N_("What it says"), N_("What rules read")

#: Fields of the form that a suggestion has, as text.
_TEXTS = ("statement", "happened", "place", "voice", "polarity", "event", "body")
_MEASURE, _NUMBER, _ACTORS = "measure", "number", "actors"


def find_item(writing: Writing) -> Suggested:
    """Find the suggestion that an address names.

    Raises:
        InputError: There is none that this person may see, or this person speaks for
            one delegation alone.
    """
    refuse_delegation(writing.visit)
    key = writing.visit.names["key"].lower()
    is_long = len(key) >= 6
    found: tuple[Suggested, ...] = (
        read_suggested_as(writing.whole, writing.lens, key) if is_long else ()
    )
    if len(found) != 1:
        raise InputError(
            Message("there is no such suggestion in the inbox"),
            Message("the address"),
            Message("open the inbox; what it shows can be opened"),
        )
    return found[0]


def refuse_delegation(visit: Visit) -> None:
    """Refuse who speaks for one delegation: reports are not on any sheet.

    Raises:
        InputError: This person does.
    """
    if visit.person.delegation is not None:
        raise InputError(
            Message("the inbox is kept by who keeps the whole record"),
            Message("your account"),
            Message("record for your own sheet by the forms"),
        )


def likenesses_of(writing: Writing, item: Suggested) -> tuple[Likeness, ...]:
    """List what is recorded and like a suggestion, as far as this person sees it."""
    try:
        return Likenesses(writing.case).of(item)
    except VigensError:
        return ()  # edited to what no agreement declares; the form says so


def _proposed(item: Suggested) -> dict[str, str]:
    """Give what a suggestion says, edits of others included, field by field."""
    row, edits = item.row, item.edits
    count = row.get("count") or {}
    actors = edits.get("actors")
    if actors is None:
        found = [actor["id"] for actor in row["actors"] if actor.get("id")]
        actors = list(dict.fromkeys(found))
    number = edits.get(_NUMBER, count.get("n"))
    return {
        "statement": statement_of(item),
        "happened": str(edits.get("happened") or row.get("date") or ""),
        "place": str(edits.get("place") or row.get("place") or ""),
        "voice": str(edits.get("voice") or ""),
        "polarity": str(edits.get("polarity") or row["polarity"]),
        "event": str(edits.get("event") or ""),
        "body": str(edits.get("body") or ""),
        _MEASURE: str(edits.get(_MEASURE) or ""),
        _NUMBER: str(number) if type(number) is int else "",
        _ACTORS: ", ".join(actors),
    }


def changed_fields(
    item: Suggested, filled: Filled, params: tuple[Variable, ...]
) -> dict[str, Any]:
    """Give what a person set instead of what was proposed.

    Args:
        item: What was proposed.
        filled: What the form holds.
        params: What its event is about, as `event_params` gives it.

    Raises:
        InputError: A number that is none.
    """
    proposed = _proposed(item)
    found: dict[str, Any] = {
        name: filled.one(name)
        for name in (*_TEXTS, _MEASURE)
        if filled.one(name) != proposed[name] and filled.one(name)
    }
    event = _event_of(filled, params)
    found.pop("event", None)
    if event and event != proposed["event"]:
        found["event"] = event
    if "statement" in found:
        words = " ".join(found["statement"].split())
        if words == proposed["statement"]:
            del found["statement"]
    names = filled.column(_ACTORS, "actor")
    if ", ".join(names) != proposed[_ACTORS]:
        found[_ACTORS] = names
    number = filled.one(_NUMBER)
    if number and number != proposed[_NUMBER]:
        if not number.isdecimal() or len(number) > 15:
            raise InputError(
                Message('"{number}" is no whole number', number=number[:40]),
                _NUMBER,
                Message("write digits alone"),
            )
        found[_NUMBER] = int(number)
    return found


def _fields(writing: Writing) -> tuple[Field, ...]:
    item = find_item(writing)
    own = _proposed(item)
    like = likenesses_of(writing, item)
    copy = Field(
        "own_origin",
        N_("Its report reads like another one"),
        "flag",
        N_("else the two count as one origin"),
        (ours("yes", N_("it is no copy, count it by itself")),),
        part=N_("Evidence"),
    )
    return (
        *_word_fields(writing, own),
        *_place_fields(writing, own),
        Field(
            "about",
            N_("The same as what is recorded"),
            "choice",
            N_("none: it is recorded as something new"),
            tuple(Option(one.ref, f"{one.kind}: {one.title[:120]}") for one in like),
            part=N_("Evidence"),
        ),
        Field(
            "about_other",
            N_("Or the same as this entry"),
            hint=N_("its id, or the first 6 digits of it"),
            longest=64,
            part=N_("Evidence"),
        ),
        *((copy,) if item.document.get("copy_of") else ()),
        *grade_fields(),
        date_field(
            "known_from",
            N_("Known from"),
            N_("empty: the report's own date, else now"),
            part=N_("Evidence"),
        ),
        *writing.marked(),
    )


def _word_fields(writing: Writing, own: dict[str, str]) -> tuple[Field, ...]:
    actors = writing.case.program.actors.values()
    names = tuple(Option(actor.name, actor.title) for actor in actors)
    polarity = (
        ours("pos", N_("it says so")),
        ours("neg", N_("it denies it")),
        ours("mixed", N_("it says both")),
    )

    def start(name: str) -> tuple[str, ...]:
        return (own[name],) if own[name] else ()

    return (
        Field(
            "statement",
            N_("In words"),
            "text",
            default=start("statement"),
            is_required=True,
            longest=6000,
            part=WHAT,
        ),
        date_field("happened", N_("Happened on"), "", own["happened"], WHAT),
        Field("place", N_("Where"), default=start("place"), part=WHAT),
        named_rows(
            writing,
            _ACTORS,
            N_("Who"),
            WHAT,
            rows=tuple({"actor": name} for name in own[_ACTORS].split(", ") if name),
            is_required=False,
        ),
        Field(
            "voice",
            N_("On whose word"),
            "open",
            options=names,
            default=start("voice"),
            part=WHAT,
        ),
        Field(
            "polarity",
            N_("Says or denies"),
            "choice",
            options=polarity,
            default=start("polarity"),
            is_required=True,
            part=WHAT,
        ),
    )


def event_params(writing: Writing) -> tuple[Variable, ...]:
    """Give what the event is about that the form names now, as it is declared.

    None where it names no event that is declared, or writes one with its arguments.
    """
    sent = writing.sent
    if sent is None:
        named = _proposed(find_item(writing))["event"].partition("(")[0]
    else:
        named = str(sent.get("event") or "").strip()
    declared = writing.case.program.events.get(named)
    return () if declared is None else tuple(declared.params)


def _event_of(filled: Filled, params: tuple[Variable, ...]) -> str:
    """Give the event as rules write it."""
    name = filled.one("event")
    if not params or "(" in name:
        return name
    return atom(name, arguments_of(params, filled))


def _place_fields(writing: Writing, own: dict[str, str]) -> tuple[Field, ...]:
    program = writing.case.program
    name, _, rest = own["event"].partition("(")
    if writing.sent is not None and writing.sent.get("event") != name:
        rest = ""  # another event is about something else
    values = [value.strip() for value in rest.removesuffix(")").split(",") if rest]

    def start(name: str) -> tuple[str, ...]:
        return (own[name],) if own[name] else ()

    return (
        Field(
            "event",
            N_("Which event of the agreements"),
            "open",
            N_("empty: no event; what it is about is asked for then"),
            tuple(
                Option(e.name, tell(phrase_in_general(e)))
                for e in program.events.values()
            ),
            (name,) if name else (),
            part=RULES,
            leads=N_("Ask what it is about"),
        ),
        *argument_fields(writing, event_params(writing), RULES, values=values),
        Field(
            _MEASURE,
            N_("Which measure"),
            "choice",
            options=tuple(Option(m.name, m.title) for m in program.measures.values()),
            default=start(_MEASURE),
            part=RULES,
        ),
        Field(
            _NUMBER,
            N_("Which number"),
            default=start(_NUMBER),
            part=RULES,
        ),
        Field(
            "body",
            N_("Which body"),
            "open",
            options=tuple(Option(name, "") for name in writing.lens_values("body")),
            default=start("body"),
            part=RULES,
        ),
    )


def _drafts(writing: Writing, filled: Filled, by: str) -> Sequence[Draft]:
    item = find_item(writing)
    about = filled.given("about")
    if filled.one("about_other"):
        about = writing.entry(filled.one("about_other")).id
    return accept_drafts(
        writing.case,
        writing.now,
        item.key,
        by=by,
        fields=changed_fields(item, filled, event_params(writing)),
        about=about,
        known_from=filled.given("known_from"),
        grade=grade_of(filled),
        marks=None if about else filled.all("mark") or None,
        is_own=bool(filled.one("own_origin")),
    )


def _record(writing: Writing, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
    key = find_item(writing).key
    return record_accepted(writing.whole, writing.visit.casebook.clock, key, drafts)


def neighbours(
    writing: Writing, key: str, queue: Sequence[Suggested] = ()
) -> tuple[str, str]:
    """Give the keys of the waiting suggestions before and after one, if there are."""
    queue = queue or read_queue_as(writing.whole, writing.lens)
    place = next((n for n, item in enumerate(queue) if item.key == key), len(queue))
    before = (i.key for i in reversed(queue[:place]) if i.state == "waiting")
    after = (i.key for i in queue[place + 1 :] if i.state == "waiting")
    return next(before, ""), next(after, "")


def _then(writing: Writing) -> dict[str, str]:
    key = find_item(writing).key
    before, after = neighbours(writing, key)
    return {"queue": after or before or "done", "decided": key}


ACCEPT = Form(
    "/inbox/{key}",
    N_("A suggestion"),
    N_("Nothing of it is on record before you accept it."),
    Permission.REVIEW,
    _fields,
    _drafts,
    places={
        "--event": "event",
        "--measure": _MEASURE,
        "an Admiralty grade": "reliability",
    },
    record=_record,
    then=_then,
)


def decide_again(writing: Writing) -> Suggested:
    """Give the suggestion as it stands for everybody, whatever this person sees."""
    return find_suggested(writing.whole, find_item(writing).key)
