"""What an address of the API may carry: parameters, each of a kind and bounded."""

from __future__ import annotations

from dataclasses import dataclass

#: Where every endpoint stands.
ROOT = "/api/v1"

#: Most characters of one value in an address.
LONGEST_VALUE = 400


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of an address.

    Attributes:
        name: As it is written.
        words: What it means, for the description.
        kind: `text`, `whole` (a whole number) or `flag`.
        is_many: Whether it may be repeated.
        is_needed: Whether nothing is answered without it.
        choices: The only values, if there are only some.
        least: Smallest whole number.
        most: Largest whole number, or most values of one that may be repeated.
        example: For the description.
    """

    name: str
    words: str
    kind: str = "text"
    is_many: bool = False
    is_needed: bool = False
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    example: str = ""


#: What everybody may say of the lens, beside an endpoint's own parameters.
LENS = (
    Param(
        "as_of", "The day asked about; a bare date is its end.", example="2026-02-25"
    ),
    Param("known_at", "Count only what was known by then.", example="2026-02-25"),
    Param("recorded_at", "Count only what was recorded by then."),
    Param("reader", "Whose eyes: public, all, a delegation or a release group."),
    Param("policy", "The evidence policy."),
    Param("reading", "A reading of a variant, as `VARIANT.READING`.", is_many=True),
    Param("suppose", "An event laid over the journal, `EVENT on DATE`.", is_many=True),
    Param(
        "assume",
        "Take silence after the last look as quiet.",
        choices=("yes", "no"),
    ),
)

#: What every list takes.
PAGING = (
    Param("limit", "Most rows of one page.", "whole", least=1, most=500),
    Param("cursor", "Where a page begins, as `next` of the page before gives it."),
)
