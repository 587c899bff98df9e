"""Random journals with marks, and what a reader gets from every surface."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.properties.picking import pick
from vigens.base import UsageError
from vigens.journal import Entry, Readers, Source, entry_id, format_entry, read_readers
from vigens.journal.stubs import stub_entry, stub_of

DELEGATIONS = ("FR", "GB", "DE")
GROUPS = ("shore", "cell")
MARKS = ("public", *DELEGATIONS, *GROUPS)
READERS = ("public", "FR", "GB", "shore", "cell", "all")
NOW = datetime(2026, 3, 10, 12, 0, 40, tzinfo=UTC)

SETTINGS = """
title = "The river pact"
zone = "UTC"
begins = "2026-01-01"
headline = "open_river"
matrix = {{ instrument = "pact", group = "club" }}
policy = "standard"
[policies.standard]
[policies.standard.events.shuts]
origins = 2
[policies.open-ear]
consideration = "F6"
standard = "F6"
{four_eyes}
{table}
"""
FOUR_EYES = """
[four_eyes]
kinds = ["count", "coverage", "grade", "membership"]
events = ["opens", "approves"]
"""

TABLE = """
[[tables]]
file = "floods.csv"
happened = "day"
grade = "B2"
covers = "2026-01-01/2026-02-28"
marks = ["{mark}"]
[tables.events.flood]
values = ["place"]
"""
ROWS = "day,place\n2026-01-20,mill\n2026-02-02,bridge\nnever,mill\n"

_EVENTS = (
    ("opens",),
    ("shuts",),
    ("flood", "weir"),
    ("helped", "weir"),
    ("joins", "club", "FR"),
    ("approves", "pact", "water", "GB"),
    ("breaks",),
)
_DAYS = (*(f"2026-01-{day:02}" for day in range(2, 30, 3)), "2026-01", "..")
_MATTERS: dict[str, dict[str, Any]] = {
    "count": {
        "measure": "boats",
        "number": 12,
        "comparison": "eq",
        "title": "Twelve boats",
        "speaker": "FR",
    },
    "offer": {
        "party": "GB",
        "title": "Boats",
        "stance": "offer",
        "domains": ["sea"],
        "conditions": ["peace"],
        "gates": ["parliament"],
    },
    "meeting": {
        "title": "Talks",
        "format": "online",
        "group": "club",
        "attendance": [{"actor": "DE", "how": "online"}],
    },
    "institution": {"body": "wardens", "status": "decided", "title": "The wardens"},
    "text": {"instrument": "pact", "status": "published", "title": "The pact"},
    "approval": {
        "level": "parliament",
        "party": "GB",
        "domains": ["sea"],
        "title": "Approved",
    },
    "position": {"party": "FR", "point": "tolls", "title": "No tolls"},
    "statement": {"by": ["DE"], "title": "Said in Geneva"},
}
_ABOUT_ANY: dict[str, dict[str, Any]] = {
    "document": {"sha256": "0" * 64, "name": "a.txt", "length": 9, "media_type": "t"},
    "note": {"text": "Nobody watched the upper lock."},
    "actor": {"actor": "DE", "name": "Germany", "type": "state"},
    "batch": {"title": "import of a.jsonl", "count": 3},
    "x-thing": {"what": "of a newer version"},
}
_ABOUT_CLAIM: dict[str, dict[str, Any]] = {
    "review": {"verdict": "contradicted", "reason": "It did not."},
    "same_origin": {"reason": "one agency"},
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A journal, a bulk table with a mark or none, and who looks at it."""

    log: tuple[Entry, ...]
    table: str | None
    reader: str
    known_at: str
    recorded_at: str | None
    policy: str
    is_seconded: bool

    @property
    def readers(self) -> Readers:
        return readers_of(self, self.log)

    @property
    def without_hidden(self) -> Drawn:
        """Give the same without all that the reader may not see.

        Of the memberships and groups that he does not see, those stay from which his
        clearance follows: they are not what is hidden from him, but who he is.
        """
        try:
            clearance = self.readers.clearance(self.reader)
        except UsageError:
            clearance = replace(self.readers.clearance("public"), reader=self.reader)
        kept = list(self.log)
        for entry in self.log:
            if clearance.sees(entry.marks):
                continue
            fewer = [other for other in kept if other.id != entry.id]
            if _clears(self, fewer) == _clears(self, kept):
                kept = fewer
        is_seen = self.table is not None and clearance.sees((self.table,))
        return replace(self, log=tuple(kept), table=self.table if is_seen else None)


