"""Drawing: states around the middle of those asked about, in an equal-area projection.

Lines are rounded to whole units of the drawing, on both sides of a border alike, so
that neighbours still meet; what rounds to a point is left out unless it is all there is.

Source:
    J. P. Snyder, Map Projections: A Working Manual (1987), Lambert azimuthal
    equal-area projection, spherical form; equidistant cylindrical for the whole earth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from vigens.board.atlas.outlines import State, read_states
from vigens.board.atlas.rule import OCCUPIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

WIDTH, HEIGHT, EDGE = 900, 620, 26

#: States further than this from the middle (radians) stand beside the map, as marks.
FAR = 0.62

#: Share of the states that must be near, or the whole earth is drawn.
NEAR_SHARE = 0.6

#: Smallest island that is drawn, in square units of the drawing, and the grid to which
#: lines are rounded: some 10 km on a map of Europe.
SMALLEST, GRID = 6.0, 2


@dataclass(frozen=True, slots=True)
class Outline:
    """One state as drawn: its path, and where its code stands; no code if too small."""

    code: str
    path: str
    x: float
    y: float
    has_room: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A state that is too small to see, or lies far away: a mark at its place."""

    code: str
    x: float
    y: float
    is_far: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """A drawing.

    Attributes:
        width: Of it.
        height: Of it, with the row of marks.
        floor: Where the row of far states begins.
        states: Drawn, those asked about last so that their lines lie above.
        marks: Small states asked about at their place, far ones in a row beneath.
        occupied: Path, title and state of each occupied area in sight; what of the
            path lies outside the state is to be cut off.
        frame: What places a point of the earth in the drawing.
    """

    width: int
    height: int
    floor: int
    states: tuple[Outline, ...]
    marks: tuple[Mark, ...]
    occupied: tuple[tuple[str, str, str], ...]
    frame: Frame


@lru_cache(maxsize=8)
def draw_atlas(codes: tuple[str, ...]) -> Atlas:
    """Draw a map around some states.

    Args:
        codes: ISO codes of the states asked about; those without an outline are
            passed over.
    """
    states = read_states()
    asked = [states[code] for code in dict.fromkeys(codes) if code in states]
    near = _near(asked)
    frame = Frame.around(near or asked)
    drawn = [
        outline
        for state in sorted(states.values(), key=lambda each: each.code in codes)
        if (outline := frame.outline(state)) is not None
    ]
    small = {each.code for each in drawn if not each.has_room} | {
        each.code for each in near if each.code not in {one.code for one in drawn}
    }
    far = [state for state in asked if state not in near]
    marks = [
        Mark(state.code, *frame.point(state.label), is_far=False)
        for state in near
        if state.code in small
    ]
    floor = HEIGHT + 8
    for place, state in enumerate(far):
        marks.append(Mark(state.code, 40 + 64 * place, floor + 16, is_far=True))
    in_sight = {each.code for each in drawn}
    return Atlas(
        WIDTH,
        HEIGHT + (44 if far else 0),
        floor,
        tuple(drawn),
        tuple(marks),
        tuple(
            (frame.path_of(area.edge), area.title, area.state)
            for area in OCCUPIED
            if area.state in in_sight
        ),
        frame,
    )


def _near(asked: Sequence[State]) -> list[State]:
    """Give the states around the middle one; all where too few are near it."""
    import numpy as np

    if not asked:
        return []
    labels = np.radians(np.array([state.label for state in asked]))
    middle = np.median(labels, axis=0)
    near = [
        state
        for state, gap in zip(asked, _angles(labels, middle), strict=True)
        if gap <= FAR
    ]
    return near if len(near) >= NEAR_SHARE * len(asked) else list(asked)


