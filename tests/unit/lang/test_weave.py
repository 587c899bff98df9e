"""Prose woven with rules: rows, anchors, names that lead home, nothing that harms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from vigens.lang import Page, compile_pages
from vigens.lang.weave import (
    Matter,
    Setting,
    declaration_lines,
    index_names,
    outline,
    section_around,
    weave,
    weave_document,
    weave_folder,
)

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

LAW = """# The law

```vigens
vigens 1
values level "level of a meeting"
  of ministers, leaders
act joins(party, instrument) "{party} joins {instrument}"
```
"""

CASE = """# The case

```vigens
vigens 1
instrument pact "A pact"
  kind plan
  components force "The force", money "Money"
instrument plan "A plan"
  components force "Another force"
party FR "France"
values force "a word of another sort"
  of FR1
event meets(party, level) "{party} meets at {level}"
fluent in_pact(party) "{party} is in the pact"
  under pact component force
  initiated by joins(party, pact)
  terminated by meets(party, leaders)
```
"""


def setting(text: str, name: str = "agreements/a.md") -> Setting:
    known = {name, "agreements/x.md", "agreements/y.md"}

    def address(page: str, line: int | None) -> str:
        return f"/{page}#{line or ''}" if page in known else ""

    return Setting(name, address, index_names((Page(name, text),)))


def woven(text: str) -> str:
    return str(weave(text, setting(text)))


def test_every_line_has_one_anchor() -> None:
    text = woven(PAGE)
    for number in (1, 3, 5, 7, 8, 11, 12, 13, 15, 18, 22):
        assert text.count(f'id="L{number}"') == 1, number


def test_rules_are_pointed_out_and_escaped() -> None:
    text = str(weave(PAGE, replace(setting(PAGE), marked=range(12, 14))))
    assert text.count('class="line here"') == 2
    assert "<b>obligation</b>" in text
    assert "<i>  -- soon</i>" in text
    assert "&lt;plain&gt;" in text


def test_rules_stand_beside_the_provision_that_they_follow() -> None:
    rows = woven(PAGE).split('<div class="row">')[1:]
    assert ["Rules, lines" in row for row in rows] == [False, True, False, False]
    assert "Two" in rows[1]
    assert "party" in rows[1]
    assert "&lt;plain&gt;" in rows[3]


def test_prose_after_a_rule_block_begins_a_row() -> None:
    text = "One.\n\n```vigens\nvigens 1\n```\n\nTwo.\n\n```vigens\nvigens 1\n```\n"
    rows = woven(text).split('<div class="row">')[1:]
    assert [("One." in r, "Two." in r) for r in rows] == [(True, False), (False, True)]


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
    part = replace(setting(PAGE), first_line=first, marked=range(12, 14))
    text = weave(section, part)
    assert 'class="line here" id="L12"' in text
    assert 'id="L5"' in text
    assert "<b>obligation</b>" in text


def test_the_outline_lists_headings_with_their_lines() -> None:
    found = [(one.depth, one.words, one.line) for one in outline(PAGE)]
    assert found == [
        (1, "One", 1),
        (2, "Two", 5),
        (3, "Below", 18),
        (2, "Three", 22),
    ]


def test_links_lead_to_pages_or_to_the_web() -> None:
    text = woven(
        "[a](x.md) [b](./y.md#L4) [c](https://z.example) [d](ftp://e.example) "
        "[e](//evil.example) [f](/etc/passwd) [g](#L2) [h](../up.md) [i](gone.md)"
    )
    assert 'href="/agreements/x.md#"' in text
    assert 'href="/agreements/y.md#4"' in text
    assert 'rel="noopener noreferrer nofollow"' in text
    assert 'href="/agreements/a.md#2"' in text
    assert text.count("href=") == 4


def names(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a class="name" href="([^"]*)"[^>]*>([^<]*)</a>', html)
    return [(text, href) for href, text in found]


def folder() -> dict[str, str]:
    pages = (Page("agreements/case.md", CASE),)
    law = (Page("law/law.md", LAW),)
    matter = Matter("Case", pages, law, compile_pages([*law, *pages]))
    return dict(weave_folder(matter))


def test_each_name_leads_to_its_declaration_also_in_the_law() -> None:
    found = names(folder()["agreements/case.html"])
    assert ("joins", "../law/law.html#L7") in found
    assert ("leaders", "../law/law.html#L6") in found
    assert ("level", "../law/law.html#L5") in found
    assert ("pact", "#L5") in found


def test_a_component_is_that_of_the_text_named_before_it() -> None:
    found = names(folder()["agreements/case.html"])
    assert ("force", "#L7") in found
    assert ("force", "#L9") not in found
    assert ("force", "#L11") not in found


NEW = """# New words

