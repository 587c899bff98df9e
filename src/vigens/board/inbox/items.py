"""The inbox: what waits for a person, and one suggestion beside its passage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import UsageError, VigensError
from vigens.board.contexts import Elsewhere, Page
from vigens.board.forms import (
    Fault,
    FormPage,
    Writing,
    defaults,
    form_fields,
    form_page,
    mend_of,
    no_entry,
    read_filled,
    send_form,
    show_form,
    signed_by,
)
from vigens.board.inbox.accepting import (
    ACCEPT,
    changed_fields,
    decide_again,
    event_params,
    find_item,
    likenesses_of,
    neighbours,
    refuse_delegation,
)
from vigens.board.inbox.texts import ShownText, show_text
from vigens.board.inbox.undoing import (
    LAST,
    LastDecision,
    last_decision,
    taken_back_by,
    undo_address,
)
from vigens.board.tongues import N_, tell
from vigens.desk import (
    Likenesses,
    edit_suggestion,
    matter_of,
    place_words,
    reject_suggestion,
    statement_of,
)
from vigens.desk.writing import (
    read_queue_as,
)

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.desk import Suggested

PAGE_SIZE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One suggestion in the list."""

    number: int
    href: str
    kind: str
    statement: str
    strength: int
    state: str
    contradicts: bool
    is_like: bool
    place: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report with its suggestions that are listed."""

    title: str
    published: str
    language: str
    href: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits, and what was decided."""

    reports: tuple[Report, ...]
    counts: tuple[tuple[str, int, str, bool], ...]
    first: str
    earlier: str
    later: str
    hand_in: str
    last: LastDecision | None


@dataclass(frozen=True, slots=True)
class ShownLikeness:
    """What is recorded and like a suggestion, or against it."""

    kind: str
    title: str
    happened: str
    said: str
    contradicts: bool
    href: str


@dataclass(frozen=True, slots=True)
class Item:
    """One suggestion beside its passage.

    Attributes:
        form: The form that accepts it; none once it is accepted.
        facts: What was proposed, and by what.
        text: The document around the passage.
        place: Its page, paragraph or part, where the file has such.
        likenesses: What is recorded and like it, or against it.
        state: `waiting`, `accepted` or `rejected`.
        faults: What was wrong with what was sent.
        decided: The entry that decided it, where these eyes see it.
        decided_by: Who did, where these eyes see it.
        before: The suggestion before it that waits.
        after: The suggestion after it that waits.
        reject: Where a rejection is sent.
        undo: Where taking the decision back is sent.
        last: What was decided on the page before.
        taken: The page of what taking its decision back changed, just after that.
    """

    number: int
    form: FormPage | None
    title: str
    facts: tuple[tuple[str, str], ...]
    text: ShownText
    place: str
    likenesses: tuple[ShownLikeness, ...]
    state: str
    faults: tuple[Fault, ...]
    decided: str
    decided_by: str
    grade: str
    before: str
    after: str
    reject: str
    undo: str
    last: LastDecision | None
    taken: str | None
    document: str
    inbox: str


def show_inbox(visit: Visit) -> Page:
    """List the suggestions of one state, report by report."""
    try:
        refuse_delegation(visit)
        writing = Writing(visit)
        queue = read_queue_as(writing.whole, writing.lens)
    except VigensError as error:
        return no_entry(error)
    state = visit.ask("state") or "waiting"
    asked = visit.ask("page")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
    found = [item for item in queue if item.state == state]
    start = (number - 1) * PAGE_SIZE
    shown = found[start : start + PAGE_SIZE]
    counts = tuple(
        (
            name,
            sum(item.state == name for item in queue),
            visit.link("/inbox", state=name),
            name == state,
        )
        for name in (N_("waiting"), N_("accepted"), N_("rejected"))
    )

    def page_at(other: int, *, is_there: bool) -> str:
        return visit.link("/inbox", state=state, page=other) if is_there else ""

    context = Inbox(
        _reports(writing, shown),
        counts,
        visit.link(f"/inbox/{shown[0].key}") if shown and state == "waiting" else "",
        page_at(number - 1, is_there=number > 1),
        page_at(number + 1, is_there=start + PAGE_SIZE < len(found)),
        visit.link("/inbox/upload"),
        last_decision(visit, queue),
    )
    return Page("inbox/list.html", "Inbox", context)


def _reports(writing: Writing, shown: list[Suggested]) -> tuple[Report, ...]:
    likenesses = Likenesses(writing.case)
    groups: dict[str, list[Suggested]] = {}
    for item in shown:
        groups.setdefault(item.document["sha256"], []).append(item)
    visit = writing.visit
    return tuple(
        Report(
            str(items[0].document.get("title") or items[0].document["name"]),
            str(items[0].document.get("published") or ""),
            str(items[0].document.get("language") or ""),
            visit.link(f"/document/{sha256}"),
            tuple(_row(visit, likenesses, item) for item in items),
        )
        for sha256, items in groups.items()
    )


def _row(visit: Visit, likenesses: Likenesses, item: Suggested) -> Row:
    try:
        like = likenesses.of(item) if item.state == "waiting" else ()
    except UsageError:
        like = ()
    return Row(
        item.number,
        visit.link(f"/inbox/{item.key}"),
        str(item.row["kind"]),
        statement_of(item)[:300],
        round(float(item.row["strength"]) * 100),
        item.state,
        any(one.contradicts for one in like),
        bool(like),
        tell(place_words(item.row)),
    )


def show_item(visit: Visit) -> Answered:
    """Show one suggestion beside its passage, with the form that accepts it."""
    return _around(visit, show_form(ACCEPT, visit))


