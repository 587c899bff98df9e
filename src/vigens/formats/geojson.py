"""Places (RFC 7946), coarse by rule: a tenth of a degree, some ten kilometres.

What has a name and no known place is a feature without a geometry. Nothing finer than
the grid is written, whatever is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Degrees to which every place is rounded.
GRID = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """Something that is somewhere.

    Attributes:
        id: Names it.
        facts: What is said of it: text, numbers, truth values, lists of text.
        at: Longitude and latitude in degrees, WGS 84; none where that is not known.
    """

    id: str
    facts: Mapping[str, object] = field(default_factory=dict)
    at: tuple[float, float] | None = None


def write_places(
    title: str,
    places: Iterable[Place],
    *,
    lens: Mapping[str, object],
    notes: Iterable[str] = (),
) -> str:
    """Write a collection of features.

    Args:
        title: Of the collection.
        places: What is somewhere.
        lens: What it depends on; stands beside the features.
        notes: What must be said with it, such as how borders are drawn.

    Raises:
        ValueError: A place is on no globe.
    """
    found = {
        "type": "FeatureCollection",
        "title": title,
        "lens": dict(lens),
        "notes": list(notes),
        "grid_degrees": GRID,
        "features": [_feature(place) for place in places],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _feature(place: Place) -> dict[str, object]:
    geometry = None
    if place.at is not None:
        east, north = place.at
        if not (-180 <= east <= 180 and -90 <= north <= 90):
            message = f"no place on a globe: {place.at}"
            raise ValueError(message)
        coarse = [round(round(one / GRID) * GRID, 1) for one in (east, north)]
        geometry = {"type": "Point", "coordinates": coarse}
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": geometry,
        "properties": dict(place.facts),
    }