```vigens
vigens 1
party FR "France"
values stage "a stage"
  of proposed, voting
values motion "a motion" open
act propose(party, motion) "{party} proposes {motion}"
event closed(motion) "{motion} is closed"
fluent status(motion): stage "the status of {motion}"
  initially  proposed
  becomes    voting upon propose(party, motion) when status(motion) is proposed
  lasts      voting 10 days then proposed
weights co2 "carbon" of party
  of  FR 20
provision close "A motion is closed"
  brings  closed(motion)
  upon    propose(party, motion)
  after   90 days
tally proposals(motion) "proposals"
  counts  propose(party, motion)
obligation answer "Answer"
  modality     shall
  obligor      FR
  trigger      on propose(party, motion)
  performance  on closed(motion)
  within       10 days
fluent late "France is late"
  holds while  some motion: (overdue answer(FR, FR, motion) or proposals(motion) > 3)
```
"""


def test_names_in_every_kind_of_declaration_lead_home() -> None:
    page = Page("a.md", NEW)
    compiled = compile_pages([page])
    found = names(weave_document(Matter("A", (page,), (), compiled)))
    assert [f.code for f in compiled.findings] == []
    for name, line in (
        ("stage", 6),
        ("proposed", 7),
        ("voting", 7),
        ("motion", 8),
        ("propose", 9),
        ("closed", 10),
        ("status", 11),
        ("FR", 5),
        ("answer", 23),
        ("proposals", 21),
    ):
        assert (name, f"#L{line}") in found, name
    assert not {"party", "days", "number", "some", "upon"} & {name for name, _ in found}


def test_words_from_a_list_of_the_language_are_no_names() -> None:
    """`kind plan` is no mention of the instrument `plan`."""
    assert "plan" not in [text for text, _ in names(folder()["agreements/case.html"])]


def test_a_single_document_carries_what_it_rests_on() -> None:
    pages = (Page("case.md", CASE),)
    law = (Page("law/law.md", LAW),)
    matter = Matter("Case", pages, law, compile_pages([*law, *pages]))
    text = weave_document(matter)
    assert ("joins", "#from-law-law-L7") in names(text)
    assert text.count('id="from-law-law-L7"') == 1
    assert "Declared elsewhere" in text


def test_several_pages_in_one_document_keep_their_anchors_apart() -> None:
    pages = (Page("case.md", CASE), Page("law.md", LAW))
    text = weave_document(Matter("Both", pages, (), compile_pages(pages)))
    reader = read(text)
    assert [name for name, n in Counter(reader.ids).items() if n > 1] == []
    assert ("joins", "#p2-L7") in names(text)
    assert reader.broken() == []


def test_every_link_of_a_folder_leads_somewhere() -> None:
    pages = {name: read(text) for name, text in folder().items()}
    for name, page in pages.items():
        base = name.rpartition("/")[0]
        for link in page.links:
            path, _, place = link.partition("#")
            up = path.startswith("../")
            target = path.removeprefix("../") if up or not base else f"{base}/{path}"
            assert not place or place in pages[target if path else name].ids, link
            assert not path or target in pages, (name, link)


def test_a_finding_stands_at_its_line_and_is_summed_up() -> None:
    text = '# A\n\n```vigens\nvigens 1\npartie FR\nparty DE "x"\n```\n\n```vigens\n'
    page = Page("a.md", text)
    html = weave_document(Matter("A", (page,), (), compile_pages([page])))
    lines = html[html.index('id="L5"') : html.index('id="L6"')]
    assert "error P001" in lines
    assert "write &#34;party&#34;" in lines
    assert "Findings (2)" in html
    assert html.count("never closed") == 2


HOSTILE = """# <script>alert(1)</script>

<img src=x onerror=alert(1)> [x](javascript:alert(1)) &#x202e;turned
![y](http://x.example/y.png) </style><style>*{}</style>

```vigens
vigens 1
party FR "</pre><script>alert(2)</script>" -- <b onclick=x>
event a.b(party) "{party} \u202e"
```

~~~html
<iframe src="//evil.example"></iframe>
~~~
"""


class Reader(HTMLParser):
    """What a browser would make of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.append(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and not (value or "").startswith("http"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def broken(self) -> list[str]:
        """List the links into the page itself that lead nowhere."""
        inside = [one[1:] for one in self.links if one.startswith("#")]
        return [one for one in inside if one not in self.ids]


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    assert reader.unbalanced == []
    assert reader.open == []
    return reader


def test_hostile_words_stay_words() -> None:
    page = Page("a.md", HOSTILE)
    text = weave_document(Matter("<b>", (page,), (), compile_pages([page])))
    reader = read(text)
    banned = {"script", "img", "iframe", "object", "link", "base"}
    assert banned & set(reader.tags) == set()
    assert reader.tags.count("style") == 1
    assert {"style", "onclick", "onerror", "src"} & set(reader.attributes) == set()
    assert "\u202e" not in text
    assert "javascript:alert" in text
    assert reader.broken() == []


def test_the_one_style_is_the_one_that_the_policy_allows() -> None:
    import base64
    import hashlib

    page = Page("a.md", PAGE)
    text = weave_document(Matter("A", (page,), (), compile_pages([page])))
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text
    assert not re.search(r"@import|url\(", style)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "```", "```vigens", "# ", "- - - - ```vigens", "\x00\r\n\x0b"]
)
def test_any_text_is_woven(text: str) -> None:
    page = Page("a.md", text)
    read(weave_document(Matter("A", (page,), (), compile_pages([page]))))


def test_the_text_of_a_rule_block_is_kept_sign_by_sign() -> None:
    shown = re.findall(r"<code>(.*?)</code></span>", woven(CASE), re.DOTALL)
    plain = [re.sub(r"<[^>]*>", "", line) for line in shown]
    inside = CASE.split("```")[1].splitlines()[1:]
    assert [line.replace("&#34;", '"') for line in plain] == inside
