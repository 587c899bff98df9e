"""The parts of a why: nodes, and causes of what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message

if TYPE_CHECKING:
    from vigens.engine.verdicts import Verdict
    from vigens.model import Weight
    from vigens.rules import Condition, Program, Under


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is not known.

    Attributes:
        kind: `coverage`, `evidence`, `imprecise date`, `unstated`, `reading`.
        text: One clause.
        since: From when, UTC seconds; `None` where it has no beginning.
    """

    kind: str
    text: str
    since: int | None


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a why.

    Attributes:
        kind: `fluent`, `condition`, `count`, `event`, `sighting`, `gap`, `stated`, `unstated`.
        text: One sentence.
        verdict: What this step comes to at the instant; `None` for evidence.
        place: Where the rule is written.
        rule: The rule in words, where it has a name.
        ref: Entry id of an occurrence or sighting.
        weight: How that evidence counts.
        causes: Why it is not known, the weightiest first.
        children: What it rests on.
        instant: Earliest instant of that evidence, UTC seconds.
        is_disputed: Whether claims on both sides count.
        caveat: What the answer hangs on, such as a text known only from reports.
        is_hypothesis: Whether that evidence is only supposed.
        n_more: How many more like its children it rests on that are not shown.
        about: What it speaks of, for a machine: the ground condition, or the event.
        at: The instant of the verdict, UTC seconds; `None` for evidence.
        begins: Whether that evidence begins the state above or ends it; `None` where it
            moves nothing.
    """

    kind: str
    text: str
    verdict: Verdict | None = None
    place: str = ""
    rule: str | None = None
    ref: str | None = None
    weight: Weight | None = None
    causes: tuple[Cause, ...] = ()
    children: tuple[Node, ...] = ()
    instant: int | None = None
    is_disputed: bool = False
    caveat: str | None = None
    is_hypothesis: bool = False
    n_more: int = 0
    about: Condition | None = None
    at: int | None = None
    begins: bool | None = None


def text_caveat(program: Program, under: Under | None) -> str | None:
    """Say what an answer hangs on where its text is known only from reports.

    Source:
        Design, section 4.3, cause 4.
    """
    text = program.instruments.get(under.instrument) if under else None
    if text is None or text.text_status not in ("reported", "not seen"):
        return None
    return Message("if the reported text is right")
