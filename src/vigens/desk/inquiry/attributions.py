"""Incidents and who is said to be their author: alleged, denied, admitted or found.

The words are those of the general law on breaches. Nobody is an author by silence, and
an allegation is nobody's finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine import Verdict
from vigens.model import Weight
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vigens.desk.answers import Session
    from vigens.model import Happening

#: Most incidents that are laid out; the newest are.
MOST_INCIDENTS = 200

#: Events of the general law that tell of an incident, and who is named how.
HAPPENS = ("breach.happens", "breach.reported", "breach.attributed")
ATTRIBUTED, WITHDRAWN = "attributes.breach", "takes.back.attribution"
DENIED, ADMITTED = "denies.breach", "admits.breach"
FOUND, SET_ASIDE = "finds.breach", "sets.aside.finding"

#: Said of a finding by who has not the power to make it.
VAIN = Message("finds it, without effect so far")


@dataclass(frozen=True, slots=True)
class Word:
    """One party's word on an incident: who says what of whom, and how it counts."""

    speaker: str
    says: str
    accused: str
    day: str
    ref: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Attribution:
    """One incident with what is said of its author.

    Attributes:
        incident: Its name in the record.
        happened: When, as written.
        ref: The entry that tells of it; empty where a table does.
        state: In words.
        is_settled: Whether its author admits it, or a body has found who it was.
        words: Everybody's word, in the order of time.
        question: What leads to the reasons.
    """

    incident: str
    happened: str
    ref: str
    state: str
    is_settled: bool
    words: tuple[Word, ...]
    question: str


def read_attributions(session: Session) -> tuple[Attribution, ...]:
    """List incidents up to the day asked about, the newest first."""
    if "breach.happens" not in session.case.program.events:
        return ()
    found: dict[str, Happening | None] = {}
    for name in HAPPENS:
        for happening in _until(session, name):
            if happening.values:
                found.setdefault(happening.values[0], happening)
        for columns in session.assembled.world.bulk.get(name, ()):
            if columns.values:
                newest = reversed(columns.values[0].words)
                for word in islice(newest, MOST_INCIDENTS):
                    found.setdefault(word, None)
    told = list(_words(session))
    newest_first = sorted(
        found.items(), key=lambda one: -(one[1].first if one[1] else 0)
    )
    return tuple(
        _attribution(name, happening, told)
        for name, happening in newest_first[:MOST_INCIDENTS]
    )


def _until(session: Session, event: str) -> Iterator[Happening]:
    for found in session.assembled.world.happenings.get(event, ()):
        counts = found.weight in (Weight.SURE, Weight.POSSIBLE)
        if counts and found.first <= session.lens.as_of:
            yield found


def _words(session: Session) -> Iterator[tuple[str, int, str, Word]]:
    """Give incident, instant, event and word of everything that is said."""
    title = session.case.program.title_of
    for name, says, who, whom in (
        (ATTRIBUTED, Message("attributes it to"), 1, 2),
        (WITHDRAWN, Message("takes its attribution back from"), 1, 2),
        (DENIED, Message("denies it"), 1, None),
        (ADMITTED, Message("admits it"), 1, None),
        (FOUND, Message("finds it"), 0, None),
        (SET_ASIDE, Message("sets the finding aside"), 0, None),
    ):
        for one in _until(session, name):
            incident = one.values[1] if who == 0 else one.values[0]
            accused = title(one.values[whom]) if whom is not None else ""
            counts = one.weight is Weight.SURE and not one.is_disputed
            if name == FOUND:
                counts = _has_found(session, *one.values)
            word = Word(
                title(one.values[who]),
                says if counts or name != FOUND else VAIN,
                accused,
                one.when_text,
                "" if one.is_hypothesis else one.ref,
                counts,
            )
            yield incident, one.first, name, word


def _has_found(session: Session, body: str, incident: str) -> bool:
    """Say whether a finding stands: made by a body that had the power to make it."""
    atom = Atom("breach_found_by", (Constant(body), Constant(incident)))
    return session.answer(atom).verdict is Verdict.HOLDS


def _attribution(
    incident: str,
    happening: Happening | None,
    told: Sequence[tuple[str, int, str, Word]],
) -> Attribution:
    own = sorted((one for one in told if one[0] == incident), key=lambda one: one[1])
    state, is_settled = _state([(name, word) for _, _, name, word in own])
    is_entry = happening is not None and not happening.is_hypothesis
    return Attribution(
        incident,
        happening.when_text if happening else "",
        happening.ref if happening and is_entry else "",
        state,
        is_settled,
        tuple(word for *_, word in own),
        f"breach_attributed({incident}, _, _)",
    )


def _state(told: Iterable[tuple[str, Word]]) -> tuple[str, bool]:
    standing: dict[str, set[str]] = {}
    admitted = found = denied = False
    for name, word in told:
        if name == ATTRIBUTED:
            standing.setdefault(word.speaker, set()).add(word.accused)
        elif name == WITHDRAWN:
            standing.get(word.speaker, set()).discard(word.accused)
        elif name == DENIED:
            denied = True
        elif name == ADMITTED:
            admitted = admitted or word.counts
        elif name == FOUND:
            found = found or word.counts
    accused = {name for names in standing.values() for name in names}
    if admitted:
        return Message("admitted"), True
    if found:
        return Message("found by a body"), True
    if len(accused) > 1:
        return Message("alleged, of more than one party"), False
    if accused:
        return Message("alleged and denied") if denied else Message("alleged"), False
    if denied:
        return Message("denied, and nobody alleges it"), False
    return Message("author not known"), False
