"""Need, offer and gap as bars: what is sure is solid, what is not is hatched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.tongues import _, ngettext, tell

if TYPE_CHECKING:
    from vigens.desk.inquiry import Amount, Capability

WIDTH, LEFT, RIGHT, HEIGHT, STEP = 560, 96, 96, 20, 30

#: Most shapes drawn for offers without an amount; the rest is a number.
MOST_SHAPES = 5


@dataclass(frozen=True, slots=True)
class Band:
    """One bar.

    Attributes:
        label: Need, offer or gap.
        style: Class in the style sheet.
        y: Upper edge.
        solid: Width of what is sure.
        hatched: Where the unsure part begins and how wide it is.
        is_endless: Whether nothing bounds it to the right.
        shapes: Where offers without an amount are marked.
        n_more: How many of these have no shape of their own.
        words: The same in words.
        is_known: Whether anybody says anything of it.
    """

    label: str
    style: str
    y: int
    solid: float
    hatched: tuple[float, float]
    is_endless: bool
    shapes: tuple[float, ...]
    n_more: int
    words: str
    is_known: bool = True

    @property
    def end(self) -> float:
        """Give where the bar ends."""
        return self.hatched[0] + self.hatched[1]


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture of one capability, with the same in words."""

    name: str
    width: int
    height: int
    left: int
    bar: int
    bands: tuple[Band, ...]
    words: str


def draw_bars(name: str, found: Capability, n_undisclosed: int) -> Bars:
    """Draw need, offer and gap of one unit on one scale.

    Args:
        name: For the pattern and the title: unlike any other on the page.
        found: What is known.
        n_undisclosed: Parties whose offer in this domain has no amount.
    """
    amounts = [found.possibly, *(a for a in (found.need, found.gap) if a)]
    most = max(max(a.low, a.high or 0) for a in amounts) or 1
    rows: list[tuple[str, str, Amount | None, int]] = [
        (_("need"), "need", found.need, 0),
        (_("offer"), "offer", found.possibly, n_undisclosed),
        (_("gap"), "gap", found.gap, 0),
    ]
    bands = tuple(
        _band(row, most, 6 + place * STEP, found.unit) for place, row in enumerate(rows)
    )
    return Bars(
        name,
        WIDTH,
        6 + STEP * len(rows),
        LEFT,
        HEIGHT,
        bands,
        "; ".join(f"{band.label}: {band.words}" for band in bands),
    )


def _band(
    row: tuple[str, str, Amount | None, int], most: int, y: int, unit: str
) -> Band:
    label, style, amount, n_undisclosed = row
    room = WIDTH - LEFT - RIGHT
    if amount is None:
        words = _("not known: nobody says how much is needed")
        return Band(label, style, y, 0, (LEFT, 0), False, (), 0, words, is_known=False)
    sure = 0 if amount.is_rough else amount.low
    reach = amount.low if amount.high is None else amount.high
    solid = round(room * sure / most, 1)
    end = float(room) if amount.high is None else round(room * reach / most, 1)
    shapes = tuple(
        LEFT + end + 12 + 16 * number
        for number in range(min(n_undisclosed, MOST_SHAPES))
    )
    words = f"{tell(amount.words)} {unit}"
    if n_undisclosed:
        more = ngettext(
            "and %(count)s offer without an amount",
            "and %(count)s offers without an amount",
            n_undisclosed,
        ) % {"count": n_undisclosed}
        words = f"{words}, {more}"
    return Band(
        label,
        style,
        y,
        solid,
        (LEFT + solid, max(0.0, round(end - solid, 1))),
        amount.high is None,
        shapes,
        n_undisclosed - len(shapes),
        words,
    )
