"""The article told from the site around it, in text that was copied off a page."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vigens.intake import read_document
from vigens.intake.fold import fold_blanks
from vigens.intake.readers.layout import lay_out

FIRST = (
    "The governments of Kenya and Uganda agreed on Monday to open the bridge at Busia "
    "to lorries by night, after two years of talks about customs and the police."
)
SECOND = (
    "Customs officers of both sides will sit in one building, the ministers told "
    "reporters, and lorries with sealed loads will pass without being opened again."
)


def read(*lines: str) -> dict[str, list[str]]:
    """Give the lines of each role."""
    text = "\n".join(lines)
    found: dict[str, list[str]] = {}
    for region in read_document(text.encode(), "page.txt").regions:
        found.setdefault(region.role, []).append(text[region.start : region.end])
    return found


@pytest.mark.parametrize(
    "between",
    [
        ["Lorries at the Busia bridge in March. Photo: Amina Otieno/Archive"],
        ["By Amina Otieno", "Share", "3 min"],
        ["Lorries wait at the bridge", "© Amina Otieno"],
        ["Posted by Amina Otieno on Tuesday 4 March 2025"],
    ],
)
def test_a_headline_is_found_above_pictures_and_names(between: list[str]) -> None:
    headline = "Busia bridge opens to lorries by night"
    found = read("Home", "World", "Sport", headline, *between, FIRST, SECOND)
    assert found["title"] == [headline]


def test_a_menu_is_no_headline() -> None:
    menu = ["Africa", "Letters to us", "Letters to us", "Weather and traffic"]
    found = read(*menu, "Busia bridge opens to lorries by night", FIRST, SECOND)
    assert found["title"] == ["Busia bridge opens to lorries by night"]


def test_a_lead_between_headline_and_menu_belongs_to_the_article() -> None:
    lead = (
        "Customs and police kept the bridge at Busia shut to lorries for two years, "
        "and both governments paid for it."
    )
    around = ["Share", "Print", "Twitter", "Facebook", "Listen", "Save"] * 3
    found = read("Busia bridge opens to lorries by night", lead, *around, FIRST, SECOND)
    assert found["body"] == [lead, FIRST, SECOND]


def test_further_articles_are_none_of_it_and_the_article_goes_on_after_them() -> None:
    further = ["Read also:", "Kenya raises the tax on fuel", "Rain floods Kisumu"]
    found = read(FIRST, *further, SECOND + " " + FIRST)
    assert found["body"] == [FIRST, SECOND + " " + FIRST]
    assert found["chrome"] == further


def test_what_is_said_of_the_author_is_none_of_it() -> None:
    box = "Amina Otieno reports on trade from Nairobi and has written two novels."
    found = read(FIRST, SECOND, "Amina Otieno", box)
    assert box in found["chrome"]


def test_a_picture_is_told_from_the_article_around_it() -> None:
    caption = (
        "The bridge at Busia was built in 1954 and widened later. (Photo: Private)"
    )
    found = read(FIRST, caption, SECOND)
    assert found["chrome"] == [caption]


def test_an_agreement_on_privacy_is_an_article() -> None:
    told = (
        "The two governments signed an agreement on privacy on Monday, which lets "
        "their courts exchange files on persons who agree to it."
    )
    assert read(FIRST, told, SECOND)["body"] == [FIRST, told, SECOND]


@given(st.lists(st.sampled_from([FIRST, "Menu", "A B", "Read also", "© X", ""])))
@example(["", "Menu"])
def test_every_line_has_one_role(lines: list[str]) -> None:
    view = fold_blanks("\n".join(lines))
    ends = 0
    for region in lay_out(view):
        assert ends <= region.start < region.end
        ends = region.end
    said = sum(region.end - region.start for region in lay_out(view))
    assert said == sum(len(line.strip()) for line in lines)


def test_a_headline_is_found_above_a_line_without_end() -> None:
    """A stem that stands everywhere and begins no word is not looked for without end."""
    headings = [f"Kenya {word} the aaaa aaaaa treaty" for word in ["signs", "reads"]]
    text = "\n".join(headings * 20) + f"\n\n{'a' * 1_500_000} and so all was well."
    start = time.process_time()
    regions = lay_out(text)
    assert time.process_time() - start < 5
    assert regions[-1].role == "body"


@pytest.mark.parametrize("last", ["Egypt declined.", "Sudan did not sign."])
def test_a_short_sentence_ends_an_article(last: str) -> None:
    prose = "Kenya and Chad signed an agreement on the use of the river on Wednesday. "
    text = f"Kenya and Chad agree\n\n{prose * 2}\n\n{prose * 3}\n\n{last}"
    document = read_document(text.encode(), "report.txt")
    region = document.regions[-1]
    assert (region.role, document.text[region.start : region.end]) == ("body", last)
