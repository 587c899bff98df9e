"""A report's time: its own day, the day of speech, the date told last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vigens.intake.dates.expression import (
    Expression,
    Reading,
    Standpoint,
    expressions,
    read,
)
from vigens.intake.dates.grammar import DateGrammar
from vigens.intake.dates.joining import Told, joined, told_by
from vigens.intake.dates.moment import Moment, day_of, one_day
from vigens.intake.fold import fold_marks, lower

_FRESH = timedelta(days=2)  # how long after an event its "today" is still quoted
_NEAR = 1  # sentences back


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: `[start, end)`, its EDTF form, how it was told.

    Attributes:
        edtf: What it stands for, as far as the words tell.
        basis: explicit, year-from-dateline, year-from-context,
            relative-to-publication, relative-to-event or relative-to-speech.
        following: What it stands for beside something to come, where that differs.
        preceding: The same beside something that has happened.
        is_spoken_today: Whether it is "today" in somebody's own words, and no more.
    """

    start: int
    end: int
    edtf: str
    basis: str
    following: str = ""
    preceding: str = ""
    is_spoken_today: bool = False


class Clock:
    """Reads the dates of one report, sentence by sentence and in order.

    A date told is what "the day before" and "two days later" hang on until another
    one is told. In somebody's own words "today" is the day of speech: that of the
    sentence around them, else that of the event the report is about.
    """

    def __init__(self, published: str | None, rules: DateGrammar) -> None:
        """Start with the report's own day, if it has one, and its language."""
        self._rules = rules
        self._published = day_of(published)
        self._anchor: Moment | None = None
        self._age = 0
        self._year_told = False
        self._event: Moment | None = None

    def read(
        self,
        folded: str,
        start: int,
        end: int,
        spoken: Sequence[tuple[int, int]] = (),
    ) -> list[DateMention]:
        """Find the dates of the next sentence.

        Args:
            folded: The report's view with its marks unified.
            start: Where the sentence begins.
            end: Where it ends.
            spoken: Stretches of it that are somebody's own words.
        """
        small = lower(folded[start:end]).replace("\n", " ")
        self._age += 1
        found = list(expressions(small, self._rules))
        if not found:
            return []
        inner: list[Expression] = []
        outer: list[Expression] = []
        for each in found:
            at = start + each.detail.start()
            is_said = any(a <= at < b for a, b in spoken)
            (inner if is_said else outer).append(each)
        told = joined(self._told(outer, self._published), small, self._rules)
        mentions = [_mention(start, each) for each in told]
        if inner:
            speech = self._speech(told)
            day = speech.last if speech else self._published
            said = joined(self._told(inner, day), small, self._rules)
            mentions += [self._spoken(start, each, speech) for each in said]
        self._remember(told)
        mentions.sort(key=lambda d: d.start)
        return mentions

    def _told(self, found: Iterable[Expression], today: date | None) -> list[Told]:
        """Read expressions from left to right, each after what was told before it."""
        out: list[Told] = []
        anchor, near, year = self._anchor, self._age <= _NEAR, self._year_told
        for each in found:
            beside = near and bool(out)
            at = Standpoint(today, self._published, anchor, near, beside, year)
            reading = read(each, self._rules, at)
            if reading is None:
                continue
            out.append(told_by(each, reading))
            if not out[-1].moment.bound:
                anchor, near, year = reading.told, True, _has_year(reading)
        return out

    def _speech(self, told: Sequence[Told]) -> Moment | None:
        """Give the day on which somebody spoke: of the sentence, else of the event."""
        for each in told:
            moment = each.moment
            if moment.unit == "day" and not moment.bound and not self._is_late(moment):
                return moment
        return self._event

    def _spoken(self, start: int, each: Told, speech: Moment | None) -> DateMention:
        """Date what stands in somebody's own words."""
        if not each.is_today:
            return replace(_mention(start, each), basis="relative-to-speech")
        if each.is_joined and speech:  # "today and tomorrow"
            moment: Moment = each.moment
        elif speech is None and self._published:
            moment = replace(one_day(self._published), bound="until")
        else:
            moment = speech or each.moment
        return DateMention(
            start + each.start,
            start + each.end,
            moment.edtf(),
            "relative-to-speech",
            is_spoken_today=not each.is_joined,
        )

    def _is_late(self, moment: Moment) -> bool:
        return self._published is not None and moment.first > self._published

    def _remember(self, told: Sequence[Told]) -> None:
        """Keep what the next sentence may hang on: what has happened before plans."""
        usable = [t for t in told if not t.moment.bound]
        if not usable:
            return
        last = next((t for t in reversed(usable) if not self._is_late(t.moment)), None)
        last = last or usable[-1]
        self._anchor, self._age = last.moment, 0
        self._year_told = _has_year(last.reading)
        if self._event is None and self._published:
            self._event = next(
                (
                    t.moment
                    for t in usable
                    if t.moment.unit == "day"
                    and self._published - _FRESH <= t.moment.last <= self._published
                ),
                None,
            )


def _has_year(reading: Reading) -> bool:
    return reading.basis in ("explicit", "year-from-context", "relative-to-event")


def _mention(start: int, each: Told) -> DateMention:
    reading = each.reading

    def written(moment: Moment | None) -> str:
        if moment is None:
            return ""
        return (replace(moment, bound=each.bound) if each.bound else moment).edtf()

    return DateMention(
        start + each.start,
        start + each.end,
        written(reading.told),
        reading.basis,
        written(reading.ahead),
        written(reading.before),
    )


def find_dates(
    view: str, start: int, end: int, *, rules: DateGrammar, published: str | None
) -> list[DateMention]:
    """Find the dates of a stretch that stands by itself."""
    folded = fold_marks(view[start:end])
    found = Clock(published, rules).read(folded, 0, len(folded))
    return [replace(d, start=d.start + start, end=d.end + start) for d in found]
