"""One sentence with everything found in it; what every rule reads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vigens.intake.cues import Hit, Hits
from vigens.intake.dates import DateMention
from vigens.intake.document import Document
from vigens.intake.lexicon import Vocabulary
from vigens.intake.mentions import Mention
from vigens.intake.segment import Sentence
from vigens.intake.tokens import Token

_SEPARATOR = re.compile(r"[,;:]|\s-\s")
_THAT = 8  # words between a verb of speaking and its "that"
_CLAUSE = 3  # characters before a part in which a semicolon can stand
_NONE: tuple[Hit, ...] = ()
_OWN_VERBS = ("say", "judge", "seek", "appeal", "offer", "undertake", "refuse")
_EDGES = " \t\n.,;:…"


class Span(NamedTuple):
    """Characters `[start, end)` of a document."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Say whether another stretch lies inside."""
        return self.start <= start and end <= self.end

    def meets(self, start: int, end: int) -> bool:
        """Say whether another stretch shares a character."""
        return self.start < end and start < self.end


@dataclass(slots=True, eq=False)
class Scene:
    """A sentence of the article: words, cues, actors, dates.

    `named` are the bare names, before offices take them up; `quoted` the quotations
    that touch the sentence; `number` counts sentences of the article; `folded` is the
    document's view with its marks unified. Not frozen, since it keeps what several
    rules ask for; nothing else changes one.
    """

    document: Document
    folded: str
    words: Vocabulary
    sentence: Sentence
    number: int
    tokens: tuple[Token, ...]
    hits: Hits
    mentions: tuple[Mention, ...]
    named: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    quoted: tuple[Span, ...]
    span: Span = field(init=False)
    """The whole sentence, without the full stop."""
    places: dict[int, bool] = field(init=False, default_factory=dict)
    """Which mentions are mere places, by identity, as far as that was asked."""
    _joints: list[int] | None = field(init=False, default=None)
    _reported: list[Span | None] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.span = self.shave(self.sentence.start, self.sentence.end)

    def has(self, names: frozenset[str]) -> bool:
        """Say whether there is a cue of any of these classes."""
        return not names.isdisjoint(self.hits)

    def is_copula(self, token: Token) -> bool:
        """Say whether a word is the verb with which passives are made, if one is."""
        return self.words.copula in token.word.lemmas

    def of(self, name: str, *others: str) -> Sequence[Hit]:
        """Give the cues of some classes, in order."""
        hits = self.hits
        if not others:
            return hits.get(name, _NONE)
        found = [*hits.get(name, _NONE)]
        for other in others:
            if other in hits:
                found += hits[other]
        if len(found) > 1:
            found.sort(key=_place)
        return found

    def where(self, hit: Hit | Mention) -> Span:
        """Give the characters of a cue or a mention."""
        return Span(self.tokens[hit.first].start, self.tokens[hit.last - 1].end)

    def said(self, hit: Hit | Mention) -> str:
        """Give the text of a cue or a mention, exactly."""
        span = self.where(hit)
        return self.document.text[span.start : span.end]

    def inside(self, span: Span, *names: str) -> list[Hit]:
        """Give the cues of some classes within a stretch."""
        found = self.of(*names)
        return [h for h in found if self._within(span, h)] if found else []

    def mentions_in(self, span: Span, *kinds: str) -> list[Mention]:
        """Give the mentions within a stretch, of some kinds or of all."""
        return [
            m
            for m in self.mentions
            if (not kinds or m.kind in kinds) and self._within(span, m)
        ]

    def is_quoted(self, hit: Hit | Mention) -> bool:
        """Say whether a cue stands inside somebody's own words."""
        if not self.quoted:
            return False
        span = self.where(hit)
        at = bisect_right(self.quoted, span.start, key=lambda q: q.start) - 1
        return at >= 0 and self.quoted[at].holds(span.start, span.end)

    def gap(self, left: int, right: int) -> str:
        """Give the folded text between two words."""
        return self.folded[self.tokens[left].end : self.tokens[right].start]

    def shave(self, start: int, end: int) -> Span:
        """Take blanks and punctuation off both ends of a stretch."""
        view = self.document.view
        while start < end and view[start] in _EDGES:
            start += 1
        while end > start and view[end - 1] in _EDGES:
            end -= 1
        return Span(start, end)

    def separators(self, first: int, last: int) -> list[int]:
        """Give the places between two words where a new part may begin.

        Punctuation counts, and so does a coordinating word.
        """
        joints = self.joints()
        if not joints or last <= first:
            return []
        tokens = self.tokens
        inside = joints[bisect_right(joints, first) : bisect_right(joints, last)]
        return [tokens[at].start for at in inside]

    def joints(self) -> list[int]:
        """Give the numbers of the words at which a new part may begin."""
        if self._joints is None:
            self._joints = self._all_joints()
        return self._joints

    def _all_joints(self) -> list[int]:
        joins = self.words.words("joins", "words")
        folded, before, found = self.folded, 0, []
        inner = {at for h in self.of("condition") for at in range(h.first + 1, h.last)}
        for at, token in enumerate(self.tokens):
            gap = folded[before : token.start]
            before = token.end
            if at in inner:
                continue  # "after that, as" opens one condition
            if at and ((gap != " " and _SEPARATOR.search(gap)) or token.form in joins):
                found.append(at)
        return found

    def carve(self, hits: Iterable[Hit], within: Span) -> list[tuple[list[Hit], Span]]:
        """Share a stretch out among cues that each make a claim of their own.

        Two cues with no separator between them make one claim.
        """
        groups: list[list[Hit]] = []
        starts = [within.start]
        for hit in sorted(hits, key=lambda h: h.first):
            if groups:
                places = self.separators(groups[-1][-1].last - 1, hit.first)
                if not places:
                    groups[-1].append(hit)
                    continue
                starts.append(self._cut(places, hit))
            groups.append([hit])
        ends = [*starts[1:], within.end]
        return [
            (group, self.shave(a, b))
            for group, a, b in zip(groups, starts, ends, strict=True)
        ]

    def _cut(self, places: list[int], hit: Hit) -> int:
        """Choose where a cue's own part begins: at a semicolon, or before its subject."""
        view = self.document.view
        hard = [p for p in places if ";" in view[max(0, p - _CLAUSE) : p]]
        if hard:
            return hard[-1]
        for place in reversed(places):
            if any(
                m.subject and self.tokens[m.lead].start >= place and m.last <= hit.first
                for m in self.mentions
            ):
                return place
        return places[-1]

    def after_that(self) -> Span | None:
        """Give the reported part: what follows "that" after a verb of speaking."""
        if not self._reported:
            self._reported.append(self._after_that())
        return self._reported[0]

    def _after_that(self) -> Span | None:
        if not self.of("that"):
            return None
        for verb in self.of("say", "judge", "written_voice"):
            for that in self.of("that"):
                if that.first < verb.last or that.first - verb.last > _THAT:
                    continue
                between = self.tokens[verb.last : that.first]
                wills = (h.first for h in self.of("certain"))
                if not any(t.is_finite for t in between) and not any(
                    verb.last <= at < that.first for at in wills
                ):
                    start = self.tokens[that.last - 1].end
                    return self.shave(start, self._told_until(that.last))
        return None

    def _told_until(self, first: int) -> int:
        """Give where what is told from a word on ends: before ", and asked them".

        A second verb of who speaks goes on with the sentence, not with what is told.
        """
        joins = self.words.words("joins", "words")
        own = {h.first for h in self.of(*_OWN_VERBS) if "past" in h.features}
        for at in range(first + 1, len(self.tokens) - 1):
            joined = at + 1 in own and self.tokens[at].form in joins
            if joined and "," in self.gap(at - 1, at):
                return self.tokens[at - 1].end
        return self.span.end

    def content(self, hit: Hit) -> Span:
        """Give the smallest stretch around a cue that stands by itself."""
        reported = self.after_that()
        if not reported and not self.quoted:
            return self.span
        at = self.where(hit)
        for quoted in self.quoted:
            if quoted.holds(at.start, at.end):
                start = max(quoted.start, self.span.start)
                return self.shave(start, min(quoted.end, self.span.end))
        if reported and reported.holds(at.start, at.end):
            return reported
        if reported and at.start >= reported.end:
            return self.shave(reported.end, self.span.end)
        if reported:
            return self.shave(self.span.start, reported.start)
        return self.span

    def _within(self, span: Span, hit: Hit | Mention) -> bool:
        tokens = self.tokens
        return span.start <= tokens[hit.first].start and (
            tokens[hit.last - 1].end <= span.end
        )


def _place(hit: Hit) -> int:
    return hit.first


def nearest(hit: Hit, others: Sequence[Hit]) -> Hit | None:
    """Give the cue closest to another one."""
    return min(
        others,
        key=lambda h: max(h.first - hit.last, hit.first - h.last),
        default=None,
    )
