"""Claims, sources and rule places laid out for a template, with safe addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.board.links import page_place
from vigens.board.signs import Sign, sign_of
from vigens.board.tasks import Task, claim_tasks
from vigens.desk import claims_about
from vigens.lang.weave import web_address

if TYPE_CHECKING:
    from vigens.board.onlookers import Onlooker
    from vigens.desk import ClaimView, SourceView, WhyNode
    from vigens.engine import Cause
    from vigens.model import Weight

#: How a weight is said of evidence.
WEIGHTS = {
    "sure": Message("counts surely"),
    "possible": Message("counts possibly"),
    "denied": Message("denied"),
    "aside": Message("set aside"),
}


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source: its words, and its address where a browser may follow it."""

    title: str
    address: str
    link: str
    type: str
    published: str
    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with how it counts and where it stands."""

    href: str
    row: str
    statement: str
    side: str
    counts: bool
    grade: str
    voice: str
    known: str
    copies: int
    reviews: tuple[str, ...]
    sources: tuple[ShownSource, ...]
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """Where a rule is written."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownNode:
    """One step of a why.

    Attributes:
        kind: Of the engine's node.
        text: One sentence.
        sign: Of its verdict; none for evidence.
        weight: How evidence counts, in words, or empty.
        is_aside: Whether it is shown though it does not count.
        is_disputed: Whether claims on both sides count.
        rule: The rule in words.
        place: Where the rule is written.
        entry: The page of its entry, or empty.
        caveat: What it hangs on.
        causes: Why it is not known.
        claims: What it rests on.
        children: Further steps.
        is_open: Whether it is shown unfolded.
        n_cut: How many steps below are left out.
        n_more: How many more of the kind it rests on that no tree shows.
        is_above: Whether what is below it was shown already.
    """

    kind: str
    text: str
    sign: Sign | None
    weight: str
    is_aside: bool
    is_disputed: bool
    rule: str
    place: ShownPlace | None
    entry: str
    caveat: str
    causes: tuple[str, ...]
    claims: tuple[ShownClaim, ...]
    children: tuple[ShownNode, ...]
    is_open: bool
    n_cut: int = 0
    n_more: int = 0
    is_above: bool = False


def passage_words(start: int, end: int) -> str:
    """Say where a passage stands in its document."""
    return Message("characters {first} to {last}", first=start, last=end)


def show_source(source: SourceView) -> ShownSource:
    """Lay a source out."""
    place = passage_words(source.start, source.end) if source.quote else ""
    link = web_address(source.address)
    return ShownSource(
        source.title or source.address,
        source.address,
        link,
        source.type,
        source.published,
        source.quote,
        place,
    )


def show_claim(visit: Onlooker, claim: ClaimView) -> ShownClaim:
    """Lay a claim out."""
    voice = visit.case.program.title_of(claim.voice) if claim.voice else ""
    return ShownClaim(
        visit.link(f"/entry/{claim.ref}"),
        claim.row,
        claim.statement,
        Message("says so") if claim.affirms else Message("denies it"),
        claim.counts,
        claim.grade
        if claim.is_graded
        else Message("{grade}, ungraded", grade=claim.grade),
        voice,
        visit.day(claim.known_from),
        len(claim.copies),
        claim.reviews,
        tuple(show_source(source) for source in claim.sources),
        claim_tasks(visit, claim.ref),
    )


def show_claims(visit: Onlooker, matter: str) -> tuple[ShownClaim, ...]:
    """Lay out the claims about a matter."""
    return tuple(show_claim(visit, c) for c in claims_about(visit.session, matter))


def show_place(visit: Onlooker, place: str) -> ShownPlace | None:
    """Lead to the line of an agreement page; none where no place is known."""
    if not place:
        return None
    found = page_place(place)
    if found is None:
        return ShownPlace(place, "")
    page, line = found
    address = visit.link(f"/agreement/{page}")
    return ShownPlace(place, f"{address}#L{line}" if address else "")


def weight_words(weight: Weight | None) -> str:
    """Say how evidence counts."""
    return WEIGHTS.get(str(weight), "") if weight is not None else ""


def _cause(cause: Cause) -> Joined:
    return Joined(": ", (Message(cause.kind), cause.text))


def show_node(visit: Onlooker, found: WhyNode, most: int | None = None) -> ShownNode:
    """Lay a step of a why out, with everything below it.

    Args:
        visit: Who looks.
        found: The step.
        most: Steps below so many are counted and left out; `None` leaves out none.
    """
    return _node(visit, found, most, 0, {})


def _node(
    visit: Onlooker,
    found: WhyNode,
    most: int | None,
    depth: int,
    shown: dict[int, int],
) -> ShownNode:
    node = found.node
    is_above = bool(found.children) and shown.get(found.number, depth + 1) <= depth
    is_cut = most is not None and depth >= most
    if not is_above and not is_cut:
        shown[found.number] = depth
    children = () if is_above or is_cut else found.children
    is_entry = bool(node.ref) and not str(node.ref).startswith("hypothesis")
    return ShownNode(
        node.kind,
        node.text,
        sign_of(node.verdict),
        weight_words(node.weight),
        str(node.weight) in ("aside", "denied"),
        node.is_disputed,
        node.rule or "",
        show_place(visit, node.place),
        visit.link(f"/entry/{node.ref}") if is_entry else "",
        node.caveat or "",
        tuple(dict.fromkeys(_cause(c) for c in node.causes[:3])),
        tuple(show_claim(visit, claim) for claim in found.claims),
        tuple(_node(visit, child, most, depth + 1, shown) for child in children),
        depth < 3,
        len(found.children) if is_cut and not is_above else 0,
        0 if is_cut or is_above else node.n_more,
        is_above,
    )
