"""The rule on borders: what a map of this board shows, and what it says beside it."""

from __future__ import annotations

from dataclasses import dataclass

from vigens.board.tongues import N_


@dataclass(frozen=True, slots=True)
class Occupied:
    """An area that is occupied, drawn as part of its state and hatched.

    Attributes:
        state: ISO code of the state that it belongs to.
        title: What it is called.
        source: Who says so.
        edge: Longitudes and latitudes of a coarse ring around it; what of the ring
            lies outside the state is not drawn.
    """

    state: str
    title: str
    source: str
    edge: tuple[tuple[float, float], ...]


#: Areas that resolutions of the General Assembly call occupied and that have an edge
#: that does not move. Front lines move and are not drawn.
OCCUPIED = (
    Occupied(
        "UA",
        N_("Autonomous Republic of Crimea and the city of Sevastopol"),
        "A/RES/68/262, A/RES/76/179",
        (
            (32.2, 45.2),
            (32.4, 45.9),
            (33.5, 46.0),
            (33.65, 46.15),
            (33.85, 46.2),
            (34.3, 46.05),
            (34.6, 46.0),
            (34.85, 45.8),
            (35.05, 45.65),
            (35.6, 45.55),
            (36.8, 45.6),
            (36.8, 45.0),
            (35.6, 44.6),
            (33.9, 44.1),
            (33.1, 44.3),
        ),
    ),
)

#: What every map says of itself.
DISCLAIMER = (
    N_(
        "Borders are drawn coarsely and follow resolution 68/262 of the United Nations "
        "General Assembly: the Autonomous Republic of Crimea and the city of Sevastopol "
        "are Ukraine. Hatched areas are occupied; no front line is drawn, and further "
        "areas are occupied than are hatched."
    ),
    N_(
        "Outlines are those of Natural Earth (public domain), in the variant of its "
        "data that shows Crimea so; some territories of disputed or special status "
        "stand apart in it. Drawing a border here takes no position on any other "
        "question of status, and serves no navigation and no targeting."
    ),
)
