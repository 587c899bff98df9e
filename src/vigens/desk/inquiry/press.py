"""Claims and their sources, searched by words, speaker, party, date, kind and grade."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError
from vigens.chrono import EdtfError, day_start, edtf_bounds, parse_edtf
from vigens.desk.reasons import ClaimView, view_claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vigens.desk.answers import Session
    from vigens.journal import Entry

#: Facets by name, in the order in which they are offered.
FACETS = ("speaker", "party", "kind", "grade")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; what is empty asks for nothing.

    Attributes:
        words: Each must stand in the statement, its title or a source.
        speaker: On whose word.
        party: Who is named in it.
        kind: Kind of matter that it is about.
        grade: `B2`, or `B` for every credibility.
        first: EDTF: what happened not before.
        last: EDTF: what happened not after.
        since: EDTF: what was published, recorded, graded or reviewed from then on.
    """

    words: str = ""
    speaker: str = ""
    party: str = ""
    kind: str = ""
    grade: str = ""
    first: str = ""
    last: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim that fits.

    Attributes:
        claim: As shown anywhere.
        speaker: On whose word, in words; empty where the source speaks for itself.
        parties: Who is named.
        kinds: Kinds of the matters that it is about.
        matters: What it is about, as `(entry id, title)`.
        happened: EDTF, or empty.
        changes: What became of it since the date asked for, in words.
    """

    claim: ClaimView
    speaker: str
    parties: tuple[str, ...]
    kinds: tuple[str, ...]
    matters: tuple[tuple[str, str], ...]
    happened: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its values, as `(value, title, number)`, the fullest first."""

    name: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of claims that fit, and what all that fit could be narrowed to."""

    wanted: Wanted
    claims: tuple[FoundClaim, ...]
    n_found: int
    n_all: int
    facets: tuple[Facet, ...]


def search_claims(
    session: Session, wanted: Wanted, *, start: int = 0, most: int = 50
) -> Found:
    """Search the claims that a lens shows, the latest known first.

    Args:
        session: The case through its lens.
        wanted: What is searched for.
        start: How many are passed over.
        most: How many are given.

    Raises:
        UsageError: A date is no EDTF date.
    """
    search = _Search(session, wanted)
    view = session.assembled.view
    claims = [entry for entry in view.entries if entry.kind == "claim"]
    fitting = [entry for entry in claims if search.fits(entry)]
    fitting.sort(key=lambda entry: view.known_from[entry.id], reverse=True)
    return Found(
        wanted,
        tuple(search.show(entry) for entry in fitting[start : start + most]),
        len(fitting),
        len(claims),
        tuple(search.facet(name, fitting) for name in FACETS),
    )


class _Search:
    """One search: its dates read once, each claim's facets worked out once."""

    def __init__(self, session: Session, wanted: Wanted) -> None:
        self.session = session
        self.view = session.assembled.view
        self.wanted = wanted
        self.words = wanted.words.casefold().split()
        self.first, _ = self._span(wanted.first, "from")
        _, self.last = self._span(wanted.last, "to")
        self.since, _ = self._span(wanted.since, "since")
        self._own: dict[str, dict[str, tuple[str, ...]]] = {}

    def fits(self, entry: Entry) -> bool:
        """Say whether a claim fits everything that is asked for."""
        own = self.own(entry)
        for name in FACETS:
            asked = getattr(self.wanted, name)
            if asked and not any(_is_of(name, value, asked) for value in own[name]):
                return False
        if self.words:
            text = "\n".join(_texts(entry)).casefold()
            if not all(word in text for word in self.words):
                return False
        if not self._is_within(entry):
            return False
        return self.since is None or bool(self.changes(entry))

    def own(self, entry: Entry) -> dict[str, tuple[str, ...]]:
        """Give the values of each facet that a claim has."""
        if entry.id not in self._own:
            payload = entry.payload
            matters = self._matters(entry)
            voice = payload.get("voice")
            speakers = [str(voice)] if voice else []
            for matter in matters:
                spoke = matter.payload.get("speaker") or matter.payload.get("party")
                by = matter.payload.get("by") or ()
                if not voice:
                    speakers += [str(spoke)] if spoke else []
                    speakers += [str(by)] if isinstance(by, str) else map(str, by)
            parties = [str(actor) for actor in payload.get("actors") or ()]
            parties += [
                str(matter.payload["party"])
                for matter in matters
                if matter.payload.get("party")
            ]
            grade = str(self.session.assembled.grades.get(entry.id, "F6"))
            self._own[entry.id] = {
                "speaker": tuple(dict.fromkeys(speakers)),
                "party": tuple(dict.fromkeys(parties)),
                "kind": tuple(dict.fromkeys(matter.kind for matter in matters)),
                "grade": (grade,),
            }
        return self._own[entry.id]

    def changes(self, entry: Entry) -> tuple[str, ...]:
        """Say what became of a claim since the date asked for."""
        if self.since is None:
            return ()
        found: list[str] = []
        if self.view.known_from[entry.id] >= self.since:
            found.append(Message("published"))
        if entry.recorded_instant >= self.since:
            if entry.rectifies:
                found.append(Message("corrected"))
            elif entry.supersedes:
                found.append(Message("replaced by news"))
            else:
                found.append(Message("recorded"))
        for other in self.view.about(entry.id):
            if other.recorded_instant < self.since or other.kind == "claim":
                continue
            if other.kind == "grade":
                payload = other.payload
                grade = f"{payload.get('reliability')}{payload.get('credibility')}"
                found.append(Message("graded {grade}", grade=grade))
            elif other.kind == "review":
                verdict = str(other.payload.get("verdict"))
                found.append(Message("reviewed: {verdict}", verdict=verdict))
            elif other.kind == "confirmation":
                found.append(Message("confirmed"))
        return tuple(dict.fromkeys(found))

    def show(self, entry: Entry) -> FoundClaim:
        """Lay a claim out."""
        own = self.own(entry)
        title = self.session.case.program.title_of
        affirms = entry.payload.get("polarity") != "neg"
        counts = any(
            found.ref == entry.id and found.counts
            for matter in entry.about
            if (weighing := self.session.assembled.weighings.get(matter))
            for found in weighing.claims
        )
        return FoundClaim(
            view_claim(self.session, entry, affirms=affirms, counts=counts),
            ", ".join(title(name) for name in own["speaker"]),
            tuple(title(name) for name in own["party"]),
            own["kind"],
            tuple((matter.id, matter.title) for matter in self._matters(entry)),
            ", ".join(dict.fromkeys(self._dates(entry))),
            self.changes(entry),
        )

    def facet(self, name: str, entries: Sequence[Entry]) -> Facet:
        """Count the values of one facet among the claims that fit."""
        title = self.session.case.program.title_of
        counted: Counter[str] = Counter()
        for entry in entries:
            counted.update(self.own(entry)[name])
        return Facet(
            name,
            tuple(
                (value, title(value), number) for value, number in counted.most_common()
            ),
        )

    def _matters(self, entry: Entry) -> list[Entry]:
        return [found for name in entry.about for found in self.view.current(name)]

    def _is_within(self, entry: Entry) -> bool:
        if self.first is None and self.last is None:
            return True
        return any(self._is_date_within(date) for date in self._dates(entry))

    def _is_date_within(self, date: str) -> bool:
        begin, end = self._span(date, "happened")
        is_late = self.last is not None and begin is not None and begin > self.last
        is_early = self.first is not None and end is not None and end < self.first
        return not is_late and not is_early

    def _dates(self, entry: Entry) -> list[str]:
        """Give the date of a claim, or else of what it is about."""
        if entry.happened:
            return [entry.happened]
        return [matter.happened for matter in self._matters(entry) if matter.happened]

    def _span(self, text: str, where: str) -> tuple[int | None, int | None]:
        if not text:
            return None, None
        try:
            edtf = parse_edtf(text)
        except EdtfError as error:
            raise UsageError(
                Message('"{text}" is no date: {what}', text=text[:40], what=error.what),
                where,
                Message("write 2026-01-06"),
            ) from error
        if edtf.first_day is not None and where == "since":
            return day_start(edtf.first_day, self.session.lens.zone), None
        return edtf_bounds(edtf, self.session.lens.zone)


def _is_of(name: str, value: str, asked: str) -> bool:
    return value.startswith(asked) if name == "grade" else value == asked


def _texts(entry: Entry) -> Iterator[str]:
    yield str(entry.payload.get("statement") or "")
    yield entry.title
    yield from _of_sources(entry.sources)


def _of_sources(sources: Iterable[object]) -> Iterator[str]:
    for source in sources:
        for name in ("title", "address", "published"):
            yield str(getattr(source, name, None) or "")
        passage = getattr(source, "passage", None)
        if passage is not None:
            yield passage.quote
