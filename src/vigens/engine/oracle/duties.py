"""The states of one instance of a duty, in two values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine.oracle.conditions import free_variables, somehow
from vigens.engine.oracle.limits import due_at
from vigens.engine.oracle.story import UNSEEN, bindings
from vigens.rules import AllOf, Atom, Constant, substitute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.engine.oracle.story import Story
    from vigens.rules import (
        Condition,
        InState,
        Mark,
        Obligation,
        Occurs,
        Performance,
    )

#: Marks that end what is not performed by then, in the order in which they win a tie.
ENDINGS = ("waived", "released", "lapsed")
#: Marks that hold while they last.
PAUSES = ("excused", "suspended")


@dataclass(frozen=True, slots=True)
class Instance:
    """One duty of one obligor from one trigger.

    Attributes:
        duty: Its declaration.
        since: When it was triggered, UTC seconds.
        binding: Values of its variables, `obligor` among them.
        ref: The occurrence that triggered it; empty for a state.
    """

    duty: Obligation
    since: int
    binding: Mapping[str, str]
    ref: str


def in_state(story: Story, condition: InState, instant: int) -> bool:
    """Say whether some instance with the given values is in a state.

    Source:
        `vigens.rules.InState`.
    """
    duty = story.settled.world.program.obligations[condition.duty]
    wanted = [str(getattr(term, "value", term)) for term in condition.terms]
    for one in instances(story, duty, instant):
        names = dict.fromkeys(["obligor", *(param.name for param in duty.params)])
        own = [one.binding[name] for name in names]
        if own == wanted and condition.state in words_of(story, one, instant):
            return True
    return False


def instances(story: Story, duty: Obligation, instant: int) -> list[Instance]:
    """List the instances of a duty that are triggered at an instant.

    An event triggers from its instant on; the role of the obligor and what `when` asks
    are read just before it. A state triggers while it holds and the obligor has the
    role, from the beginning of that span. Without a trigger the duty is there from the
    outset, or while the obligor has the role.
    """
    found: list[Instance] = []
    for obligor in _obligors(story, duty):
        binding = {"obligor": obligor}
        for trigger in duty.triggers:
            if not story.is_read(trigger.reading):
                continue
            if trigger.event is not None:
                found += _upon(
                    story, duty, trigger.event, trigger.when, binding, instant
                )
            elif trigger.condition is not None and _has_role(
                story, duty, obligor, instant
            ):
                condition = substitute(trigger.condition, binding)
                for extra, _ in bindings(story, free_variables(condition)):
                    ground = substitute(condition, extra)
                    if story.holds(ground, instant):
                        since = _since(story, _owed(duty, obligor, ground), instant)
                        found.append(Instance(duty, since, {**binding, **extra}, ""))
        if not duty.triggers and _has_role(story, duty, obligor, instant):
            since = story.instants[0]
            if duty.obligor_role is not None:
                since = _since(story, _owed(duty, obligor), instant)
            found.append(Instance(duty, since, binding, ""))
    return found


def _owed(duty: Obligation, obligor: str, *also: Condition) -> Condition:
    """Say what must hold for a state to trigger a duty of somebody."""
    if duty.obligor_role is None:
        return AllOf(also)
    return AllOf((Atom(duty.obligor_role, (Constant(obligor),)), *also))


def words_of(story: Story, one: Instance, instant: int) -> frozenset[str]:
    """Say in which states an instance is at an instant `t`, once it is triggered.

    With `T` the instant of the trigger, `p` the first performance at or after `T` (a
    state that already holds at `T` performs at `T`), `due` the earliest of its stated
    *within* limits that run. Everything counts only from `T` on and up to `t`.

    `triggered` always holds. Besides it **exactly one** of these does, the first that
    applies:

    1. `not bound`: the `while` of the duty does not hold at `t`.
    2. `waived`, `released`, `lapsed`: the mark came at an `m ≤ t` with no `p ≤ m`; the
       earliest wins, at one instant the order here. Nothing after `m` changes it.
    3. `performed`: `p ≤ t` and `p ≤ due`, or no limit runs.
    4. `remedied`: a remedy came at an `r ≤ t` at which the instance was overdue (`due <
       r`, no `p ≤ r`). What comes after `r` does not change it.
    5. `late`: `p ≤ t` and `due < p`.
    6. `excused`, then `suspended`: the condition of the mark holds at `t`, or its event
       came by `t`.
    7. `overdue`: `due < t`.
    8. `partly`: the event of the mark came, or its condition held, by `t`.
    9. `not yet due`: an `at` limit lies after `t`, or its anchor has not come.
    10. `pending`: and then also one of `running` (there is a stated *within* limit),
        `due` (there is an `at` limit only) and `no limit`.

    From 3 on, what is said of a breach stands beside it:

    - `remedied`: also where a breach was found by `r`; nothing further is then said.
    - `found`: a finding came by `t`; it hides allegations and denials.
    - `alleged`: an allegation came at an `a ≤ t` and it is not `performed` in time;
      with it `denied`, where a denial came in `[a, t]`: the breach is disputed.

    Silence makes a duty overdue, never breached.

    Source:
        Design, section 3.1, point 4; `vigens.rules.Mark`, `vigens.rules.Deadline`.
    """
    duty = one.duty
    if duty.condition is not None and not story.holds(
        substitute(duty.condition, one.binding), instant
    ):
        return frozenset({"triggered", "not bound"})
    done = _performed(story, one, instant)
    ended = [
        (at, kind)
        for kind in ENDINGS
        for at in _marked(story, one, kind, instant)[:1]
        if done is None or at < done
    ]
    if ended:
        return frozenset({"triggered", min(ended, key=lambda pair: pair[0])[1]})
    limits = _limits(story, one, "within")
    due = min((at for at in limits if at is not None), default=None)
    is_in_time = done is not None and (due is None or done <= due)
    findings = _marked(story, one, "found", instant)
    remedies = _marked(story, one, "remedied", instant)
    is_remedied = any(
        due is not None and due < at and (done is None or at < done) for at in remedies
    )
    is_mended = any(any(f <= at for f in findings) for at in remedies)
    words = {"triggered"}
    if is_in_time:
        words.add("performed")
    elif is_remedied:
        words.add("remedied")
    elif done is not None:
        words.add("late")
    else:
        words |= _waiting(story, one, instant, due)
    if is_remedied or is_mended:
        return frozenset(words | {"remedied"})
    if findings:
        return frozenset(words | {"found"})
    alleged = _marked(story, one, "alleged", instant)
    if alleged and not is_in_time:
        words.add("alleged")
        if any(at >= alleged[0] for at in _marked(story, one, "denied", instant)):
            words.add("denied")
    return frozenset(words)


def _waiting(
    story: Story, one: Instance, instant: int, due: int | None
) -> frozenset[str]:
    """Say in which state an instance is that is neither ended nor performed."""
    for kind in PAUSES:
        if _lasts(story, one, kind, instant):
            return frozenset({kind})
    if due is not None and due < instant:
        return frozenset({"overdue"})
    if _marked(story, one, "partly", instant):
        return frozenset({"partly"})
    ats = _limits(story, one, "at")
    if any(at is None or instant < at for at in ats):
        return frozenset({"not yet due"})
    if _limits(story, one, "within"):
        return frozenset({"pending", "running"})
    return frozenset({"pending", "due" if ats else "no limit"})


def _obligors(story: Story, duty: Obligation) -> tuple[str, ...]:
    if duty.obligor_role is None:
        return (duty.obligor or "",)
    return story.values("party")


def _has_role(story: Story, duty: Obligation, obligor: str, instant: int) -> bool:
    if duty.obligor_role is None:
        return True
    return story.holds(Atom(duty.obligor_role, (Constant(obligor),)), instant)


def _upon(
    story: Story,
    duty: Obligation,
    event: Occurs,
    when: Condition | None,
    binding: dict[str, str],
    instant: int,
) -> Iterator[Instance]:
    for place in range(1, story.place_of(instant) + 1):
        at = story.instants[place]
        for ref, found in story.matches(event, binding, place):
            is_so = when is None or story.holds(substitute(when, found), at - 1, place)
            if is_so and _has_role(story, duty, binding["obligor"], at - 1):
                yield Instance(duty, at, found, ref)


def _since(story: Story, condition: Condition, instant: int) -> int:
    """Give the beginning of the span in which a condition holds."""
    place, since = story.place_of(instant), instant
    while story.holds(condition, story.instants[place]):
        since = story.instants[place]
        if place == 0:
            break
        place -= 1
    return since


def _performed(story: Story, one: Instance, instant: int) -> int | None:
    """Give the first performance at or after the trigger, by an instant."""
    how = one.duty.performance
    if how is None:
        return None
    if how.unstated is not None:
        is_done = story.settled.settle("unstated", how.unstated)
        return one.since if is_done else None
    for at, place in _from_trigger(story, one, instant):
        if _comes(story, one, how, at, place):
            return at
    return None


def _comes(
    story: Story, one: Instance, clause: Performance | Mark, at: int, place: int
) -> bool:
    """Say whether the event of a clause occurs at a place, or its condition holds."""
    if clause.event is not None:
        return any(True for _ in story.matches(clause.event, one.binding, place))
    return clause.condition is not None and somehow(
        story, substitute(clause.condition, one.binding), at
    )


def _from_trigger(
    story: Story, one: Instance, instant: int
) -> Iterator[tuple[int, int]]:
    for place in range(story.place_of(one.since), story.place_of(instant) + 1):
        yield max(story.instants[place], one.since), place


def _limits(story: Story, one: Instance, relation: str) -> list[int | None]:
    """Give each limit that is read and stated; `None` where its anchor never comes.

    A limit runs from the first occurrence of its anchor, one that is recorded before
    one that nobody recorded.
    """
    found: list[int | None] = []
    zone = story.settled.world.zone
    for limit in one.duty.deadlines:
        if limit.relation != relation or limit.amount is None:
            continue
        if not story.is_read(limit.reading):
            continue
        anchors = [(False, one.since)]
        if limit.anchor is not None:
            anchors = [
                (ref.startswith(UNSEEN), story.instants[place])
                for place in range(1, len(story.instants))
                for ref, _ in story.matches(limit.anchor, one.binding, place)
            ]
        found.append(due_at(limit, min(anchors)[1], zone) if anchors else None)
    return found


def _marks(story: Story, one: Instance, kind: str) -> Iterator[Mark]:
    for mark in one.duty.marks:
        if mark.kind == kind and story.is_read(mark.reading):
            yield mark


def _marked(story: Story, one: Instance, kind: str, instant: int) -> list[int]:
    """List the instants from the trigger on at which a mark comes or holds."""
    marks = list(_marks(story, one, kind))
    return [
        at
        for at, place in _from_trigger(story, one, instant)
        if any(_comes(story, one, mark, at, place) for mark in marks)
    ]


def _lasts(story: Story, one: Instance, kind: str, instant: int) -> bool:
    """Say whether an event of a mark has come, or its condition holds right now."""
    for mark in _marks(story, one, kind):
        times = list(_from_trigger(story, one, instant))
        if mark.condition is not None:
            times = [(instant, story.place_of(instant))]
        if any(_comes(story, one, mark, at, place) for at, place in times):
            return True
    return False
