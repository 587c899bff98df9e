"""Whom a phrase means that names nobody: "both sides", "its minister"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vigens.intake.cues import Hit, Hits
from vigens.intake.mentions import Mention

ACTORS = frozenset({"state", "organisation", "capital"})
"""Kinds of mentions that can be one of two sides."""

_PAIR = 2
_RECENT = 6  # sentences that "both" reaches back over
_COUNTRIES = frozenset({"state", "capital", "adjective"})
_IMPERSONAL = frozenset({"state", "organisation", "capital", "group"})
_HOLDERS = frozenset({"person", "office", "group"})


@dataclass(slots=True)
class Memory:
    """Which states and organisations a document has named so far.

    `sentences` holds the ids of each sentence in order, `counts` how often each was
    named.
    """

    sentences: list[tuple[str, ...]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    home: str | None = None
    """The state from whose capital is reported, where the report begins with it."""

    def remember(self, ids: Iterable[str]) -> None:
        """Take in who acts in a sentence."""
        found = tuple(dict.fromkeys(ids))
        if found:
            self.sentences.append(found)
            for name in found:
                self.counts[name] += 1

    def resolve(self, mentions: Sequence[Mention], hits: Hits) -> list[Mention]:
        """Give "both sides" their members, "its minister" and "the minister" a state."""
        self._note_home(mentions)
        mentions = self._with_country(mentions, hits)
        pairs = hits.get("pair", ())
        sides = hits.get("sides", ())
        owners = hits.get("owner", ())
        its = {h.first for h in hits.get("it", ())}
        if not pairs and not sides and not owners and not its:
            return list(mentions)
        out = []
        for mention in mentions:
            if mention.kind == "group" and any(
                _meets(h, mention) and not _is_owned(h, mentions) for h in pairs
            ):
                members = mention.members or self._pair(mentions, mention)
                out.append(replace(mention, members=members))
            elif mention.kind == "group" and any(_meets(h, mention) for h in sides):
                members = mention.members or self._only_two(mentions)
                out.append(replace(mention, members=members))
            elif (
                mention.kind in _HOLDERS
                and mention.of is None
                and any(_owns(h, mention) for h in owners)
            ):
                both = hits.get("owners", ())
                two = _ids(m for m in mentions if m.last <= mention.lead)
                if len(two) == _PAIR and any(_owns(h, mention) for h in both):
                    out.append(replace(mention, members=two))
                    continue
                out.append(replace(mention, of=self._owner(mentions, mention)))
            elif mention.kind == "pronoun" and mention.first in its:
                out.append(replace(mention, id=self._it(mentions, mention)))
            else:
                out.append(mention)
        return out

    def _note_home(self, mentions: Sequence[Mention]) -> None:
        """Remember whose capital opens a report that is about that state first."""
        if self.home is not None or self.sentences or not mentions:
            return
        first, *others = mentions
        states = [m.id for m in others if m.kind in _COUNTRIES]
        if first.kind == "capital" and not first.first and states[:1] == [first.id]:
            self.home = first.id

    def _with_country(
        self, mentions: Sequence[Mention], hits: Hits
    ) -> Sequence[Mention]:
        """Give "the finance minister" the state that alone can be meant, if one can.

        It is the only one that the report has named, else that of its dateline where
        the sentence names no other; a director's is the one body of the sentence.
        """
        offices = hits.get("state_office", ())
        chairs = hits.get("body_office", ())
        if not offices and not chairs:
            return mentions
        here = {m.id for m in mentions if m.kind in _COUNTRIES and m.id}
        named = {n for n in self.counts if ":" not in n} | here
        state = next(iter(named)) if len(named) == 1 else None
        if state is None and here <= {self.home}:
            state = self.home
        bodies = {m.id for m in mentions if m.kind == "organisation"}
        body = next(iter(bodies)) if len(bodies) == 1 else None
        return [
            replace(m, of=state)
            if _lacks(m, state, offices)
            else replace(m, of=body)
            if _lacks(m, body, chairs)
            else m
            for m in mentions
        ]

    def _pair(self, mentions: Sequence[Mention], mention: Mention) -> tuple[str, ...]:
        """Give the two that a sentence named together last, else the document's two."""
        here = _ids(m for m in mentions if m.last <= mention.first)
        recent = (here, *reversed(self.sentences[-_RECENT:]))
        states = (tuple(n for n in named if ":" not in n) for named in recent)
        for named in (*states, *recent):
            if len(named) == _PAIR:
                return named
        common = self.counts.most_common(_PAIR + 1)
        if len(common) < _PAIR or (
            len(common) > _PAIR and common[_PAIR - 1][1] == common[_PAIR][1]
        ):
            return ()  # more than two are spoken of
        return tuple(name for name, _ in common[:_PAIR])

    def _only_two(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """Give the states of a report that has named two so far: "the sides"."""
        named = dict.fromkeys((*self.counts, *_ids(mentions)))
        states = tuple(n for n in named if ":" not in n)
        return states if len(states) == _PAIR else ()

    def _it(self, mentions: Sequence[Mention], it: Mention) -> str | None:
        """Give who "it" is: who acts before it in its sentence, else in the last."""
        last = self.sentences[-1] if self.sentences else ()
        here = [m for m in mentions if m.last <= it.first and m.kind in _IMPERSONAL]
        acting = [m.of or m.id for m in here if m.subject]
        return acting[0] if acting else next(iter(last), None)

    def _owner(self, mentions: Sequence[Mention], mention: Mention) -> str | None:
        """Give the one that acts before a phrase in its sentence, or in the last."""
        here = _ids(m for m in mentions if m.last <= mention.lead)
        if here:
            return here[-1]
        last = self.sentences[-1] if self.sentences else ()
        return last[0] if len(last) == 1 else None


def _lacks(mention: Mention, of: str | None, offices: Sequence[Hit]) -> bool:
    """Say whether somebody of a certain office is not told whose officer he is."""
    if of is None or mention.of or mention.id or mention.kind not in _HOLDERS:
        return False
    return any(h.first < mention.last and mention.lead < h.last for h in offices)


def _ids(mentions: Iterable[Mention]) -> tuple[str, ...]:
    named = (m.id for m in mentions if m.kind in ACTORS and m.id)
    return tuple(dict.fromkeys(named))


def _owns(owner: Hit, mention: Mention) -> bool:
    """Say whether "their" stands before somebody: "their interior ministers"."""
    return 0 <= mention.lead - owner.last <= 1


def _is_owned(pair: Hit, mentions: Sequence[Mention]) -> bool:
    """Say whether "two" are of somebody else: "Libya's two governments"."""
    return any(m.last == pair.first and m.kind in ACTORS for m in mentions)


def _meets(hit: Hit, mention: Mention) -> bool:
    return hit.first < mention.last and mention.first < hit.last
