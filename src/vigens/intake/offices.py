"""Offices with whose they are and who holds them, and groups of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigens.intake.cues import Hit, Hits
from vigens.intake.gazetteer import Gazetteer
from vigens.intake.lexicon import Vocabulary
from vigens.intake.mentions import NAMES, Mention, can_act, may_qualify
from vigens.intake.tokens import Token, is_close_at

_OTHER_TIMES = frozenset({"past", "future", "perfect", "passive"})
_CHAIN = 4  # words that may stand between whose an office is and the office


@dataclass(frozen=True, slots=True)
class OfficeFinder:
    """Joins the words for offices and groups with the names beside them."""

    words: Vocabulary
    names: Gazetteer
    day: str | None

    def offices(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Hits,
        mentions: Sequence[Mention],
    ) -> list[Mention]:
        """Join an office with the state or body it belongs to and its holder."""
        offices = hits.get("office", ())
        found: list[Mention] = []
        if not offices:
            return found
        starts = {m.first: m for m in mentions}
        ends = {m.last: m for m in mentions}
        verbs = {h.first for row in hits.values() for h in row if h.cue.is_verb}
        never = self.words.words("office", "never")  # "ministry" begins with "minister"
        reach = -1
        for hit in offices:
            if hit.first < reach or tokens[hit.first].form.startswith(never):
                continue
            first, last, of, person = hit.first, hit.last, None, None
            before = _same(hit, starts) or self._before(view, tokens, first, ends)
            other = self._listed(tokens, before, mentions)
            if before:
                first, of = before.first, before.id
            steps = 0
            while last < len(tokens) and steps < 7:
                if not is_close_at(view, tokens, last):
                    break
                after = starts.get(last)
                if after and after.kind == "person":
                    person = after
                    last = after.last
                    break
                if after and after.kind in NAMES:
                    if self.words.verb_last:
                        break  # whose an office is stands before it
                    of, last = of or after.id, after.last
                elif not self._goes_on(tokens, last, verbs):
                    break
                else:
                    last += 1
                steps += 1
            if person is None:
                last = self._trim(tokens, hit, last, ends)
                person = _apposed(view, tokens, last, starts)
            last = person.last if person else last
            reach = last
            office = self._office(tokens, hit, (first, last), of, person)
            found.append(_of_both(office, other))
        return found

    def _goes_on(self, tokens: Sequence[Token], at: int, verbs: set[int]) -> bool:
        """Say whether a word can belong to what an office is for, "and" included.

        "Minister of climate and seas of Kenya".
        """
        if at not in verbs and self._may_name_field(tokens[at], tokens[at - 1]):
            return True
        if not tokens[at].is_finite and may_qualify(tokens[at]):
            return True
        if self.words.oblique is not None or at + 1 >= len(tokens):
            return False
        follows = tokens[at + 1]
        return (
            tokens[at].form in self.words.words("together", "words")
            and not follows.capital
            and "possessor" in follows.features
            and "possessor" in tokens[at - 1].features
        )

    def _may_name_field(self, token: Token, before: Token) -> bool:
        """Say whether a word may tell what an office is for, where endings tell little.

        Its likeliest reading tells nothing; no other one is a verb of another time,
        unless a word that links the two stands before it.
        """
        words = self.words
        if words.verb_last or words.oblique is None or token.readings[0].features:
            return False
        links = words.words("group", "links")
        if token.form in links:
            return True
        little = token.form in words.frequent or token.form in words.words(
            "prepositions", "words"
        )
        told = token.features
        if before.form in links and "noun" in told:
            return not little
        return not (little or told & _OTHER_TIMES) and (
            not told or bool(told & {"noun", "adjective"})
        )

    def _before(
        self, view: str, tokens: Sequence[Token], at: int, ends: dict[int, Mention]
    ) -> Mention | None:
        """Give the name that an office follows: "Kenya's fisheries secretary"."""
        small = self.words.words("prepositions", "words")
        for first in range(at, max(-1, at - _CHAIN), -1):
            if not first or not is_close_at(view, tokens, first):
                return None
            name = ends.get(first)
            if name:
                places = self.words.words("places", "before")
                if name.first and tokens[name.first - 1].form in places:
                    return None  # "in Nairobi Ambassador X" is nobody's of Kenya
                owns = (
                    first == at or name.kind == "adjective" or self._owns(tokens, name)
                )
                return name if name.kind in NAMES and owns else None
            word = tokens[first - 1]
            if word.capital or word.form in small or word.form in self.words.frequent:
                return None
        return None

    def _owns(self, tokens: Sequence[Token], name: Mention) -> bool:
        """Say whether a name stands in the possessive, or its language has none."""
        last = tokens[name.last - 1]
        return self.words.verb_last or "possessor" in last.features

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
        subject = can_act(tokens[hit.first : hit.last], self.words)
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
            for office, names in self.words.offices.items():
                if any(name <= lemmas for name in names):
                    actor = actor or self.names.holder(office, of, self.day)
        return Mention(span[0], span[1], span[0], "office", actor, subject, of=of)

    def groups(
        self,
        view: str,
        tokens: Sequence[Token],
        hits: Hits,
        mentions: Sequence[Mention],
    ) -> list[Mention]:
        """Find groups, with the numbers and adjectives before and whose they are."""
        groups = hits.get("group", ())
        found: list[Mention] = []
        if not groups:
            return found
        covered = {i for m in mentions for i in range(m.lead, m.last)}
        starts = {m.first: m for m in mentions}
        names = {m.last: m for m in mentions if m.kind in NAMES}
        describes = self.words.words("group", "describes")
        for hit in groups:
            if hit.first in covered:
                continue
            if describes and tokens[hit.last - 1].form.endswith(describes):
                continue  # "governmental" is nobody
            first, last = hit.first, hit.last
            members: tuple[str, ...] = ()
            while (
                first > 0
                and first - 1 not in covered
                and is_close_at(view, tokens, first)
                and (
                    "adjective" in tokens[first - 1].features
                    or tokens[first - 1].is_number
                )
            ):
                first -= 1
            last, of = self._whose_after(view, tokens, last, starts)
            before = names.get(first)
            if before is None and not self.words.verb_last:
                before = self._before(view, tokens, first, names)
            if before:
                first, of = before.first, of or before.id
                other = self._listed(tokens, before, mentions)
                if other and other.id and before.id:
                    first, members = other.first, (other.id, before.id)
            covered |= set(range(first, last))
            subject = can_act(tokens[hit.first : hit.last], self.words)
            found.append(
                Mention(
                    first, last, first, "group", None, subject, of=of, members=members
                )
            )
        return found

    def _whose_after(
        self,
        view: str,
        tokens: Sequence[Token],
        last: int,
        starts: dict[int, Mention],
    ) -> tuple[int, str | None]:
        """Give where a group ends, with the name behind it and whose id that is."""
        reach = 0 if self.words.verb_last else 5  # whose it is stands before
        for step in range(last, min(last + reach, len(tokens))):
            if not is_close_at(view, tokens, step):
                break
            if step in starts and starts[step].kind in NAMES:
                return starts[step].last, starts[step].id
            if not self._links(tokens[step]):
                break
        return last, None

    def _listed(
        self,
        tokens: Sequence[Token],
        name: Mention | None,
        mentions: Sequence[Mention],
    ) -> Mention | None:
        """Give the name before in "Russian and American negotiators"."""
        at = name.first - 1 if name else 0
        if (
            name is None
            or at < 1
            or tokens[at].form not in self.words.words("together", "words")
        ):
            return None
        before = (m for m in mentions if m.last == at and m.kind == name.kind)
        other = next(before, None) if name.kind == "adjective" else None
        return other if other and other.id and name.id else None

    def _links(self, token: Token) -> bool:
        """Say whether a word can stand between a group and whose it is."""
        if self.words.oblique is not None:
            return token.form in self.words.words("group", "links")
        return may_qualify(token)


def _same(hit: Hit, starts: dict[int, Mention]) -> Mention | None:
    """Give whose an office is where one word tells both: "UN-Vermittler"."""
    same = starts.get(hit.first)
    return same if same and same.kind in NAMES and same.last == hit.last else None


def _of_both(office: Mention, other: Mention | None) -> Mention:
    """Give an office to another state as well: "Kenyan and Chadian negotiators"."""
    if other is None or not other.id or not office.of or office.kind != "office":
        return office
    return replace(office, id=None, members=(other.id, office.of))


def _apposed(
    view: str, tokens: Sequence[Token], at: int, starts: dict[int, Mention]
) -> Mention | None:
    """Give the holder named after a comma: "Kenya's envoy, John Mwangi, said"."""
    person = starts.get(at)
    if not person or person.kind != "person" or not at:
        return None
    between = view[tokens[at - 1].end : tokens[at].start].strip()
    after = tokens[person.last] if person.last < len(tokens) else None
    closes = after is None or view[tokens[person.last - 1].end : after.start].strip()
    return person if between == "," and (closes or after is None) else None
