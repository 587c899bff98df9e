"""One instance of a duty in a queue: what has befallen it, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from vigens.engine.intervals import HIGH, LOW

#: Marks that end what is not performed by then.
ENDINGS = ("waived", "released", "lapsed")
#: Words that a later mark may add to an instance that is performed.
SAID = frozenset({"found", "alleged", "disputed", "remedied"})
_NEVER = HIGH


@dataclass(slots=True, eq=False)
class Case:
    """An instance of a duty.

    Attributes:
        key: Its values.
        since: When it was triggered.
        stays: Whether it was by an event; else it goes with the state that did.
        due: The earliest of its *within* limits that run; `HIGH` for none.
        opens: The latest of its *at* limits that run; `LOW` for none.
        opening: How many *at* limits wait for their anchor.
        done: When it was first performed; `HIGH` for not yet.
        ended: By which mark it ended, or empty.
        is_excused: By an event.
        is_suspended: By an event.
        is_partly: Whether it was performed in part.
        is_remedied: A remedy came while it was overdue.
        is_mended: A remedy came after a finding.
        is_found: A breach was found.
        is_alleged: A breach was alleged.
        is_denied: That was denied.
        words: How it stands, as places among the states that are asked for.
        is_gone: Whether nothing befalls it any more.
    """

    key: int
    since: int
    stays: bool
    due: int = HIGH
    opens: int = LOW
    opening: int = 0
    done: int = _NEVER
    ended: str = ""
    is_excused: bool = False
    is_suspended: bool = False
    is_partly: bool = False
    is_remedied: bool = False
    is_mended: bool = False
    is_found: bool = False
    is_alleged: bool = False
    is_denied: bool = False
    words: tuple[int, ...] = ()
    is_gone: bool = False

    @property
    def is_settled(self) -> bool:
        """Say whether it waits no more."""
        return self.done < HIGH or bool(self.ended)

    def befall(self, kind: str, instant: int) -> None:
        """Let a performance or a mark come about.

        Within one instant they come in the order of `vigens.engine.queue.terms.ORDER`.

        Source:
            `vigens.engine.states`; `vigens.rules.Mark`.
        """
        if kind == "performed":
            self.done = min(self.done, instant)
        elif kind in ENDINGS:
            if not self.is_settled:
                self.ended = kind
        elif kind == "partly":
            self.is_partly = True
        elif kind == "excused":
            self.is_excused = True
        elif kind == "suspended":
            self.is_suspended = True
        elif kind == "found":
            self.is_found = True
        elif kind == "alleged":
            self.is_alleged = True
        elif kind == "denied":
            self.is_denied = self.is_denied or self.is_alleged
        elif kind == "remedied":
            if self.due < instant < self.done:
                self.is_remedied = True
            self.is_mended = self.is_mended or self.is_found

    def stands(self, instant: int, excused: bool, suspended: bool) -> list[str]:  # noqa: FBT001 - of a row
        """Say how it stands at an instant, its `while` being met.

        Args:
            instant: UTC seconds.
            excused: Whether a state excuses it.
            suspended: Whether a state suspends it.

        Source:
            `vigens.engine.states`.
        """
        if self.ended:
            return ["triggered", self.ended]
        is_in_time = self.done < HIGH and self.done <= self.due
        if is_in_time:
            words = ["triggered", "performed"]
        elif self.is_remedied:
            words = ["triggered"]
        elif self.done < HIGH:
            words = ["triggered", "late"]
        else:
            words = ["triggered", self._waits(instant, excused, suspended)]
        if self.is_remedied or self.is_mended:
            words.append("remedied")
        elif self.is_found:
            words.append("found")
        elif self.is_alleged and not is_in_time:
            words.append("alleged")
            if self.is_denied:
                words.append("disputed")
        return words

    def _waits(self, instant: int, excused: bool, suspended: bool) -> str:  # noqa: FBT001 - of a row
        if excused or self.is_excused:
            return "excused"
        if suspended or self.is_suspended:
            return "suspended"
        if self.due < instant:
            return "overdue"
        if self.is_partly:
            return "partly"
        if self.opening or self.opens > instant:
            return "not yet due"
        return "pending"
