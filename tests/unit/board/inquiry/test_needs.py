"""The page of offers: pictures with words, undisclosed offers as shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.unit.board.conftest import HOSTILE, clock, make, open_client
from vigens.board.inquiry.bars import draw_bars
from vigens.desk import begin_case
from vigens.desk.inquiry import Amount, Capability
from vigens.journal import open_journal


def capability(need: Amount | None, offer: Amount, gap: Amount | None) -> Capability:
    return Capability("boats", need, (), offer, offer, gap, ())


def test_sure_is_solid_and_unsure_is_hatched() -> None:
    found = capability(Amount(10, 10), Amount(3, 7), Amount(3, 7))
    need, offer, gap = draw_bars("b", found, 2).bands
    assert (need.solid, need.hatched[1]) == (390, 0)
    assert (offer.solid, offer.hatched[1]) == (117, 156)
    assert len(offer.shapes) == 2
    assert "2 offers without an amount" in offer.words
    assert gap.words == "3 to 7 boats"


def test_about_so_much_is_never_solid() -> None:
    found = capability(None, Amount(200, 200, is_rough=True), None)
    need, offer, gap = draw_bars("b", found, 0).bands
    assert not need.is_known
    assert not gap.is_known
    assert (offer.solid, offer.hatched[1] > 0) == (0, True)


def test_what_nothing_bounds_has_no_end_and_many_shapes_become_a_number() -> None:
    found = capability(None, Amount(5, None), None)
    _, offer, _ = draw_bars("b", found, 9).bands
    assert offer.is_endless
    assert (len(offer.shapes), offer.n_more) == (5, 4)


def test_the_page_of_offers_says_each_picture_in_words(tiny: Path) -> None:
    offer: dict[str, Any] = {"party": "FR", "title": "Ships", "stance": "offer"}
    offer |= {"domains": ["sea"], "conditions": [], "gates": []}
    offer["quantity"] = {"number": 3, "unit": HOSTILE}
    said = {"polarity": "pos", "statement": "So it is", "actors": []}
    grade = {"reliability": "B", "credibility": 2}
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        journal.append(
            [
                make("offer", offer, happened="2026-03-07", handle="o"),
                make("claim", said, about=("@o",), handle="c"),
                make("grade", grade, about=("@c",)),
            ]
        )
    text = open_client(tiny).get("/offers").text
    assert '<svg viewBox="0 0' in text
    assert "offer: up to 3" in text
    assert "not known: nobody says how much is needed" in text
    assert "<script>alert" not in text
    assert "Every offer, as reported" in text


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    text = open_client(begin_case(tmp_path / "new", clock())).get("/offers").text
    assert "No offer is known through this view" in text


def test_the_page_of_money_adds_nothing_whose_stage_nobody_states(tiny: Path) -> None:
    said = {"polarity": "pos", "statement": "So it is", "actors": []}
    grade = {"reliability": "B", "credibility": 2}
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        for number, more in (
            (300, {}),
            (400, {}),
            (5, {"stage": "paid"}),
            (6, {"stage": "paid"}),
        ):
            money: dict[str, Any] = {"by": ["FR"], "title": HOSTILE, "unit": "EUR"}
            money |= {"number": number, **more}
            journal.append(
                [
                    make("funding", money, happened="2026-03-07", handle="m"),
                    make("claim", said, about=("@m",), handle="c"),
                    make("grade", grade, about=("@c",)),
                ]
            )
    text = open_client(tiny).get("/money").text
    sums = text.partition("<main")[2].partition("Every sum, as reported")[0]
    assert "11 EUR" in sums
    assert "300 EUR; 400 EUR" in sums
    assert "not added" in sums
    assert "700" not in sums
    assert "<script>alert" not in text
    assert "/api/v1/files/money.csv" in text
