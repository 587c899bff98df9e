"""What comes late: one response, one ratification; and one why, after evaluation."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.engines import rules
from benchmarks.engines.rows import Params, digest, read_params
from vigens.engine import Evaluation, explain
from vigens.model import Happening, Weight
from vigens.rules import Atom, Constant

#: Aims in milliseconds.
RESPONSE_MS, WHY_MS = 50, 20
_HOUR = 3600


def late_and_why(folder: Path, say: Callable[[str], None]) -> bool:
    """Print what a late entry and a why cost; say whether the late one is right."""
    params = read_params(folder)
    session = rules.open_log(folder, params)
    before = time.perf_counter()
    found = rules.evaluate(session.evaluation, params)
    whole = (time.perf_counter() - before) * 1000
    say(f"\na full evaluation takes {whole:.0f} ms")
    pending = found[-2][2]  # violated: somebody who has not responded in time
    party, ref = (column.words[column.codes[0]] for column in pending.values)
    response = _late("pact.answered", (party, ref), params)
    seconds, later = best_of(session.evaluation, response, params)
    verdict = "" if seconds * 1000 <= RESPONSE_MS else "  over it"
    say(f"one late response: {seconds * 1000:.1f} ms (aim {RESPONSE_MS}){verdict}")
    well = is_right(session.evaluation, response, later, params)
    if not well:
        say("A LATE RESPONSE DOES NOT GIVE WHAT A FULL EVALUATION GIVES")
    joined = _late("pact.joined", ("p0",), params)
    seconds, _ = best_of(session.evaluation, joined, params)
    verdict = "" if seconds * 1000 <= whole else "  over it"
    say(f"one late joining: {seconds * 1000:.1f} ms (aim {whole:.0f}){verdict}")
    _why(session.evaluation, say, params)
    return well


def _late(event: str, values: tuple[str, ...], params: Params) -> Happening:
    instant = (params.horizon - 50) * _HOUR
    return Happening("late", event, values, instant, instant, Weight.SURE)


def best_of(
    evaluation: Evaluation, late: Happening, params: Params
) -> tuple[float, Evaluation]:
    """Give the best seconds in which one more occurrence is taken in."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        later = evaluation.with_happenings([late])
        rules.evaluate(later, params)
        seconds.append(time.perf_counter() - start)
    return min(seconds), later


def is_right(
    evaluation: Evaluation, late: Happening, later: Evaluation, params: Params
) -> bool:
    """Say whether the outcome is that of an evaluation from scratch."""
    from dataclasses import replace

    world = evaluation.world
    happenings = {**world.happenings}
    happenings[late.event] = [*happenings.get(late.event, ()), late]
    scratch = Evaluation(replace(world, happenings=happenings))
    both = (rules.as_rows(rules.evaluate(e, params)) for e in (later, scratch))
    return len({digest(rows) for rows in both}) == 1


def _why(evaluation: Evaluation, say: Callable[[str], None], params: Params) -> None:
    seconds = []
    for hours in (50, 500, 5000):
        instant = max(0, params.horizon - hours) * _HOUR
        atom = Atom("restraint", (Constant("p1"),))
        start = time.perf_counter()
        explain(evaluation, atom, instant)
        seconds.append(time.perf_counter() - start)
    slowest = max(seconds) * 1000
    verdict = "" if slowest <= WHY_MS else "  over it"
    say(f"one why, the slowest of three: {slowest:.1f} ms (aim {WHY_MS}){verdict}")
