"""Lists come in pages that agree, whatever is recorded meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.board.conftest import clock, make, open_client
from vigens.board.api import ENDPOINTS, ROOT
from vigens.journal import open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient

FIELDS = {
    "/obligations": "obligations",
    "/agreements": "pages",
    "/counts": "measures",
    "/offers": "offers",
    "/meetings": "meetings",
    "/timeline": "intervals",
    "/entries": "entries",
    "/search": "entries",
    "/documents": "entries",
    "/findings": "findings",
}
NEEDS = {"/search": "q=a"}


def walk(
    client: TestClient, address: str, field: str, after_one: Any = None
) -> list[Any]:
    rows: list[Any] = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        rows += found[field]
        address = found["next"] or ""
        assert (f'<{address}>; rel="next"' == answer.headers.get("link")) is bool(
            address
        )
        if after_one is not None:
            after_one()
    return rows


def test_every_list_is_walked_here() -> None:
    assert {one.path for one in ENDPOINTS if one.is_list} == set(FIELDS)


@pytest.mark.parametrize("path", FIELDS)
@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_together_are_the_list(client: TestClient, path: str, limit: int) -> None:
    field, needs = FIELDS[path], NEEDS.get(path, "")
    whole = client.get(f"{ROOT}{path}?{needs}&limit=500".replace("?&", "?")).json()
    if whole["total"] > 20 * limit:
        limit = whole["total"] // 5
    address = f"{ROOT}{path}?{needs}&limit={limit}".replace("?&", "?")
    assert walk(client, address, field) == whole[field]
    assert whole["total"] == len(whole[field])


@pytest.mark.parametrize("path", ["/entries", "/search"])
def test_what_is_recorded_meanwhile_moves_no_page(tiny: Path, path: str) -> None:
    client = open_client(tiny)
    address = f"{ROOT}{path}?{NEEDS.get(path, 'kind=claim')}&limit=1"
    whole = client.get(address.replace("limit=1", "limit=500")).json()["entries"]
    assert len(whole) > 1

    words = iter(range(100))

    def record() -> None:
        about = whole[-1]["entry"]["about"]
        said = {"polarity": "pos", "statement": f"late {next(words)}", "actors": []}
        with open_journal(tiny / "journal.jsonl", clock) as journal:
            journal.append([make("claim", said, about=tuple(about))])

    assert walk(client, address, "entries", record) == whole
    later = client.get(address.replace("limit=1", "limit=500")).json()
    assert later["total"] > len(whole)


def test_a_cursor_keeps_whose_eyes_it_was(tiny: Path) -> None:
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        journal.append([make("note", {"text": "For France"}, marks=("FR",))])
    client = open_client(tiny)
    rows = walk(client, f"{ROOT}/entries?reader=FR&limit=3&kind=note", "entries")
    assert [row["entry"]["marks"] for row in rows][-1] == ["FR"]
