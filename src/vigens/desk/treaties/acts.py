"""Acts of the tables as acts of the general law."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vigens.base import Severity
from vigens.chrono import (
    add_delay,
    civil_date,
    day_start,
    edtf_bounds,
    parse_edtf,
)
from vigens.desk.treaties.clauses import Wait
from vigens.desk.treaties.names import Names
from vigens.desk.treaties.reading import ACTIONS, Action, Folder, Treaty, days_of
from vigens.engine import HIGH, LOW

#: What an action of the tables is in the general law.
ACTS = {
    "signature": "signs",
    "signature subject to ratification": "signs",
    "definitive signature": "signs.definitively",
    "ratification": "ratifies",
    "acceptance": "accepts",
    "approval": "approves.treaty",
    "accession": "accedes",
    "adherence": "accedes",
    "succession": "succeeds",
    "succession to signature": "succeeds.to.signature",
    "consent to be bound": "consents.otherwise",
    "formal confirmation": "confirms.formally",
    "exchange": "exchanges",
    "exchange of instruments": "exchanges",
    "provisional application": "applies.provisionally",
    "withdrawal": "notifies.withdrawal",
    "denunciation": "notifies.withdrawal",
    "revocation of withdrawal": "revokes.withdrawal",
}
#: The acts of the general law by which a party consents.
CONSENTS = {
    *("ratifies", "accepts", "approves.treaty", "accedes", "confirms.formally"),
    *("signs.definitively", "exchanges", "consents.otherwise", "succeeds"),
}
#: Further words for the same acts.
_OTHERWISE = {
    "signature ad referendum": "signature",
    "notification of succession": "succession",
    "notification of withdrawal": "withdrawal",
    "notice of withdrawal": "withdrawal",
    "notification of denunciation": "denunciation",
    "consent": "consent to be bound",
    "cancellation of withdrawal": "revocation of withdrawal",
    "withdrawal cancelled": "revocation of withdrawal",
    "withdrawal revoked": "revocation of withdrawal",
    "withdrawal of withdrawal": "revocation of withdrawal",
    "withdrawal of the withdrawal": "revocation of withdrawal",
    "withdrawal of denunciation": "revocation of withdrawal",
    "withdrawal of the denunciation": "revocation of withdrawal",
    "revocation of denunciation": "revocation of withdrawal",
    "cancellation of denunciation": "revocation of withdrawal",
    "denunciation withdrawn": "revocation of withdrawal",
}
#: What parties do with a treaty that says nothing of whether it binds them.
_BESIDE = (
    *("reservation", "withdrawal of reservation", "objection", "declaration"),
    *("territorial application", "notification", "communication", "understanding"),
    *("withdrawal of objection", "withdrawal of declaration", "correction"),
)

NOTICE, OWN_DATE, EFFECT, REVOKED = (
    "notifies.withdrawal",
    "notifies.withdrawal.for",
    "denounces",
    "revokes.withdrawal",
)


@dataclass(frozen=True, slots=True)
class Act:
    """One row of acts.csv."""

    act: str
    treaty: str
    party: str
    date: str
    known_from: str
    printed: str
    row: int
    provenance: str

    @property
    def is_added(self) -> bool:
        """Say whether the source itself does not hold it."""
        return self.provenance.lower().startswith("added")


def act_of(action: str) -> str | None:
    """Give the act that an action is, or none where it is not known."""
    words = _plain(action)
    return ACTS.get(_OTHERWISE.get(words, words))


def _plain(action: str) -> str:
    words = re.sub(r"\([^)]*\)", " ", re.sub(r"[_-]", " ", action).lower())
    return " ".join(words.split())


def acts_of(
    folder: Folder, treaties: dict[str, tuple[Treaty, str]], names: Names
) -> list[Act]:
    """Turn the rows of the tables into acts, in their order.

    Args:
        folder: As read; what cannot be used is noted there.
        treaties: Id to the treaty and its name in rules.
        names: For the parties.
    """
    found: list[Act] = []
    revoked: dict[tuple[str, str], list[str]] = {}
    for row in folder.actions:
        if act_of(row.action) == REVOKED:
            key = (row.treaty, names.by_printed[row.party])
            revoked.setdefault(key, []).append(row.date)
    for row in folder.actions:
        act = act_of(row.action)
        if act is None:
            _note_unknown(folder, row)
            continue
        treaty, name = treaties[row.treaty]
        if act != NOTICE:
            found.append(_act(act, treaty, name, row, names))
            continue
        days = revoked.get((row.treaty, names.by_printed[row.party]), ())
        effective = row.effective or derived_effect(treaty, row.date)
        if effective is not None and _is_back(row, effective, days):
            # Its own date, so that the rule derives nothing of it after a later notice.
            found.append(_act(OWN_DATE, treaty, name, row, names))
            continue
        found += _withdrawal(folder, treaty, name, row, names)
    _note_too_late(folder, treaties)
    _note_too_early(folder, names)
    return found


def _note_too_late(folder: Folder, treaties: dict[str, tuple[Treaty, str]]) -> None:
    """Note what is dated after the state of the source from which it was taken."""
    for row in folder.actions:
        as_of = treaties[row.treaty][0].as_of
        if as_of is not None and _bounds(as_of)[1] < _bounds(row.date)[0]:
            folder.note(
                "V103",
                f"{row.treaty}: this is dated after {as_of}, up to which its acts were "
                "looked for; it counts possibly",
                "mend the date, or `source_as_of`",
                file=ACTIONS,
                line=row.row,
            )


def _note_too_early(folder: Folder, names: Names) -> None:
    """Note a withdrawal before which its party had not consented."""
    first: dict[tuple[str, str], int] = {}
    for row in folder.actions:
        if act_of(row.action) in CONSENTS:
            key = (row.treaty, names.by_printed[row.party])
            start = _bounds(row.date)[0]
            first[key] = min(first.get(key, start), start)
    for row in folder.actions:
        if act_of(row.action) != NOTICE:
            continue
        since = first.get((row.treaty, names.by_printed[row.party]))
        if since is not None and since <= _bounds(row.date)[1]:
            continue
        folder.note(
            "V106",
            f"{row.treaty}: {row.party} withdraws before any instrument of its own is "
            "here; the withdrawal ends nothing",
            "add the instrument, or mend the date",
            file=ACTIONS,
            line=row.row,
        )


def _bounds(text: str) -> tuple[int, int]:
    first, last = edtf_bounds(parse_edtf(text), "UTC")
    return LOW if first is None else first, HIGH if last is None else last


def _is_back(row: Action, effective: str, revoked: Iterable[str]) -> bool:
    """Say whether a notice was taken back before it took effect (VCLT article 68)."""
    return any(row.date <= day < effective for day in revoked)


def _note_unknown(folder: Folder, row: Action) -> None:
    """Say which row is not used, and whether that may matter."""
    said = f'the action "{row.action[:60]}" is not known; row not used'
    mend = f"use one of {', '.join(ACTS)}"
    severity = Severity.WARNING
    if _plain(row.action) in _BESIDE:
        said = f'"{row.action[:60]}" does not change who is bound; row not used'
        mend = "nothing, if that is so"
        severity = Severity.NOTE
    folder.note("V103", said, mend, file=ACTIONS, line=row.row, severity=severity)


def _act(
    act: str, treaty: Treaty, name: str, row: Action, names: Names, at: str = ""
) -> Act:
    return Act(
        act,
        name,
        names.by_printed[row.party],
        at or row.date,
        treaty.as_of or at or row.date,
        row.party,
        row.row,
        row.provenance,
    )


def _withdrawal(
    folder: Folder, treaty: Treaty, name: str, row: Action, names: Names
) -> Iterable[Act]:
    """Give a notice, and its effect where the treaty's own rule does not derive it."""
    derived = derived_effect(treaty, row.date)
    if row.effective is None:
        if treaty.notice is None:
            folder.note(
                "V106",
                f"{treaty.id}: the withdrawal of {row.party} has no effective date, and "
                "the treaty no rule for it; so it has no effect yet",
                "give the column `effective`",
                file=ACTIONS,
                line=row.row,
            )
        yield _act(NOTICE, treaty, name, row, names)
        return
    if derived == row.effective:
        yield _act(NOTICE, treaty, name, row, names)
        return
    if derived is not None:
        folder.note(
            "V106",
            f"{treaty.id}: the withdrawal of {row.party} takes effect on {row.effective} "
            f"as given, and on {derived} by the treaty's rule; the given day is used",
            "look which one is right",
            file=ACTIONS,
            line=row.row,
            severity=Severity.NOTE,
        )
    yield _act(OWN_DATE, treaty, name, row, names)
    yield _act(EFFECT, treaty, name, row, names, row.effective)


def derived_effect(treaty: Treaty, notified: str) -> str | None:
    """Give the day on which the treaty's own rule lets a notice take effect.

    Args:
        treaty: Whose rule counts.
        notified: EDTF; the day of the notice.

    Returns:
        A day; `None` where the rule does not say, or leaves a condition open.
    """
    day = days_of(notified)
    notice = treaty.notice
    if day is None or notice is None or notice.unless or notice.wait.unread:
        return None
    return later(day, notice.wait).isoformat()


def later(day: date, wait: Wait) -> date:
    """Give the day so long after a day, as the rules count."""
    unit = wait.unit.removesuffix("s")
    start = day_start(day, "UTC")
    moved = add_delay(start, wait.amount, unit, wait.first_of, "UTC")
    return civil_date(moved, "UTC")
