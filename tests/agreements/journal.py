"""The short form of a journal in a case file, turned into entries.

One entry a line::

    occurrence ceasefire.begins(general) on 2026-02-01
    observation not ceasefire(general) on 2026-02-24 graded A1
    coverage * on 2026-01-01/2026-03-07
    offer {"party": "FR", "stance": "offer", "domains": ["land"]} on 2026-01-06
    denies 1 known 2026-02-02 graded C3 voice FR
    affirms 1 known 2026-02-02 from https://example.org/2
    confirmed 1 known 2026-02-03
    document The words of a report that the case keeps.
    redact 1 by one
    agreed by two
    occurrence ceasefire.begins(general) on 2026-02-01 marked coalition,FR
    supersedes 1: occurrence ceasefire.begins(general) on 2026-02-03
    note Somebody said something.

A matter (occurrence, observation, offer, ...) brings one claim and its grade with it.
`on` is when it happened, `known` when it was published (else the end of `on`),
`graded` the grade of the claim (else B2; `graded none` leaves it at F6), `voice` on
whose word, `from` the address, `by` who confirms (else a second person), `marked`
who may see it (else public), `audience` for whom coverage is complete. A number
counts the matters, from 1.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vigens.chrono import parse_edtf
from vigens.journal import Draft, Entry, Source, open_journal, redaction_draft

#: When everything in a case is recorded, and what a lens takes as now.
NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)

_OPTION = re.compile(r" (on|known|graded|voice|from|by|marked|audience) (\S+)$")
_CORRECTION = re.compile(r"(rectifies|supersedes) (\d+): (.*)")
_ATOM = re.compile(r"([\w.:-]+)(?:\((.*)\))?")


def write_journal(path: Path, text: str) -> None:
    """Record every line of the short form in a new journal."""
    ticks = iter(range(1, 1_000_000))

    def clock() -> datetime:
        return NOW.replace(microsecond=next(ticks))

    reader = _Reader()
    with open_journal(path, clock, create=True) as store:
        for line in text.splitlines():
            if line.strip():
                drafts = [
                    reader.bound(draft, store_ids=reader.ids)
                    for draft in reader.drafts(line.strip())
                ]
                entries = store.append(drafts)
                reader.written += entries
                for entry, draft in zip(entries, drafts, strict=True):
                    if draft.handle is not None:
                        reader.ids[draft.handle] = entry.id


class _Reader:
    """Reads lines; remembers the matters by number."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.written: list[Entry] = []
        self.n_matters = 0
        self.n_claims = 0

    def bound(self, draft: Draft, *, store_ids: dict[str, str]) -> Draft:
        """Put ids in place of the numbers of earlier lines."""

        def name(target: str | None) -> str | None:
            return store_ids.get((target or "").removeprefix("@"), target)

        about = tuple(name(target) or "" for target in draft.about)
        payload = dict(draft.payload)
        if "denies" in payload:
            payload["denies"] = [name(target) for target in payload["denies"]]
        return replace(
            draft,
            about=about,
            payload=payload,
            rectifies=name(draft.rectifies),
            supersedes=name(draft.supersedes),
        )

    def drafts(self, line: str) -> Iterator[Draft]:
        """Give the drafts that a line stands for."""
        line, options = _options(line)
        links: dict[str, str] = {}
        correction = _CORRECTION.fullmatch(line)
        if correction:
            links = {correction[1]: f"@m{correction[2]}"}
            line = correction[3]
        keyword, _, rest = line.partition(" ")
        known = options.get("known") or _known(options.get("on"))
        if keyword in ("affirms", "denies"):
            yield from self._claim(options, known, f"@m{rest}", keyword == "denies")
        elif keyword == "confirmed":
            payload = {"by": "a second person"}
            about = (f"@m{rest}",)
            by = options.get("by", "second")
            yield _draft("confirmation", payload, known, about=about, by=by)
        elif keyword in ("redact", "agreed", "document"):
            yield self._of_redaction(keyword, rest, options, known)
        elif keyword in ("coverage", "note"):
            payload = _other(keyword, rest)
            if "audience" in options:
                payload["audience"] = options["audience"]
            yield _draft(
                keyword,
                payload,
                known,
                happened=options.get("on"),
                marks=_marks(options),
            )
        else:
            self.n_matters += 1
            handle = f"m{self.n_matters}"
            payload = _matter(keyword, rest)
            happened = options.get("on")
            own_known = None if "rectifies" in links else known
            yield _draft(
                keyword,
                payload,
                own_known,
                happened=happened,
                handle=handle,
                marks=_marks(options),
                **links,
            )
            yield from self._claim(options, known, f"@{handle}", denies=False)

    def _of_redaction(
        self, keyword: str, rest: str, options: dict[str, str], known: str | None
    ) -> Draft:
        if keyword == "redact":
            (matter,) = (
                each for each in self.written if each.id == self.ids[f"m{rest}"]
            )
            by = options.get("by", "curator")
            held = matter.payload.get("sha256")
            documents = (str(held),) if held else ()
            draft = redaction_draft(matter, "law", by=by, documents=documents)
            return replace(draft, handle="redaction")
        if keyword == "agreed":
            by = options.get("by", "second")
            about = ("@redaction",)
            return _draft("confirmation", {"by": by}, None, about=about, by=by)
        self.n_matters += 1
        document: dict[str, Any] = {
            "sha256": hashlib.sha256(rest.encode()).hexdigest(),
            "name": "a.txt",
            "length": len(rest),
            "media_type": "text/plain",
        }
        return _draft("document", document, known, handle=f"m{self.n_matters}")

    def _claim(
        self, options: dict[str, str], known: str | None, matter: str, denies: bool
    ) -> Iterator[Draft]:
        self.n_claims += 1
        payload: dict[str, Any] = {
            "polarity": "neg" if denies else "pos",
            "statement": f"statement {self.n_claims}",
            "actors": [],
        }
        if denies:
            payload["denies"] = [matter]
        if "voice" in options:
            payload["voice"] = options["voice"]
        address = options.get("from", f"https://example.org/{self.n_claims}")
        handle = f"c{self.n_claims}"
        yield _draft(
            "claim",
            payload,
            known,
            about=(matter,),
            handle=handle,
            address=address,
            marks=_marks(options),
        )
        grade = options.get("graded", "B2")
        if grade != "none":
            graded = {"reliability": grade[0], "credibility": int(grade[1])}
            marks = _marks(options)
            yield _draft("grade", graded, known, about=(f"@{handle}",), marks=marks)


