"""Treaties in tables, converted and asked: what their depositaries say of them.

The tables lie beside the checkout and do not ship; without them the tests are skipped.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vigens.desk import Case, Looking, Session, make_lens, open_case
from vigens.desk.treaties import Standing, convert_treaties, read_standing

_SHARED = os.environ.get("VIGENS_SHARED") or Path(__file__).parents[3] / "shared"
DATA = Path(_SHARED) / "data" / "treaties"
EXPECTED: dict[str, dict[str, Any]] = (
    json.loads((DATA / "expected.json").read_text("utf-8")) if DATA.is_dir() else {}
)
#: Treaties that are not in force, and how many instruments each is short of.
SHORT = {
    "bills-exchange": 5,
    "jurisdictional-immunities": 13,
    "minamata-2015": 49,
    "receivables-2001": 4,
    "tobacco-protocol-2015": 34,
}

pytestmark = pytest.mark.skipif(
    not EXPECTED, reason="the tables of treaties are not beside this checkout"
)


def clock() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    place = tmp_path_factory.mktemp("treaties") / "case"
    done = convert_treaties(DATA, place, clock)
    assert done.findings == ()
    return open_case(place, clock)


@pytest.fixture(scope="module")
def standing(case: Case) -> Callable[[str], Standing]:
    """Give where a treaty stands on the day of its source."""
    seen: dict[str, dict[str, Standing]] = {}

    def read(treaty: str) -> Standing:
        as_of = EXPECTED[treaty]["as_of"]
        if as_of not in seen:
            looking = Looking(now=int(clock().timestamp()), as_of=as_of)
            names = [t for t, each in EXPECTED.items() if each["as_of"] == as_of]
            found = read_standing(Session(case, make_lens(case, looking)), names)
            seen[as_of] = {each.instrument.name: each for each in found}
        return seen[as_of][treaty]

    return read


@pytest.fixture(scope="module")
def printed(case: Case) -> dict[str, str]:
    """Give the name in rules of every name as printed."""
    with (case.folder / "parties.csv").open(encoding="utf-8") as file:
        return {row["printed"]: row["party"] for row in csv.DictReader(file)}


Read = Callable[[str], Standing]


@pytest.mark.parametrize("treaty", EXPECTED)
def test_a_treaty_enters_into_force_on_the_official_date(
    standing: Read, treaty: str
) -> None:
    found = standing(treaty)
    assert found.entry_into_force == EXPECTED[treaty]["entry_into_force"]
    assert found.entry_possibly == EXPECTED[treaty]["entry_into_force"]
    assert found.in_force.word == ("YES" if EXPECTED[treaty]["in_force"] else "NO")


@pytest.mark.parametrize(
    "treaty", [t for t, e in EXPECTED.items() if e["completing_instrument_date"]]
)
def test_a_treaty_is_completed_on_the_official_date(
    standing: Read, treaty: str
) -> None:
    assert standing(treaty).completed == EXPECTED[treaty]["completing_instrument_date"]


def test_five_treaties_are_short_of_instruments(standing: Read) -> None:
    waiting = {t for t, expected in EXPECTED.items() if not expected["in_force"]}
    assert {t: standing(t).short_by for t in waiting} == SHORT


@pytest.mark.parametrize(
    "treaty", [t for t, e in EXPECTED.items() if "parties_on_source_date" in e]
)
def test_as_many_have_consented_as_the_depositary_prints(
    standing: Read, treaty: str
) -> None:
    number = EXPECTED[treaty]["parties_on_source_date"]
    assert standing(treaty).n_contracting == (number, number)


@pytest.mark.parametrize(
    "treaty", [t for t, e in EXPECTED.items() if "party_entry_into_force" in e]
)
def test_each_party_is_bound_from_the_listed_date(
    standing: Read, printed: dict[str, str], treaty: str
) -> None:
    since: dict[str, set[tuple[str | None, str]]] = {}
    for each in standing(treaty).memberships:
        since.setdefault(each.party, set()).add((each.since, each.since_possibly))
    listed = EXPECTED[treaty]["party_entry_into_force"]
    found = {name: since[printed[name]] for name in listed}
    assert found == {name: {(day, day)} for name, day in listed.items()}


@pytest.mark.parametrize(
    "treaty", [t for t, e in EXPECTED.items() if "withdrawals_effective" in e]
)
def test_withdrawals_take_effect_on_the_listed_dates(
    standing: Read, printed: dict[str, str], treaty: str
) -> None:
    found: dict[str, list[str]] = {}
    for each in standing(treaty).withdrawals:
        assert each.is_sure
        found.setdefault(each.party, []).append(each.effective)
    listed = EXPECTED[treaty]["withdrawals_effective"]
    assert found == {printed[name]: days for name, days in listed.items()}


def test_russia_completes_the_kyoto_protocol_with_61_79_percent(case: Case) -> None:
    shares = []
    for as_of in ("2004-11-17", "2004-11-18"):
        looking = Looking(now=int(clock().timestamp()), as_of=as_of)
        session = Session(case, make_lens(case, looking))
        (found,) = read_standing(session, ["kyoto"])
        (share,) = [p.surely for p in found.lacking if p.what.startswith("percent")]
        (russia,) = session.ask("consented(kyoto, RU)")
        shares.append((share, russia.word, found.completed))
    expected = EXPECTED["kyoto"]
    assert shares[0][1:] == ("NO", None)
    assert shares[0][0] < 55
    assert shares[1] == (expected["weight_percent_on_that_day"], "YES", "2004-11-18")


def test_who_left_and_came_back_is_a_party_again(case: Case) -> None:
    session = Session(
        case,
        make_lens(case, Looking(now=int(clock().timestamp()), as_of="2026-02-03")),
    )
    (found,) = read_standing(session, ["iccpr-op1"])
    spans = {
        each.party: (each.since, each.until)
        for each in found.memberships
        if each.party == "GY"
    }
    # Guyana consented anew while its notice ran, so that it never ceased to be a party.
    assert spans == {"GY": ("1993-08-10", None)}
    trinidad = [(m.since, m.until) for m in found.memberships if m.party == "TT"]
    assert trinidad == [("1981-02-14", "1998-08-26"), ("1998-11-26", "2000-06-27")]


def test_the_ordinary_questions_give_the_same_answers(case: Case) -> None:
    session = Session(
        case,
        make_lens(case, Looking(now=int(clock().timestamp()), as_of="2014-12-23")),
    )
    words = {a.question: a.word for a in session.ask("in_force(att)")}
    words |= {a.question: a.word for a in session.ask("party_to(att, FR)")}
    assert words == {"in_force(att)": "NO", "party_to(att, FR)": "NO"}
    after = Session(
        case,
        make_lens(case, Looking(now=int(clock().timestamp()), as_of="2014-12-24")),
    )
    (answer,) = after.ask("party_to(att, FR)")
    assert answer.word == "YES"
