"""Who is named where: states, organisations, office holders, persons, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vigens.intake.cues import Hits
from vigens.intake.gazetteer import Gazetteer, longest
from vigens.intake.lexicon import Vocabulary
from vigens.intake.mentions import Mention, can_act, is_inside, is_subject
from vigens.intake.offices import OfficeFinder
from vigens.intake.persons import may_name
from vigens.intake.runs import context, runs_of, widened
from vigens.intake.tokens import Token, is_close

_SURNAME = 4
_NOTHING: frozenset[str] = frozenset()
_OTHERS = frozenset({"office", "group", "pronoun"})


@dataclass(frozen=True, slots=True)
class ActorFinder:
    """Finds mentions in the words of one language.

    `seen` holds the surnames met so far in a document, so that one alone is known, and
    `serving` whose officers their bearers are, as far as the document tells.
    """

    words: Vocabulary
    names: Gazetteer
    day: str | None
    seen: dict[str, str | None] = field(default_factory=dict)
    serving: dict[str, str] = field(default_factory=dict)

    def find(
        self, view: str, tokens: Sequence[Token], hits: Hits
    ) -> tuple[list[Mention], tuple[Mention, ...]]:
        """Find the mentions of a sentence, in order, none inside another.

        Returns:
            The mentions, and the bare names that they are made of.
        """
        taken = [False] * len(tokens)
        named = self._named(tokens, hits, taken)
        persons = self._persons(view, tokens, hits, taken)
        names = (*named, *persons)
        if not names and _OTHERS.isdisjoint(hits):
            return [], names
        joined = OfficeFinder(self.words, self.names, self.day)
        offices: list[Mention] = []
        if "office" in hits:
            offices = joined.offices(view, tokens, hits, names)
        if offices:
            persons = [m for m in persons if not any(is_inside(m, o) for o in offices)]
            named = [m for m in named if not any(is_inside(m, o) for o in offices)]
        out = [self._served(tokens, m) for m in (*persons, *offices)] + named
        if "group" in hits:
            out += joined.groups(view, tokens, hits, out)
        owned = {h.first for h in hits.get("owner", ())}
        out += [
            Mention(h.first, h.last, h.first, "pronoun", None, h.first not in owned)
            for h in hits.get("pronoun", ())
            if not self._owns(tokens[h.first])
        ]
        return sorted(out, key=lambda m: (m.first, m.last)), names

    def _owns(self, token: Token) -> bool:
        """Say whether a pronoun tells whose something is, where endings tell it."""
        return self.words.oblique is not None and "possessor" in token.features

    def _served(self, tokens: Sequence[Token], mention: Mention) -> Mention:
        """Remember whose officer somebody is, and recall it where only a name stands."""
        if mention.kind != "person":
            return mention
        keys = tokens[mention.last - 1].keys
        if mention.of:
            self.serving.update(dict.fromkeys(keys, mention.of))
            return mention
        of = next((self.serving[k] for k in keys if k in self.serving), None)
        if of is None and mention.id:
            of = self.names.serves(mention.id, self.day)
        return replace(mention, of=of) if of else mention

    def learn(self, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        """Remember whose officers persons are, once that is settled."""
        for mention in mentions:
            if mention.kind == "person" and mention.of:
                keys = tokens[mention.last - 1].keys
                self.serving.update(dict.fromkeys(keys, mention.of))

    def _named(
        self, tokens: Sequence[Token], hits: Hits, taken: list[bool]
    ) -> list[Mention]:
        found: list[Mention] = []
        reach = 0
        papers = self.words.words("media", "papers")
        for at, names in self.names.beginning(tokens):
            if at < reach:
                continue
            hit = longest(names, tokens, at)
            if hit is None:
                continue
            name, end = hit
            if papers and _is_paper(tokens, end, papers):
                taken[at : end + 1] = [True] * (end + 1 - at)
                found.append(Mention(at, end + 1, at, "media", None, True))
                reach = end + 1
                continue
            taken[at:end] = [True] * (end - at)
            subject = is_subject(tokens[end - 1], self.words, name.words[-1])
            if self.words.oblique is None and end - at > 1:
                subject = can_act(tokens[at:end], self.words)
            found.append(
                Mention(at, end, at, name.kind, name.actor, subject, name.english)
            )
            reach = end
        for media in hits.get("media", ()):
            if not any(taken[media.first : media.last]):
                taken[media.first : media.last] = [True] * (media.last - media.first)
                found.append(
                    Mention(
                        media.first,
                        media.last,
                        media.first,
                        "media",
                        None,
                        is_subject(tokens[media.first], self.words, _NOTHING),
                    )
                )
        return found

    def _persons(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Hits,
        taken: list[bool],
    ) -> list[Mention]:
        """Find the names of persons: by the language's model, else by rule."""
        model = self.words.persons
        if model is None:
            runs = self._capitals(view, tokens, hits, taken)
        else:
            marks = model.label(view, tokens, context(hits), taken)
            if self.seen:
                marks = [
                    m or self._is_met(t) for m, t in zip(marks, tokens, strict=True)
                ]
            if True not in marks:
                return []
            particles = self.words.words("particles", "words")
            runs = widened(view, tokens, runs_of(view, tokens, marks, taken), particles)
        found: list[Mention] = []
        for first, end in runs:
            person = self._person(tokens[first:end], is_sure=model is not None)
            if person is not None:
                subject = can_act(tokens[first:end], self.words)
                known = person or None
                found.append(Mention(first, end, first, "person", known, subject))
                taken[first:end] = [True] * (end - first)
        return found

    def _is_met(self, token: Token) -> bool:
        """Say whether a word is the surname of somebody named in full before."""
        return token.capital and any(
            len(key) >= _SURNAME and key in self.seen for key in token.keys
        )

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
        hits: Hits,
        taken: Sequence[bool],
    ) -> Iterator[tuple[int, int]]:
        """Give the runs of capitalised words that are no known name."""
        particles = set(self.words.words("particles", "words"))
        nobody = self.words.words("no_person", "words")
        common = {
            i
            for name in ("office", "group", "text", "gathering", "body", "that")
            for h in hits.get(name, ())
            for i in range(h.first, h.last)
        }
        at = 0
        while at < len(tokens):
            opens = at == 0 and self._is_opener(tokens[0])
            if taken[at] or opens or not may_name(tokens[at]) or at in common:
                at += 1
                continue
            end = at + 1
            while end < len(tokens) and not taken[end] and end not in common:
                follows = is_close(view, tokens[end - 1], tokens[end])
                if not follows or not (
                    may_name(tokens[end])
                    or (tokens[end].form in particles and end + 1 < len(tokens))
                ):
                    break
                end += 1
            while end > at and tokens[end - 1].form in particles:
                end -= 1
            if end > at and not any(t.form in nobody for t in tokens[at:end]):
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


def _is_paper(tokens: Sequence[Token], at: int, papers: Sequence[str]) -> bool:
    """Say whether a name goes on as that of a newspaper: "the New York Times"."""
    return at < len(tokens) and tokens[at].capital and tokens[at].form in papers
