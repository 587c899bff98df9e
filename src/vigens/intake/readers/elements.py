"""The elements of a page: which of them hold the article, and which stand around it.

A page is a list of tags with places; nothing is moved and nothing is drawn out. Reading
is linear in the number of tags, however they are nested.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vigens.intake.readers.lines import is_of_site

_Span = tuple[int, int]

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins"),
        *("kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time"),
        *("u", "var", "wbr"),
    )
)
"""Names of elements that do not end a line."""

_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("param", "source", "track", "wbr"),
    )
)
_CELLS = frozenset({"td", "th", "p"})
_ENDS = {
    "p": frozenset({"p"}),
    "li": frozenset({"li", "p"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _CELLS | {"tr"},
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "option": frozenset({"option"}),
    **dict.fromkeys(
        ("div", "table", "ul", "ol", "section", "h2", "h3"), frozenset({"p"})
    ),
}
"""What an opening tag ends, where its own end was never written."""

_FRAME = frozenset(
    (
        *("nav", "footer", "aside", "form", "button", "select", "figure", "dialog"),
        *("iframe", "amp-ad", "amp-consent", "amp-sidebar", "amp-list", "amp-embed"),
    )
)
_WHOLE = frozenset({"html", "body", "main"})
_ROLES = frozenset(
    {"navigation", "complementary", "contentinfo", "banner", "dialog", "search"}
)
_WORDS = frozenset(
    (
        *(
            "ad",
            "ads",
            "aside",
            "banner",
            "bio",
            "bottom",
            "byline-share",
            "foot",
            "legal",
        ),
        *("login", "logo", "masthead", "nav", "promo", "search", "side", "tags"),
        *("topbar", "widget"),
    )
)
_BEGINNINGS = (
    *("advert", "breadcrumb", "comment", "consent", "cookie", "copyright", "disqus"),
    *("footer", "gdpr", "menu", "modal", "navbar", "navig", "newsletter", "onetrust"),
    *("paginat", "paywall", "popup", "promo", "recirc", "recommend", "related"),
    *("respond", "share", "sharing", "sidebar", "social", "sponsor", "subscri"),
    *("jp", "outbrain", "taboola"),
)
_SPLIT = re.compile(r"[^a-z]+")
_PROSE = 80  # characters of a paragraph
_MOST = 4.0
_UP = 0.5  # what a grandparent gets of a paragraph
_MARKED = 1.3  # for what the page itself calls article or main
_TEASER = 0.3
_ENOUGH = 4_000  # characters that tell whether a paragraph is prose
_FORM = 300  # characters around a field to fill in
_SUBHEADS = frozenset({"h2", "h3", "h4"})
_HEADED = 1.5  # for what a headline stands in or beside
_FEW = 5
_SHARE = 0.3
_HALF = 0.5
_SENTENCE = re.compile(r"[.!?…][\"'»”)]*\s*(?:$|\s)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at its place."""

    start: int
    end: int
    name: str
    closing: bool


@dataclass(slots=True)
class Element:
    """An element: `[start, end)` between its tags, the number of its parent, or -1.

    `prose` and `linked` count the characters that stand in a block itself, outside
    links and in them; `block` is the number of the block that its words belong to;
    `asks` says that a reader is to fill something in.
    """

    start: int
    end: int
    tag: Tag
    parent: int
    block: int
    is_link: bool
    prose: int = 0
    linked: int = 0
    asks: bool = False

    @property
    def name(self) -> str:
        """Give the name of its tag."""
        return self.tag.name


class _Reader:
    """Pairs tags; an element that never ends does so with the one around it."""

    def __init__(self, view: str) -> None:
        self.found: list[Element] = []
        self._view = view
        self._stack: list[int] = []
        self._open: Counter[str] = Counter()

    def words(self, start: int, end: int) -> None:
        """Count the characters before a tag for the block that they stand in."""
        if not self._stack or start >= end:
            return
        element = self.found[self._stack[-1]]
        size = len("".join(self._view[start:end].split()))
        if size and element.block >= 0:
            owner = self.found[element.block]
            if element.is_link:
                owner.linked += size
            else:
                owner.prose += size

    def open(self, tag: Tag) -> None:
        if tag.name == "input" and self._stack:
            self.found[self._stack[-1]].asks = True
        if tag.name in _VOID:
            return
        ended = _ENDS.get(tag.name, ())
        while self._stack and self.found[self._stack[-1]].name in ended:
            self._close(tag.start)
        parent = self._stack[-1] if self._stack else -1
        number = len(self.found)
        block = number
        if tag.name in INLINE:
            block = self.found[parent].block if parent >= 0 else -1
        is_link = tag.name == "a" or (parent >= 0 and self.found[parent].is_link)
        self._stack.append(number)
        self._open[tag.name] += 1
        end = len(self._view)
        self.found.append(Element(tag.end, end, tag, parent, block, is_link))

    def close(self, tag: Tag) -> None:
        if self._open[tag.name]:
            while self.found[self._stack[-1]].name != tag.name:
                self._close(tag.start)
            self._close(tag.start)

    def _close(self, at: int) -> None:
        element = self.found[self._stack.pop()]
        element.end = at
        self._open[element.name] -= 1


