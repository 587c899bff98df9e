"""What comes late: responses and a ratification; and one why, after evaluation."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.engines import rules
from benchmarks.engines.rows import Params, digest, read_params
from vigens.engine import Evaluation, explain
from vigens.model import Happening, Weight
from vigens.rules import Atom, Constant

#: Aims in milliseconds.
RESPONSE_MS, WHY_MS = 50, 20
_HOUR = 3600


def say_late(found: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Print what late entries and whys cost; say whether the late ones are right."""
    whole = found["whole"]
    say(f"\na full evaluation takes {whole:.0f} ms")
    for name, taken in found["responses"].items():
        verdict = "" if taken <= RESPONSE_MS else "  over it"
        say(f"one late response, {name}: {taken:.1f} ms (aim {RESPONSE_MS}){verdict}")
    verdict = "" if found["joining"] <= whole else "  over it"
    say(f"one late joining: {found['joining']:.1f} ms (aim {whole:.0f}){verdict}")
    for name, taken in found["whys"].items():
        verdict = "" if taken <= WHY_MS else "  over it"
        say(f"one why, {name}: {taken:.1f} ms (aim {WHY_MS}){verdict}")
    if not found["is_right"]:
        say("A LATE ENTRY DOES NOT GIVE WHAT A FULL EVALUATION GIVES")
    return bool(found["is_right"])


def late_and_why(folder: Path) -> dict[str, Any]:
    """Measure what late entries and whys cost after evaluation, in milliseconds."""
    params = read_params(folder)
    session = rules.open_log(folder, params)
    evaluation = session.evaluation
    gc.collect()
    gc.freeze()  # as the board does once a case is read: it is no garbage
    before = time.process_time()
    found = rules.evaluate(evaluation, params)
    whole = [time.process_time() - before]
    whys = _whys(evaluation, params)
    for _ in range(2):
        again = Evaluation(evaluation.world)
        assert again.plan.order.groups
        before = time.process_time()
        rules.evaluate(again, params)
        whole.append(time.process_time() - before)
    violated = found[-2][2]  # somebody who has not responded in time
    party, ref = (column.words[column.codes[0]] for column in violated.values)
    due = int(violated.starts[0])
    responses = {
        "after its deadline": _late("pact.answered", (party, ref), params),
        "before its deadline": replace(
            _late("pact.answered", (party, ref), params), first=due - 9, last=due - 9
        ),
    }
    joined = _late("pact.joined", ("p0",), params)
    taken, is_right = {}, True
    for name, response in responses.items():
        taken[name], later = best_of(evaluation, response, params)
        is_right &= agrees(evaluation, response, later, params)
    joining, later = best_of(evaluation, joined, params)
    return {
        "whole": min(whole) * 1000,
        "responses": taken,
        "joining": joining,
        "whys": whys,
        "is_right": is_right and agrees(evaluation, joined, later, params),
    }


def _late(event: str, values: tuple[str, ...], params: Params) -> Happening:
    instant = (params.horizon - 50) * _HOUR
    return Happening("late", event, values, instant, instant, Weight.SURE)


def best_of(
    evaluation: Evaluation, late: Happening, params: Params
) -> tuple[float, Evaluation]:
    """Give the milliseconds in which one more occurrence is taken in, of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        later = evaluation.with_happenings([late])
        rules.evaluate(later, params)
        taken.append((time.process_time() - start) * 1000)
    return min(taken), later


def agrees(
    evaluation: Evaluation, late: Happening, later: Evaluation, params: Params
) -> bool:
    """Say whether the outcome is that of an evaluation from scratch."""
    world = evaluation.world
    happenings = {**world.happenings}
    happenings[late.event] = [*happenings.get(late.event, ()), late]
    scratch = Evaluation(replace(world, happenings=happenings))
    both = (rules.as_rows(rules.evaluate(e, params)) for e in (later, scratch))
    return len({digest(rows) for rows in both}) == 1


def _whys(evaluation: Evaluation, params: Params) -> dict[str, float]:
    """Give the milliseconds of the first why, and of the slowest of further ones."""
    taken = []
    for hours in (50, 500, 5000):
        instant = max(0, params.horizon - hours) * _HOUR
        atom = Atom("restraint", (Constant("p1"),))
        start = time.process_time()
        explain(evaluation, atom, instant)
        taken.append((time.process_time() - start) * 1000)
    return {"the first": taken[0], "the slower of two more": max(taken[1:])}
