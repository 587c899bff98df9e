"""Acts of tables become acts of the general law."""

from __future__ import annotations

from datetime import date

import pytest

from vigens.desk.treaties.acts import act_of, later
from vigens.desk.treaties.clauses import Wait


@pytest.mark.parametrize(
    ("action", "act"),
    [
        ("Ratification", "ratifies"),
        ("accession (a)", "accedes"),
        ("definitive_signature", "signs.definitively"),
        ("succession to signature", "succeeds.to.signature"),
        ("provisional  application", "applies.provisionally"),
        ("Cancellation of withdrawal", "revokes.withdrawal"),
        ("withdrawal of the denunciation", "revokes.withdrawal"),
        ("withdrawal of denunciation", "revokes.withdrawal"),
        ("Signature ad referendum", "signs"),
        ("notification of succession (d)", "succeeds"),
        ("withdrawal of reservation", None),
        ("dances", None),
        ("", None),
    ],
)
def test_actions_are_known_by_their_words(action: str, act: str | None) -> None:
    assert act_of(action) == act


@pytest.mark.parametrize(
    ("day", "wait", "moved"),
    [
        ("2001-01-31", Wait(1, "months"), "2001-02-28"),
        ("2001-01-31", Wait(30, "days"), "2001-03-02"),
        ("2000-02-29", Wait(1, "years"), "2001-02-28"),
        ("2001-01-31", Wait(6, "months", "month"), "2001-07-01"),
        ("2001-01-01", Wait(60, "days", "following month"), "2001-04-01"),
        ("2001-01-15", Wait(), "2001-01-15"),
    ],
)
def test_delays_are_counted_as_treaties_write_them(
    day: str, wait: Wait, moved: str
) -> None:
    assert later(date.fromisoformat(day), wait).isoformat() == moved
