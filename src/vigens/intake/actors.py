"""Who is named where: states, organisations, office holders, persons, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vigens.intake.gazetteer import Gazetteer
from vigens.intake.lexicon import Hit, Vocabulary
from vigens.intake.persons import CONTEXT
from vigens.intake.tokens import Token

_SURNAME = 4
_OPEN = frozenset('"«„“')
_CLOSED = frozenset('"»”“')
_NOTHING: frozenset[str] = frozenset()
_NAMES = frozenset({"state", "organisation", "capital", "region", "adjective", "place"})


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named in a sentence: words `[first, last)` of its tokens.

    `lead` is the word where the phrase that carries the name begins ("president
    of X, Y"), so that evidence can start there. `kind` is one of state, adjective,
    capital, region, place, organisation, media, person, office, group, pronoun; `of` is
    whose officer or member somebody is.
    """

    first: int
    last: int
    lead: int
    kind: str
    id: str | None
    subject: bool
    english: str = ""
    of: str | None = None


@dataclass(frozen=True, slots=True)
class ActorFinder:
    """Finds mentions in the words of one language.

    `seen` holds the surnames met so far in a document, so that one alone is known.
    """

    words: Vocabulary
    names: Gazetteer
    day: str | None
    seen: dict[str, str | None] = field(default_factory=dict)

    def find(
        self, view: str, tokens: Sequence[Token], hits: Sequence[Hit]
    ) -> tuple[list[Mention], tuple[Mention, ...]]:
        """Find the mentions of a sentence, in order, none inside another.

        Returns:
            The mentions, and the bare names that they are made of.
        """
        taken = [False] * len(tokens)
        named = self._named(tokens, hits, taken)
        persons = self._persons(view, tokens, hits, taken)
        names = (*named, *persons)
        offices = self._offices(view, tokens, hits, [*named, *persons])
        used = {
            m for office in offices for m in (*named, *persons) if _inside(m, office)
        }
        merged = [m for m in persons if m not in used]
        out = [*merged, *offices]
        out += [m for m in named if not any(_inside(m, o) for o in offices)]
        out += self._groups(view, tokens, hits, out)
        out += [
            Mention(h.first, h.last, h.first, "pronoun", None, True)
            for h in hits
            if h.name == "pronoun"
        ]
        return sorted(out, key=lambda m: (m.first, m.last)), names

    def _named(
        self, tokens: Sequence[Token], hits: Sequence[Hit], taken: list[bool]
    ) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            hit = self.names.name_at(tokens, at)
            if hit is None:
                at += 1
                continue
            name, end = hit
            taken[at:end] = [True] * (end - at)
            subject = _is_subject(tokens[end - 1], self.words, name.words[-1])
            found.append(
                Mention(at, end, at, name.kind, name.actor, subject, name.english)
            )
            at = end
        for media in hits:
            if media.name == "media" and not any(taken[media.first : media.last]):
                taken[media.first : media.last] = [True] * (media.last - media.first)
                found.append(
                    Mention(
                        media.first,
                        media.last,
                        media.first,
                        "media",
                        None,
                        _is_subject(tokens[media.first], self.words, _NOTHING),
                    )
                )
        return found

    def _persons(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Sequence[Hit],
        taken: list[bool],
    ) -> list[Mention]:
        """Find the names of persons: by the language's model, else by rule."""
        model = self.words.persons
        if model is None:
            runs = self._capitals(view, tokens, hits, taken)
        else:
            marks = model.label(view, tokens, context(hits), taken)
            particles = self.words.words("particles", "words")
            runs = _widened(view, tokens, _runs(view, tokens, marks, taken), particles)
        found: list[Mention] = []
        for first, end in runs:
            person = self._person(tokens[first:end], is_sure=model is not None)
            if person is not None:
                subject = self._acts(tokens[first:end])
                known = person or None
                found.append(Mention(first, end, first, "person", known, subject))
                taken[first:end] = [True] * (end - first)
        return found

    def _person(self, tokens: Sequence[Token], *, is_sure: bool) -> str | None:
        """Give the id of a named person, empty if unknown, None if it is nobody."""
        known = next((p for t in tokens if (p := self.names.person(t.form))), None)
        names = tokens[-1].keys
        if len(tokens) >= 2:
            self.seen.update(dict.fromkeys(names, known))
        met = [n for n in names if len(n) >= _SURNAME and n in self.seen]
        if not (known or met or is_sure or len(tokens) >= 2):
            return None
        return known or next((self.seen[n] for n in met), None) or ""

    def _capitals(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Sequence[Hit],
        taken: Sequence[bool],
    ) -> Iterator[tuple[int, int]]:
        """Give the runs of capitalised words that are no known name."""
        particles = set(self.words.words("particles", "words"))
        common = {
            i
            for h in hits
            if h.name in ("office", "group", "text", "gathering", "body", "that")
            for i in range(h.first, h.last)
        }
        at = 0
        while at < len(tokens):
            opens = at == 0 and self._is_opener(tokens[0])
            if taken[at] or opens or not _is_name_word(tokens[at]) or at in common:
                at += 1
                continue
            end = at + 1
            while end < len(tokens) and not taken[end] and end not in common:
                follows = _is_close(view, tokens[end - 1], tokens[end])
                if not follows or not (
                    _is_name_word(tokens[end])
                    or (tokens[end].form in particles and end + 1 < len(tokens))
                ):
                    break
                end += 1
            while tokens[end - 1].form in particles:
                end -= 1
            yield at, end
            at = max(end, at + 1)

    def _is_opener(self, token: Token) -> bool:
        """Say whether a sentence's first word is capital only for its place."""
        if token.form in self.words.frequent:
            return True
        if self.words.oblique is None:
            first = token.readings[0].features if token.readings else frozenset()
            return not first & {"noun", "adjective"}
        return token.form in self.words.words("openers", "words")

    def _offices(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Sequence[Hit],
        mentions: Sequence[Mention],
    ) -> list[Mention]:
        """Join an office with the state or body it belongs to and its holder."""
        starts = {m.first: m for m in mentions}
        ends = {m.last: m for m in mentions}
        offices = sorted((h for h in hits if h.name == "office"), key=lambda h: h.first)
        found: list[Mention] = []
        reach = -1
        for hit in offices:
            if hit.first < reach:
                continue
            first, last, of, person = hit.first, hit.last, None, None
            before = ends.get(first)
            if before and before.kind in _NAMES and _is_close_at(view, tokens, first):
                first, of = before.first, before.id
            steps = 0
            while last < len(tokens) and steps < 7:
                if not _is_close_at(view, tokens, last):
                    break
                after = starts.get(last)
                if after and after.kind == "person":
                    person = after
                    last = after.last
                    break
                if after and after.kind in _NAMES:
                    of, last = of or after.id, after.last
                elif tokens[last].is_finite or not _may_qualify(tokens[last]):
                    break
                else:
                    last += 1
                steps += 1
            last = person.last if person else self._trim(tokens, hit, last, ends)
            reach = last
            found.append(self._office(tokens, hit, (first, last), of, person))
        return found

    def _links(self, token: Token) -> bool:
        """Say whether a word can stand between a group and whose it is."""
        if self.words.oblique is not None:
            return token.form in self.words.words("group", "links")
        return _may_qualify(token)

    def _acts(self, tokens: Sequence[Token]) -> bool:
        """Say whether a phrase can be who acts: any word, or where words end so."""
        if self.words.oblique is not None:
            return _is_subject(tokens[-1], self.words, _NOTHING)
        return any(_is_subject(t, self.words, _NOTHING) for t in tokens)

    def _trim(
        self,
        tokens: Sequence[Token],
        hit: Hit,
        last: int,
        ends: dict[int, Mention],
    ) -> int:
        """Without a person, an office ends with the last known name after it."""
        known = [e for e in ends if hit.last < e <= last]
        if known:
            return max(known)
        end = hit.last
        while end < last and "possessor" in tokens[end].features:
            end += 1
        return end

    def _office(
        self,
        tokens: Sequence[Token],
        hit: Hit,
        span: tuple[int, int],
        of: str | None,
        person: Mention | None,
    ) -> Mention:
        subject = self._acts(tokens[hit.first : hit.last])
        if person:
            return Mention(
                person.first,
                person.last,
                span[0],
                "person",
                person.id,
                subject or person.subject,
                of=of,
            )
        actor = None
        if of:
            lemmas = {r.lemma for t in tokens[hit.first : hit.last] for r in t.readings}
            lemmas |= {t.form for t in tokens[hit.first : hit.last]}
            for office, names in self.words.tables.get("offices", {}).items():
                if any(set(name.split()) <= lemmas for name in names):
                    actor = actor or self.names.holder(office, of, self.day)
        return Mention(span[0], span[1], span[0], "office", actor, subject, of=of)

    def _groups(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Sequence[Hit],
        mentions: Sequence[Mention],
    ) -> list[Mention]:
        covered = {i for m in mentions for i in range(m.lead, m.last)}
        starts = {m.first: m for m in mentions}
        found: list[Mention] = []
        for hit in sorted(
            (h for h in hits if h.name == "group"), key=lambda h: h.first
        ):
            if hit.first in covered:
                continue
            first, last, of = hit.first, hit.last, None
            while (
                first > 0
                and first - 1 not in covered
                and _is_close_at(view, tokens, first)
                and (
                    "adjective" in tokens[first - 1].features
                    or tokens[first - 1].is_number
                )
            ):
                first -= 1
            for step in range(last, min(last + 5, len(tokens))):
                if not _is_close_at(view, tokens, step):
                    break
                if step in starts and starts[step].kind in _NAMES:
                    last, of = starts[step].last, starts[step].id
                    break
                if not self._links(tokens[step]):
                    break
            if first > 0 and first in {m.last for m in mentions if m.kind in _NAMES}:
                before = next(m for m in mentions if m.last == first)
                first, of = before.first, of or before.id
            covered |= set(range(first, last))
            subject = self._acts(tokens[hit.first : hit.last])
            found.append(Mention(first, last, first, "group", None, subject, of=of))
        return found


