"""A journal read as columns comes to what it comes to entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from vigens.desk import Case, Looking, make_lens, open_case, page_log
from vigens.desk.assembling import Assembled, assemble
from vigens.journal import Draft, Source, Store, open_journal, redaction_draft
from vigens.model import Lens, Weight

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOW = START + timedelta(days=40)

SETTINGS = """\
title = "A case"
zone = "Europe/Kyiv"
begins = "2026-01-01"
policy = "strict"
[policies.strict]
consideration = "D4"
standard = "C3"
prefer = ["issuer-first"]
[policies.strict.events.flood]
consideration = "E5"
standard = "C3"
origins = 2
[policies.strict.events.pledges]
standard = "B2"
consideration = "E5"
confirmed = true
[policies.loose]
consideration = "F6"
standard = "F6"
"""

PAGE = """\
# The pact

```vigens
vigens 1
party FR "France"
party DE "Germany"
party PL "Poland"
group all_of "all of them"
instrument pact "The pact"
  kind     declaration
  binding  politically
  text     published
  issuer   FR
event flood(party, instrument) "a flood"
event dries "the river dries up"
act pledges(party) "a party pledges"
fluent pledged(party) "{party} has pledged"
  initiated by   pledges(party)
  terminated by  dries
```
"""

parties = st.sampled_from(["FR", "DE", "PL", "XX"])
days = st.sampled_from(
    [
        "2026-02-03",
        "2026-02",
        "2026-03-02T10:00:00Z",
        "2026-02-03/2026-02-05",
        "2026-02~",
        "2026-04-20",
        "2026-02/..",
        "../2026-02-01",
    ]
)
marks = st.sampled_from([("public",), ("public",), ("FR",), (), ("GHOST", "PL")])
addresses = st.sampled_from(["a", "b", "c"])


@st.composite
def occurrences(draw: st.DrawFn) -> dict[str, Any]:
    event = draw(st.sampled_from(["flood", "flood", "dries", "pledges", "unknown"]))
    args = {
        "flood": [draw(parties), "pact"],
        "dries": [],
        "pledges": [draw(parties)],
        "unknown": ["x"],
    }[event]
    if draw(st.integers(0, 19)) == 0:
        args = [*args, "more"]
    return {
        "kind": "occurrence",
        "payload": {"event": event, "args": args, "title": "T"},
        "happened": draw(st.none() | days | days),
        "marks": draw(marks),
    }


def step_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "kind": st.just(kind),
            "at": st.integers(0, 1000),
            "to": st.integers(0, 1000),
            "occurrence": occurrences() if kind in "or" else st.none(),
            "address": st.none() | addresses,
            "polarity": st.sampled_from(["pos", "pos", "neg"]),
            "voice": st.none() | parties,
            "grade": st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 6)),
            "known": st.sampled_from([None, None, "2026-02-10", "2026-03"]),
            "marks": marks,
            "by": st.sampled_from(["me", "you"]),
            "wait": st.integers(0, 3),
        }
    )


#: Mostly occurrences, claims, grades; now and then what is odd.
journals = st.lists(
    st.sampled_from("oooocccccccc" + "gggggrsxnd2zkk").flatmap(step_of), max_size=40
)


class Clock:
    now = START

    def __call__(self) -> datetime:
        return self.now


def write(place: Path, steps: list[dict[str, Any]]) -> None:
    clock = Clock()
    made: dict[str, list[str]] = {"o": [], "c": [], "g": []}
    with open_journal(place, clock, create=True, zone="Europe/Kyiv") as journal:
        for number, step in enumerate(steps):
            clock.now += timedelta(days=step["wait"], seconds=1)
            if step["kind"] == "z":
                redact(journal, step, made)
                continue
            draft = draft_of(step, made, number, clock.now)
            if draft is not None:
                (entry,) = journal.append([draft])
                kind = {"occurrence": "o", "claim": "c", "grade": "g"}.get(entry.kind)
                if kind:
                    made[kind].append(entry.id)


def redact(journal: Store, step: dict[str, Any], made: dict[str, list[str]]) -> None:
    """Redact a matter, a claim or a grade, by two persons."""
    kept = made["ocg"[step["to"] % 3]]
    name = pick(kept, step["at"])
    if name is not None:
        (fact,) = journal.append([redaction_draft(journal.get(name), "law", by="me")])
        journal.append([Draft("confirmation", {"by": "you"}, "you", about=(fact.id,))])
        journal.redact(name, fact.id)
        kept.remove(name)


def pick(ids: list[str], number: int) -> str | None:
    return ids[number % len(ids)] if ids else None


def draft_of(
    step: dict[str, Any], made: dict[str, list[str]], number: int, now: datetime
) -> Draft | None:
    kind, by = step["kind"], step["by"]
    matter, claim = pick(made["o"], step["at"]), pick(made["c"], step["at"])
    if kind == "o":
        return Draft(recorded_by=by, **step["occurrence"])
    if matter and kind in "rcd2":
        if kind == "r":
            draft = Draft(recorded_by=by, **step["occurrence"])
            if step["to"] % 2:
                return replace(draft, rectifies=matter)
            return replace(draft, supersedes=matter)
        return claim_of(step, made, f"s{number}", now)
    if matter and kind == "n":
        return about(step, "confirmation", {"by": by}, matter)
    if kind == "k":
        return coverage_of(step)
    if claim is None or kind not in "gxs":
        return None
    if kind == "g":
        reliability, credibility = step["grade"]
        payload = {"reliability": reliability, "credibility": credibility}
        return about(step, "grade", payload, claim)
    if kind == "x":
        verdict = "fabricated" if step["to"] % 2 else "contradicted"
        return about(step, "review", {"verdict": verdict}, claim)
    other = pick(made["c"], step["to"])
    return about(step, "same_origin", {}, claim, other) if other != claim else None


def coverage_of(step: dict[str, Any]) -> Draft:
    names = ["flood", "pledges"] if step["at"] % 2 else ["*"]
    payload: dict[str, Any] = {"events": names, "audience": step["voice"] or "public"}
    if step["to"] % 3 == 0:
        payload["keys"] = ["FR", "DE"]
    return Draft(
        "coverage",
        payload,
        step["by"],
        happened="2026-02/2026-02-20",
        marks=step["marks"],
    )


def about(
    step: dict[str, Any], kind: str, payload: dict[str, Any], *targets: str | None
) -> Draft:
    found = tuple(name for name in targets if name)
    return Draft(kind, payload, step["by"], marks=step["marks"], about=found)


def claim_of(
    step: dict[str, Any], made: dict[str, list[str]], words: str, now: datetime
) -> Draft:
    kind, matter = step["kind"], pick(made["o"], step["at"])
    other = pick(made["o"], step["to"]) if kind == "d" else None
    names = ["a", "b"] if kind == "2" else [step["address"]] if step["address"] else []
    payload: dict[str, Any] = {
        "polarity": step["polarity"],
        "statement": words,
        "actors": [],
        "voice": step["voice"],
    }
    if kind == "d" and step["to"] % 3 == 0:
        payload["denies"] = [matter]
    known = step["known"]
    if known == "2026-03" and now < datetime(2026, 3, 2, tzinfo=UTC):
        known = None
    is_news = kind == "d" and step["to"] % 5 == 0
    return replace(
        about(step, "claim", payload, matter, other if other != matter else None),
        known_from=known,
        sources=tuple(Source(name) for name in names),
        supersedes=pick(made["c"], step["at"]) if is_news else None,
    )


@contextmanager
def case_folder(steps: list[dict[str, Any]]) -> Iterator[Path]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "agreements").mkdir()
        (folder / "agreements" / "pact.md").write_text(PAGE)
        (folder / "case.toml").write_text(SETTINGS)
        write(folder / "journal.db", steps)
        yield folder


def told(assembled: Assembled) -> dict[str, Any]:
    """Give all that a world says, alike for entries and columns, in no order."""
    rows: Counter[Any] = Counter()
    for name, found in assembled.world.happenings.items():
        for one in found:
            is_plain = one.weight is not Weight.DENIED and not one.is_disputed
            rule = None if is_plain else (one.rule, one.is_disputed)
            rows[
                name, one.values, one.first, one.last, one.weight, one.reason, rule
            ] += 1
    weights = list(Weight)
    for name, tables in assembled.world.bulk.items():
        for table in tables:
            assert isinstance(table.weights, int)
            for at in range(len(table.first)):
                values = tuple(str(c.words[c.codes[at]]) for c in table.values)
                span = int(table.first[at]), int(table.last[at])
                rows[
                    name, values, *span, weights[table.weights], table.reason, None
                ] += 1
    return {
        "rows": rows,
        "coverage": assembled.world.coverage,
        "note": assembled.coverage_note,
        "sightings": assembled.world.sightings,
        "findings": Counter(
            (f.code, f.message, f.spans, f.mend) for f in assembled.findings
        ),
        "view": Counter(
            (f.code, f.message, f.spans, f.mend) for f in assembled.view.findings
        ),
    }


@given(
    journals,
    st.sampled_from(["all", "public", "FR"]),
    st.sampled_from(["strict", "loose"]),
    st.integers(-10, 40),
    st.none() | st.integers(0, 40),
)
@settings(
    max_examples=100,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_columns_come_to_what_entries_come_to(
    steps: list[dict[str, Any]],
    reader: str,
    policy: str,
    known: int,
    recorded: int | None,
) -> None:
    with case_folder(steps) as folder:
        clock = lambda: NOW  # noqa: E731 # a clock that stands
        whole = open_case(folder, clock)
        with mock.patch("vigens.desk.largejournal.LARGE", 0):
            plain = open_case(folder, clock, columns_for=reader)
            again = open_case(folder, clock, columns_for=reader)
        lens = make_lens(
            whole, Looking(now=int(NOW.timestamp()), reader=reader, policy=policy)
        )
        lens = replace(
            lens,
            known_at=int((START + timedelta(days=known)).timestamp()),
            recorded_at=None
            if recorded is None
            else int((START + timedelta(days=recorded)).timestamp()),
        )
        right = told(assemble(whole, lens))
        assert (plain.records.image is None) is (reader == "FR")
        assert told(assemble(plain, lens)) == right
        assert told(assemble(again, lens)) == right
        assert plain.latest_record(reader, lens.known_at) == whole.latest_record(
            reader, lens.known_at
        )
        for kind in (None, "claim"):
            lines = lines_of(plain, lens, kind)  # none: it must be read whole
            assert lines in (None, lines_of(whole, lens, kind))


def lines_of(case: Case, lens: Lens, kind: str | None) -> tuple[Any, ...] | None:
    """Give the list of entries that a lens shows, and how many the reader sees."""
    found = page_log(case, lens, kind=kind)
    if found is None:
        return None
    return found.n_shown, [line for page in found.pages for line in page]
