"""Evidence policies: when a claim counts not at all, possibly, surely."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.model.evidence import ClaimWeight, Weight

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from vigens.model.grading import Grade

#: The named rule by which an issuer's word on its own act prevails.
ISSUER_FIRST = "issuer-first"


@dataclass(frozen=True, slots=True)
class Floor:
    """The two floors for one kind of event, with what the upper one asks.

    Attributes:
        consideration: Worst grade that counts possibly.
        standard: Worst grade that counts surely.
        origins: How many independent origins must meet the standard.
        confirmed: Whether a second person must have confirmed.
    """

    consideration: Grade
    standard: Grade
    origins: int = 1
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class EvidencePolicy:
    """A reader's named policy: floors, and which side prevails in a conflict.

    Source:
        Design, section 4.3, cause 2.
    """

    name: str
    title: str
    default: Floor
    by_event: Mapping[str, Floor] = field(default_factory=dict)
    prefer: tuple[str, ...] = ()

    def floor_for(self, event: str) -> Floor:
        """Give the floor for one kind of event or state."""
        return self.by_event.get(event, self.default)


@dataclass(frozen=True, slots=True)
class WeighedClaim:
    """What weighing needs of one claim.

    Attributes:
        ref: Entry id.
        affirms: Whether it says so, or denies it.
        grade: As set by a person or by a published rule; `F6` if not.
        origin: Claims with one origin count once.
        voice: On whose word the source has it, if it says.
        is_void: Whether it was found to be fabricated: no policy counts it.
    """

    ref: str
    affirms: bool
    grade: Grade
    origin: str
    voice: str | None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the claims about one matter come to.

    Attributes:
        weight: Surely, possibly, denied or set aside.
        reason: One clause that says why, for `why`.
        rule: The named rule that settled a conflict, if one did.
        is_disputed: Whether both sides count.
        claims: Each claim with how it counted.
    """

    weight: Weight
    reason: str
    rule: str | None
    is_disputed: bool
    claims: tuple[ClaimWeight, ...]


def weigh(
    claims: Sequence[WeighedClaim],
    floor: Floor,
    *,
    prefer: Collection[str] = (),
    issuers: Collection[str] = (),
    is_confirmed: bool = False,
) -> Weighing:
    """Weigh the claims about one matter under a floor.

    Args:
        claims: All visible claims about it, for and against.
        floor: The two floors that apply.
        prefer: Named rules that may settle a conflict.
        issuers: Actors whose word on their own act goes first.
        is_confirmed: Whether a second person has confirmed the matter.

    Returns:
        The weight with its reason.

    Source:
        Design, section 4.3: copies are one origin; conflict gives NOT KNOWN unless a
        stated rule prefers one side.
    """
    counted = [
        c for c in claims if not c.is_void and c.grade.meets(floor.consideration)
    ]
    sides = {True: [c for c in counted if c.affirms]}
    sides[False] = [c for c in counted if not c.affirms]
    shown = tuple(ClaimWeight(c.ref, c.affirms, c in counted) for c in claims)
    if sides[True] and sides[False]:
        return _settle(sides, floor, prefer, issuers, shown, is_confirmed=is_confirmed)
    if sides[True]:
        short = _falls_short(sides[True], floor, is_confirmed=is_confirmed)
        weight = Weight.POSSIBLE if short else Weight.SURE
        return Weighing(
            weight, short or Message("it meets the standard"), None, False, shown
        )
    if sides[False]:
        short = _falls_short(sides[False], floor, is_confirmed=True)
        weight = Weight.ASIDE if short else Weight.DENIED
        reason = Message("it is denied")
        if short:
            reason = Message("a denial, but {short}", short=short)
        return Weighing(weight, reason, None, False, shown)
    if not claims:
        return Weighing(Weight.ASIDE, Message("nobody says so"), None, False, shown)
    return Weighing(Weight.ASIDE, _aside(claims, floor), None, False, shown)


def _aside(claims: Sequence[WeighedClaim], floor: Floor) -> str:
    if all(claim.is_void for claim in claims):
        return Message("set aside: found to be fabricated")
    origins = {claim.origin for claim in claims}
    grades = ", ".join(sorted({str(claim.grade) for claim in claims}))
    pages = Message("one page")
    if len(claims) > 1:
        pages = Message("{n} pages", n=len(claims))
    if len(origins) < len(claims):
        of = "{pages} of {n} origin" if len(origins) == 1 else "{pages} of {n} origins"
        pages = Message(of, pages=pages, n=len(origins))
    aside = "set aside: {pages}, graded {grades}, below consideration ({floor})"
    return Message(aside, pages=pages, grades=grades, floor=floor.consideration)


def _falls_short(
    side: Sequence[WeighedClaim], floor: Floor, *, is_confirmed: bool
) -> str | None:
    good = [claim for claim in side if claim.grade.meets(floor.standard)]
    if not good:
        best = min(str(claim.grade) for claim in side)
        below = "graded {grade}, below the standard ({standard})"
        return Message(below, grade=best, standard=floor.standard)
    origins = {claim.origin for claim in good}
    if len(origins) < floor.origins:
        few = "{n} independent origin meets the standard, {needed} are needed"
        return Message(few, n=len(origins), needed=floor.origins)
    if floor.confirmed and not is_confirmed:
        return Message("no second person has confirmed it")
    return None


def _settle(
    sides: Mapping[bool, Sequence[WeighedClaim]],
    floor: Floor,
    prefer: Collection[str],
    issuers: Collection[str],
    shown: tuple[ClaimWeight, ...],
    *,
    is_confirmed: bool,
) -> Weighing:
    said = {"n": len(sides[True]), "against": len(sides[False])}
    if ISSUER_FIRST in prefer:
        own = {
            side: [c for c in group if c.voice is not None and c.voice in issuers]
            for side, group in sides.items()
        }
        if bool(own[True]) is not bool(own[False]):
            side = bool(own[True])
            short = _falls_short(
                own[side], floor, is_confirmed=is_confirmed or not side
            )
            if short is None:
                voice = own[side][0].voice
                weight = Weight.SURE if side else Weight.DENIED
                prevails = (
                    "disputed ({n} for, {against} against); "
                    "the word of {voice} on its own act prevails"
                )
                reason = Message(prevails, **said, voice=voice)
                return Weighing(weight, reason, ISSUER_FIRST, True, shown)
    even = "disputed: {n} for, {against} against, and no rule prefers one side"
    reason = Message(even, **said)
    return Weighing(Weight.POSSIBLE, reason, None, True, shown)
