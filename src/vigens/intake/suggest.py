"""From a document to suggestions: sentences, cues and actors, then the rules."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vigens.base import without_collection
from vigens.intake.actors import ActorFinder
from vigens.intake.cues import Hits, by_name
from vigens.intake.dates import Clock, DateMention, grammar
from vigens.intake.document import Document, Region
from vigens.intake.fold import fold_marks
from vigens.intake.gazetteer import Gazetteer, build, gazetteer
from vigens.intake.lexicon import Vocabulary, actor_tables, vocabulary
from vigens.intake.mentions import Mention
from vigens.intake.quotations import Quoted, quoted_words
from vigens.intake.reference import ACTORS, Memory
from vigens.intake.rules import (
    ceasefires,
    commitments,
    counts,
    hints,
    institutions,
    instruments,
    is_place,
    meetings,
    quoted_statements,
    reported_statements,
)
from vigens.intake.scene import Scene, Span
from vigens.intake.segment import (
    Quotation,
    Sentence,
    own_words,
    quotations,
    sentences,
    touching,
    trim,
    without_bullet,
)
from vigens.intake.settle import settle
from vigens.intake.suggestion import AT_LEAST, Actor, Suggestion
from vigens.intake.tokens import Token, ends_of, tokenise, with_auxiliaries
from vigens.intake.topic import weight_of

HINTS = 0.3
"""No hint is stronger."""

_OWN_KINDS = frozenset(
    {"body", "core_body", "vague_body", "group", "office", "media", "numeral"}
)
_MAY = frozenset({"possible", "may"})
_BULLETS = "-•*·▪"
_RULES = (meetings, counts, instruments, commitments, institutions, ceasefires)


@without_collection()
def suggest(
    document: Document,
    *,
    at_least: float = AT_LEAST,
    words: Vocabulary | None = None,
) -> tuple[Suggestion, ...]:
    """Propose what a person might record from a document, in reading order.

    Args:
        document: What `read_document` gave.
        at_least: Leave out what is weaker; 0 gives everything.
        words: A vocabulary to read with, instead of the shipped one of the
            document's language.

    Returns:
        Suggestions with exact passages; none for a language without a vocabulary.
    """
    if words is None and document.language == "und":
        return ()
    words, names = _known(document, words)
    scenes, quoted = scenes_of(document, words, names)
    proposed = _propose(scenes, quoted)
    if at_least <= HINTS:
        proposed += _hinted(scenes, proposed)
    found = settle(
        proposed,
        document.published,
        frozenset(words.words("first_person", "forms")),
        [d for scene in scenes for d in scene.dates if d.is_spoken_today],
    )
    weight = weight_of(scenes)
    weighed = ((s, round(s.strength * weight, 3)) for s in found)
    return tuple(
        s if n == s.strength else replace(s, strength=n)
        for s, n in weighed
        if n >= at_least
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a document: `text[start:end]`, what it is of, whose id it has.

    `kind` is state, organisation, region, capital, place, adjective or person; `id` is
    None where nobody known is meant.
    """

    start: int
    end: int
    surface: str
    kind: str
    id: str | None


_NAMES = frozenset(
    {"state", "organisation", "region", "capital", "place", "adjective", "person"}
)


@without_collection()
def find_names(
    document: Document, *, words: Vocabulary | None = None
) -> tuple[Named, ...]:
    """Find the states, organisations, places and persons that a document names.

    The whole document is read, its title and the site around it included.

    Args:
        document: What `read_document` gave.
        words: A vocabulary to read with, instead of the shipped one.

    Returns:
        Names in reading order; none for a language without a vocabulary.
    """
    if words is None and document.language == "und":
        return ()
    found: set[Named] = set()
    known = _known(document, words)
    for scene in scenes_of(document, *known, regions=document.regions)[0]:
        for mention in scene.named:
            if mention.kind in _NAMES:
                span = scene.where(mention)
                surface = document.text[span.start : span.end]
                found.add(
                    Named(span.start, span.end, surface, mention.kind, mention.id)
                )
    return tuple(sorted(found, key=lambda n: (n.start, n.end)))


@without_collection()
def find_quotations(
    document: Document, *, words: Vocabulary | None = None
) -> tuple[Quoted, ...]:
    """Find the words in quotation marks that somebody said, with who it was.

    Args:
        document: What `read_document` gave.
        words: A vocabulary to read with, instead of the shipped one.

    Returns:
        Quotations in reading order; none for a language without a vocabulary.
    """
    if words is None and document.language == "und":
        return ()
    return quoted_words(*scenes_of(document, *_known(document, words)))


def _known(
    document: Document, words: Vocabulary | None
) -> tuple[Vocabulary, Gazetteer]:
    """Give the words and names to read a document with."""
    if words is not None:
        return words, build(words, actor_tables())
    return vocabulary(document.language), gazetteer(document.language)


