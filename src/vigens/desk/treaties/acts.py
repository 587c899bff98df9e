"""Acts of the tables as acts of the general law."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vigens.base import Severity
from vigens.chrono import add_duration, civil_date, day_start
from vigens.desk.treaties.clauses import Wait
from vigens.desk.treaties.names import Names
from vigens.desk.treaties.reading import ACTIONS, Action, Folder, Treaty, days_of

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
}

NOTICE, OWN_DATE, EFFECT = (
    "notifies.withdrawal",
    "notifies.withdrawal.for",
    "denounces",
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
    words = re.sub(r"\([^)]*\)", " ", action.replace("_", " ").lower())
    return ACTS.get(" ".join(words.split()))


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
    for row in folder.actions:
        act = act_of(row.action)
        if act is None:
            folder.note(
                "V103",
                f'the action "{row.action[:60]}" is not known; row not used',
                f"use one of {', '.join(ACTS)}",
                file=ACTIONS,
                line=row.row,
            )
            continue
        treaty, name = treaties[row.treaty]
        if act == NOTICE:
            found.extend(_withdrawal(folder, treaty, name, row, names))
        else:
            found.append(_act(act, treaty, name, row, names))
    return found


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
    if wait.first_of == "month":
        day = day.replace(day=1)
    moved = _moved(day, wait.amount, wait.unit.removesuffix("s"))
    if wait.first_of == "following month":
        moved = _moved(moved.replace(day=1), 1, "month")
    return moved


def _moved(day: date, amount: int, unit: str) -> date:
    return civil_date(add_duration(day_start(day, "UTC"), amount, unit, "UTC"), "UTC")
