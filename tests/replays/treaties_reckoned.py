"""A slow reckoning of the dates of treaties in tables.

It reads a drawn folder as a person would: day by day, with the calendar arithmetic of
the drawing. It knows nothing of the language and the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.replays.treaties_drawn import (
    BINDING,
    BODIES,
    RENAMED,
    Drawn,
    Row,
    Spec,
    after,
)


@dataclass
class Reckoned:
    """What a treaty comes to, reckoned slowly."""

    completed: date | None = None
    due: date | None = None
    entry: date | None = None
    spans: dict[str, list[tuple[date, date | None]]] = field(default_factory=dict)
    left: dict[str, list[date]] = field(default_factory=dict)
    contracting: int = 0
    successors: set[str] = field(default_factory=set)


class Reckoning:
    """Reckons a folder, treaty by treaty in their order, day by day."""

    def __init__(self, drawn: Drawn) -> None:
        """Reckon all; each treaty waits for earlier ones only."""
        self.drawn = drawn
        self.found: dict[str, Reckoned] = {}
        for treaty in drawn.treaties:
            self.found[treaty["id"]] = self._treaty(treaty)

    def _treaty(self, treaty: Spec) -> Reckoned:
        found = Reckoned()
        last = date.fromisoformat(treaty["source_as_of"])
        rows = [r for r in self.drawn.actions if r["treaty_id"] == treaty["id"]]
        rows = [r for r in rows if r["date"] <= str(last)]
        consents, found.left = _consents(treaty, rows, last)
        found.successors = {r["party"] for r in rows if r["action"] == "succession"}
        rule = treaty["entry_into_force"]["rule"]
        for day in sorted({since for one in consents.values() for since, _ in one}):
            if self._suffices(rule, _there(consents, day)):
                found.completed = day
                break
        found.contracting = len(_there(consents, last))
        if found.completed is None:
            return found
        found.entry = after(found.completed, rule["delay"])
        if "not_before" in rule:
            found.entry = max(found.entry, date.fromisoformat(rule["not_before"]))
        for other in rule.get("requires_in_force", ()):
            entry = self.found[other].entry
            if entry is None or found.entry is None:
                found.entry = None
            else:
                found.entry = max(entry, found.entry)
        if found.entry is not None:
            for party, spans in consents.items():
                bound = [(_since(treaty, found, day), end) for day, end in spans]
                found.spans[party] = _joined(bound, last)
            found.spans = {
                party: spans for party, spans in found.spans.items() if spans
            }
        return found

    def _suffices(self, rule: Spec, there: set[str]) -> bool:
        counted = there
        if "states only" in rule["who_counts"]:
            counted = there - set(BODIES)
        if len(counted) < rule.get("instruments", 0):
            return False
        listed = set(rule.get("list", ()))
        if len(listed & there) < rule.get("at_least_of_list", len(listed)):
            return False
        if "weight_at_least" in rule:
            weights = self.drawn.weights
            has = sum(round(float(weights.get(party, 0)) * 1000) for party in counted)
            return bool(has >= rule["weight_at_least"] * 1000)
        if "weight_at_least_percent" in rule:
            thousandths = {
                name: round(float(w) * 1000) for name, w in self.drawn.weights.items()
            }
            has = sum(thousandths.get(party, 0) for party in counted)
            asked: int = round(rule["weight_at_least_percent"] * 100)
            return has * 10_000 >= asked * sum(thousandths.values())
        return True


def _since(treaty: Spec, found: Reckoned, start: date) -> date:
    """Give the day from which a treaty binds who consented on a day."""
    assert found.entry is not None
    assert found.completed is not None
    late = treaty.get("party_entry_into_force")
    if late is None:
        return max(found.entry, start)
    waits = start > found.completed
    if late["anchor"] == "entry_into_force":
        waits = start >= found.entry and start > found.completed
    return max(found.entry, after(start, late["delay"])) if waits else found.entry


Spans = list[tuple[date, date | None]]


def _consents(
    treaty: Spec, rows: list[Row], last: date
) -> tuple[dict[str, Spans], dict[str, list[date]]]:
    """Give for each party its instruments with their ends, and its withdrawals.

    A notice reaches the instruments that were there before it, and no later one.
    """
    consents: dict[str, Spans] = {}
    left: dict[str, list[date]] = {}
    names = {later: name for name, later in RENAMED.items()}
    for row in rows:
        row["party"] = names.get(row["party"], row["party"])
    for row in rows:
        if row["action"] == "withdrawal":
            end, _ = _leaving(treaty, row)
            if end <= last and not _is_back(rows, row, end):
                left.setdefault(row["party"], []).append(end)
    for row in rows:
        if row["action"] not in (*BINDING, "succession", "formal confirmation"):
            continue
        day = date.fromisoformat(row["date"])
        ends = [
            end
            for end, notice in (
                _leaving(treaty, other)
                for other in rows
                if other["party"] == row["party"] and other["action"] == "withdrawal"
                if not _is_back(rows, other, _leaving(treaty, other)[0])
            )
            if day < notice
        ]
        consents.setdefault(row["party"], []).append((day, min(ends, default=None)))
    return consents, {party: sorted(days) for party, days in left.items()}


def _there(consents: dict[str, Spans], day: date) -> set[str]:
    """Give whose consent stands on a day."""
    return {
        party
        for party, spans in consents.items()
        if any(since <= day and (end is None or day < end) for since, end in spans)
    }


def _joined(spans: Spans, last: date) -> Spans:
    """Join spans that meet, as far as they begin by the last day."""
    found: Spans = []
    for since, later in sorted(spans, key=lambda span: (span[0], span[1] or date.max)):
        end = later if later is None or later <= last else None
        if since > last or (end is not None and end <= since):
            continue
        before = found[-1][1] if found else date.min
        if before is None or since <= before:
            if before is not None:
                found[-1] = (found[-1][0], end and max(end, before))
        else:
            found.append((since, end))
    return found


def _leaving(treaty: Spec, row: Row) -> tuple[date, date]:
    """Give the day on which a withdrawal takes effect, and that of its notice."""
    notice = date.fromisoformat(row["date"])
    if row["effective"]:
        return date.fromisoformat(row["effective"]), notice
    clause = {"kind": "after_deposit", **treaty["withdrawal"]}
    return after(notice, clause), notice


def _is_back(rows: list[Row], notice: Row, end: date) -> bool:
    """Say whether a notice was taken back before it took effect."""
    days = [
        row["date"]
        for row in rows
        if row["action"] == "revocation of withdrawal"
        if row["party"] == notice["party"]
    ]
    return any(notice["date"] <= day < str(end) for day in days)