def readers_of(drawn: Drawn, log: Iterable[Entry]) -> Readers:
    """Read who reads what, as the lens has it."""
    return read_readers(
        log,
        delegations=DELEGATIONS,
        known_at=instant(drawn.known_at),
        recorded_at=None if drawn.recorded_at is None else instant(drawn.recorded_at),
        zone="UTC",
        needs_second=drawn.is_seconded,
    )


def instant(day: str) -> int:
    """Give the last second of a day."""
    start = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    return int((start + timedelta(days=1)).timestamp()) - 1


def _clears(drawn: Drawn, log: Iterable[Entry]) -> frozenset[str] | None:
    found = tuple(log)
    cleared: set[str] = set()
    for each in (drawn, replace(drawn, known_at="2026-03-09", recorded_at=None)):
        readers = readers_of(each, found)
        if not readers.knows(drawn.reader):
            cleared.add(f"unknown {each.known_at}")
            continue
        marks = readers.clearance(drawn.reader).marks
        if marks is None:
            return None
        cleared.update(f"{mark} {each.known_at}" for mark in marks)
    return frozenset(cleared)


@st.composite
def journals(draw: st.DrawFn) -> Drawn:
    """Draw a journal of up to 14 entries, marked at random, and a reader."""
    log: list[Entry] = []
    for number in range(draw(st.integers(1, 14))):
        log.append(draw(_entry(number, tuple(log))))
    if draw(st.integers(0, 3)) == 0:
        log = draw(_redacted(log))
    if draw(st.booleans()):  # the last one just now, within the minute of a page
        last = replace(log[-1], recorded_at="2026-03-10T12:00:20.000000Z")
        log[-1] = replace(last, id=entry_id(last))
    return Drawn(
        tuple(log),
        draw(st.none() | st.none() | st.sampled_from(("FR", "cell", "public"))),
        pick(draw, READERS),
        pick(draw, ("2026-03-09", "2026-01-20", "2026-02-03")),
        draw(st.none() | st.none() | st.just("2026-02-05")),
        pick(draw, ("standard", "open-ear")),
        draw(st.booleans()),
    )


@st.composite
def _redacted(draw: st.DrawFn, log: list[Entry]) -> list[Entry]:
    """Redact one entry: its stub, the wish with its reason, a second person's word."""
    target = pick(draw, log)
    marks = draw(st.sets(st.sampled_from(MARKS), max_size=2))
    opens = pick(draw, ([], ["opens"], ["flood"]))
    fact = _made(
        len(log),
        "redaction",
        {"reason": "court order", "stub": stub_of(target), "leaves_open": opens},
        marks=target.marks if draw(st.booleans()) else tuple(sorted(marks)),
        about=(target.id,),
    )
    second = _made(
        len(log) + 1,
        "confirmation",
        {"by": "second"},
        marks=fact.marks,
        about=(fact.id,),
        recorded_by="second",
    )
    stub = stub_entry(target.id, stub_of(target), fact.id)
    kept = [stub if entry.id == target.id else entry for entry in log]
    return [*kept, fact, second]


def _made(number: int, kind: str, payload: dict[str, Any], **fields: Any) -> Entry:
    given: dict[str, Any] = {
        "happened": None,
        "known_from": None,
        "recorded_by": "curator",
        "sources": (),
        "rectifies": None,
        "supersedes": None,
    }
    entry = Entry(
        id="",
        format=1,
        kind=kind,
        payload=payload,
        recorded_at=f"2026-02-{1 + number // 2:02}T10:00:{number:02}.000000Z",
        **{**given, **fields},
    )
    return replace(entry, id=entry_id(entry))


@st.composite
def _entry(draw: st.DrawFn, number: int, log: tuple[Entry, ...]) -> Entry:
    kind, payload, about = draw(_content(log))
    payload = dict(payload)
    if kind == "claim":
        payload["statement"] = f"statement {number}"
    day = draw(st.integers(1, 28))
    earlier = st.none() if not log else st.none() | st.sampled_from(log)
    rectifies, supersedes = draw(earlier), draw(st.none() | earlier)
    if rectifies is not None and rectifies == supersedes:
        supersedes = None
    marks = draw(st.sets(st.sampled_from(MARKS), max_size=2))
    return _made(
        number,
        kind,
        payload,
        happened=pick(draw, _DAYS)
        if kind not in ("coverage", "membership", "release_group")
        else "2026-01-01/2026-02-28"
        if kind == "coverage"
        else None,
        known_from=draw(st.none() | st.just(f"2026-01-{day:02}")),
        recorded_by=pick(draw, ("curator", "second")),
        sources=()
        if kind != "claim"
        else (Source(f"https://{pick(draw, 'ab')}.example/", "A page"),),
        marks=tuple(sorted(marks)),
        about=tuple(about),
        rectifies=rectifies.id if rectifies else None,
        supersedes=supersedes.id if supersedes else None,
    )


