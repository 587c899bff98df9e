"""The plain part of a large journal through a lens: weighed as columns.

What `assemble` does entry by entry is done here for all plain occurrences at once. Each
different set of claims, as far as weighing can tell them apart, is weighed once, by the
same `weigh`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from vigens.desk.bulk import AHEAD, CODES
from vigens.desk.imagedweights import AFFIRMS, UNGRADED, Weights
from vigens.desk.placing import place_date
from vigens.desk.tablevalues import used
from vigens.engine import HIGH, LOW
from vigens.journal import OPEN_START
from vigens.model import (
    POSSIBLE,
    SURE,
    Coded,
    EventColumns,
    Happening,
    Weighing,
    Weight,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from vigens.journal import Clearance, Entry
    from vigens.journal.image import Image
    from vigens.model import EvidencePolicy, Floor, Lens
    from vigens.rules import EventType, Program

    Longs = NDArray[np.int64]
    Flags = NDArray[np.bool_]

#: What the rows are cited as: `journal:7` is the seventh entry that the reader sees.
SOURCE = "journal"


@dataclass(slots=True)
class Plain:
    """What the plain part of a journal comes to through a lens.

    Attributes:
        events: Occurrences by event type, as columns.
        happenings: Those that are disputed or denied, one by one, by event type.
        last_known: When the last of its matters and claims became known.
        unfit_at: Positions of matters that the rules cannot read.
        unfit: These as entries, each with its number among those that are seen.
    """

    events: dict[str, list[EventColumns]] = field(default_factory=dict)
    happenings: dict[str, list[Happening]] = field(default_factory=dict)
    last_known: int | None = None
    unfit_at: list[int] = field(default_factory=list)
    unfit: list[tuple[int, Entry]] = field(default_factory=list)


def ranks(image: Image, clearance: Clearance) -> Longs:
    """Number the entries that a reader may see, from 1; 0 for the others.

    Returns:
        (size,) int64.
    """
    seen = [clearance.sees(marks) for marks in image.mark_sets]
    sees = np.array([*seen, False], np.bool_)  # the last stands for -1: not in it
    shown = sees[image.marks]
    found: Longs = np.where(shown, np.cumsum(shown, dtype=np.int64), 0)
    return found


def see_image(
    image: Image,
    lens: Lens,
    policy: EvidencePolicy,
    *,
    program: Program,
    clearance: Clearance,
    issuers: Callable[[Sequence[str]], set[str]],
) -> Plain:
    """Weigh and place in time what a lens shows of the plain part of a journal.

    Args:
        image: Of the journal; its zone is the lens's.
        lens: For what was known and recorded.
        policy: For what counts.
        program: The rules.
        clearance: What the reader may see.
        issuers: Gives those whose word on an act with some values goes first.
    """
    return _Seeing(image, lens, policy, program, clearance, issuers).plain()


class _Seeing:
    """One look at an image."""

    def __init__(
        self,
        image: Image,
        lens: Lens,
        policy: EvidencePolicy,
        program: Program,
        clearance: Clearance,
        issuers: Callable[[Sequence[str]], set[str]],
    ) -> None:
        self._image = image
        self._lens = lens
        self._policy = policy
        self._program = program
        self._issuers = issuers
        self._ranks = ranks(image, clearance)
        self._shown = self._ranks > 0
        if lens.recorded_at is not None:
            self._shown &= image.recorded <= lens.recorded_at
        self._plain = Plain()
        self._floors: list[Floor] = []

    def plain(self) -> Plain:
        matters, claims = self._image.matters, self._image.claims
        counted = self._counted(matters.position, matters.known)
        speaking = self._counted(claims.position, claims.known)
        known = [t.known[m] for t, m in ((matters, counted), (claims, speaking))]
        self._plain.last_known = max(
            (int(each.max()) for each in known if len(each)), default=None
        )
        forms = self._forms(speaking)
        speaking &= counted[claims.matter]
        chosen = np.flatnonzero(speaking)
        self._weights = Weights(self._image, self._policy, chosen, forms[chosen])
        for event, places in self._by_event(counted):
            self._add_event(event, places)
        return self._plain

    def _counted(self, position: Longs, known: Longs) -> Flags:
        counted: Flags = self._shown[position - 1] & (known <= self._lens.known_at)
        return counted

    def _forms(self, speaking: Flags) -> Longs:
        """Give the form of each claim: its last grade, and which way it speaks."""
        grades = self._image.grades
        there = self._counted(grades.position, grades.known) & speaking[grades.claim]
        grade: Longs = np.full(len(speaking), UNGRADED, dtype=np.int64)
        # Of several grades the last one stays: they are in the order of the log.
        grade[grades.claim[there]] = (
            grades.reliability[there] * 6 + grades.credibility[there] - 1
        )
        found: Longs = grade + AFFIRMS * self._image.claims.affirms.astype(np.int64)
        return found

    def _by_event(self, counted: Flags) -> Iterator[tuple[str, Longs]]:
        events = self._image.matters.event
        places = np.flatnonzero(counted)
        places = places[np.argsort(events[places], kind="stable")]
        codes = events[places]
        cuts = np.flatnonzero(np.diff(codes)) + 1
        for start, end in pairwise((0, *cuts.tolist(), len(codes))):
            if start < end:
                yield self._image.words[codes[start]], places[start:end]

    def _add_event(self, name: str, places: Longs) -> None:
        event = self._program.events.get(name)
        if event is None:
            self._unfit(places)
            return
        args = self._image.matters.args[places]
        starts = self._image.arg_starts
        fits = starts[args + 1] - starts[args] == len(event.params)
        self._unfit(places[~fits])
        places, args = places[fits], args[fits]
        columns = [
            self._image.arg_words[starts[args] + at] for at in range(len(event.params))
        ]
        fits = self._known_values(event, columns, len(places))
        self._unfit(places[~fits])
        places, columns = places[fits], [column[fits] for column in columns]
        if len(places):
            self._weigh(event, places, columns)

    def _known_values(
        self, event: EventType, columns: list[NDArray[np.int32]], size: int
    ) -> Flags:
        words = self._image.words
        fits = np.ones(size, dtype=np.bool_)
        for param, column in zip(event.params, columns, strict=True):
            if self._program.sorts[param.sort].is_open:
                continue
            values = set(self._program.values_of(param.sort))
            codes, back = np.unique(column, return_inverse=True)
            known = np.array([words[c] in values for c in codes.tolist()], np.bool_)
            fits &= known[back]
        return fits

    def _unfit(self, places: Longs) -> None:
        self._plain.unfit_at += self._image.matters.position[places].tolist()

    def _weigh(
        self, event: EventType, places: Longs, columns: list[NDArray[np.int32]]
    ) -> None:
        """Weigh the matters of one event, and lay them down by how they count."""
        floor = self._policy.floor_for(event.name)
        back, weighings = self._weights.weighings(floor, places)
        is_apart = np.array(
            [
                w is None or w.is_disputed or w.weight is Weight.DENIED
                for w in weighings
            ],
            np.bool_,
        )
        apart = is_apart[back]
        for at in np.flatnonzero(apart).tolist():
            values = tuple(self._image.words[column[at]] for column in columns)
            weighing = weighings[back[at]]
            self._add_apart(event, int(places[at]), values, floor, weighing)
        keep = ~apart
        places, back = places[keep], back[keep]
        columns = [column[keep] for column in columns]
        first, last = self._when(event, places)
        codes = np.array([-1 if w is None else CODES[w.weight] for w in weighings])
        reasons = [
            "" if w is None or w.weight is Weight.SURE else w.reason for w in weighings
        ]
        numbers = {
            reason: n for n, reason in enumerate(dict.fromkeys([*reasons, AHEAD]))
        }
        reason = np.array([numbers[each] for each in reasons], dtype=np.int64)[back]
        weight = codes[back]
        ahead = (weight == SURE) & (first > self._weights.last_said(floor, places))
        weight[ahead], reason[ahead] = POSSIBLE, numbers[AHEAD]
        group = weight * len(numbers) + reason
        for number in sorted(set(group.tolist())):
            rows = np.flatnonzero(group == number)
            self._add_columns(
                event,
                places[rows],
                [column[rows] for column in columns],
                (first[rows], last[rows]),
                int(number // len(numbers)),
                list(numbers)[number % len(numbers)],
            )

    def _add_columns(
        self,
        event: EventType,
        places: Longs,
        columns: list[NDArray[np.int32]],
        when: tuple[Longs, Longs],
        weight: int,
        reason: str,
    ) -> None:
        first, last = when
        if np.array_equal(first, last):
            last = first
        position = self._image.matters.position[places]
        self._plain.events.setdefault(event.name, []).append(
            EventColumns(
                event.name,
                tuple(used(Coded(column, self._image.words)) for column in columns),
                first,
                last,
                weight,
                SOURCE,
                self._ranks[position - 1],
                reason,
            )
        )

    def _when(self, event: EventType, places: Longs) -> tuple[Longs, Longs]:
        matters = self._image.matters
        first, last = matters.first[places], matters.last[places]
        if event.is_act:
            codes, back = np.unique(matters.when[places], return_inverse=True)
            words = [self._image.words[code] for code in codes.tolist()]
            dates = [place_date(word, self._lens.zone, is_act=True) for word in words]
            first = np.array([OPEN_START if d[0] is None else d[0] for d in dates])[
                back
            ]
            last = np.array([HIGH if d[1] is None else d[1] for d in dates])[back]
        return np.where(first == OPEN_START, LOW + 1, first), last

    def _add_apart(
        self,
        event: EventType,
        place: int,
        values: tuple[str, ...],
        floor: Floor,
        weighing: Weighing | None,
    ) -> None:
        """Add a matter that is disputed or denied, or may be, by itself."""
        matters = self._image.matters
        found = weighing or self._weights.weighed(floor, place, self._issuers(values))
        is_denied = found.weight is Weight.DENIED
        text = self._image.words[matters.when[place]]
        is_act = event.is_act and not is_denied
        first, last = place_date(text, self._lens.zone, is_act=is_act)
        first = LOW + 1 if first is None else first
        weight, reason = found.weight, found.reason
        if weight is Weight.SURE and first > self._weights.known_by(place, found):
            weight, reason = Weight.POSSIBLE, AHEAD
        plain = weight is Weight.SURE and not found.is_disputed
        self._plain.happenings.setdefault(event.name, []).append(
            Happening(
                bytes(matters.id[place]).hex(),
                event.name,
                values,
                first,
                HIGH if last is None else last,
                weight,
                "" if plain else reason,
                found.rule,
                found.is_disputed,
                False,
                text,
            )
        )