def _propose(scenes: Sequence[Scene], quoted: Sequence[Quotation]) -> list[Suggestion]:
    found, used = quoted_statements(scenes, quoted)
    spoken = sorted((s for s in found if s.actors), key=lambda s: s.start)
    voice: Actor | None = None
    last: Suggestion | None = None
    for scene in scenes:
        asks = scene.folded[scene.sentence.end - 1] == "?"
        others = [] if asks else [s for rule in _RULES for s in rule(scene)]
        found += others
        if scene.number in used:
            last = None
            voice = next(
                (
                    s.actors[0]
                    for s in reversed(spoken)
                    if s.start < scene.sentence.end and scene.sentence.start < s.end
                ),
                voice,
            )
            continue
        told = list(reported_statements(scene, voice, last))
        if told and told[0].rule == "statement-continued" and last:
            found.remove(last)
        found += told
        last = told[-1] if told else None
        voice = next(
            (a for s in told for a in s.actors if a.id or len(a.surface) > 3), voice
        )
    return found


def _hinted(scenes: Sequence[Scene], found: Sequence[Suggestion]) -> list[Suggestion]:
    """Give weak proposals for what nothing covers, sentence by sentence."""
    waiting = deque(sorted(found, key=lambda s: s.start))
    weak: list[Suggestion] = []
    near: list[Suggestion] = []
    for scene in scenes:
        span = scene.sentence
        near = [s for s in near if span.start < s.end]
        while waiting and waiting[0].start < span.end:
            near.append(waiting.popleft())
        weak += hints(scene, [s for s in near if span.start < s.end])
    return weak


def scenes_of(
    document: Document,
    words: Vocabulary,
    names: Gazetteer,
    *,
    regions: Sequence[Region] | None = None,
) -> tuple[list[Scene], list[Quotation]]:
    """Cut the article, or other regions, into sentences; find what each holds."""
    view = document.view
    folded = fold_marks(view)
    regions = regions or document.body
    regions = regions or [r for r in document.regions if r.role == "title"]
    spans = [trim(view, _begins(view, r.start, r.end), r.end) for r in regions]
    spans = [(a, b) for a, b in spans if a < b]
    quoted = quotations(view, folded, spans)
    clock = Clock(document.published, grammar(words.dates))
    finder = ActorFinder(words, names, document.published)
    memory = Memory()
    scenes = []
    for number, sentence in enumerate(sentences(view, spans, words.abbreviations)):
        scene = _scene(
            (document, folded, quoted), words, sentence, number, (finder, memory), clock
        )
        memory.remember(_acting(scene))
        scenes.append(scene)
    return [s for s in scenes if s.tokens], quoted


def _outside(hits: Hits, named: Sequence[Mention]) -> Hits:
    """Leave out the cues inside a name: a "Bank for Reconstruction" founds nothing.

    What the name itself is, a body or a group, stays.
    """
    names = [
        m
        for m in named
        if m.kind == "person" or (m.kind == "organisation" and m.last - m.first > 1)
    ]
    if not names or not hits:
        return hits
    return by_name(
        h
        for hit in hits.values()
        for h in hit
        if h.name in _OWN_KINDS
        or not any(m.first <= h.first and h.last <= m.last for m in names)
    )


def _no_months(
    hits: Hits, tokens: Sequence[Token], dates: Sequence[DateMention]
) -> Hits:
    """Leave out a word of possibility inside a date: the month of May permits nothing."""
    return by_name(
        h
        for hit in hits.values()
        for h in hit
        if h.name not in _MAY
        or not any(
            d.start <= tokens[h.first].start and tokens[h.first].end <= d.end
            for d in dates
        )
    )


def _acting(scene: Scene) -> Iterator[str]:
    """Give the states and organisations that a sentence is about, no mere places."""
    for mention in scene.mentions:
        name = mention.of or (mention.id if mention.kind in ACTORS else None)
        if name and not is_place(scene, mention):
            yield name


def _scene(
    source: tuple[Document, str, Sequence[Quotation]],
    words: Vocabulary,
    sentence: Sentence,
    number: int,
    who: tuple[ActorFinder, Memory],
    clock: Clock,
) -> Scene:
    document, folded, quoted = source
    view = document.view
    tokens = with_auxiliaries(
        tokenise(view, sentence.start, sentence.end, words.analyse, words.elisions),
        words.auxiliaries,
    )
    if words.plurals:
        tokens = words.plurals.read(tokens)
    ends = ends_of(tokens) if words.cues.has_closing else None
    hits: Hits = words.cues.find([token.word for token in tokens], ends)
    near = touching(quoted, sentence) if quoted else ()
    spoken = own_words(folded, near) if near else ()
    dates = clock.read(folded, sentence.start, sentence.end, spoken)
    finder, memory = who
    mentions, named = finder.find(view, tokens, hits)
    hits = _outside(hits, named)
    if dates and not _MAY.isdisjoint(hits):
        hits = _no_months(hits, tokens, dates)
    mentions = memory.resolve(mentions, hits)
    finder.learn(tokens, mentions)
    return Scene(
        document=document,
        folded=folded,
        words=words,
        sentence=sentence,
        number=number,
        tokens=tokens,
        hits=hits,
        mentions=tuple(mentions),
        named=named,
        dates=tuple(dates),
        quoted=tuple(Span(q.start, q.end) for q in near if not q.dashed),
    )


def _begins(view: str, start: int, end: int) -> int:
    """Give where a line's words begin, after a bullet; speech keeps its dash."""
    if view[start] not in _BULLETS or ", - " in view[start:end]:
        return start
    return without_bullet(view, start, end)
