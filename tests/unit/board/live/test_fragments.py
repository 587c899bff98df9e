"""What of a page changed, by the ids of its elements."""

from __future__ import annotations

from vigens.board.live import changed, fragments
from vigens.board.live.fragments import MOST_NAMED

PAGE = """<html><p id="frame">as of {now}</p><main id="main"><h1>Truce {head}</h1>
<section><h2 id="one">One</h2><p>{one}</p></section>
<section id="two"><td class="c" id="cell">{two}</td></section></main>
<footer id="foot">{now}</footer></html>"""


def parts(**said: str) -> dict[str, bytes]:
    words = {"now": "9:30", "head": "", "one": "", "two": "", **said}
    return fragments(PAGE.format(**words).encode())


def test_a_change_is_told_by_the_element_that_it_is_in() -> None:
    before = parts()
    assert list(before) == ["main", "one", "two", "cell"]
    assert changed(before, parts(one="YES")) == ("one",)
    assert changed(before, parts(two="YES")) == ("cell",)
    assert changed(before, parts(head="holds")) == ("main",)


def test_the_present_in_the_frame_is_no_change() -> None:
    assert changed(parts(now="9:30"), parts(now="9:31")) == ()


def test_what_came_and_what_went_are_changes() -> None:
    before = parts()
    after = {name: one for name, one in before.items() if name != "cell"}
    assert changed(before, after) == ("cell",)
    assert changed(after, before) == ("cell",)


def test_two_elements_of_one_id_are_both_looked_at() -> None:
    text = '<main id="main"><p id="a">{}</p><p id="a">{}</p></main>'
    before = fragments(text.format("1", "2").encode())
    assert changed(before, fragments(text.format("1", "3").encode())) == ("a",)
    assert changed(before, fragments(text.format("4", "2").encode())) == ("a",)


def test_many_changes_are_one() -> None:
    before = {str(n): b"a" for n in range(MOST_NAMED + 1)}
    after = {str(n): b"b" for n in range(MOST_NAMED + 1)}
    assert changed(before, after) == ("main",)


def test_a_page_without_a_main_part_is_one_fragment() -> None:
    assert changed(fragments(b"<p>a</p>"), fragments(b"<p>b</p>")) == ("",)
