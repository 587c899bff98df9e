from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vigens.chrono import end_of
from vigens.journal import EVERYTHING, PUBLIC_ONLY, Entry, View, visible

Make = Callable[..., Entry]

LATER = {"recorded_at": "2026-02-20T12:00:00.000000Z"}


def see(
    *entries: Entry,
    known: str | None = None,
    recorded: str | None = None,
    reader: str = "public",
) -> View:
    return visible(
        entries,
        known_at=None if known is None else end_of(known, "UTC"),
        recorded_at=None if recorded is None else end_of(recorded, "UTC"),
        clearance=EVERYTHING if reader == "all" else PUBLIC_ONLY,
        zone="UTC",
    )


def test_a_month_counts_from_its_end(make: Make) -> None:
    entry = make("a", known_from="2026-01")
    assert see(entry, known="2026-01-30").entries == ()
    assert see(entry, known="2026-01-31").entries == (entry,)


def test_what_is_recorded_is_known_even_if_its_month_goes_on(make: Make) -> None:
    entry = make("a", known_from="2026-02")
    assert see(entry, known="2026-02-10T12:00:00Z").entries == (entry,)
    assert see(entry, known="2026-02-10T11:59:59Z").entries == ()


def test_an_unsaid_publication_counts_from_recording(make: Make) -> None:
    entry = make("a")
    assert see(entry, known="2026-02-09").entries == ()
    assert see(entry, known="2026-02-10").entries == (entry,)


def test_the_lens_on_recording_hides_what_came_later(make: Make) -> None:
    old, new = make("a", known_from="2026-01-01"), make("b", **LATER)
    assert see(old, new, recorded="2026-02-19").entries == (old,)


def test_the_public_sees_what_is_marked(make: Make) -> None:
    shown, hidden = make("a"), make("b", marks=())
    assert see(shown, hidden).entries == (shown,)
    assert see(shown, hidden, reader="all").entries == (shown, hidden)


def test_a_rectification_is_known_as_long_as_its_original(make: Make) -> None:
    wrong = make("wrogn", known_from="2026-01-06")
    right = make("wrong", rectifies=wrong.id, **LATER)
    again = make("Wrong", rectifies=right.id, **LATER)
    view = see(wrong, right, again, known="2026-01-07")
    assert view.entries == (again,)
    assert view.replaced == {wrong.id: (again.id,), right.id: (again.id,)}
    assert view.current(wrong.id) == (again,)
    assert view.known_from == {again.id: end_of("2026-01-06", "UTC")}
    before = see(wrong, right, again, known="2026-01-07", recorded="2026-02-19")
    assert before.entries == (wrong,)


def test_a_rectified_date_of_publication_moves_the_entry(make: Make) -> None:
    wrong = make("a", known_from="2025-01-06")
    right = make("a", known_from="2026-01-06", rectifies=wrong.id, **LATER)
    assert see(wrong, right, known="2025-06-01").entries == ()
    assert see(wrong, right, known="2025-06-01").replaced == {wrong.id: ()}
    assert see(wrong, right, known="2026-01-06").entries == (right,)


def test_news_replace_from_their_own_day(make: Make) -> None:
    old = make("26 are ready", known_from="2026-01-06")
    new = make("35 are ready", known_from="2026-02-18", supersedes=old.id, **LATER)
    assert see(old, new, known="2026-02-17").entries == (old,)
    assert see(old, new, known="2026-02-18").entries == (new,)


def test_two_rival_corrections_both_stay_and_are_told(make: Make) -> None:
    old = make("a", known_from="2026-01-06")
    one = make("b", rectifies=old.id)
    two = make("c", rectifies=old.id)
    view = see(old, one, two)
    assert view.entries == (one, two)
    assert view.rivals == {old.id: (one.id, two.id)}
    (finding,) = view.findings
    assert (finding.code, finding.spans[0].line) == ("J012", 1)
    settled = make("d", rectifies=one.id, supersedes=two.id)
    view = see(old, one, two, settled)
    assert (view.entries, view.rivals, view.findings) == ((settled,), {}, ())
    assert view.current(old.id) == (settled,)


def test_rivals_are_told_where_they_part(make: Make) -> None:
    first = make("a")
    old = make("b", rectifies=first.id)
    one = make("c", supersedes=old.id)
    two = make("d", supersedes=old.id)
    last = make("e", rectifies=two.id)
    view = see(first, old, one, two, last)
    assert view.rivals == {old.id: (one.id, last.id)}
    assert view.current(first.id) == (one, last)


