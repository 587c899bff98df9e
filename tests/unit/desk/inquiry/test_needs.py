"""Need, offer and gap: ranges, what is undisclosed, and nothing added that may not be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import SETTINGS, Writer
from vigens.base import InputError
from vigens.desk.inquiry import Amount, DomainOffers, read_needs
from vigens.desk.inquiry.amounts import add, gap_between, read_amount, span_of

OFFERS = """
[offers]
needs = [{ domain = "sea", unit = "boats", measure = "boats" }]
counted = ["boats"]
"""


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    settings = SETTINGS.replace("[policies.strict]", OFFERS + "[policies.strict]", 1)
    (writer.folder / "case.toml").write_text(settings, "utf-8")
    writer.looked("2026-01-01/2026-03-01")
    return writer


def offer(
    writer: Writer,
    party: str,
    number: int | None = None,
    day: str = "2026-01-10",
    **fields: Any,
) -> str:
    quantity = {"number": number, "unit": "boats", "comparison": "eq"}
    quantity["comparison"] = fields.pop("comparison", "eq")
    payload = {
        "party": party,
        "title": f"{party} offers",
        "stance": fields.pop("stance", "offer"),
        "domains": fields.pop("domains", ["sea"]),
        "conditions": [],
        "gates": [],
        **({"quantity": quantity} if number is not None else {}),
    }
    matter = writer.record("offer", payload, happened=day, known_from=day)
    writer.claim(matter, day, fields.pop("grade", "B2"))
    return matter


def sea(writer: Writer) -> DomainOffers:
    found = read_needs(writer.session("2026-03-01"))
    return next(one for one in found.domains if one.domain == "sea")


def need(writer: Writer, number: int, comparison: str = "eq") -> None:
    payload = {"measure": "boats", "number": number, "comparison": comparison}
    payload["title"] = "needed"
    matter = writer.record(
        "count", payload, happened="2026-01-05", known_from="2026-01-05"
    )
    writer.claim(matter, "2026-01-05")


def test_offers_of_different_parties_add_up_and_leave_a_gap(writer: Writer) -> None:
    need(writer, 10)
    offer(writer, "FR", 3)
    offer(writer, "DE", 4, comparison="up_to")
    (found,) = sea(writer).capabilities
    assert found.possibly.words == "3 to 7"
    assert found.need is not None
    assert found.gap is not None
    assert found.gap.words == "3 to 7"


def test_of_one_party_the_latest_offer_counts(writer: Writer) -> None:
    offer(writer, "FR", 3)
    offer(writer, "FR", 5, day="2026-01-20")
    (found,) = sea(writer).capabilities
    assert found.possibly.words == "5"
    assert (found.need, found.gap) == (None, None)


def test_an_undisclosed_offer_may_close_the_gap(writer: Writer) -> None:
    need(writer, 10)
    offer(writer, "FR", 3)
    offer(writer, "DE")
    found = sea(writer)
    assert found.undisclosed == ("Germany",)
    assert found.capabilities[0].gap == Amount(0, 7)


def test_a_possible_offer_and_a_weak_claim_only_widen_the_range(writer: Writer) -> None:
    offer(writer, "FR", 3)
    offer(writer, "DE", 4, stance="possible")
    (found,) = sea(writer).capabilities
    assert found.surely.words == "3"
    assert found.possibly.words == "3 to 7"


def test_where_nobody_looks_any_more_an_offer_only_may_stand(writer: Writer) -> None:
    offer(writer, "FR", 3)
    found = read_needs(writer.session("2026-03-20"))
    (sea_then,) = [one for one in found.domains if one.domain == "sea"]
    assert sea_then.capabilities[0].surely.words == "0"
    assert sea_then.capabilities[0].possibly.words == "up to 3"


def test_a_refusal_ends_an_offer_and_is_shown(writer: Writer) -> None:
    offer(writer, "FR", 3)
    offer(writer, "FR", day="2026-02-01", stance="refusal")
    found = sea(writer)
    assert found.refused == ("France",)
    assert found.capabilities[0].offers == ()


def test_an_amount_for_two_domains_is_split_nobody_says_how(writer: Writer) -> None:
    offer(writer, "FR", 3, domains=["sea", "air"])
    (found,) = sea(writer).capabilities
    assert found.possibly.words == "up to 3"
    assert found.offers[0].shared == ("air",)


def test_anonymous_counts_stand_beside_and_are_not_added(writer: Writer) -> None:
    need(writer, 26)
    found = read_needs(writer.session("2026-03-01"))
    assert [count.number for _, counts in found.anonymous for count in counts] == [26]


@pytest.mark.parametrize(
    ("number", "comparison", "words"),
    [
        (5, "eq", "5"),
        (5, "more_than", "6 or more"),
        (5, "at_least", "5 or more"),
        (5, "less_than", "up to 4"),
        (1500, "up_to", "up to 1 500"),
        (200, "about", "about 200"),
    ],
)
def test_an_amount_says_its_bounds(number: int, comparison: str, words: str) -> None:
    assert read_amount(number, comparison).words == words


def test_what_is_unbounded_leaves_the_sum_and_the_gap_open() -> None:
    total = add([Amount(5, 5), Amount(2, None)])
    assert total == Amount(7, None)
    assert gap_between(Amount(10, 10), total, is_open=False) == Amount(0, 3)
    assert span_of([]) is None
    assert span_of([Amount(1, 2), Amount(5, None)]) == Amount(1, None)


@pytest.mark.parametrize(
    "setting",
    [
        "needs = 3",
        'needs = [{ domain = "sea" }]',
        'counted = "boats"',
        'need = "boats"',
    ],
)
def test_a_wrong_setting_is_refused(writer: Writer, setting: str) -> None:
    settings = f"{SETTINGS}\n[offers]\n{setting}\n"
    (writer.folder / "case.toml").write_text(settings, "utf-8")
    with pytest.raises(InputError):
        writer.case()
