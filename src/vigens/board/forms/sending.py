"""One form from the empty page to the receipt: filled, looked at, recorded once.

Nothing is recorded before its effect was looked at. The page that shows it carries what
it was reckoned on; where others recorded something since that touches it, the person is
told who and what, and looks again.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from vigens.base import InputError, Message, OutsideError, VigensError
from vigens.board.contexts import Elsewhere, Page
from vigens.board.forms.effects import show_effect, show_since
from vigens.board.forms.fields import (
    Fault,
    Field,
    Filled,
    defaults,
    find_faults,
    mend_of,
    read_filled,
)
from vigens.board.forms.form import Form, FormPage, Part, PreviewPage
from vigens.board.forms.writing import BY, NONE, Writing
from vigens.board.tongues import code_words, tell
from vigens.board.views import Problem
from vigens.board.ways import Way
from vigens.desk import (
    carry_out,
    mark_drafts,
)
from vigens.desk.writing import (
    footing,
    read_since,
    record_group,
)
from vigens.desk.writing import (
    sheets_of as read_sheets,
)
from vigens.engine import phrase_in_general

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.desk import Carried
    from vigens.journal import Draft, Entry

#: Fields of the form itself: what the button does, and what the look was made on.
DO, FOOTING, EFFECT, SENDING = "do", "footing", "effect", "sending"

#: What the button of a group of fields does, before its name: ask for one row more.
MORE = "more."

_OUR_OWN = (DO, FOOTING, EFFECT, SENDING)


def way_of(form: Form, *, room: str = "", title: str = "") -> Way:
    """Give the line of the route table for a form."""
    return Way(
        form.path,
        form.needs,
        partial(show_form, form),
        act=partial(send_form, form),
        room=room,
        title=title,
        is_kept=False,
    )


def show_form(form: Form, visit: Visit) -> Page:
    """Show a form with what its fields hold at first, or what the address says."""
    try:
        writing = begin(form, visit)
        fields = form_fields(form, writing)
    except VigensError as error:
        return no_entry(error)
    start = defaults(fields)
    given = {
        field.name: (visit.ask(field.name),)
        for field in fields
        if visit.ask(field.name) and field.kind not in ("many", "rows")
    }
    rows = {field.name: field.rows for field in fields if field.columns}
    filled = Filled({**{f.name: start.all(f.name) for f in fields}, **given}, rows)
    return form_page(form, writing, fields, filled, ())


def send_form(form: Form, visit: Visit, sent: FormData) -> Answered:
    """Answer a form that was sent: look at it, record it, or change it."""
    with visit.casebook.lock:  # nobody records between the look and the record
        try:
            writing = begin(form, visit, sent)
            fields = form_fields(form, writing)
        except VigensError as error:
            return no_entry(error)
        filled = read_filled(fields, sent)
        wanted = str(sent.get(DO) or "look")
        if wanted == "edit":
            return form_page(form, writing, fields, filled, ())
        if wanted.startswith(MORE):
            return _with_more(
                form_page(form, writing, fields, filled, ()), wanted, sent
            )
        own = {name: str(sent.get(name) or "")[:200] for name in _OUR_OWN}
        done = visit.casebook.sent.get((visit.person.name, own[SENDING]))
        if wanted == "record" and done is not None:
            return Elsewhere(done)
        faults = find_faults(fields, filled)
        if faults:
            return form_page(form, writing, fields, filled, faults)
        try:
            return _taken(form, writing, filled, own, is_final=wanted == "record")
        except OutsideError:
            raise
        except VigensError as error:
            fault = fault_of(form, fields, error)
            return form_page(form, writing, fields, filled, (fault,))


def _with_more(page: Page, wanted: str, sent: FormData) -> Page:
    """Show one row more of a group of fields than was sent."""
    assert isinstance(page.context, FormPage), "it shows a form"
    name = wanted.removeprefix(MORE)
    fields = (field for part in page.context.parts for field in part.fields)
    field = next((one for one in fields if one.columns and one.name == name), None)
    if field is None:
        return page
    n_sent = len(sent.getlist(f"{name}.{field.columns[0].name}"))
    return replace(page, context=replace(page.context, asked=(name, n_sent + 1)))


def begin(form: Form, visit: Visit, sent: FormData | None = None) -> Writing:
    """Begin writing, about the entry that the address names.

    Raises:
        InputError: This person sees no such entry, or it is of another kind.
    """
    if "{id}" not in form.path:
        return Writing(visit, sent=sent)
    entry = Writing(visit).entry(visit.names["id"])
    if form.kinds and entry.kind not in form.kinds:
        raise InputError(
            Message("this does not go with a {kind}", kind=code_words(entry.kind)),
            Message("entry {id}", id=entry.id[:12]),
            Message(
                "it goes with {names}",
                names=", ".join(sorted(code_words(kind) for kind in form.kinds)),
            ),
        )
    if entry.is_stub:
        raise InputError(
            Message("this entry is redacted"),
            Message("entry {id}", id=entry.id[:12]),
            Message("nothing is left of it"),
        )
    return Writing(visit, entry, sent)


def form_fields(form: Form, writing: Writing) -> tuple[Field, ...]:
    """Give every field of a form, the name of who signs last."""
    return (*form.lay(writing), *writing.signed())


def signed_by(writing: Writing, filled: Filled) -> str:
    """Say by whom an entry is signed."""
    return filled.one(BY) if writing.is_alone else writing.visit.person.name


def _taken(
    form: Form,
    writing: Writing,
    filled: Filled,
    own: Mapping[str, str],
    *,
    is_final: bool,
) -> Answered:
    by = signed_by(writing, filled)
    drafts = tuple(form.draft(writing, filled, by))
    drafts = _marked(writing, drafts, filled)
    refuse_foreign(writing, drafts)
    since = read_since(writing.whole, writing.lens, own[FOOTING], drafts)
    if is_final and since.is_quiet:
        return _recorded(form, writing, drafts, own, by)
    carried, warnings = (form.foresee or _changed)(writing, drafts)
    effect = show_effect(writing.visit, carried, drafts)
    said = hashlib.sha256(repr((effect.facts(), warnings)).encode()).hexdigest()
    is_same = said == own[EFFECT] and not since.touching
    if is_final and is_same and not since.is_other:
        return _recorded(form, writing, drafts, own, by)
    sending = own[SENDING] or secrets.token_hex(16)
    page = PreviewPage(
        form,
        writing.visit.link(writing.visit.path),
        tuple(filled.pairs()),
        effect,
        (
            (FOOTING, footing(writing.whole, writing.lens)),
            (EFFECT, said),
            (SENDING, sending),
        ),
        show_since(writing.visit, since) if is_final else None,
        by,
        warnings,
    )
    return Page("forms/preview.html", form.title, page, 409 if is_final else 200)


def _changed(
    writing: Writing, drafts: Sequence[Draft]
) -> tuple[Carried, tuple[str, ...]]:
    """Say what drafts change once they are recorded."""
    carried = carry_out(
        writing.whole,
        writing.visit.casebook.clock,
        drafts,
        is_dry=True,
        looking=writing.looking,
    )
    return carried, ()


def _marked(
    writing: Writing, drafts: tuple[Draft, ...], filled: Filled
) -> tuple[Draft, ...]:
    """Put the marks that were ticked on drafts which do not bear them already."""
    chosen = filled.all("mark")
    wanted = set(chosen) - {NONE}
    if not chosen or all(set(draft.marks) == wanted for draft in drafts):
        return drafts
    return mark_drafts(writing.case, writing.now, drafts, chosen)


def _recorded(
    form: Form,
    writing: Writing,
    drafts: Sequence[Draft],
    own: Mapping[str, str],
    by: str,
) -> Elsewhere:
    casebook = writing.visit.casebook
    if form.record is None:
        entries = record_group(writing.whole, casebook.clock, drafts)
    else:
        entries = form.record(writing, drafts)
    carried = form.then(writing) if form.then else {}
    address = receipt_address(writing, entries, carried)
    if writing.is_alone:
        casebook.last_name = by
    if form.after is not None:
        form.after(writing, entries)
    if own[SENDING]:
        casebook.sent.put((writing.visit.person.name, own[SENDING]), address)
    return Elsewhere(address)


def receipt_address(
    writing: Writing, entries: Sequence[Entry], carried: Mapping[str, str]
) -> str:
    """Give the page that says what was recorded, and what it changed."""
    clearance = writing.whole.clearance(writing.lens)
    seen = [entry for entry in entries if clearance.sees(entry.marks)]
    if not seen:
        return writing.visit.link("/recorded", n=len(entries), **carried)
    return writing.visit.link(f"/recorded/{seen[0].id}", n=len(seen), **carried)


def refuse_foreign(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Refuse what stands on another sheet than that of a person's own delegation.

    Raises:
        InputError: It does.
    """
    person = writing.visit.person
    if person.delegation is None:
        return
    sheets = read_sheets(writing.case, writing.lens, drafts)
    foreign = sorted(name for name in sheets if not person.may_speak_for(name))
    if foreign:
        named = ", ".join(writing.title(name) for name in foreign if name)
        raise InputError(
            (
                Message("this stands on the sheet of {named}", named=named)
                if named
                else Message("this stands on nobody's sheet alone")
            ),
            Message("the form"),
            Message(
                "you speak for {title}, and record for its own sheet; a "
                "coordinator records the rest",
                title=writing.title(person.delegation),
            ),
        )


