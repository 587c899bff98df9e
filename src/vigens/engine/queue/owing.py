"""A duty of a circle: its instances as they are triggered, performed and overdue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.engine.intervals import HIGH, LOW
from vigens.engine.queue.cases import SAID, Case
from vigens.engine.queue.gates import NO, YES, decided
from vigens.engine.queue.terms import ANCHOR

PAUSES = ("excused", "suspended")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vigens.engine.queue.changes import Changes
    from vigens.engine.queue.effects import Effect
    from vigens.engine.queue.gates import Gate
    from vigens.engine.queue.pieces import Run
    from vigens.rules import Deadline


@dataclass(slots=True, eq=False)
class Asked:
    """A clause, or the `while` of a duty, with the instances that it may befall.

    Attributes:
        kind: As in `vigens.engine.queue.terms.Clause`; `while` and `owe` besides.
        mask: Which bits of an instance's key it is matched by.
        limit: Of an anchor.
        gate: Of a state; `None` for an event.
        rows: What is matched by to a row of the gate's frame.
        base: Where the rows of the gate begin among all rows.
        keys: A row of the gate's frame to what is matched by.
        cases: What is matched by to the instances.
        first: Of an anchor: what is matched by to when it first came.
    """

    kind: str
    mask: int
    limit: Deadline | None = None
    gate: Gate | None = None
    rows: dict[int, int] = field(default_factory=dict)
    base: int = 0
    keys: list[int] = field(default_factory=list)
    cases: dict[int, list[Case]] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)

    def open_cases(self, matched: int) -> list[Case]:
        """List the instances that are matched and not gone."""
        found = self.cases.get(matched)
        if not found:
            return []
        kept = [case for case in found if not case.is_gone]
        self.cases[matched] = kept
        return kept

    def holds(self, key: int, instant: int) -> bool:
        """Say whether the state of the clause holds for a key."""
        assert self.gate is not None
        return decided(self.gate.code(self.rows[key & self.mask], instant))


@dataclass(slots=True, eq=False)
class Shape:
    """How a duty is laid out.

    Attributes:
        name: Of the duty.
        place: In the order of each instant.
        base: For each state that is asked for where its rows begin.
        rows: Key to its row among those of one state.
        clauses: Each clause, in the order of `terms.ORDER`, then the anchors.
        condition: The `while`.
        whens: Trigger to what must hold just before of who owes.
        states: What makes it due as long as it holds.
        limits: Each time limit, with when it is reached from an anchor.
        obligors: Gives the codes of whoever had the role just before; `None` where the
            key names the obligor.
        has_role: Says whether the obligor of a key had the role just before.
        shift: Where the obligor stands in a key.
        obligor: Who owes it, in place there; 0 where that is told otherwise.
    """

    name: str
    place: int
    base: dict[str, int]
    rows: dict[int, int]
    clauses: list[Asked]
    condition: Asked | None
    whens: dict[int, Asked]
    states: list[Asked]
    limits: list[tuple[Deadline, Callable[[int], int]]]
    obligors: Callable[[int], Sequence[int]] | None
    has_role: Callable[[int, int], bool]
    shift: int
    obligor: int


class Owing:
    """The instances of a duty, as far as the queue has come.

    Attributes:
        name: Of the duty.
        place: In the order of each instant.
        logs: State to how its rows changed.
    """

    def __init__(self, shape: Shape, logs: dict[str, Changes]) -> None:
        """Begin with none."""
        self.name, self.place = shape.name, shape.place
        self.logs = logs
        self._shape = shape
        self._states = list(shape.base)
        self._places = {state: at for at, state in enumerate(shape.base)}
        self._counts = [[0] * len(shape.rows) for _ in shape.base]
        self._shown = [[False] * len(shape.rows) for _ in shape.base]
        self._touched: dict[Case, None] = {}
        self._moved: set[tuple[int, int]] = set()
        self._spans: dict[tuple[int, int], Case] = {}
        self._settled: set[tuple[int, str, bool, bool]] = set()
        self._moves = dict(shape.limits)
        self._lately: tuple[int, dict[int, list[int]]] = (LOW - 1, {})
        kinds = {clause.kind for clause in shape.clauses}
        gated = [clause for clause in shape.clauses if clause.gate is not None]
        self._mending = [c for c in gated if c.kind in ("remedied", "denied")]
        self._pauses = {kind: [c for c in gated if c.kind == kind] for kind in PAUSES}
        self._can_be_said = bool(SAID & kinds and SAID & set(shape.base))

    # What comes at an instant.

    def begin(self, run: Run) -> None:
        """Lay down what is due from the outset."""
        for asked in self._shape.states:
            for at in range(len(asked.keys)):
                self._look_at_state(run, asked, at, LOW)
        self._tell(run, LOW)

    def step(self, run: Run, instant: int) -> None:
        """Trigger, perform, mark and count what waits."""
        befallen, triggered = self._sorted(run, run.applied(self.place, instant))
        self._anchor(befallen, instant)
        self._lately = instant, befallen
        for case in run.timers(self.place):
            if not case[0].is_gone:
                self._touched[case[0]] = None
        changed = self._changed(run, instant)
        for effect in triggered:
            for key in effect.rows:
                self._trigger(run, key, effect.part, instant)
        for part, clause in enumerate(self._shape.clauses):
            for key in befallen.get(part, ()):
                self._befall(run, clause, key, instant)
            for at in changed.get(part, ()):
                assert clause.gate is not None
                if clause.kind in PAUSES or decided(clause.gate.code(at, instant)):
                    self._befall(run, clause, clause.keys[at], instant)
        self._tell(run, instant)

    def trigger(self, run: Run, effects: Iterable[Effect], instant: int) -> None:
        """Begin instances after everything else, and let befall them what has come.

        Args:
            run: The queue.
            effects: What triggers them.
            instant: At which nothing else befalls the duty any more.
        """
        _, triggered = self._sorted(run, effects)
        for effect in triggered:
            for key in effect.rows:
                self._trigger(run, key, effect.part, instant)
        if self._lately[0] == instant:
            for case in self._touched:
                for part, keys in sorted(self._lately[1].items()):
                    clause = self._shape.clauses[part]
                    if clause.kind != ANCHOR and case.key & clause.mask in keys:
                        case.befall(clause.kind, instant)
        self._tell(run, instant)

    def clear(self, run: Run) -> None:
        """Keep everything."""

    @staticmethod
    def _sorted(
        run: Run, effects: Iterable[Effect]
    ) -> tuple[dict[int, list[int]], list[Effect]]:
        befallen: dict[int, list[int]] = {}
        triggered: list[Effect] = []
        for effect in effects:
            if effect.amount < 0:  # it names nobody in particular
                run.lose()
            if effect.word == "owe":
                triggered.append(effect)
            else:
                befallen.setdefault(effect.part, []).extend(effect.rows)
        return befallen, triggered

    def _anchor(self, befallen: dict[int, list[int]], instant: int) -> None:
        """Keep when an anchor first came."""
        for part, keys in befallen.items():
            clause = self._shape.clauses[part]
            if clause.kind == ANCHOR:
                for key in keys:
                    clause.first.setdefault(key, instant)

    def _changed(self, run: Run, instant: int) -> dict[int, list[int]]:
        """Look at states: what makes it due, its `while`, and those of its clauses."""
        found: dict[int, list[int]] = {}
        shape = self._shape
        for row in sorted(run.rows_at(self.place)):
            for asked in shape.states:
                if 0 <= row - asked.base < len(asked.keys):
                    self._look_at_state(run, asked, row - asked.base, instant)
            while_met = shape.condition
            if while_met and 0 <= row - while_met.base < len(while_met.keys):
                for case in while_met.open_cases(while_met.keys[row - while_met.base]):
                    self._touched[case] = None
            for part, clause in enumerate(shape.clauses):
                if clause.gate and 0 <= row - clause.base < len(clause.keys):
                    found.setdefault(part, []).append(row - clause.base)
        return found

    # What makes it due.

    def _look_at_state(self, run: Run, asked: Asked, at: int, instant: int) -> None:
        assert asked.gate is not None
        holds = decided(asked.gate.code(at, instant))
        name = (id(asked), at)
        if holds and name not in self._spans:
            self._spans[name] = self._begun(run, asked.keys[at], instant, stays=False)
        elif not holds and name in self._spans:
            case = self._spans.pop(name)
            case.is_gone = True
            self._stand(case, ())

    def _trigger(self, run: Run, key: int, part: int, instant: int) -> None:
        """Begin an instance for each who owes it."""
        shape = self._shape
        if shape.obligors is not None and not key >> shape.shift:
            keys = [key | (code << shape.shift) for code in shape.obligors(instant)]
        else:
            keys = [key | shape.obligor] if shape.has_role(key, instant) else []
        asked = shape.whens.get(part)
        for each in keys:
            if each not in shape.rows:
                run.lose()
            elif asked is None or asked.holds(each, instant):
                self._begun(run, each, instant, stays=True)

    def _begun(self, run: Run, key: int, instant: int, *, stays: bool) -> Case:
        """Begin an instance, and let what already holds befall it."""
        shape, case = self._shape, Case(key, instant, stays)
        for limit, move in shape.limits:
            if limit.anchor is None:
                self._limit(run, case, limit, move(instant))
            elif limit.relation == "at":
                case.opening += 1
        for clause in shape.clauses:
            matched = key & clause.mask
            if clause.kind == ANCHOR and matched in clause.first:
                self._anchored(run, case, clause, clause.first[matched])
            else:
                clause.cases.setdefault(matched, []).append(case)
                is_state = clause.gate is not None and clause.kind not in PAUSES
                if is_state and clause.holds(key, instant):
                    case.befall(clause.kind, instant)
        if shape.condition is not None:
            matched = key & shape.condition.mask
            shape.condition.cases.setdefault(matched, []).append(case)
        self._touched[case] = None
        return case

    def _limit(self, run: Run, case: Case, limit: Deadline, reached: int) -> None:
        """Let a time limit of an instance run."""
        if limit.relation == "within":
            case.due = min(case.due, reached)
            comes = reached + 1
        else:
            case.opens = max(case.opens, reached)
            comes = reached
        if comes < HIGH:
            run.later(comes, self.place, (case,))

    def _anchored(self, run: Run, case: Case, clause: Asked, first: int) -> None:
        limit = clause.limit
        assert limit is not None
        if limit.relation == "at":
            case.opening -= 1
        self._limit(run, case, limit, self._moves[limit](first))

    # What befalls it.

    def _befall(self, run: Run, clause: Asked, key: int, instant: int) -> None:
        if clause.kind == ANCHOR:
            for case in clause.cases.pop(key, ()):
                if not case.is_gone:
                    self._anchored(run, case, clause, instant)
                    self._touched[case] = None
            return
        for case in clause.open_cases(key):
            self._touched[case] = None
            if clause.gate is None or clause.kind not in PAUSES:
                case.befall(clause.kind, instant)

    # How it stands.

    def _tell(self, run: Run, instant: int) -> None:
        """Work out how whatever was touched stands now, and tell whoever reads it."""
        touched, self._touched = self._touched, {}
        for case in touched:
            if not case.is_gone:
                self._stand(case, self._words_of(case, instant))
                if case.stays and case.is_settled:
                    self._settle(case)
        moved, self._moved = self._moved, set()
        for state, row in sorted(moved):
            holds = self._counts[state][row] > 0
            if holds != self._shown[state][row]:
                self._shown[state][row] = holds
                name = self._states[state]
                code = YES if holds else NO
                self.logs[name].add(row, instant, code)
                run.change(self._shape.base[name] + row, code)

    def _words_of(self, case: Case, instant: int) -> tuple[int, ...]:
        shape, places = self._shape, self._places
        for clause in self._mending:
            if clause.holds(case.key, instant):
                case.befall(clause.kind, instant)
        if shape.condition is not None and not shape.condition.holds(case.key, instant):
            words = ["triggered", "not bound"]
        else:
            excused, suspended = (
                any(clause.holds(case.key, instant) for clause in self._pauses[kind])
                for kind in PAUSES
            )
            words = case.stands(instant, excused, suspended)
        return tuple([places[word] for word in words if word in places])

    def _stand(self, case: Case, words: tuple[int, ...]) -> None:
        """Count an instance among the states in which it is now."""
        if words == case.words:
            return
        row = self._shape.rows[case.key]
        for state in case.words:
            self._counts[state][row] -= 1
            self._moved.add((state, row))
        for state in words:
            self._counts[state][row] += 1
            self._moved.add((state, row))
        case.words = words

    def _settle(self, case: Case) -> None:
        """Look no more at what nothing changes; of several that are alike keep one."""
        if self._can_be_said:
            return
        if self._shape.condition is not None:
            is_in_time = case.done <= case.due
            how = (case.key, case.ended, is_in_time, case.is_remedied)
            if how not in self._settled:
                self._settled.add(how)
                return
            self._stand(case, ())
        case.is_gone = True


class Triggering:
    """Where what triggers a duty is looked at, if it is overdue before it is triggered."""

    def __init__(self, place: int, owing: Owing) -> None:
        """Begin with nothing.

        Args:
            place: In the order of each instant.
            owing: The duty.
        """
        self.place = place
        self._owing = owing

    def begin(self, run: Run) -> None:
        """Begin with nothing."""

    def step(self, run: Run, instant: int) -> None:
        """Trigger the duty."""
        self._owing.trigger(run, run.applied(self.place, instant), instant)

    def clear(self, run: Run) -> None:
        """Keep everything."""
