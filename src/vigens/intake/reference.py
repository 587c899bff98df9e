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
_HOLDERS = frozenset({"person", "office", "group"})


@dataclass(slots=True)
class Memory:
    """Which states and organisations a document has named so far.

    `sentences` holds the ids of each sentence in order, `counts` how often each was
    named.
    """

    sentences: list[tuple[str, ...]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def remember(self, ids: Iterable[str]) -> None:
        """Take in who acts in a sentence."""
        found = tuple(dict.fromkeys(ids))
        if found:
            self.sentences.append(found)
            for name in found:
                self.counts[name] += 1

    def resolve(self, mentions: Sequence[Mention], hits: Hits) -> list[Mention]:
        """Give "both sides" their members, and "its minister" a state."""
        pairs = hits.get("pair", ())
        owners = hits.get("owner", ())
        its = {h.first for h in hits.get("it", ())}
        if not pairs and not owners and not its:
            return list(mentions)
        out = []
        for mention in mentions:
            if mention.kind == "group" and any(_meets(h, mention) for h in pairs):
                members = mention.members or self._pair(mentions, mention)
                out.append(replace(mention, members=members))
            elif (
                mention.kind in _HOLDERS
                and mention.of is None
                and any(h.last == mention.lead for h in owners)
            ):
                out.append(replace(mention, of=self._owner(mentions, mention)))
            elif mention.kind == "pronoun" and mention.first in its:
                last = self.sentences[-1] if self.sentences else ()
                out.append(replace(mention, id=next(iter(last), None)))
            else:
                out.append(mention)
        return out

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

    def _owner(self, mentions: Sequence[Mention], mention: Mention) -> str | None:
        """Give the one that acts before a phrase in its sentence, or in the last."""
        here = _ids(m for m in mentions if m.last <= mention.lead)
        if here:
            return here[-1]
        last = self.sentences[-1] if self.sentences else ()
        return last[0] if len(last) == 1 else None


def _ids(mentions: Iterable[Mention]) -> tuple[str, ...]:
    named = (m.id for m in mentions if m.kind in ACTORS and m.id)
    return tuple(dict.fromkeys(named))


def _meets(hit: Hit, mention: Mention) -> bool:
    return hit.first < mention.last and mention.first < hit.last