def fault_of(form: Form, fields: Sequence[Field], error: VigensError) -> Fault:
    """Put an error of the desk beside the field that it is about, if one is."""
    place = error.where
    names = {field.name: field.label for field in fields}
    name = (form.places or {}).get(place, "")
    if not name and place.startswith("--"):
        name = place.removeprefix("--").replace("-", "_")
    said = error.what.partition('"')[2].partition('"')[0]
    said = said.removeprefix("payload.").partition(".")[0].partition("[")[0]
    if not name:
        name = next((each for each in (said, f"p_{said}") if each in names), "")
    if not name and place in names:
        name = place
    if name not in names:
        name = ""
    return Fault(name, names.get(name, ""), error.what, mend_of(error))


def form_page(
    form: Form,
    writing: Writing,
    fields: Sequence[Field],
    filled: Filled,
    faults: tuple[Fault, ...],
) -> Page:
    """Show a form with what is filled in; with faults it answers 422."""
    parts: dict[str, list[Field]] = {}
    for field in fields:
        parts.setdefault(field.part, []).append(field)
    target = writing.target
    page = FormPage(
        form,
        writing.visit.link(writing.visit.path),
        tuple(Part(legend, tuple(found)) for legend, found in parts.items()),
        filled,
        faults,
        target,
        writing.visit.link(f"/entry/{target.id}") if target else "",
        writing.visit.person.name,
        _subject(writing),
    )
    return Page("forms/form.html", form.title, page, 422 if faults else 200)


def _subject(writing: Writing) -> tuple[str, str, str] | None:
    """Name the event or the state that the address asks to record."""
    program, names = writing.case.program, writing.visit.names
    event = program.events.get(names.get("event", ""))
    fluent = program.fluents.get(names.get("state", ""))
    declared = event or fluent
    if declared is None:
        return None
    others = "/record/event" if event is not None else "/record/state"
    return tell(phrase_in_general(declared)), declared.name, writing.visit.link(others)


def no_entry(error: VigensError) -> Page:
    """Say that there is nothing to write about."""
    return Page("problem.html", "Not found", Problem.from_error(error), 404)
