"""Borders: the data and the finished drawing both keep to resolution 68/262."""

from __future__ import annotations

import re

import pytest

from vigens.board.atlas import (
    DISCLAIMER,
    Atlas,
    contains,
    draw_atlas,
    has_outlines,
    outlines,
    read_states,
)

EUROPE = (
    "BE",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GB",
    "GR",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "RU",
    "UA",
)

CRIMEA = {
    "Simferopol": (34.10, 44.95),
    "Sevastopol": (33.52, 44.60),
    "Yalta": (34.13, 44.52),
    "Kerch": (36.44, 45.34),
    "Dzhankoi": (34.39, 45.71),
    "Yevpatoriia": (33.40, 45.22),
}
OTHERS = {
    "Kyiv": (30.52, 50.45, "UA"),
    "Donetsk": (37.80, 48.00, "UA"),
    "Luhansk": (39.30, 48.57, "UA"),
    "Krasnodar": (38.97, 45.04, "RU"),
    "Belgorod": (36.58, 50.60, "RU"),
    "Tiraspol": (29.63, 46.84, "MD"),
    "Sukhumi": (41.02, 43.00, "GE"),
    "Kyrenia": (33.32, 35.32, "CY"),
    "Paris": (2.35, 48.86, "FR"),
}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return draw_atlas(EUROPE)


def drawn_over(atlas: Atlas, longitude: float, latitude: float) -> set[str]:
    """Give the states whose drawn path goes around a point, by the even-odd rule."""
    x, y = atlas.frame.point((longitude, latitude))
    return {state.code for state in atlas.states if is_inside(state.path, x, y)}


def is_inside(path: str, x: float, y: float) -> bool:
    crossings = 0
    for ring in path.split("z")[:-1]:
        steps = [tuple(map(int, pair)) for pair in re.findall(r"(-?\d+) (-?\d+)", ring)]
        points = [steps[0]]
        for step in steps[1:]:
            points.append((points[-1][0] + step[0], points[-1][1] + step[1]))
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            if (y0 > y) != (y1 > y) and x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x:
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("town", CRIMEA)
def test_crimea_lies_in_ukraine_in_the_data_and_in_the_drawing(
    town: str, atlas: Atlas
) -> None:
    longitude, latitude = CRIMEA[town]
    states = read_states()
    assert contains(states["UA"], longitude, latitude)
    assert not contains(states["RU"], longitude, latitude)
    assert drawn_over(atlas, longitude, latitude) == {"UA"}


@pytest.mark.parametrize("town", OTHERS)
def test_other_towns_lie_in_their_state(town: str, atlas: Atlas) -> None:
    longitude, latitude, code = OTHERS[town]
    found = {s.code for s in read_states().values() if contains(s, longitude, latitude)}
    assert found == {code}
    assert drawn_over(atlas, longitude, latitude) == {code}


@pytest.mark.parametrize("town", CRIMEA)
def test_what_is_occupied_is_marked_inside_its_state(town: str, atlas: Atlas) -> None:
    ((path, title, state),) = atlas.occupied
    assert (state, "Crimea" in title, "Sevastopol" in title) == ("UA", True, True)
    steps = re.findall(r"(-?\d+) (-?\d+)", path)
    assert len(steps) > 10
    assert is_inside(path, *atlas.frame.point(CRIMEA[town]))
    assert not is_inside(path, *atlas.frame.point((33.37, 46.63)))  # beyond the isthmus


def test_the_disclaimer_names_the_resolution_and_what_is_not_drawn() -> None:
    words = " ".join(DISCLAIMER)
    assert "68/262" in words
    assert "no front line is drawn" in words
    assert "no targeting" in words


def test_small_states_are_marked_and_far_ones_stand_beneath() -> None:
    found = draw_atlas((*EUROPE, "CA", "JP"))
    marks = {mark.code: mark for mark in found.marks}
    assert {code for code, mark in marks.items() if mark.is_far} == {"CA", "JP"}
    assert "MT" in marks
    assert not marks["MT"].is_far
    assert all(mark.y > found.floor for mark in found.marks if mark.is_far)


def test_states_all_over_the_earth_are_drawn_on_the_whole_earth() -> None:
    found = draw_atlas(("BR", "JP", "ZA", "CA", "FR"))
    assert found.frame.is_world
    assert {"BR", "JP", "ZA", "CA", "FR"} <= {state.code for state in found.states}
    assert drawn_over(found, -47.9, -15.8) == {"BR"}


def test_a_drawing_is_coarse_and_small(atlas: Atlas) -> None:
    assert sum(len(state.path) for state in atlas.states) < 150_000
    assert not draw_atlas(("no such state",)).marks


def test_without_the_package_there_is_no_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "PACKAGE", "no_such_package_anywhere")
    assert not has_outlines()
