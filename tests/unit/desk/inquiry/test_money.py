"""Money: added for one party, one currency and one stage, and nothing that is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.desk.inquiry import Amount, Money, MoneySum, read_money
from vigens.desk.outgoing import write_out


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    writer.looked("2026-01-01/2026-03-01")
    return writer


def give(writer: Writer, by: str, number: int | None = None, **said: Any) -> str:
    day = said.pop("day", "2026-01-10")
    grade = said.pop("grade", "B2")
    payload = {"by": by.split(), "title": f"{by} gives", "unit": "EUR", **said}
    if number is not None:
        payload["number"] = number
    matter = writer.record("funding", payload, happened=day, known_from="2026-01-10")
    writer.claim(matter, "2026-01-10", grade)
    return matter


def seen(writer: Writer, as_of: str = "2026-03-01") -> Money:
    return read_money(writer.session(as_of))


def sums(found: Money) -> dict[tuple[str, str, str], MoneySum]:
    return {
        (currency.currency, str(party.title), one.stage): one
        for currency in found.currencies
        for party in currency.parties
        for one in party.sums
    }


def test_sums_are_of_one_party_one_currency_one_stage(writer: Writer) -> None:
    give(writer, "A", 100, stage="pledged")
    give(writer, "A", 20, stage="pledged")
    give(writer, "A", 5, stage="paid")
    give(writer, "A", 7, unit="USD", stage="pledged")
    give(writer, "B", 50, stage="pledged")
    give(writer, "A B", 9, stage="pledged")
    give(writer, "B", 3)
    give(writer, "A", 2)
    give(writer, "A", 4)
    found = {key: one.amount for key, one in sums(seen(writer)).items()}
    assert [key[2] for key, amount in found.items() if amount is None] == [""]
    amounts = sorted((c, s, a.low, a.high) for (c, _, s), a in found.items() if a)
    assert amounts == [
        ("EUR", "", 3, 3),
        ("EUR", "paid", 5, 5),
        ("EUR", "pledged", 9, 9),
        ("EUR", "pledged", 50, 50),
        ("EUR", "pledged", 120, 120),
        ("USD", "pledged", 7, 7),
    ]


def test_what_is_not_disclosed_leaves_a_sum_without_an_end(writer: Writer) -> None:
    give(writer, "A", 100, stage="pledged")
    give(writer, "A", stage="pledged")
    (one,) = sums(seen(writer)).values()
    assert (one.amount, one.n_undisclosed) == (Amount(100, None), 1)


def test_a_scale_is_part_of_a_unit_and_a_unit_that_is_none_is_not_guessed(
    writer: Writer,
) -> None:
    give(writer, "A", 40, unit="million EUR", comparison="at_least")
    give(writer, "A", 3, unit="tanks")
    found = sums(seen(writer))
    assert {key[0] for key in found} == {"EUR", ""}
    amount = next(one.amount for key, one in found.items() if key[0] == "EUR")
    assert amount == Amount(40_000_000, None)


@pytest.mark.parametrize(
    ("day", "as_of", "amount"),
    [
        ("2026-01-10", "2026-01-09", None),
        ("2026-01-10", "2026-01-10", Amount(8, 8)),
        ("2026-01", "2026-01-15", Amount(0, 8)),
        ("2026-01", "2026-01-31", Amount(8, 8)),
        (None, "2026-01-31", Amount(0, 8)),
    ],
)
def test_a_sum_is_as_of_a_day(
    writer: Writer, day: str | None, as_of: str, amount: Amount | None
) -> None:
    give(writer, "A", 8, day=day)
    found = [one.amount for one in sums(seen(writer, as_of)).values()]
    assert found == ([] if amount is None else [amount])


def test_what_is_possible_may_be_nothing_and_what_is_denied_is_set_aside(
    writer: Writer,
) -> None:
    give(writer, "A", 8, grade="D4")
    low = give(writer, "A", 5, grade="E5")
    found = seen(writer)
    (one,) = sums(found).values()
    assert one.amount == Amount(0, 8)
    assert [line.ref for line in found.set_aside] == [low]


def test_an_offer_of_money_is_a_pledge_as_long_as_it_stands(writer: Writer) -> None:
    payload = {
        "party": "A",
        "title": "A offers",
        "domains": [],
        "conditions": [],
        "gates": [],
        "quantity": {"number": 8, "unit": "EUR", "comparison": "eq"},
    }
    for stance in ("offer", "possible", "refusal"):
        matter = writer.record(
            "offer",
            {**payload, "stance": stance},
            happened="2026-01-10",
            known_from="2026-01-10",
        )
        writer.claim(matter, "2026-01-10", "B2")
    ((key, one),) = sums(seen(writer)).items()
    assert key[2] == "pledged"
    assert one.amount == Amount(8, 16)


def test_the_table_has_a_row_for_each_sum_and_adds_nothing(writer: Writer) -> None:
    give(writer, "A", 100, stage="pledged")
    give(writer, "A", stage="paid")
    body = write_out(writer.session("2026-03-01"), "csv", table="money").body.decode()
    rows = [line.split(",") for line in body.splitlines() if "gives" in line]
    assert [row[2] for row in rows] == ["pledged", "paid"]
    assert [row[4:7] for row in rows] == [["100", "100", "EUR"], ["", "", "EUR"]]