def elements(tags: Iterable[Tag], view: str) -> list[Element]:
    """Pair the tags of a page and count the words of each block."""
    reader = _Reader(view)
    at = 0
    for tag in tags:
        reader.words(at, tag.start)
        if tag.closing:
            reader.close(tag)
        else:
            reader.open(tag)
        at = tag.end
    reader.words(at, len(view))
    return reader.found


def frames(found: Sequence[Element], labels: Sequence[str]) -> list[_Span]:
    """Give the stretches that stand around the article, by what the page calls them.

    What holds the headline or the body of the article is never one of them, nor, on a
    page without a headline, what holds most of its words.

    Args:
        found: The elements.
        labels: For each, its class, id and role.
    """
    heads = [e.start for e in found if e.name == "h1"]
    heads += [
        e.start
        for e, label in zip(found, labels, strict=True)
        if "articlebody" in label
    ]
    total = sum(e.prose for e in found) or 1
    inside, _ = _inside(found)
    spans: list[_Span] = []
    for at, element in enumerate(found):
        if spans and element.start < spans[-1][1]:
            continue  # inside one already
        by_name = element.name in _FRAME
        by_name = by_name or (element.asks and inside[at] < _FORM)
        if not by_name and not _is_frame(labels[at]):
            continue
        is_most = not (by_name or heads) and inside[at] > _HALF * total
        if element.name in _WHOLE or is_most:
            continue
        if any(element.start <= head < element.end for head in heads[:20]):
            continue
        spans.append((element.start, element.end))
    return spans


def _is_frame(label: str) -> bool:
    if label in _ROLES:
        return True
    words = [w for w in _SPLIT.split(label) if w]
    return any(w in _WORDS or w in _ROLES or w.startswith(_BEGINNINGS) for w in words)


def _inside(found: Sequence[Element]) -> tuple[list[int], list[int]]:
    """Count words and words in links with everything inside; parents come first."""
    prose, linked = [e.prose for e in found], [e.linked for e in found]
    for at in range(len(found) - 1, -1, -1):
        parent = found[at].parent
        if parent >= 0:
            prose[parent] += prose[at]
            linked[parent] += linked[at]
    return prose, linked


def article(
    found: Sequence[Element], labels: Sequence[str], holes: Sequence[_Span], view: str
) -> list[_Span]:
    """Give the stretches that hold the article, or none where nothing tells.

    What the page calls the body of its article comes first; else every paragraph
    speaks for the element around it and half for the next, and what stands beside the
    winner and is much like it belongs to it.
    """
    kept = [not _covered(e, holes) for e in found]
    bodies = [
        e
        for e, label, keep in zip(found, labels, kept, strict=True)
        if keep and "articlebody" in label
    ]
    if bodies:
        return [(e.start, e.end) for e in bodies]
    prose, linked = _inside(found)
    cards = _cards(found, prose, linked)
    points: dict[int, float] = defaultdict(float)
    for number, element in enumerate(found):
        if not kept[number] or element.prose < _PROSE:
            continue
        text = view[element.start : min(element.end, element.start + _ENOUGH)]
        is_teaser = element.name == "p" and element.parent in cards
        if is_teaser or not _SENTENCE.search(text) or is_of_site(text):
            continue  # beside a headline that leads elsewhere, or no prose
        worth = min(1 + element.prose / 100, _MOST)
        at, share = (number, 1.0) if element.name != "p" else (element.parent, 1.0)
        while at >= 0 and share >= _UP:
            points[at] += worth * share
            at, share = found[at].parent, share * _UP
    heads = [e.start for e in found if e.name == "h1"][:_FEW]
    for number in points:
        element = found[number]
        points[number] *= prose[number] / (prose[number] + linked[number])
        if element.name in ("article", "main"):
            points[number] *= _MARKED
        if _is_headed(found, number, heads):
            points[number] *= _HEADED
    if not points:
        return []
    best = max(points, key=lambda number: (points[number], -number))
    beside = [
        number
        for number in points
        if number not in cards
        and found[number].parent == found[best].parent
        and found[number].name == found[best].name
        and points[number] >= _SHARE * points[best]
        and labels[number] == labels[best]
    ]
    return sorted({(found[n].start, found[n].end) for n in (best, *beside)})


def _cards(
    found: Sequence[Element], prose: Sequence[int], linked: Sequence[int]
) -> set[int]:
    """Give what stands under a headline that leads elsewhere, or is a third links."""
    cards = {at for at in range(len(found)) if linked[at] > _TEASER * prose[at]}
    for element in found:
        if element.name in _SUBHEADS and element.linked > element.prose:
            at = element.parent
            while at >= 0 and found[at].name in INLINE:
                at = found[at].parent
            cards.add(at)
    return cards


def _is_headed(found: Sequence[Element], number: int, heads: Sequence[int]) -> bool:
    """Say whether a headline stands in an element, or in the one around it."""
    element = found[number]
    around = [element]
    if element.parent >= 0 and found[element.parent].name not in ("body", "html"):
        around.append(found[element.parent])
    return any(e.start <= head < e.end for e in around for head in heads)


def _covered(element: Element, holes: Sequence[_Span]) -> bool:
    at = bisect_right(holes, (element.start, 1 << 60)) - 1
    return at >= 0 and holes[at][0] <= element.start < holes[at][1]
