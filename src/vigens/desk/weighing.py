"""What the claims about a matter come to, with what waits for a second person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Layered, Message
from vigens.model import UNGRADED, Grade, WeighedClaim, Weighing, Weight, weigh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vigens.desk.foureyes import SecondLook
    from vigens.desk.gone import Gone
    from vigens.journal import Entry, View
    from vigens.model import EvidencePolicy

#: The grade of what may be as good as can be.
BEST = Grade("A", 1)


@dataclass(frozen=True, slots=True)
class Known:
    """Grades and origins that were read before a few entries came.

    Attributes:
        claims: That came, or about which something came.
        grades: Claim to its grade, as it was.
        origins: Claim to its origin, as it is now.
    """

    claims: Collection[Entry]
    grades: Mapping[str, Grade]
    origins: Mapping[str, str]


class Weigher:
    """Weighs matters under a policy.

    What waits for a second person may count or not. So each claim has two forms, one
    as strong as it may be and one as weak, and a matter is weighed twice: with all that
    may speak for it, and with all that may speak against it. A redacted claim is one of
    a weight that nobody knows any more.

    Attributes:
        grades: Claim to its grade, as recorded.
        origins: Claim to its origin, as recorded.
    """

    def __init__(
        self,
        view: View,
        policy: EvidencePolicy,
        second: SecondLook,
        gone: Gone,
        *,
        known: Known | None = None,
    ) -> None:
        """Read grades and origins; `second` says which entries wait, `gone` what is.

        Args:
            view: The entries that count.
            policy: What counts how much.
            second: What waits for a second person.
            gone: What was redacted.
            known: Grades and origins that are read already; only where nothing waits
                and nothing was redacted.
        """
        self._view = view
        self._gone = gone
        self._policy = policy
        self._second = second
        self._rivals = {one for group in view.rivals.values() for one in group}
        every = (*view.entries, *second.displaced) if known is None else known.claims
        claims = [entry for entry in every if entry.kind == "claim"]
        self._by_id = {claim.id: claim for claim in claims}
        grades = {claim.id: _grade(view, claim) for claim in claims}
        self.grades: Mapping[str, Grade] = grades
        self.origins: Mapping[str, str]
        if known is not None:
            self.grades = Layered(known.grades).grown(grades)
            self.origins = self._apart = known.origins
            return
        self.origins = _origins(view, claims)
        self._apart = self.origins
        if not second.is_empty:
            self._apart = _origins(view, claims, second)

    def weigh(
        self, entry: Entry, event: str, issuers: Collection[str] = ()
    ) -> Weighing:
        """Weigh one matter as one kind of event or state.

        Args:
            entry: The matter.
            event: Whose floor applies; empty takes the policy's own.
            issuers: Actors whose word on their own act goes first.
        """
        about = self._view.about(entry.id)
        claims = [
            self._recorded(each, entry.id)
            for each in (*about, *self._second.displaced_about(entry.id))
            if each.kind == "claim"
        ]
        weigh_all = partial(
            weigh,
            floor=self._policy.floor_for(event),
            prefer=self._policy.prefer,
            issuers=issuers,
            is_confirmed=any(_is_second(other, entry) for other in about),
        )
        found = weigh_all(claims)
        agreed = [claim for claim in claims if claim.ref not in self._rivals]
        is_own = entry.id in self._rivals
        is_claims = weigh_all(agreed).weight is not found.weight
        if (is_own or is_claims) and found.weight in (Weight.SURE, Weight.DENIED):
            rivals = Message("two corrections of a claim about it disagree")
            if is_own:
                rivals = Message("two corrections of this entry disagree")
            return _doubted(found, rivals, disputed=True)
        return self._within_bounds(entry, claims, found, weigh_all)

    def known_from(self, claim: str) -> int:
        """Give since when a claim is known, UTC seconds."""
        known = self._view.known_from.get(claim)
        return self._second.known_from[claim] if known is None else known

    def _within_bounds(
        self,
        entry: Entry,
        claims: Sequence[WeighedClaim],
        found: Weighing,
        weigh_all: partial[Weighing],
    ) -> Weighing:
        """Say what a matter comes to, whatever waits or is gone."""
        own = self._second.reason(entry.id)
        if own and found.weight in (Weight.SURE, Weight.DENIED):
            return _doubted(found, own)
        ghosts = [
            _ghost(stub, entry.id) for stub in self._gone.claims.get(entry.id, ())
        ]
        reasons = [r for c in claims if (r := self._waits_at(c.ref))]
        lost = "a claim about it was {gone}"
        reasons += [Message(lost, gone=self._gone.words[g.ref]) for g in ghosts]
        if not reasons:
            return found
        best, worst = (
            weigh_all(
                [*self._forms(claims, favour=favour)]
                + [ghost for ghost in ghosts if ghost.affirms is favour]
            )
            for favour in (True, False)
        )
        if best.weight is worst.weight:
            return found
        counts = best.weight in (Weight.SURE, Weight.POSSIBLE)
        weight = Weight.POSSIBLE if counts else Weight.ASIDE
        return replace(found, weight=weight, reason=reasons[0], rule=None)

    def _forms(
        self, claims: Sequence[WeighedClaim], *, favour: bool
    ) -> list[WeighedClaim]:
        forms = []
        for claim in claims:
            is_strong = claim.affirms is favour
            form = self._form(claim, is_strong=is_strong)
            if form is not None:
                forms.append(form)
        return forms

    def _form(self, claim: WeighedClaim, *, is_strong: bool) -> WeighedClaim | None:
        """Give a claim as strong or as weak as it may be; none if it may be absent."""
        lost = claim.ref in self._gone.judged
        if not is_strong and (lost or self._second.reason(claim.ref)):
            return None
        if lost:
            origin = self._apart[claim.ref]
            return replace(claim, grade=BEST, is_void=False, origin=origin)
        entry = self._by_id[claim.ref]
        about = self._second.settled(self._view.about(entry.id), entry.id)
        options = [_grade(self._view, entry, about), claim.grade]
        options += self._grades_in_doubt(entry.id)
        is_void = _is_void(about) or (claim.is_void and not is_strong)
        pick = min if is_strong else max
        grade = Grade(
            pick(each.reliability for each in options),
            pick(each.credibility for each in options),
        )
        origins = self._apart if is_strong else self.origins
        return replace(claim, grade=grade, is_void=is_void, origin=origins[claim.ref])

    def _grades_in_doubt(self, claim: str) -> list[Grade]:
        about = (*self._view.about(claim), *self._second.displaced_about(claim))
        return [
            _as_grade(entry)
            for entry in about
            if entry.kind == "grade" and self._second.reason(entry.id)
        ]

    def _waits_at(self, claim: str) -> str:
        """Say what at a claim waits or is gone: itself, its grade, a review, a join."""
        for stub in self._gone.judged.get(claim, ()):
            lost, kind = "a {kind} of a claim was {gone}", stub.payload["kind"]
            return Message(lost, kind=kind, gone=self._gone.words[stub.id])
        names = (claim, *(entry.id for entry in self._view.about(claim)))
        return next((r for name in names if (r := self._second.reason(name))), "")

    def _recorded(self, claim: Entry, matter: str) -> WeighedClaim:
        return WeighedClaim(
            claim.id,
            not _denies(self._view, claim, matter),
            self.grades[claim.id],
            self.origins[claim.id],
            claim.payload.get("voice"),
            _is_void(self._view.about(claim.id)),
        )


def _ghost(stub: Entry, matter: str) -> WeighedClaim:
    """Give a redacted claim as strong as it may have been."""
    affirms = matter not in (stub.payload.get("denies") or ())
    return WeighedClaim(stub.id, affirms, BEST, stub.id, None)


def _doubted(found: Weighing, reason: str, *, disputed: bool = False) -> Weighing:
    """Count possibly what counted surely, and as nothing what was denied."""
    is_sure = found.weight is Weight.SURE
    weight = Weight.POSSIBLE if is_sure else Weight.ASIDE
    return Weighing(weight, reason, None, disputed, found.claims)


def _is_void(about: Iterable[Entry]) -> bool:
    return any(
        entry.kind == "review" and entry.payload.get("verdict") == "fabricated"
        for entry in about
    )


def _grade(view: View, claim: Entry, about: Sequence[Entry] | None = None) -> Grade:
    """Give the grade of a claim by the entries about it; by default all that count."""
    about = view.about(claim.id) if about is None else about
    grade = UNGRADED
    graded = [entry for entry in about if entry.kind == "grade"]
    rivals = {one for group in view.rivals.values() for one in group}
    for entry in graded:
        grade = _as_grade(entry)
    if any(entry.id in rivals for entry in graded):
        grade = _worst(graded)
    for entry in about:
        if entry.kind == "review":
            if entry.payload.get("verdict") == "fabricated":
                return UNGRADED
            if entry.payload.get("verdict") == "contradicted":
                grade = Grade(grade.reliability, max(5, grade.credibility))
    return grade


def _as_grade(entry: Entry) -> Grade:
    return Grade(str(entry.payload["reliability"]), int(entry.payload["credibility"]))


def _worst(graded: Iterable[Entry]) -> Grade:
    """Take the worst of each part: two corrections of a grade disagree."""
    parts = [entry.payload for entry in graded]
    return Grade(
        max(str(part["reliability"]) for part in parts),
        max(int(part["credibility"]) for part in parts),
    )


def _is_second(confirmation: Entry, matter: Entry) -> bool:
    """Say whether another person than the one who recorded a matter confirms it."""
    if confirmation.kind != "confirmation":
        return False
    who = {confirmation.recorded_by, str(confirmation.payload.get("by") or "")}
    return matter.recorded_by not in who


def _origins(
    view: View, claims: Iterable[Entry], second: SecondLook | None = None
) -> dict[str, str]:
    """Give each claim its origin: one address is one, and people join copies.

    Args:
        view: The entries that count.
        claims: Those of them, and others, that have an origin.
        second: Where given, only joins that are settled are used.
    """
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    claims = tuple(claims)
    for claim in claims:
        for source in claim.sources:
            parents[root(claim.id)] = root(f"address {source.address}")
    for entry in view.entries:
        is_open = second is not None and second.is_waiting(entry.id)
        if entry.kind == "same_origin" and entry.about and not is_open:
            first, *others = entry.about
            for other in others:
                parents[root(other)] = root(first)
    return {claim.id: root(claim.id) for claim in claims}


def _denies(view: View, claim: Entry, matter: str) -> bool:
    """Say whether a claim denies a matter, or the matter that this one corrects."""
    denied = claim.payload.get("denies") or ()
    if not denied:
        return bool(claim.payload.get("polarity") == "neg")
    return any(matter in (one, *view.replaced.get(one, ())) for one in denied)