def send_item(visit: Visit, sent: FormData) -> Answered:
    """Take a suggestion over, or keep what was set instead of it."""
    if sent.get("do") == "save":
        return _edited(visit, sent)
    return _around(visit, send_form(ACCEPT, visit, sent))


def _edited(visit: Visit, sent: FormData) -> Answered:
    with visit.casebook.lock:
        try:
            writing = Writing(visit, sent=sent)
            item = find_item(writing)
            fields = form_fields(ACCEPT, writing)
        except VigensError as error:
            return no_entry(error)
        filled = read_filled(fields, sent)
        try:
            changed = changed_fields(item, filled, event_params(writing))
            edit_suggestion(writing.case, item.key, changed)
        except VigensError as error:
            name = error.where.removeprefix("--")
            names = {field.name: field.label for field in fields}
            name = name if name in names else ""
            fault = Fault(name, names.get(name, ""), error.what, mend_of(error))
            page = form_page(ACCEPT, writing, fields, filled, (fault,))
            return _around(visit, page)
    return Elsewhere(visit.link(f"/inbox/{item.key}"))


def reject_item(visit: Visit, sent: FormData) -> Answered:
    """Record that a suggestion is not taken over, and lead on to the next one."""
    with visit.casebook.lock:
        try:
            writing = Writing(visit)
            item = find_item(writing)
        except VigensError as error:
            return no_entry(error)
        reason = str(sent.get("reason") or "").strip()[:2000]
        before, after = neighbours(writing, item.key)
        following = after or before
        path = f"/inbox/{following}" if following else "/inbox"
        onward = visit.link(path, **{LAST: item.key})
        fault = None
        if decide_again(writing).state == "rejected":
            return Elsewhere(onward)  # sent twice
        if not reason:
            fault = Fault("reason", "Why not", "a rejection needs a reason")
        else:
            fields = form_fields(ACCEPT, writing)
            given = read_filled(fields, sent)
            by = signed_by(writing, given) or signed_by(writing, defaults(fields))
            try:
                reject_suggestion(
                    writing.whole,
                    visit.casebook.clock,
                    item.key,
                    by=by,
                    reason=reason,
                )
            except VigensError as error:
                fault = Fault("", "", error.what, mend_of(error))
        if fault is None:
            return Elsewhere(onward)
    page = show_form(ACCEPT, visit)
    if isinstance(page.context, FormPage):
        page = replace(page, context=replace(page.context, faults=(fault,)), status=422)
    return _around(visit, page)


def lead_to_item(visit: Visit) -> Elsewhere:
    """Lead to the suggestion; a rejection is sent from its page."""
    return Elsewhere(visit.link(f"/inbox/{visit.names['key']}"))


def _around(visit: Visit, answered: Answered) -> Answered:
    """Put the suggestion around the form that accepts it."""
    if not isinstance(answered, Page) or not isinstance(answered.context, FormPage):
        return answered
    writing = Writing(visit)
    item = find_item(writing)
    queue = read_queue_as(writing.whole, writing.lens)
    sha256 = item.document["sha256"]
    others = [
        (other.row["start"], other.row["end"])
        for other in queue
        if other.document["sha256"] == sha256
    ]
    here = (item.row["start"], item.row["end"])
    before, after = neighbours(writing, item.key, queue)
    decided = visit.link(f"/entry/{item.decided}") if item.decided else ""
    context = Item(
        item.number,
        answered.context if item.state != "accepted" else None,
        statement_of(item)[:300],
        tuple(_facts(writing, item)),
        show_text(visit, sha256, here, others),
        tell(place_words(item.row)),
        tuple(_likenesses(writing, item)) if item.state == "waiting" else (),
        item.state,
        answered.context.faults,
        decided,
        next((e.recorded_by for e in writing.shown if e.id == item.decided), ""),
        visit.link(f"/entry/{item.decided}/grade") if item.decided else "",
        visit.link(f"/inbox/{before}") if before else "",
        visit.link(f"/inbox/{after}") if after else "",
        visit.link(f"/inbox/{item.key}/reject"),
        undo_address(visit, item),
        last_decision(visit, queue),
        taken_back_by(visit) if item.state == "waiting" else None,
        visit.link(f"/document/{sha256}"),
        visit.link("/inbox"),
    )
    title = f"Suggestion {item.number}"
    return Page("inbox/item.html", title, context, answered.status)


def _likenesses(writing: Writing, item: Suggested) -> list[ShownLikeness]:
    return [
        ShownLikeness(
            one.kind,
            one.title,
            one.happened,
            one.said,
            one.contradicts,
            writing.visit.link(f"/entry/{one.ref}"),
        )
        for one in likenesses_of(writing, item)
    ]


def _facts(writing: Writing, item: Suggested) -> list[tuple[str, str]]:
    row, document = item.row, item.document
    try:
        kind, _ = matter_of(writing.case, item)
    except VigensError as error:
        kind = error.what
    actors = ", ".join(
        f"{actor['surface']} ({actor.get('id') or 'not resolved'})"
        for actor in row["actors"]
    )
    facts = [
        (N_("would record"), f"a {kind}"),
        (N_("modality"), str(row["modality"])),
        (N_("named"), actors),
        (N_("report"), str(document.get("title") or document["name"])),
        (N_("place in the report"), tell(place_words(row))),
        (N_("published"), str(document.get("published") or "no date")),
        (N_("address"), str(document.get("address") or document["name"])),
        (N_("passed on by"), ", ".join(document.get("chain") or ())),
        (N_("proposed by"), f"{row['rule']}: {', '.join(row['why']) or 'no cue'}"),
        (N_("strength"), f"{round(float(row['strength']) * 100)} of 100"),
        (N_("set by a person"), ", ".join(sorted(item.edits))),
    ]
    return [(name, words) for name, words in facts if words]
