"""What a quantifier asks of each value that is, or may be, there at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.intervals import span_at
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.rules import Constant, Quantified, Same, Variable, substitute

if TYPE_CHECKING:
    from vigens.engine.evaluate import Evaluation
    from vigens.rules import Condition


def bodies_at(
    evaluation: Evaluation, condition: Quantified, instant: int
) -> dict[str, Condition]:
    """Fill a quantifier's body with each value over which it may range.

    Source:
        Design, section 3.1, point 7.
    """
    return {
        value: substitute(condition.body, {condition.variable.name: value})
        for value in evaluation.domain(condition)
        if span_at(evaluation.presence(condition, value).possibly, instant)
        and _is_guarded(evaluation, condition, value, instant)
    }


def _is_guarded(
    evaluation: Evaluation, condition: Quantified, value: str, instant: int
) -> bool:
    if condition.guard is None:
        return True
    guard = substitute(condition.guard, {condition.variable.name: value})
    return verdict_at(evaluation.bounds(guard), instant) is not Verdict.FAILS


def new_bodies(
    evaluation: Evaluation, condition: Quantified, count: int, instant: int
) -> dict[str, Condition] | None:
    """Fill it with values that nobody has named yet.

    Returns:
        Nothing where the sort is closed; `None` where the body would hold at once of a
        new value, so that whatever names one would do.

    Source:
        Design, section 4.3, cause 3: of an open sort there may always be another value.
    """
    sort = condition.variable.sort
    program = evaluation.world.program
    if sort == "component" or not program.sorts[sort].is_open:
        return {}
    names = [new_value(sort, number) for number in range(1, count + 1)]
    bodies = {
        name: substitute(condition.body, {condition.variable.name: name})
        for name in names
    }
    at_once = any(
        verdict_at(evaluation.bounds(body), instant) is Verdict.HOLDS
        for body in bodies.values()
    )
    return None if at_once else bodies


def new_value(sort: str, number: int = 1) -> str:
    """Name a value of an open sort that nobody has recorded.

    Source:
        Design, section 4.3, cause 3.
    """
    return f"some new {sort}" + f" ({number})" * (number > 1)


def values_for(evaluation: Evaluation, variable: Variable) -> tuple[str, ...]:
    """List the values for which a variable may stand, a new one of an open sort last.

    Source:
        Design, section 4.3, cause 3.
    """
    nothing = Same(Constant(""), Constant(""))
    values = evaluation.domain(Quantified(1, variable, None, nothing))
    sort = evaluation.world.program.sorts[variable.sort]
    return (*values, new_value(variable.sort)) if sort.is_open else values