def context(hits: Sequence[Hit]) -> dict[int, list[str]]:
    """Give the classes of cues that tell a name from other words, word by word."""
    found: dict[int, list[str]] = {}
    for hit in hits:
        if hit.name in CONTEXT:
            for at in range(hit.first, hit.last):
                found.setdefault(at, []).append(hit.name)
    return found


def _runs(
    view: str, tokens: Sequence[Token], marks: Sequence[bool], taken: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Give the stretches of words that a model marked, cut at punctuation."""
    start: int | None = None
    for at in range(len(tokens) + 1):
        inside = at < len(tokens) and marks[at] and not taken[at]
        if start is not None and (
            not inside or not _is_close(view, tokens[at - 1], tokens[at])
        ):
            yield start, at
            start = None
        if inside and start is None:
            start = at


def _widened(
    view: str,
    tokens: Sequence[Token],
    runs: Iterator[tuple[int, int]],
    particles: Sequence[str],
) -> Iterator[tuple[int, int]]:
    """Take initials into a name, and join what stands around "von der"."""
    held: tuple[int, int] | None = None
    for first, end in runs:
        start, stop = first, end
        while start and _is_initial(view, tokens[start - 1]) and _is_close_at(
            view, tokens, start
        ):
            start -= 1
        alone = end - first == 1 or _is_initial(view, tokens[end - 1])
        while (
            alone
            and stop < len(tokens)
            and _is_initial(view, tokens[stop])
            and _is_close_at(view, tokens, stop)
        ):
            stop += 1
        between = tokens[held[1] : start] if held else ()
        if _is_title(view, tokens[start], tokens[stop - 1]):
            continue
        if held and between and all(t.form in particles for t in between):
            held = held[0], stop
            continue
        if held:
            yield held
        held = start, stop
    if held:
        yield held


def _is_title(view: str, first: Token, last: Token) -> bool:
    """Say whether words fill quotation marks, as a ship or a book is named."""
    return view[max(0, first.start - 1) : first.start] in _OPEN and (
        view[last.end : last.end + 1] in _CLOSED
    )


def _is_initial(view: str, token: Token) -> bool:
    """Say whether a word stands for given names: a letter or two, each with a stop."""
    letters = all(len(part) == 1 for part in token.form.split("."))
    return token.capital and letters and view[token.end : token.end + 2].lstrip()[:1] == "."


def _inside(inner: Mention, outer: Mention) -> bool:
    return outer.lead <= inner.first and inner.last <= outer.last


def _is_name_word(token: Token) -> bool:
    return token.capital and token.form[0].isalpha()


def _is_subject(token: Token, words: Vocabulary, plain: frozenset[str]) -> bool:
    """Say whether a word can be who acts, by its case or its ending."""
    if words.oblique is not None:
        return token.form in plain or not token.form.endswith(words.oblique)
    features = token.features
    return "subject" in features or not features & {"possessor", "location", "object"}


def _may_qualify(token: Token) -> bool:
    """Say whether a word can stand between an office and its holder."""
    if token.capital:
        return True
    features = token.readings[0].features if token.readings else frozenset()
    return bool(features & {"possessor", "adjective", "noun", "participle", "base"})


def _is_close(view: str, left: Token, right: Token) -> bool:
    """Say whether only blanks or quotation marks stand between two words."""
    between = view[left.end : right.start]
    return "\n" not in between and not between.strip(" \"'«»„“”.’")


def _is_close_at(view: str, tokens: Sequence[Token], at: int) -> bool:
    return 0 < at < len(tokens) and _is_close(view, tokens[at - 1], tokens[at])
