"""Sealed offers: made, sealed, opened and added up; the opening stays with its owner.

An opening is handed out before anything is recorded, and nothing of it is kept here.
What is recorded of it is the hash, by whoever can show the opening.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, OutsideError, UsageError, VigensError
from vigens.board.contexts import Download, Elsewhere, Page
from vigens.board.forms.fields import (
    find_faults,
    read_filled,
)
from vigens.board.forms.matters import offer_fields, offer_of
from vigens.board.forms.writing import BY, NONE, Writing
from vigens.board.ladder.sealpage import seals_page
from vigens.board.tongues import _
from vigens.board.views import absent
from vigens.desk import (
    make_opening,
    make_receipt,
    open_offer,
    release_total,
    seal_held,
)
from vigens.journal import LARGEST_OPENING, MINIMUM, NoLogError, opening_from_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData, UploadFile

    from vigens.board.contexts import Answered, Visit
    from vigens.journal import Entry, Opening

#: Openings that may be added up at once.
MOST_OPENINGS = 60


@dataclass(frozen=True, slots=True)
class SealLook:
    """What would be recorded, before it is.

    Attributes:
        title: What is done.
        action: Where it is recorded.
        facts: What anybody reads who may see it, as name and words.
        warning: What cannot be taken back.
        kept: What the form sends again.
    """

    title: str
    action: str
    facts: tuple[tuple[str, str], ...]
    warning: str
    kept: tuple[tuple[str, str], ...]


def show_seals(visit: Visit) -> Page:
    """Show the sealed offers that this person sees, and what can be done."""
    return seals_page(visit)


def act_seals(visit: Visit, form: FormData) -> Answered:
    """Make an opening, seal what one opens, or open what was sealed."""
    deed = _DEEDS.get(str(form.get("do") or ""))
    try:
        if deed is None:
            raise UsageError(
                _("this form says nothing to do"), "do", _("open the page again")
            )
        return deed(visit, form)
    except OutsideError:
        raise
    except VigensError as error:
        return seals_page(visit, problem=error)


def act_total(visit: Visit, form: FormData) -> Answered:
    """Add openings up: look first, then release."""
    writing = Writing(visit)
    try:
        texts = _openings(form)
        unit = str(form.get("unit") or "").strip()[:80]
        least = str(form.get("minimum") or MINIMUM)
        marks = _marks(writing, form)
        is_final = form.get("do") == "record"
        if not texts or not unit or not least.isdecimal() or len(least) > 4:
            raise InputError(
                _("a total is over openings, of one unit"),
                _("the form"),
                _("choose the files that were handed to you, and say what is added up"),
            )
        done = release_total(
            visit.casebook.folder,
            texts,
            visit.casebook.clock,
            unit=unit,
            by=_by(writing, form),
            marks=marks,
            minimum=int(least),
            is_dry=not is_final,
        )
    except OutsideError:
        raise
    except VigensError as error:
        return seals_page(visit, problem=error)
    if is_final:
        return _recorded(visit, done.entry)
    facts = (
        (_("Total"), f"{done.number} {unit}"),
        (_("Over so many offers"), str(done.n_offers)),
        (_("Seen by"), ", ".join(marks) or NONE),
    )
    kept = (("unit", unit), ("minimum", least), *(("mark", name) for name in marks))
    look = SealLook(
        _("Release a total"),
        "/seal/total",
        facts,
        _("What was released together stays together: no later total can cut it."),
        (*kept, *_sent_again(writing, form, texts)),
    )
    return Page("seal-look.html", _("Not recorded yet"), look)


def show_receipt(visit: Visit) -> Answered:
    """Hand out the proof that a seal is in the log of who may see it."""
    try:
        entry = Writing(visit).entry(visit.names["id"])
        if entry.kind != "sealed_offer":
            return absent(_("this is no seal"), entry.id[:12], "/seal")
        _receipt, line = make_receipt(
            visit.casebook.folder, visit.casebook.clock, entry.id, None
        )
    except NoLogError:
        return absent(
            _("this journal is text and has no logs, so it gives no receipt"),
            _("the journal"),
            _("a case with journal.db gives receipts"),
        )
    except InputError as error:
        return absent(error.what, error.where, error.mend)
    return Download(line, "application/octet-stream", f"{entry.id[:12]}.receipt")


def _recorded(visit: Visit, entry: Entry) -> Elsewhere:
    return Elsewhere(visit.link("/seal", done=entry.id))


def _make(visit: Visit, form: FormData) -> Answered:
    writing = Writing(visit)
    fields = offer_fields(writing)
    filled = read_filled(fields, form)
    faults = find_faults(fields, filled)
    if faults:
        return seals_page(visit, filled=filled, faults=faults)
    offer = {**offer_of(filled), "title": filled.one("title")}
    _speak_for(visit, str(offer["party"]))
    name, data = make_opening(offer)
    return Download(data, "application/octet-stream", name)


def _seal(visit: Visit, form: FormData) -> Answered:
    writing, (opening, text) = Writing(visit), _opening(visit, form)
    marks = _marks(writing, form) or (opening.party,)
    replaces = str(form.get("replaces") or "")[:64]
    if replaces:
        earlier = writing.entry(replaces)
        if visit.person.delegation not in (None, *earlier.marks):
            _speak_for(visit, ", ".join(earlier.marks))
        replaces = earlier.id
    if form.get("final") == "yes":
        entry = seal_held(
            visit.casebook.folder,
            text,
            visit.casebook.clock,
            by=_by(writing, form),
            marks=marks,
            replaces=replaces or None,
        )
        return _recorded(visit, entry)
    facts = (
        (_("Recorded is this hash, and nothing of the offer"), opening.commitment),
        (_("Who sees that something was sealed"), ", ".join(marks)),
        (_("Renews"), replaces[:12] or _("nothing")),
    )
    look = SealLook(
        _("Seal an offer"),
        "/seal",
        facts,
        _(
            "Keep the opening, and keep it to yourself: without it nobody can open, "
            "and who has it knows the offer. It is not kept here."
        ),
        (
            ("do", "seal"),
            ("final", "yes"),
            ("replaces", replaces),
            *(("mark", name) for name in marks),
            *_sent_again(writing, form, [text]),
        ),
    )
    return Page("seal-look.html", _("Not recorded yet"), look)


def _open(visit: Visit, form: FormData) -> Answered:
    writing, (opening, text) = Writing(visit), _opening(visit, form)
    marks = _marks(writing, form)
    if form.get("final") == "yes":
        done = open_offer(
            visit.casebook.folder,
            text,
            visit.casebook.clock,
            by=_by(writing, form),
            marks=marks,
        )
        return _recorded(visit, done.entry)
    offer = opening.offer
    facts = tuple(
        (name, _plain(offer[name]))
        for name in ("party", "title", "stance", "domains", "conditions", "gates")
    )
    look = SealLook(
        _("Open a sealed offer"),
        "/seal",
        (
            *facts,
            (_("Quantity"), _plain(offer.get("quantity") or _("not stated"))),
            (_("Seen by"), ", ".join(marks) or _("who sees that it was sealed")),
        ),
        _("Whoever may see it then reads the whole offer. It cannot be closed again."),
        (
            ("do", "open"),
            ("final", "yes"),
            *(("mark", name) for name in marks),
            *_sent_again(writing, form, [text]),
        ),
    )
    return Page("seal-look.html", _("Not recorded yet"), look)


_DEEDS = {"make": _make, "seal": _seal, "open": _open}


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values())
    parts = [str(part) for part in value] if isinstance(value, Iterable) else []
    return "; ".join(parts) or _("none named")


def _speak_for(visit: Visit, party: str) -> None:
    if not visit.person.may_speak_for(party):
        raise InputError(
            _("this is the offer of another party"),
            party[:60],
            _("you seal and open for your own delegation"),
        )


def _opening(visit: Visit, form: FormData) -> tuple[Opening, bytes]:
    """Read the opening of a form, of a party that this person speaks for."""
    texts = _openings(form)
    if len(texts) != 1:
        raise InputError(
            _("no opening was sent"), _("the file"), _("choose the file of the opening")
        )
    opening = opening_from_bytes(texts[0], _("the file"))
    _speak_for(visit, opening.party)
    return opening, texts[0]


def _openings(form: FormData) -> list[bytes]:
    """Take every opening of a form: files at first, text when sent again."""
    found: list[bytes] = []
    for value in form.getlist("opening")[:MOST_OPENINGS]:
        data = value.encode() if isinstance(value, str) else _read(value)
        if data.strip():
            found.append(data)
    return found


def _read(file: UploadFile) -> bytes:
    data = file.file.read(LARGEST_OPENING + 1)
    if len(data) > LARGEST_OPENING:
        raise InputError(
            _("this file is too large for an opening"),
            (file.filename or "")[:60],
            _("choose the file that ends in .opening"),
        )
    return data


def _sent_again(
    writing: Writing, form: FormData, texts: Sequence[bytes]
) -> tuple[tuple[str, str], ...]:
    signed = (BY, str(form.get(BY) or "")) if writing.is_alone else ("", "")
    openings = tuple(("opening", text.decode(errors="replace")) for text in texts)
    return (*openings, *((signed,) if signed[0] else ()))


def _by(writing: Writing, form: FormData) -> str:
    if not writing.is_alone:
        return writing.visit.person.name
    return " ".join(str(form.get(BY) or "").split())[:80] or "curator"


def _marks(writing: Writing, form: FormData) -> tuple[str, ...]:
    (field,) = writing.marked()
    known = {option.value for option in field.options} - {NONE}
    given = [str(name) for name in form.getlist("mark")]
    return tuple(dict.fromkeys(name for name in given if name in known))
