"""One answer with everything that belongs beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.engine import Verdict

if TYPE_CHECKING:
    from vigens.engine import Cause, Node


@dataclass(frozen=True, slots=True)
class Evidence:
    """The latest direct evidence that bears on an answer."""

    text: str
    instant: int
    ref: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One verdict with everything that belongs beside it.

    Attributes:
        question: The atom, as one would ask again.
        text: In words.
        verdict: HOLDS, FAILS or OPEN.
        causes: Why it is not known, the weightiest first.
        since: From when it has been so, UTC seconds; `None` where ever since.
        notes: Disputes with the rule that settled them, evidence set aside, caveats.
        last_looked: End of the last look, where coverage is the cause (excluded).
        last_evidence: The latest direct evidence.
        is_supposed: Whether the lens lays a hypothesis over the journal.
        policy: Name of the evidence policy where it is not the case's own.
        reason: What decided a YES or NO, in one clause; empty where a note on a
            dispute says it.
        rule: The rule in words that the answer rests on, where it has a name.
        node: The whole why.
    """

    question: str
    text: str
    verdict: Verdict
    causes: tuple[Cause, ...]
    since: int | None
    notes: tuple[str, ...]
    last_looked: int | None
    last_evidence: Evidence | None
    is_supposed: bool
    policy: str | None
    reason: str
    rule: str | None
    node: Node

    @property
    def word(self) -> str:
        """Give YES, NO or NOT KNOWN, with the mark of a hypothesis."""
        if self.is_supposed:
            return Message("{word} (hypothesis)", word=self.verdict.word)
        return self.verdict.word

    @property
    def because(self) -> Joined:
        """Say why it is so: causes, the reason, the rule, notes."""
        parts: list[str] = []
        if self.causes:
            parts.append(Joined("; ", dict.fromkeys(c.text for c in self.causes[:2])))
        if self.reason:
            parts.append(self.reason)
        if self.rule and self.verdict is not Verdict.OPEN:
            parts.append(Message("rule: {rule}", rule=Message(self.rule)))
        parts.extend(note for note in self.notes if note not in self.reason)
        if self.policy:
            parts.append(Message("under the policy {name}", name=self.policy))
        return Joined(" · ", parts)
