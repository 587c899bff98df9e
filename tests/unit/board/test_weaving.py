"""Prose woven with rules: anchors by line, sections, declarations."""

from __future__ import annotations

from vigens.board.weaving import declaration_lines, section_around, weave

PAGE = """# One

Words.

## Two

- a
- b

```vigens
vigens 1
obligation pay "Pay"  -- soon
  within  unstated

party FR "France"
```

### Below

More.

## Three

| a | b |
|---|---|
| 1 | 2 |

```text
<plain>
```
"""


def link(name: str) -> str:
    return f"/agreement/{name}"


def test_every_line_has_one_anchor() -> None:
    text = weave(PAGE, link)
    for number in (1, 3, 5, 7, 8, 11, 12, 13, 15, 18, 22):
        assert text.count(f'id="L{number}"') == 1, number


def test_rules_are_pointed_out_and_escaped() -> None:
    text = weave(PAGE, link, marked=range(12, 14))
    assert text.count('class="line here"') == 2
    assert "<b>obligation</b>" in text
    assert "<i>-- soon</i>" in text
    assert "&lt;plain&gt;" in text


def test_a_section_ends_where_the_next_begins() -> None:
    first, section = section_around(PAGE, 12)
    assert first == 5
    assert section.startswith("## Two")
    assert "### Below" in section
    assert "## Three" not in section
    first, section = section_around(PAGE, 20)
    assert (first, "## Three" in section) == (18, False)
    assert section_around("no heading", 1) == (1, "no heading")


def test_a_declaration_ends_at_the_first_line_that_is_not_indented() -> None:
    assert declaration_lines(PAGE, 12) == range(12, 14)
    assert declaration_lines(PAGE, 15) == range(15, 16)


def test_line_numbers_go_on_in_a_part_of_a_page() -> None:
    first, section = section_around(PAGE, 12)
    text = weave(section, link, first_line=first, marked=range(12, 14))
    assert 'class="line here" id="L12"' in text
    assert 'id="L5"' in text


def test_links_lead_to_pages_or_to_the_web() -> None:
    text = weave(
        "[a](x.md) [b](./y.md#L4) [c](https://z.example) [d](ftp://e.example) "
        "[e](//evil.example) [f](/etc/passwd) [g](#L2) [h](../up.md)",
        link,
    )
    assert 'href="/agreement/x"' in text
    assert 'href="/agreement/y#L4"' in text
    assert 'rel="noopener noreferrer nofollow"' in text
    assert 'href="#L2"' in text
    assert text.count("href=") == 4
