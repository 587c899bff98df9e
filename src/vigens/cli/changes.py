"""What differs between two lenses, in lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.cli.output import heading, say, say_wrapped, styled, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.desk import (
        ChangedCounts,
        ChangedDuty,
        ChangedState,
        Changes,
        Count,
    )

#: Changed states of one name that are listed one by one.
MOST_STATES = 12


def say_states(
    changes: Changes,
    title: str,
    *,
    is_whole: bool,
    with_reasons: bool,
    most: int = MOST_STATES,
) -> None:
    """Print each state whose verdict differs, the like ones of a crowd together."""
    heading(title)
    if not changes.states and not changes.further:
        say("  none")
    groups: dict[tuple[str, str, str], list[ChangedState]] = {}
    for state in changes.states:
        key = (state.atom.name, state.before.word, state.after.word)
        groups.setdefault(key, []).append(state)
    rows: list[tuple[str, str]] = []
    for (name, old, new), states in groups.items():
        if len(states) > most and not is_whole:
            how = "" if most < MOST_STATES else " (--all lists them)"
            words = f"{len(states)} of {name}{how}"
            rows.append((_arrow(old, new), words))
        elif with_reasons:
            for state in states:
                say(f"  {_arrow(old, new)}  {state.atom}")
                say_wrapped(state.before.sentence, "      before  ")
                say_wrapped(state.after.sentence, "      after   ")
        else:
            rows += [(_arrow(old, new), str(state.atom)) for state in states]
    rows += [
        (_arrow(more.before, more.after), f"{more.number} more of {more.fluent}")
        for more in changes.further
    ]
    for line in table(rows, indent="  "):
        say(line)
    for name, number in changes.not_looked_at:
        words = f"{number} states of {name} that no evidence names were not looked at"
        say_wrapped(words, "  note  ")


def say_left_out(changes: Changes) -> None:
    """Print how many states of the general law were not compared, if any."""
    if changes.idle:
        words = (
            f"{len(changes.idle)} states of the general law, of which nothing is recorded "
            "and on which nothing of this case rests, were left out (--all compares them)"
        )
        say_wrapped(words, "  note  ")


def say_duties(changes: Changes, title: str) -> None:
    """Print each instance of a duty that differs."""
    heading(title)
    if not changes.duties:
        say("  none")
    for changed in changes.duties:
        _say_duty(changes, changed)


def say_steps(changes: Changes, title: str, *, with_before: bool) -> None:
    """Print each planned step that differs; nothing where none does."""
    if not changes.steps:
        return
    heading(title)
    for step in changes.steps:
        old = step.before.sentence if step.before else "not known"
        new = step.after.sentence if step.after else "not known"
        if with_before:
            say_wrapped(old, "- before  ", " " * 10)
            say_wrapped(new, "  after   ", " " * 10)
        else:
            say_wrapped(new, "- ")


def say_counts(changes: Changes, title: str) -> None:
    """Print the counts that only one side shows, or that count otherwise."""
    if not changes.counts:
        return
    heading(title)
    for changed in changes.counts:
        say_wrapped(styled("title", changed.title), f"{changed.measure}  ")
        for mark, count, note in _differing(changed):
            number = f"{count.comparison} {count.number} {count.unit}".strip()
            said = f"{number}, {count.speaker or 'nobody named'}, {count.happened}"
            say_wrapped(f"{said}: {count.title}{note}", f"  {mark} ", " " * 4)


def say_tallies(changes: Changes, title: str) -> None:
    """Print each row of a declared tally that comes to something else."""
    if not changes.tallies:
        return
    heading(title)
    for changed in changes.tallies:
        name = changed.tally.name
        asked = f"{name}({', '.join(changed.values)})" if changed.values else name
        say_wrapped(styled("title", changed.tally.title), f"{asked}  ")
        old, new = (side or "none" for side in (changed.before, changed.after))
        say_wrapped(f"{old} → {new}", "  ")


def _arrow(old: str, new: str) -> str:
    shown = [styled(word, word) if word.isupper() else word for word in (old, new)]
    return " → ".join(shown)


def _say_duty(changes: Changes, changed: ChangedDuty) -> None:
    from vigens.cli.wording import instance_words, say_parts, state_words

    duty = changed.duty
    report, session = changed.after, changes.after
    if report is None:
        report, session = changed.before, changes.before
    assert report is not None
    title = f"{styled('title', duty.obligation.name)}  {duty.obligation.title}"
    say_wrapped(f"{title} · {instance_words(session, report)}", "  - ", " " * 4)
    both = changed.before, changed.after
    states = [state_words(side) if side else "no such instance" for side in both]
    roles = [side.obligor_verdict.word for side in both if side]
    said = " → ".join(dict.fromkeys(states))
    if len(set(roles)) > 1:
        said += f"; has the role: {_arrow(*roles)}"
    say_wrapped(said, "      ", " " * 8)
    if len(set(states)) > 1:
        say_parts(session, report)
    _say_deadlines(changes, changed)


def _say_deadlines(changes: Changes, changed: ChangedDuty) -> None:
    """Print the deadlines; both sides of them where they differ."""
    from vigens.cli.wording import deadline_words

    sides = [
        deadline_words(session, report.deadlines, changed.duty.caveat) if report else []
        for session, report in (
            (changes.before, changed.before),
            (changes.after, changed.after),
        )
    ]
    is_moved = bool(sides[0]) and bool(sides[1]) and sides[0] != sides[1]
    for line in sides[0] if is_moved else ():
        say_wrapped(f"before: {line}", "      ", " " * 8)
    for line in sides[1] or sides[0]:
        say_wrapped(f"after: {line}" if is_moved else line, "      ", " " * 8)


def _differing(changed: ChangedCounts) -> Iterable[tuple[str, Count, str]]:
    sides = [
        {count.ref: count for count in side} for side in (changed.before, changed.after)
    ]
    for ref, count in sides[0].items():
        if ref not in sides[1]:
            yield "-", count, ""
    for ref, count in sides[1].items():
        old = sides[0].get(ref)
        if old is None:
            yield "+", count, ""
        elif old.weight is not count.weight:
            yield "±", count, f" (counted {old.weight}, now {count.weight})"
