from __future__ import annotations

import pytest

from vigens.model import (
    ISSUER_FIRST,
    EvidencePolicy,
    Floor,
    WeighedClaim,
    Weight,
    parse_grade,
    weigh,
)

FLOOR = Floor(parse_grade("D4"), parse_grade("C3"))
STRICT = Floor(parse_grade("D4"), parse_grade("C3"), origins=2, confirmed=True)


def claim(
    ref: str,
    grade: str = "B2",
    *,
    affirms: bool = True,
    origin: str | None = None,
    voice: str | None = None,
) -> WeighedClaim:
    return WeighedClaim(ref, affirms, parse_grade(grade), origin or ref, voice)


def test_what_nobody_says_is_set_aside() -> None:
    found = weigh([], FLOOR)
    assert (found.weight, found.reason) == (Weight.ASIDE, "nobody says so")


@pytest.mark.parametrize(
    ("grade", "weight"),
    [
        ("C3", Weight.SURE),
        ("C4", Weight.POSSIBLE),
        ("D3", Weight.POSSIBLE),
        ("D4", Weight.POSSIBLE),
        ("D5", Weight.ASIDE),
        ("E1", Weight.ASIDE),
        ("F6", Weight.ASIDE),
    ],
)
def test_the_two_floors_part_three_weights(grade: str, weight: Weight) -> None:
    found = weigh([claim("a", grade)], FLOOR)
    assert found.weight is weight
    assert not found.is_disputed
    assert [c.counts for c in found.claims] == [weight is not Weight.ASIDE]


def test_two_claims_of_one_origin_are_one() -> None:
    copies = [claim("a", origin="x"), claim("b", origin="x")]
    found = weigh(copies, STRICT, is_confirmed=True)
    assert found.weight is Weight.POSSIBLE
    assert "1 independent origin meets the standard, 2 are needed" in found.reason


def test_a_weak_second_origin_does_not_make_two() -> None:
    found = weigh([claim("a"), claim("b", "D4")], STRICT, is_confirmed=True)
    assert found.weight is Weight.POSSIBLE


def test_without_a_second_person_it_stays_possible() -> None:
    claims = [claim("a"), claim("b")]
    assert weigh(claims, STRICT).weight is Weight.POSSIBLE
    assert "no second person" in weigh(claims, STRICT).reason
    assert weigh(claims, STRICT, is_confirmed=True).weight is Weight.SURE


def test_pages_of_one_origin_are_told_as_one() -> None:
    pages = [claim("a", "E5", origin="x"), claim("b", "F6", origin="x")]
    reason = weigh(pages, FLOOR).reason
    assert reason == (
        "set aside: 2 pages of 1 origin, graded E5, F6, below consideration (D4)"
    )
    pages = [*pages, claim("c", "F6")]
    assert "3 pages of 2 origins" in weigh(pages, FLOOR).reason
    assert "2 pages, graded" in weigh(pages[1:], FLOOR).reason
    assert "one page, graded" in weigh(pages[:1], FLOOR).reason


def test_a_good_denial_alone_denies() -> None:
    found = weigh([claim("a", affirms=False)], FLOOR)
    assert (found.weight, found.reason) == (Weight.DENIED, "it is denied")


def test_a_weak_denial_alone_denies_nothing() -> None:
    found = weigh([claim("a", "D4", affirms=False)], FLOOR)
    assert found.weight is Weight.ASIDE
    assert found.reason.startswith("a denial, but graded D4")


def test_a_denial_needs_no_confirmation() -> None:
    floor = Floor(parse_grade("D4"), parse_grade("C3"), confirmed=True)
    assert weigh([claim("a", affirms=False)], floor).weight is Weight.DENIED


def test_a_conflict_is_possible_and_disputed() -> None:
    found = weigh([claim("a"), claim("b", affirms=False)], FLOOR)
    assert found.weight is Weight.POSSIBLE
    assert found.is_disputed
    assert found.rule is None
    assert "1 for, 1 against" in found.reason


def test_a_denial_below_consideration_is_no_conflict() -> None:
    found = weigh([claim("a"), claim("b", "F6", affirms=False)], FLOOR)
    assert found.weight is Weight.SURE
    assert not found.is_disputed
    assert [c.counts for c in found.claims] == [True, False]


@pytest.mark.parametrize("affirms", [True, False])
def test_the_issuers_word_prevails_on_either_side(*, affirms: bool) -> None:
    claims = [
        claim("a", affirms=affirms, voice="FR"),
        claim("b", affirms=not affirms),
        claim("c", "A1", affirms=not affirms),
    ]
    found = weigh(claims, FLOOR, prefer=[ISSUER_FIRST], issuers=["FR"])
    assert found.weight is (Weight.SURE if affirms else Weight.DENIED)
    assert (found.rule, found.is_disputed) == (ISSUER_FIRST, True)
    assert "the word of FR on its own act prevails" in found.reason


@pytest.mark.parametrize(
    ("prefer", "issuers", "voices", "grade"),
    [
        ([], ["FR"], ("FR", None), "B2"),  # the policy does not say so
        ([ISSUER_FIRST], [], ("FR", None), "B2"),  # nobody issued it
        ([ISSUER_FIRST], ["FR"], ("DE", None), "B2"),  # somebody else's word
        ([ISSUER_FIRST], ["FR"], (None, None), "B2"),  # nobody's word
        ([ISSUER_FIRST], ["FR"], ("FR", "FR"), "B2"),  # its word on both sides
        ([ISSUER_FIRST], ["FR"], ("FR", None), "D4"),  # its word below the standard
    ],
)
def test_without_one_good_word_of_the_issuer_the_dispute_stays(
    prefer: list[str],
    issuers: list[str],
    voices: tuple[str | None, str | None],
    grade: str,
) -> None:
    claims = [
        claim("a", grade, voice=voices[0]),
        claim("b", affirms=False, voice=voices[1]),
    ]
    found = weigh(claims, FLOOR, prefer=prefer, issuers=issuers)
    assert (found.weight, found.rule) == (Weight.POSSIBLE, None)


def test_an_unconfirmed_word_of_the_issuer_settles_nothing() -> None:
    floor = Floor(parse_grade("D4"), parse_grade("C3"), confirmed=True)
    claims = [claim("a", voice="FR"), claim("b", affirms=False)]
    found = weigh(claims, floor, prefer=[ISSUER_FIRST], issuers=["FR"])
    assert found.weight is Weight.POSSIBLE


def test_the_order_of_claims_changes_no_weight() -> None:
    claims = [claim("a"), claim("b", "D4"), claim("c", affirms=False), claim("d", "F6")]
    turned = weigh(claims[::-1], FLOOR)
    assert turned.weight is weigh(claims, FLOOR).weight
    assert turned.reason == weigh(claims, FLOOR).reason


def test_a_policy_may_ask_more_of_one_event() -> None:
    policy = EvidencePolicy("p", "P", FLOOR, {"ceasefire.begins": STRICT})
    assert policy.floor_for("ceasefire.begins") is STRICT
    assert policy.floor_for("deploys") is FLOOR
