"""Recording through the API: the rules of the forms, a dry run, once for each key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, cast

from vigens.board.api.endpoints import Endpoint, Told
from vigens.board.api.problems import ApiError
from vigens.board.forms import Writing, refuse_foreign
from vigens.desk import carry_out, marks_for
from vigens.desk.forms import CarriedForm, carried_form, entry_form
from vigens.desk.writing import footing, read_since, record_group
from vigens.journal import ALL, MATTERS, Draft, Passage, Source
from vigens.people import Permission

if TYPE_CHECKING:
    from vigens.board.api.asking import Query
    from vigens.journal import Entry

#: Most drafts of one group.
MOST_DRAFTS = 100

#: What a kind of entry asks for; any other kind is recorded elsewhere.
NEEDS: dict[str, Permission] = {
    **dict.fromkeys((*MATTERS, "claim", "coverage", "note"), Permission.RECORD),
    **dict.fromkeys(
        ("grade", "review", "same_origin", "confirmation", "actor"), Permission.REVIEW
    ),
    **dict.fromkeys(("release_group", "membership"), Permission.COORDINATE),
}


class PassageDraftForm(TypedDict):
    """The exact place in a document.

    Attributes:
        document: Id of the document.
        start: First character, from 0.
        end: Character after the last.
        quote: The text between them.
    """

    document: str
    start: int
    end: int
    quote: str


class SourceDraftForm(TypedDict):
    """Where something was published.

    Attributes:
        address: Web address, archive mark or file.
        title: Its title.
        type: What kind of source, as the case's rule for grades names it.
        published: EDTF.
        passage: The place in a document.
    """

    address: str
    title: NotRequired[str | None]
    type: NotRequired[str | None]
    published: NotRequired[str | None]
    passage: NotRequired[PassageDraftForm | None]


class DraftForm(TypedDict):
    """One entry to be recorded.

    Attributes:
        kind: Entry kind.
        payload: The fields of the kind.
        happened: EDTF, if it has a time of its own.
        known_from: EDTF, when it was published; if unsaid, when recorded.
        sources: Where it stands.
        marks: Who may see it; if unsaid, as what it is about, or as the case says.
        about: Ids of entries, or `@handle` of an earlier draft of the group.
        rectifies: Entry whose clerical fault this mends.
        supersedes: Entry that this news replaces.
        handle: Name by which later drafts of the group refer to this one.
    """

    kind: str
    payload: dict[str, Any]
    happened: NotRequired[str | None]
    known_from: NotRequired[str | None]
    sources: NotRequired[list[SourceDraftForm]]
    marks: NotRequired[list[str]]
    about: NotRequired[list[str]]
    rectifies: NotRequired[str | None]
    supersedes: NotRequired[str | None]
    handle: NotRequired[str | None]


class RecordForm(TypedDict):
    """A group of entries to be recorded, all or none.

    Attributes:
        drafts: At least one, and at most a hundred.
        dry_run: Only say what they would change.
        recorded_by: By what name they are signed, on a board without accounts.
    """

    drafts: list[DraftForm]
    dry_run: NotRequired[bool]
    recorded_by: NotRequired[str]


class RecordedForm(CarriedForm):
    """What was recorded, or would be, and what it changes for who records.

    Attributes:
        lock: What `If-Match` takes from now on.
        hidden: How many of the entries who recorded them may not see.
    """

    lock: str
    hidden: int


def record(query: Query, body: Mapping[str, Any], match: str) -> Told:
    """Record a group of drafts, or say what it would change.

    Args:
        query: The call.
        body: As `RecordForm` has it.
        match: What `If-Match` says; empty where it says nothing.

    Raises:
        ApiError: Not allowed, or others recorded something since.
        VigensError: A draft is not fit; then nothing is recorded.
    """
    form = cast("RecordForm", body)
    writing = Writing(query.visit)
    if not 1 <= len(form["drafts"]) <= MOST_DRAFTS:
        what = f"a group has 1 to {MOST_DRAFTS} drafts"
        raise ApiError(422, what, "drafts", "send fewer at once")
    by = _signed(writing, form)
    drafts = tuple(_draft(writing, one, by) for one in form["drafts"])
    refuse_foreign(writing, drafts)
    if match and match != "*":
        since = read_since(writing.whole, writing.lens, match.strip('"'), drafts)
        if not since.is_quiet:
            raise ApiError(
                412,
                f"{len(since.entries) or 'other'} entries were recorded since",
                "If-Match",
                "look again, and send `head.lock` of what you looked at",
            )
    is_dry = form.get("dry_run", False)
    clock = writing.visit.casebook.clock
    carried = carry_out(
        writing.whole, clock, drafts, is_dry=True, looking=writing.looking
    )
    found = carried_form(carried)
    entries: Sequence[Entry] = carried.entries
    if not is_dry:
        entries = record_group(writing.whole, clock, drafts)
        query.visit.casebook.expect_change()
        ids = {
            old.id: new.id for old, new in zip(carried.entries, entries, strict=True)
        }
        found["waiting"] = [ids[one] for one in found["waiting"]]
    clearance = writing.whole.clearance(writing.lens)
    seen = [entry for entry in entries if clearance.sees(entry.marks)]
    found["dry_run"] = is_dry
    found["entries"] = [entry_form(entry) for entry in seen]
    whole: RecordedForm = {
        **found,
        "lock": _lock(writing, () if is_dry else seen),
        "hidden": len(entries) - len(seen),
    }
    return Told(whole, 200 if is_dry else 201)


def _lock(writing: Writing, recorded: Sequence[Entry]) -> str:
    """Give the footing of who records, once these entries stand at its end."""
    size, _, rest = footing(writing.whole, writing.lens).partition(".")
    last, _, digest = rest.partition(".")
    if recorded:
        size, last = str(int(size) + len(recorded)), recorded[-1].id[: len(digest)]
    return f"{size}.{last}.{digest}"


def _signed(writing: Writing, form: RecordForm) -> str:
    given = form.get("recorded_by", "").strip()
    name = writing.visit.person.name
    if name and given not in ("", name):
        raise ApiError(
            403,
            f"entries of this account are signed {name}",
            "recorded_by",
            "leave it out",
        )
    if name or given:
        return name or given[:80]
    raise ApiError(
        422,
        "an entry is signed by somebody",
        "recorded_by",
        "send your name; a board with accounts knows it",
    )


def _draft(writing: Writing, form: DraftForm, by: str) -> Draft:
    """Make a draft, if this person may record it.

    Raises:
        ApiError: The person may not.
        InputError: It points at what the person does not see.
    """
    kind, payload = form["kind"], dict(form["payload"])
    _require(writing, kind, payload)
    named = [*form.get("about", ()), form.get("rectifies"), form.get("supersedes")]
    targets = {
        one: writing.entry(one) for one in named if one and not one.startswith("@")
    }
    for one in (form.get("rectifies"), form.get("supersedes")):
        if one in targets:
            _require_own(writing, targets[one])
    if kind == "confirmation":
        payload["by"] = by
        _require_second(
            [targets[one] for one in form.get("about", ()) if one in targets], by
        )
    return Draft(
        kind,
        payload,
        by,
        happened=form.get("happened"),
        known_from=form.get("known_from"),
        sources=tuple(_source(one) for one in form.get("sources", ())),
        marks=_marks(writing, form, [*targets.values()]),
        about=tuple(_whole(targets, one) for one in form.get("about", ())),
        rectifies=_whole_or_none(targets, form.get("rectifies")),
        supersedes=_whole_or_none(targets, form.get("supersedes")),
        handle=form.get("handle"),
    )


def _require(writing: Writing, kind: str, payload: Mapping[str, Any]) -> None:
    needed = NEEDS.get(kind)
    if needed is None:
        raise ApiError(
            422,
            f'no entry of kind "{kind[:40]}" is recorded here',
            "kind",
            f"use one of {', '.join(NEEDS)}; the rest has pages or commands of its own",
        )
    person = writing.visit.person
    if not person.may(needed):
        what = f"a {kind} asks for the permission to {needed}"
        raise ApiError(403, what, "kind", "ask somebody who has it")
    if kind == "approval" and not person.may(Permission.COORDINATE):
        level = payload.get("level")
        if level not in person.levels:
            raise ApiError(
                403,
                f'you do not decide on the level "{str(level)[:40]}"',
                "level",
                "ask who decides there, or a coordinator",
            )


def _require_own(writing: Writing, entry: Entry) -> None:
    is_own = entry.recorded_by == writing.visit.person.name
    if not is_own and not writing.may(Permission.REVIEW):
        raise ApiError(
            403,
            "somebody else recorded it",
            f"entry {entry.id[:12]}",
            "ask a reviewer to correct it, or add a note to it",
        )


def _require_second(targets: Sequence[Entry], by: str) -> None:
    for entry in targets:
        if entry.recorded_by == by:
            raise ApiError(
                403,
                f"{by} recorded it, and only a second person confirms it",
                f"entry {entry.id[:12]}",
                "ask somebody else",
            )


def _marks(
    writing: Writing, form: DraftForm, targets: Sequence[Entry]
) -> tuple[str, ...]:
    given = form.get("marks")
    if given is None and not targets and form.get("about"):
        given = list(writing.case.settings.marks)
    marks = marks_for(writing.case, writing.now, given, targets)
    if writing.reader == ALL or writing.visit.person.reader is None:
        return marks
    cleared = writing.case.readers(writing.now, None).clearance(writing.reader).marks
    foreign = sorted(set(marks) - (cleared or frozenset()))
    if foreign:
        raise ApiError(
            403,
            f"these eyes do not release to {', '.join(foreign)}",
            "marks",
            f"use one of {', '.join(sorted(cleared or ()))}",
        )
    return marks


def _source(form: SourceDraftForm) -> Source:
    passage = form.get("passage")
    return Source(
        form["address"],
        form.get("title"),
        form.get("type"),
        form.get("published"),
        Passage(**passage) if passage else None,
    )


def _whole(targets: Mapping[str, Entry], name: str) -> str:
    return targets[name].id if name in targets else name


def _whole_or_none(targets: Mapping[str, Entry], name: str | None) -> str | None:
    return None if name is None else _whole(targets, name)


RECORDING = Endpoint(
    "/records",
    Permission.READ,
    "Record a group of entries, all or none, or see what they would change",
    RecordedForm,
    acts=record,
    to_act=Permission.RECORD,
    takes=RecordForm,
    words="`dry_run` records nothing. `If-Match` takes `head.lock` of what was looked "
    "at, and refuses with 412 if the reader sees more since. With an "
    "`Idempotency-Key` a call that is sent twice records once. A session sends its "
    "form token as `X-Form-Token`; a token for programs need not.",
)
