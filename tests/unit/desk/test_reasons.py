from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.desk import ClaimView, WhyNode, claims_about, why
from vigens.journal import Passage, Source


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def claims(node: WhyNode) -> list[ClaimView]:
    below = [claim for child in node.children for claim in claims(child)]
    return [*node.claims, *below]


def test_the_tree_ends_in_claims_with_their_grades_and_copies(writer: Writer) -> None:
    signs = writer.event("signs", "2026-01-10", "pact", "FR")
    place = "https://example.org/same"
    first = writer.claim(signs, "2026-01-10", address=place)
    copy = writer.claim(signs, "2026-01-11", None, address=place, voice="FR")
    (unfolded,) = why(writer.session("2026-02-01"), "signed(pact, FR)")
    found = {claim.ref: claim for claim in claims(unfolded.tree)}
    assert set(found) == {first, copy}
    assert (found[first].grade, found[first].is_graded) == ("B2", True)
    assert (found[copy].grade, found[copy].is_graded) == ("F6", False)
    assert found[copy].voice == "FR"
    assert not found[copy].counts
    assert found[first].copies == (copy,)
    assert found[first].sources[0].address == place
    assert unfolded.sentence.startswith("France has signed")


def test_a_review_of_later_is_not_shown_before(writer: Writer) -> None:
    signs = writer.event("signs", "2026-01-10", "pact", "FR")
    claim = writer.claim(signs, "2026-01-10")
    review = {"verdict": "unconfirmed", "reason": "no second source"}
    writer.record("review", review, about=(claim,), known_from="2026-02-10")
    (early,) = claims_about(writer.session("2026-03-01", "2026-02-09"), signs)
    assert early.reviews == ()
    (late,) = claims_about(writer.session("2026-03-01"), signs)
    assert late.reviews == ("unconfirmed",)


def test_a_passage_is_quoted(writer: Writer) -> None:
    signs = writer.event("signs", "2026-01-10", "pact", "FR")
    text = "France signed the pact."
    passage = Passage("seed:1", 0, len(text), text)
    source = Source("https://example.org/p", "A page", "press", "2026-01-10", passage)
    payload = {"polarity": "pos", "statement": "s", "actors": []}
    writer.record(
        "claim", payload, about=(signs,), known_from="2026-01-10", sources=(source,)
    )
    (claim,) = claims_about(writer.session("2026-02-01"), signs)
    (shown,) = claim.sources
    assert (shown.quote, shown.document, shown.end) == (text, "seed:1", len(text))
    assert (shown.title, shown.published) == ("A page", "2026-01-10")


def test_a_matter_that_the_lens_does_not_show_has_no_claims(writer: Writer) -> None:
    signs = writer.event("signs", "2026-01-10", "pact", "FR", marks=("cell",))
    writer.claim(signs, "2026-01-10", marks=("cell",))
    assert claims_about(writer.session("2026-02-01"), signs) == ()
    assert len(claims_about(writer.session("2026-02-01", reader="all"), signs)) == 1