def _options(line: str) -> tuple[str, dict[str, str]]:
    options: dict[str, str] = {}
    while found := _OPTION.search(line):
        options[found[1]] = found[2]
        line = line[: found.start()]
    return line, options


def _marks(options: dict[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, options.get("marked", "public").split(",")))


def _known(happened: str | None) -> str | None:
    """A thing is taken as published on the last day on which it may have happened."""
    if happened is None or parse_edtf(happened).last_day is None:
        return None
    edtf = parse_edtf(happened)
    return happened if edtf.instant is not None else str(edtf.last_day)


def _matter(keyword: str, rest: str) -> dict[str, Any]:
    if keyword not in ("occurrence", "observation"):
        payload = {"title": keyword, **json.loads(rest)}
        if keyword == "offer":
            payload = {"domains": [], "conditions": [], "gates": [], **payload}
        return payload
    atom = _ATOM.fullmatch(rest.removeprefix("not "))
    assert atom, f"no atom: {rest!r}"
    values = [part.strip().strip('"') for part in (atom[2] or "").split(",") if part]
    if keyword == "occurrence":
        return {"event": atom[1], "args": values, "title": rest}
    holds = not rest.startswith("not ")
    return {"fluent": atom[1], "args": values, "holds": holds, "title": rest}


def _other(keyword: str, rest: str) -> dict[str, Any]:
    if keyword == "note":
        return {"text": rest}
    return {"events": rest.split(), "audience": "public", "note": ""}


def _draft(
    kind: str,
    payload: dict[str, Any],
    known: str | None,
    *,
    address: str | None = None,
    by: str = "curator",
    marks: tuple[str, ...] = ("public",),
    **fields: Any,
) -> Draft:
    sources = (Source(address),) if address else ()
    return Draft(
        kind,
        payload,
        by,
        known_from=known,
        sources=sources,
        marks=marks,
        **fields,
    )
