"""A small case on disk, with a journal written line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vigens.desk import Case, Looking, Session, make_lens, open_case
from vigens.journal import Draft, Source, open_journal

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
PUBLIC = ("public",)

SETTINGS = """\
title = "A small case"
zone = "Europe/Kyiv"
begins = "2026-01-01"
headline = "open_river"
matrix = { instrument = "pact", group = "riparians" }
policy = "strict"

[policies.strict]
consideration = "D4"
standard = "C3"
prefer = ["issuer-first"]
[policies.strict.events.floods]
origins = 2
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
group riparians "the riparians"
body lockkeepers "the lock keepers" status planned

instrument pact "The pact of the river"
  kind         declaration
  binding      politically
  text         published
  issuer       FR
  components   water, fish
  endorsement  by approval or signature

measure boats "boats on the river"
event floods "the river floods"
event dries "the river dries up"

fluent open_river "the river is open"
  initiated by   floods
  terminated by  dries
fluent quiet "all is quiet"
  holds while    not open_river

variant when "When help is due"
  reading soon "at once"
  reading late "in a month"

obligation help "Help after a breach"
  under        pact
  modality     shall
  obligor      FR
  trigger      on breach.happens(incident)
  performance  on breach.ends(incident)
  within       2 days   in reading when.soon
  within       1 month  in reading when.late
step dam "The dam is built"
  due          2026-02
  outcome      body.set_up(lockkeepers)
step weir "The weir is built"
  due          1 month after floods
  outcome      dries
```
"""


class Writer:
    """Records drafts one after another; gives their ids."""

    def __init__(self, folder: Path) -> None:
        (folder / "agreements").mkdir(parents=True)
        (folder / "agreements" / "pact.md").write_text(PAGE, "utf-8")
        (folder / "case.toml").write_text(SETTINGS, "utf-8")
        (folder / "journal.jsonl").write_text("", "utf-8")
        self.folder = folder
        self.n_claims = 0
        self._ticks: Iterator[int] = iter(range(1, 100_000))

    def clock(self) -> datetime:
        return NOW.replace(microsecond=next(self._ticks))

    def record(self, kind: str, payload: dict[str, Any], **fields: Any) -> str:
        fields.setdefault("marks", PUBLIC)
        draft = Draft(kind, payload, fields.pop("by", "curator"), **fields)
        with open_journal(self.folder / "journal.jsonl", self.clock) as store:
            (entry,) = store.append([draft])
        return entry.id

    def claim(
        self,
        about: str,
        known: str,
        grade: str | None = "B2",
        *,
        denies: bool = False,
        voice: str | None = None,
        address: str | None = None,
        **fields: Any,
    ) -> str:
        self.n_claims += 1
        payload: dict[str, Any] = {
            "polarity": "neg" if denies else "pos",
            "statement": f"statement {self.n_claims}",
            "actors": [],
        }
        if denies:
            payload["denies"] = [about]
        if voice:
            payload["voice"] = voice
        source = Source(address or f"https://example.org/{self.n_claims}")
        name = self.record(
            "claim",
            payload,
            about=(about,),
            known_from=known,
            sources=(source,),
            **fields,
        )
        if grade:
            graded = {"reliability": grade[0], "credibility": int(grade[1])}
            self.record("grade", graded, about=(name,), known_from=known, **fields)
        return name

    def event(self, text: str, happened: str | None, *args: str, **fields: Any) -> str:
        payload = {"event": text, "args": list(args), "title": text}
        if "rectifies" not in fields:  # which inherits it
            fields.setdefault("known_from", "2026-01-01")
        return self.record("occurrence", payload, happened=happened, **fields)

    def seen(self, fluent: str, happened: str, *args: str, holds: bool) -> str:
        payload = {
            "fluent": fluent,
            "args": list(args),
            "holds": holds,
            "title": fluent,
        }
        return self.record(
            "observation", payload, happened=happened, known_from="2026-01-01"
        )

    def looked(self, span: str, *events: str, **payload: Any) -> str:
        full = {"events": list(events or ("*",)), "audience": "public", "note": ""}
        return self.record(
            "coverage", {**full, **payload}, happened=span, known_from="2026-01-01"
        )

    def case(self) -> Case:
        return open_case(self.folder, lambda: NOW)

    def session(self, as_of: str, known_at: str | None = None, **rest: Any) -> Session:
        case = self.case()
        looking = Looking(
            int(NOW.timestamp()), as_of=as_of, known_at=known_at or as_of, **rest
        )
        return Session(case, make_lens(case, looking))


def word(session: Session, question: str) -> str:
    (answer,) = session.ask(question)
    return answer.word
