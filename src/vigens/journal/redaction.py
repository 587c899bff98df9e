"""Redaction: who wants what an entry says destroyed, who agrees, and what is left to do.

Two persons and a reason. The wish is an entry, the agreement is its confirmation by
another person; only then is anything destroyed. What stays of the entry is its id, its
place, its leaves in the logs, and the stub that the wish keeps: kind, moment of recording,
marks and links. So what it corrected stays corrected, and no proof breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vigens.journal.entry import Draft, Entry
from vigens.journal.stubs import stub_of

#: The kind of the entry by which a person wants another one destroyed.
REDACTION = "redaction"


@dataclass(frozen=True, slots=True)
class Redaction:
    """One wish to redact, with how far it is.

    Attributes:
        fact: The wish: whose it is, and why.
        target: What it is about, or the stub in its place.
        second: The confirmation by another person, if there is one.
    """

    fact: Entry
    target: Entry
    second: Entry | None

    @property
    def is_done(self) -> bool:
        """Say whether this journal holds no more than the stub."""
        return self.target.is_stub

    @property
    def persons(self) -> str:
        """Say who stands for it."""
        one = self.fact.recorded_by
        return f"{one} and {self.second.recorded_by}" if self.second else one


def redaction_draft(
    entry: Entry,
    reason: str,
    *,
    by: str,
    leaves_open: Sequence[str] = (),
    documents: Sequence[str] = (),
    suggestion: str = "",
) -> Draft:
    """Draft the wish that an entry be redacted; nothing is destroyed by it.

    Args:
        entry: What is to be redacted.
        reason: Why; it stays for whoever saw the entry.
        by: Who wants it.
        leaves_open: Events of which silence says nothing any more, until somebody
            looks again.
        documents: SHA-256 of documents whose copies in the case go too.
        suggestion: Key of what intake proposed and the entry was made of.
    """
    payload: dict[str, object] = {"reason": reason, "stub": stub_of(entry)}
    if leaves_open:
        payload["leaves_open"] = list(leaves_open)
    if documents:
        payload["documents"] = list(documents)
    if suggestion:
        payload["suggestion"] = suggestion
    return Draft(REDACTION, payload, by, marks=entry.marks, about=(entry.id,))


def read_redactions(entries: Iterable[Entry]) -> tuple[Redaction, ...]:
    """List every redaction of a journal, wanted, confirmed or done, in order.

    Args:
        entries: The whole journal.
    """
    by_id = {entry.id: entry for entry in entries}
    withdrawn = {e.supersedes for e in by_id.values()} | {
        e.rectifies for e in by_id.values()
    }
    confirmations: dict[str, list[Entry]] = {}
    for entry in by_id.values():
        if entry.kind == "confirmation" and entry.id not in withdrawn:
            for target in entry.about:
                confirmations.setdefault(target, []).append(entry)
    found = []
    for fact in by_id.values():
        if fact.kind != REDACTION or not fact.about:
            continue
        wanted = by_id.get(fact.about[0])
        if wanted is None or (fact.id in withdrawn and not wanted.is_stub):
            continue
        second = _second(fact, confirmations.get(fact.id, ()))
        found.append(Redaction(fact, wanted, second))
    return tuple(found)


def _second(fact: Entry, confirmations: Iterable[Entry]) -> Entry | None:
    for entry in confirmations:
        who = {entry.recorded_by, str(entry.payload.get("by") or "")}
        if fact.recorded_by not in who:
            return entry
    return None