def test_what_was_said_holds_for_the_rectified_but_not_for_news(make: Make) -> None:
    matter = make("matter")
    grade = make("about it", about=(matter.id,))
    right = make("Matter", rectifies=matter.id)
    view = see(matter, grade, right)
    assert view.about(right.id) == view.about(matter.id) == (grade,)
    news = make("other matter", supersedes=matter.id)
    view = see(matter, grade, news)
    assert view.about(news.id) == ()
    assert view.about(matter.id) == (grade,)


def test_a_replaced_entry_says_nothing_about_others(make: Make) -> None:
    matter = make("matter")
    claim = make("claim", about=(matter.id,))
    withdrawn = make("withdrawn", supersedes=claim.id)
    assert see(matter, claim, withdrawn).about(matter.id) == ()


def test_a_hidden_original_does_not_shape_what_is_seen(make: Make) -> None:
    hidden = make("a", marks=(), known_from="2026-01-06")
    shown = make("b", rectifies=hidden.id)
    with_it, without = see(hidden, shown), see(shown)
    assert with_it.entries == without.entries == (shown,)
    assert with_it.replaced == without.replaced == {}
    assert with_it.known_from == without.known_from


def test_a_hidden_correction_leaves_the_original(make: Make) -> None:
    shown = make("a")
    hidden: Any = make("b", marks=(), rectifies=shown.id)
    assert see(shown, hidden).entries == (shown,)
    assert see(shown, hidden, reader="all").entries == (hidden,)


def test_a_long_chain_is_followed_to_its_end(make: Make) -> None:
    chain = [make("0", known_from="2026-01-06")]
    for number in range(1, 3000):
        chain.append(make(str(number), rectifies=chain[-1].id))
    view = see(*chain, known="2026-01-06")
    assert view.entries == (chain[-1],)
    assert view.current(chain[0].id) == (chain[-1],)
    assert see(*reversed(chain), known="2026-01-06").entries == (chain[-1],)


def test_an_entry_out_of_shape_does_not_count_and_is_told(make: Make) -> None:
    good = make("a")
    bad = make("", kind="count", payload={"number": "many"}, supersedes=good.id)
    when = make("b", happened="2026-02-30")
    view = see(good, bad, when)
    assert view.entries == (good,)
    assert [(found.code, found.spans[0].line) for found in view.findings] == [
        ("J008", 2),
        ("J009", 3),
    ]


def test_a_hidden_correction_does_not_exist_for_others(make: Make) -> None:
    old = make("a", known_from="2026-01-06")
    hidden = make("b", rectifies=old.id, marks=("cell",))
    with_it, without = see(old, hidden), see(old)
    assert with_it == without
    assert see(old, hidden, reader="all").entries == (hidden,)


def test_a_correction_of_something_hidden_is_an_entry_of_its_own(make: Make) -> None:
    hidden = make("a", known_from="2026-01-06", marks=("cell",))
    right = make("b", rectifies=hidden.id)
    assert see(hidden, right, known="2026-02-09").entries == ()
    assert see(hidden, right, known="2026-02-10").entries == (right,)
    whole = see(hidden, right, known="2026-01-07", reader="all")
    assert whole.entries == (right,)


def test_a_chain_is_cut_at_what_is_hidden_unless_it_points_past_it(make: Make) -> None:
    old = make("a")
    hidden = make("b", rectifies=old.id, marks=("cell",))
    cut = make("c", rectifies=hidden.id)
    past = make("d", rectifies=hidden.id, supersedes=old.id)
    assert see(old, hidden, cut).entries == (old, cut)
    assert see(old, hidden, past).entries == (past,)
    assert see(old, hidden, past, reader="all").entries == (past,)


def test_numbers_count_what_the_reader_may_see(make: Make) -> None:
    log = [make("a", marks=()), make("b"), make("c", marks=("cell",)), make("d")]
    assert [*see(*log).positions.values()] == [1, 2]
    assert see(*log).positions[log[3].id] == 2
    assert see(*log, reader="all").positions[log[3].id] == 4
    early = see(*log, recorded="2026-02-01")
    assert early.entries == ()
    assert early.positions[log[3].id] == 2


def test_what_is_left_out_does_not_count_and_stays_shown(make: Make) -> None:
    old = make("a")
    new = make("b", supersedes=old.id)
    view = visible(
        [old, new],
        known_at=None,
        recorded_at=None,
        clearance=PUBLIC_ONLY,
        zone="UTC",
        without={new.id},
    )
    assert view.entries == (old,)
    assert view.shown == (old, new)