def _angles(
    labels: NDArray[np.float64], middle: NDArray[np.float64]
) -> NDArray[np.float64]:
    import numpy as np

    longitude, latitude = labels[:, 0] - middle[0], labels[:, 1]
    cosine = np.sin(latitude) * np.sin(middle[1])
    cosine += np.cos(latitude) * np.cos(middle[1]) * np.cos(longitude)
    found: NDArray[np.float64] = np.arccos(np.clip(cosine, -1, 1))
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection fitted to the drawing.

    Attributes:
        middle: Longitude and latitude of its middle, radians.
        scale: Units of the drawing for one radian.
        shift: What lies in the middle of the drawing, before scaling.
        is_world: Whether the whole earth is drawn.
    """

    middle: tuple[float, float]
    scale: float
    shift: tuple[float, float]
    is_world: bool

    @classmethod
    def around(cls, states: Sequence[State]) -> Frame:
        """Fit a frame around some states."""
        import numpy as np

        if not states:
            return cls((0.0, 0.0), WIDTH / (2 * np.pi), (0.0, 0.0), is_world=True)
        labels = np.radians(np.array([state.label for state in states]))
        middle = (float(np.median(labels[:, 0])), float(np.median(labels[:, 1])))
        if _angles(labels, np.array(middle)).max() > FAR * 1.01:
            return cls((0.0, 0.0), WIDTH / (2 * np.pi), (0.0, 0.0), is_world=True)
        bare = cls(middle, 1.0, (0.0, 0.0), is_world=False)
        flat = bare.flat(labels)
        low, high = flat.min(axis=0), flat.max(axis=0)
        size = np.maximum(high - low, 0.12)
        room = np.array([WIDTH - 6 * EDGE, HEIGHT - 5 * EDGE])
        scale = float((room / size).min())
        centre = (low + high) / 2
        return cls(middle, scale, (float(centre[0]), float(centre[1])), is_world=False)

    def flat(self, radians: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project longitudes and latitudes; y runs down."""
        import numpy as np

        longitude, latitude = radians[:, 0] - self.middle[0], radians[:, 1]
        if self.is_world:
            return np.column_stack((longitude, -latitude))
        sine, cosine = np.sin(self.middle[1]), np.cos(self.middle[1])
        depth = 1 + sine * np.sin(latitude)
        depth += cosine * np.cos(latitude) * np.cos(longitude)
        reach = np.sqrt(2 / np.maximum(depth, 1e-6))
        up = cosine * np.sin(latitude) - sine * np.cos(latitude) * np.cos(longitude)
        return np.column_stack(
            (reach * np.cos(latitude) * np.sin(longitude), -reach * up)
        )

    def placed(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give places in the drawing."""
        import numpy as np

        flat = self.flat(np.radians(degrees)) - np.array(self.shift)
        middle = np.array([WIDTH / 2, HEIGHT / 2])
        found: NDArray[np.float64] = flat * self.scale + middle
        return found

    def point(self, label: tuple[float, float]) -> tuple[float, float]:
        """Place one point."""
        import numpy as np

        (place,) = self.placed(np.array([label]))
        return round(float(place[0]), 1), round(float(place[1]), 1)

    def path_of(self, edge: Iterable[tuple[float, float]]) -> str:
        """Draw a ring as it is given."""
        import numpy as np

        return _path(np.round(self.placed(np.array(list(edge)))))

    def outline(self, state: State) -> Outline | None:
        """Draw one state; nothing where none of it is in sight."""
        parts, largest = [], 0.0
        for ring in state.rings:
            if not self.is_world and _is_behind(ring, self.middle):
                continue
            placed = self.placed(ring)
            if not _is_in_sight(placed):
                continue
            area = abs(_area(placed))
            coarse = _coarse(placed)
            if area < SMALLEST or len(coarse) < 4:
                continue
            largest = max(largest, area)
            parts.append(_path(coarse))
        if not parts:
            return None
        x, y = self.point(state.label)
        is_inside = 0 < x < WIDTH and 0 < y < HEIGHT
        has_room = bool(largest > 240 and is_inside)
        return Outline(state.code, "".join(parts), x, y, has_room)


def _is_behind(ring: NDArray[np.float64], middle: tuple[float, float]) -> bool:
    """Say whether a ring lies on the far side of the earth, where it would smear."""
    import numpy as np

    return bool(_angles(np.radians(ring), np.array(middle)).min() > 1.5)


def _is_in_sight(placed: NDArray[np.float64]) -> bool:
    low, high = placed.min(axis=0), placed.max(axis=0)
    return bool(high[0] > 0 and low[0] < WIDTH and high[1] > 0 and low[1] < HEIGHT)


def _area(placed: NDArray[np.float64]) -> float:
    x, y = placed[:, 0], placed[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _coarse(placed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to the grid, within a wide margin of the drawing, without doubled points."""
    import numpy as np

    rounded = np.round(placed / GRID) * GRID
    margin = WIDTH
    rounded = np.clip(rounded, -margin, (WIDTH + margin, HEIGHT + margin))
    moved = np.any(rounded[1:] != rounded[:-1], axis=1)
    kept = rounded[np.concatenate(([True], moved))]
    if len(kept) < 3:
        return kept
    before, here, after = kept[:-2], kept[1:-1], kept[2:]
    one, other = here - before, after - here
    bends = one[:, 0] * other[:, 1] != one[:, 1] * other[:, 0]
    return kept[np.concatenate(([True], bends, [True]))]


def _path(points: NDArray[np.float64]) -> str:
    whole = points.astype(int)
    steps = [f"M{whole[0, 0]} {whole[0, 1]}"]
    moves = whole[1:] - whole[:-1]
    steps += [f"l{x} {y}" for x, y in moves.tolist()]
    return "".join(steps) + "z"
