"""What is said of a breach of duties: alleged, disputed, found, remedied.

It stands beside the state of an instance, as long as that is not ended or remedied:

- *found*: a body with the power found a breach from the trigger on; it hides allegations;
- *alleged*: somebody said so, and the duty is not performed in time; *disputed* with a
  denial at the allegation or later;
- *remedied*: a remedy came at a finding or later; nothing further is then said.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.batched import EMPTY, Runs
from vigens.engine.instances import spans_as_runs
from vigens.engine.intervals import HIGH
from vigens.engine.states import DISPUTED, ENDINGS, FOUND, PERFORMED, REMEDIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.axis import Ints
    from vigens.engine.courses import Course
    from vigens.engine.firsts import First


class Breaches:
    """What is said of breaches in a course of instances."""

    def __init__(self, course: Course) -> None:
        """Begin with nothing worked out.

        Args:
            course: Of the instances.
        """
        self._course = course
        self._instances = course.instances

    @cached_property
    def _found(self) -> First | None:
        return self._course.mark("found")

    @cached_property
    def _mended(self) -> First | None:
        """When a remedy first came after a finding."""
        if self._found is None:
            return None
        since = (self._found.earliest, self._found.latest)
        return self._course.mark(REMEDIED, since)

    @cached_property
    def _alleged(self) -> First | None:
        return self._course.mark("alleged")

    @cached_property
    def _denied(self) -> First | None:
        """When a denial first came after an allegation."""
        if self._alleged is None:
            return None
        since = (self._alleged.earliest, self._alleged.latest)
        return self._course.mark("denied", since)

    @cached_property
    def is_known(self) -> bool:
        """Say whether everything that is said is known."""
        said = (self._found, self._mended, self._alleged, self._denied)
        return all(first is None or first.is_exact for first in said)

    def where(self, word: str, *, surely: bool) -> Runs:
        """Give where something is said of a breach of each instance.

        Args:
            word: `breach found`, `breach alleged` (denied or not), `disputed`, or
                `remedied` after a finding.
            surely: In every completion, if it is triggered; or else in some.

        Source:
            Design, section 3.1, point 4.
        """
        span = self._span(word, surely=surely)
        if span is None:
            return EMPTY
        starts = np.maximum(span[0], self._instances.starts)
        if surely:
            starts = np.maximum(starts, self._instances.last)
        ends = np.minimum(span[1], self._instances.ends)
        return self._course.while_met(spans_as_runs(starts, ends), surely=surely)

    def _span(self, word: str, *, surely: bool) -> tuple[Ints, Ints] | None:
        """Give from when to when it is said; it ends where something may hide it.

        What is possibly said ends only where it is surely hidden.
        """
        if word == REMEDIED:
            until = self._hidden(ENDINGS, surely=not surely)
            return _span_of(self._mended, until, surely=surely)
        until = self._hidden((*ENDINGS, REMEDIED), surely=not surely)
        if self._mended is not None:
            until = np.minimum(until, _pick(self._mended, surely=not surely))
        if word == FOUND:
            return _span_of(self._found, until, surely=surely)
        if self._found is not None:
            until = np.minimum(until, _pick(self._found, surely=not surely))
        until = np.minimum(until, self._hidden((PERFORMED,), surely=not surely))
        first = self._denied if word == DISPUTED else self._alleged
        return _span_of(first, until, surely=surely)

    def _hidden(self, states: Sequence[str], *, surely: bool) -> Ints:
        """From when on some state surely hides a breach, or may."""
        course = self._course
        until = np.full(len(self._instances), HIGH)
        for state in states:
            if state in course.states:
                span = course.sure_span(state) if surely else course.span(state)
                begun = np.where(span[1] > span[0], span[0], HIGH)
                until = np.minimum(until, begun)
        return until


def _span_of(
    first: First | None, until: Ints, *, surely: bool
) -> tuple[Ints, Ints] | None:
    return None if first is None else (_pick(first, surely=surely), until)


def _pick(first: First, *, surely: bool) -> Ints:
    """Give by when something surely came, or when it may have come first."""
    return first.latest if surely else first.earliest