@st.composite
def _content(
    draw: st.DrawFn, log: tuple[Entry, ...]
) -> tuple[str, dict[str, Any], list[str]]:
    matters = [e.id for e in log if e.kind in (*_MATTERS, "occurrence", "observation")]
    claims = [entry.id for entry in log if entry.kind == "claim"]
    kinds = ["occurrence"] * 3 + ["observation", "coverage", *_MATTERS, *_ABOUT_ANY]
    kinds += ["membership", "release_group"]
    kinds += ["claim"] * (8 if matters else 0)
    kinds += [*(["grade"] * 6), *_ABOUT_CLAIM] if claims else []
    joins = [entry.id for entry in log if entry.kind == "membership"]
    kinds += ["confirmation"] if matters or joins else []
    kind = pick(draw, kinds)
    of_claims = st.lists(st.sampled_from(claims or [""]), min_size=1, max_size=2)
    if kind == "approval":
        offers = [entry.id for entry in log if entry.kind == "offer"]
        if not offers:
            return "offer", _MATTERS["offer"], []
        return kind, _MATTERS[kind], [pick(draw, offers)]
    if kind in _MATTERS:
        return kind, _MATTERS[kind], []
    if kind in _ABOUT_CLAIM:
        return kind, _ABOUT_CLAIM[kind], [*dict.fromkeys(draw(of_claims))]
    if kind in _ABOUT_ANY:
        some = st.lists(st.sampled_from([entry.id for entry in log]), max_size=2)
        return kind, _ABOUT_ANY[kind], [*dict.fromkeys(draw(some))] if log else []
    if kind == "grade":
        letter, digit = pick(draw, (("B", 2), ("C", 3), ("E", 5)))
        return (
            kind,
            {"reliability": letter, "credibility": digit},
            [*dict.fromkeys(draw(of_claims))],
        )
    if kind == "confirmation":
        return kind, {"by": "second"}, [pick(draw, matters + joins)]
    return (kind, *draw(_rest(kind, matters)))


@st.composite
def _rest(
    draw: st.DrawFn, kind: str, matters: list[str]
) -> tuple[dict[str, Any], list[str]]:
    if kind == "claim":
        target = pick(draw, matters)
        payload: dict[str, Any] = {
            "polarity": "pos",
            "actors": [],
            "row": pick(draw, ("r-1", "r-2", "r-3")),
        }
        if draw(st.booleans()) and draw(st.booleans()):
            payload |= {"polarity": "neg", "denies": [target]}
        return payload, [target]
    if kind == "occurrence":
        event, *args = pick(draw, _EVENTS)
        return {"event": event, "args": args, "title": f"It {event}"}, []
    if kind == "observation":
        holds = draw(st.booleans())
        return {"fluent": "lock_open", "args": [], "holds": holds, "title": "Seen"}, []
    if kind == "coverage":
        events = pick(draw, (["*"], ["opens", "shuts"], ["flood", "none"]))
        return {"events": events, "audience": pick(draw, MARKS)}, []
    group = pick(draw, (*GROUPS, "FR"))
    if kind == "release_group":
        return {"group": group, "title": f"The {group}"}, []
    member = pick(draw, (*DELEGATIONS, *GROUPS))
    is_in = draw(st.integers(0, 3)) > 0
    return {"group": group, "member": member, "is_member": is_in}, []


def lay(folder: Path, drawn: Drawn, page: str) -> None:
    """Write a case folder, in place of what was there."""
    (folder / "agreements").mkdir(parents=True, exist_ok=True)
    table = "" if drawn.table is None else TABLE.format(mark=drawn.table)
    settings = SETTINGS.format(
        table=table, four_eyes=FOUR_EYES if drawn.is_seconded else ""
    )
    (folder / "case.toml").write_text(settings, "utf-8")
    (folder / "agreements" / "pact.md").write_text(page, "utf-8")
    lines = "".join(format_entry(entry) + "\n" for entry in drawn.log)
    (folder / "journal.jsonl").write_text(lines, "utf-8")
    (folder / "floods.csv").write_text(ROWS, "utf-8")


def run_command(
    words: list[str], clock: Callable[[], datetime] = lambda: NOW
) -> tuple[int, str, str]:
    """Run a command in this process; give its status and all it prints."""
    from vigens.cli import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words, clock)
    return status, out.getvalue(), err.getvalue()


def plain(text: str) -> Any:
    """Read JSON where it is some, so that a difference is shown where it lies."""
    try:
        return json.loads(text)
    except ValueError:
        return text
