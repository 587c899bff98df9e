"""A why as a tree of text: sentences, then claims, then the sources they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.cli.output import say, say_wrapped, styled, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk import ClaimView, MatterView, Session, Why, WhyNode
    from vigens.engine import Node

_BRANCH, _LAST, _DOWN, _BLANK = "├─ ", "└─ ", "│  ", "   "


def say_matter(session: Session, matter: MatterView) -> None:
    """Print one matter with everything that is claimed about it."""
    head = f"{matter.kind} {matter.ref[:12]}"
    say_wrapped(styled("title", matter.title), f"{head}  ", "  ")
    said = {
        "sure": "counts surely",
        "possible": "counts possibly",
        "denied": "counts as denied",
    }.get(str(matter.weight), "has no effect")
    when = f", {matter.happened}" if matter.happened else ""
    say_wrapped(f"{said}{when}: {matter.reason}", "  ")
    for claim in matter.claims:
        for line in claim_lines(session, claim, "  "):
            say(line)


def claim_lines(session: Session, claim: ClaimView, prefix: str) -> Iterator[str]:
    """Lay out one claim: grade, words, who says so, then each source and passage."""
    side = "says so" if claim.affirms else "denies it"
    effect = "" if claim.counts else ", set aside"
    grade = claim.grade if claim.is_graded else f"{claim.grade}, not graded"
    name = claim.row or claim.ref[:12]
    facts = [f"grade {grade}", f"known from {session.day(claim.known_from)}"]
    if claim.voice:
        facts.insert(0, f"on the word of {claim.voice}")
    if claim.copies:
        facts.append(f"same origin as {len(claim.copies)} more")
    facts += [f"reviewed: {verdict}" for verdict in claim.reviews]
    head = f"claim {name} {side}{effect} ({'; '.join(facts)})"
    yield from wrapped(f"{head}: {claim.statement}", f"{prefix}• ", f"{prefix}  ")
    for source in claim.sources:
        told = [source.title, source.type, source.published]
        words = ", ".join(part for part in told if part)
        yield from wrapped(words or "source", f"{prefix}  ", f"{prefix}  ")
        yield f"{prefix}  {source.address}"
        if source.quote:
            where = f"[{source.start}:{source.end}]"
            yield from wrapped(
                f"“{source.quote}” {where}", f"{prefix}    ", f"{prefix}    "
            )


class Unfolding:
    """Trees printed one after the other; what was shown is not shown again."""

    def __init__(self, session: Session, depth: int | None) -> None:
        """Start with nothing shown; `depth` cuts each tree, `None` none."""
        self.session = session
        self.depth = depth
        self.shown: dict[int, int] = {}
        self.claimed: set[str] = set()

    def say(self, found: Why) -> None:
        """Print one answer and its tree, the first sentence first."""
        say_wrapped(styled("title", found.sentence))
        say()
        for line in self.lines(found.tree, "", "", 0):
            say(line)

    def lines(self, step: WhyNode, first: str, rest: str, level: int) -> Iterator[str]:
        """Lay out a step and everything below it."""
        node = step.node
        has_more = bool(step.children or step.claims)
        is_repeated = has_more and self.shown.get(step.number, level + 1) <= level
        yield from wrapped(self._words(node) + " (as above)" * is_repeated, first, rest)
        if is_repeated:
            return
        if self.depth is not None and level >= self.depth and step.children:
            yield f"{rest}{_LAST}… {len(step.children)} steps below (--depth)"
            return
        self.shown[step.number] = level
        below = f"{rest}{_DOWN if step.children else _BLANK}"
        yield from self._claims(step, below)
        for number, child in enumerate(step.children, 1):
            is_last = number == len(step.children) and not node.n_more
            yield from self.lines(
                child,
                rest + (_LAST if is_last else _BRANCH),
                rest + (_BLANK if is_last else _DOWN),
                level + 1,
            )
        if node.n_more:
            yield f"{rest}{_LAST}… and {node.n_more} more of the kind"

    def _claims(self, step: WhyNode, prefix: str) -> Iterator[str]:
        for claim in step.claims:
            if claim.ref in self.claimed:
                yield f"{prefix}• claim {claim.row or claim.ref[:12]} (as above)"
                continue
            self.claimed.add(claim.ref)
            yield from claim_lines(self.session, claim, prefix)

    def _words(self, node: Node) -> str:
        parts = [node.text]
        if node.verdict is not None:
            word = node.verdict.word
            parts.insert(0, styled(word, word) + " ")
        if node.rule:
            parts.append(f" · rule: {node.rule}")
        causes = dict.fromkeys(cause.text for cause in node.causes[:2])
        if causes and not step_says(node, causes):
            parts.append(f" · {'; '.join(causes)}")
        if node.caveat:
            parts.append(f" · {node.caveat}")
        if node.place:
            parts.append(f" · {node.place}")
        return "".join(parts)


def step_says(node: Node, causes: dict[str, None]) -> bool:
    """Say whether a step's own words hold its causes already."""
    return all(cause in node.text for cause in causes)
