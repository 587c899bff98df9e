"""How much is short of a number or a share, and whose part would make it up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.engine.phrases import phrase
from vigens.engine.words import group_words
from vigens.rules import Atom

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.rules import Condition, Program, Quantified, Weights

#: Most alternatives kept at each step, and most members named.
MOST_ALTERNATIVES = 24


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is short, and what each of those that lack it would add.

    Attributes:
        wanted: So much is short; heads, or multiples of a weight's unit.
        least: So much is needed in all.
        adds: Who lacks it to what each would add; above 0.
    """

    wanted: int
    least: int
    adds: Mapping[str, int]

    @property
    def is_out_of_reach(self) -> bool:
        """Say whether all of them together would not do."""
        return self.wanted > sum(self.adds.values())

    @property
    def needs_each(self) -> bool:
        """Say whether none of them can be spared."""
        return self.wanted > sum(self.adds.values()) - min(self.adds.values())

    @property
    def needs_one(self) -> bool:
        """Say whether any one of them will do."""
        return self.wanted <= min(self.adds.values())


def least_of(condition: Quantified, total: int, scale: int) -> int | None:
    """Say how much a quantifier asks for in all; `None` where it asks it of each.

    Args:
        condition: The quantifier.
        total: Heads of all that it ranges over, or their weight.
        scale: How many multiples of a weight's unit make one; 1 for heads.

    Source:
        Design, section 3.1, point 7.
    """
    more = 1 if condition.is_more else 0
    if condition.share is not None:
        p, q = condition.share
        return -(-(total * p + more) // q)
    if condition.at_least is None:
        return None
    return condition.at_least * scale + more


def short_words(
    program: Program,
    condition: Quantified,
    found: Shortfall,
    members: Mapping[str, Condition],
) -> Message:
    """Say how many, or how much, of those who lack it would do.

    Args:
        program: Has titles, phrases and weights.
        condition: The quantifier.
        found: What is short.
        members: What each member would have to do.

    Source:
        Design, section 4.5: symbolically where many would do.
    """
    named = {
        value: phrase(program, body) if isinstance(body, Atom) else value
        for value in found.adds
        for body in [members[value]]
    }
    sort = condition.variable.sort
    if condition.weights is None:
        numbers = (found.wanted, found.least, len(named))
        return group_words(list(named.values()), MOST_ALTERNATIVES, sort, numbers)
    return _weight_words(program.weights[condition.weights], found, named)


def _weight_words(
    weights: Weights, found: Shortfall, named: Mapping[str, str]
) -> Message:
    heaviest = sorted(named, key=lambda value: (-found.adds[value], named[value]))
    listed: str = Joined(
        ", ",
        [
            Message(
                "{text} ({number})",
                text=named[value],
                number=_number(found.adds[value], weights),
            )
            for value in heaviest[:MOST_ALTERNATIVES]
        ],
    )
    if len(heaviest) > MOST_ALTERNATIVES:
        n_more = len(heaviest) - MOST_ALTERNATIVES
        listed = Message("{list}, and {number} more", list=listed, number=n_more)
    return Message(
        "{wanted} short of {least} ({title}): of these {n} ({sort}) so many as make it "
        "up: {list}",
        wanted=_number(found.wanted, weights),
        least=_number(found.least, weights),
        title=Message(weights.title),
        n=len(heaviest),
        sort=Message(weights.sort),
        list=listed,
    )


def _number(amount: int, weights: Weights) -> str:
    return f"{Decimal(amount) / weights.scale:f}"
