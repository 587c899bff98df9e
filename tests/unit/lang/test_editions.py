"""Editions of pages: what was known when, one text of each page at a time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigens.chrono import end_of
from vigens.lang import Edition, Page, edition_of, find_editions, stem_of

ZONE = "Europe/Kyiv"


def pages(*names: str) -> tuple[Page, ...]:
    return tuple(Page(f"agreements/{name}.md", f"# {name}\n") for name in names)


def read(edition: Edition) -> list[str]:
    return [p.name.removeprefix("agreements/")[:-3] for p in edition.pages]


@pytest.mark.parametrize(
    ("name", "stem", "date"),
    [
        ("agreements/plan.md", "agreements/plan.md", None),
        ("agreements/plan@2026-02-04.md", "agreements/plan.md", "2026-02-04"),
        ("law/breach@2026.md", "law/breach.md", "2026"),
        ("a@b@2026.md", "a.md", "b@2026"),
        ("@2026.md", "@2026.md", None),
    ],
)
def test_the_name_says_which_page_and_from_when(
    name: str, stem: str, date: str | None
) -> None:
    assert (stem_of(name), edition_of(name)) == (stem, date)


def test_without_editions_everything_is_known_from_the_beginning() -> None:
    (edition,), findings = find_editions(pages("b", "a"), ZONE)
    assert (edition.since, edition.until, findings) == (None, None, ())
    assert read(edition) == ["b", "a"]


def test_an_edition_replaces_its_page_from_the_end_of_its_date() -> None:
    found, findings = find_editions(pages("a", "plan", "plan@2026-02-04"), ZONE)
    assert findings == ()
    assert [read(one) for one in found] == [["a", "plan"], ["a", "plan@2026-02-04"]]
    since = end_of("2026-02-04", ZONE)
    assert (found[0].until, found[1].since) == (since, since)
    assert found[0].covers(since - 1)
    assert not found[0].covers(since)
    assert found[1].covers(since)


def test_a_page_may_come_later_than_the_others() -> None:
    found, _ = find_editions(pages("a", "more@2026-03"), ZONE)
    assert [read(one) for one in found] == [["a"], ["a", "more@2026-03"]]


def test_each_date_of_any_page_begins_a_span() -> None:
    names = ("a", "a@2026-02", "b@2026-01-05", "b", "b@2026-02-28")
    found, findings = find_editions(pages(*names), ZONE)
    assert findings == ()
    assert [read(one) for one in found] == [
        ["a", "b"],
        ["a", "b@2026-01-05"],
        ["a@2026-02", "b@2026-02-28"],
    ]
    assert found[2].dates == ("2026-02", "2026-02-28")


def test_a_date_before_1970_is_a_date() -> None:
    found, _ = find_editions(pages("a", "a@1969", "a@1955-05-14"), ZONE)
    assert [read(one) for one in found] == [["a"], ["a@1955-05-14"], ["a@1969"]]


@pytest.mark.parametrize("date", ["soon", "2026-13", "2026-02-04T", ""])
def test_an_edition_without_a_date_is_read_by_no_lens(date: str) -> None:
    found, (finding,) = find_editions(pages("a", f"a@{date}"), ZONE)
    assert [read(one) for one in found] == [["a"]]
    assert finding.code == "E001"
    assert finding.spans[0].source == f"agreements/a@{date}.md"


def test_two_editions_of_one_instant_are_a_finding() -> None:
    found, (finding,) = find_editions(pages("a", "a@2026-02", "a@2026-02-28"), ZONE)
    assert finding.code == "E002"
    assert len(found) == 2
    assert len(found[1].pages) == 1


dates = st.dates(date(1000, 1, 1), date(9000, 1, 1)).map(date.isoformat)


@given(
    st.sets(st.tuples(st.sampled_from("abc"), dates), max_size=8),
    st.sets(st.sampled_from("abc")),
    st.integers(-(10**10), 10**10),
)
def test_one_text_of_each_page_is_read_at_any_time(
    later: set[tuple[str, str]], first: set[str], known_at: int
) -> None:
    every = pages(*sorted(first), *sorted(f"{stem}@{date}" for stem, date in later))
    found, findings = find_editions(every, "UTC")
    assert findings == ()
    (edition,) = [one for one in found if one.covers(known_at)]
    expected = {}
    for stem in "abc":
        known = [(end_of(d, "UTC"), d) for s, d in later if s == stem]
        known = [each for each in known if each[0] <= known_at]
        if known:
            expected[stem] = f"{stem}@{max(known)[1]}"
        elif stem in first:
            expected[stem] = stem
    assert sorted(read(edition)) == sorted(expected.values())
