"""What a reader may not see shapes nothing on these pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.board.conftest import clock, open_client, write_case
from vigens.board.inquiry import INQUIRY
from vigens.journal import Draft, Passage, Source, open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PATHS = (
    *(way.path for way in INQUIRY if "{" not in way.path),
    "/offers",
    "/meetings",
    "/money",
    f"/document/{'d' * 16}",
    "/press?since=2026-01-01",
)

SECRET = "seen by France alone"


def hide(kind: str, payload: dict[str, Any], **fields: Any) -> Draft:
    """Draft an entry that France alone may see."""
    payload.setdefault("title", SECRET)
    return Draft(kind, payload, "curator", marks=("FR",), **fields)


def hidden() -> list[Draft]:
    """Draft something of every kind that these pages show."""
    day = {"happened": "2026-02-28", "known_from": "2026-02-28"}
    quoted = Passage("d" * 64, 0, len(SECRET), SECRET)
    said = {"polarity": "pos", "statement": SECRET, "actors": ["FR"]}
    denied = {"polarity": "neg", "statement": SECRET, "actors": ["FR"]}
    offer: dict[str, Any] = {
        "party": "UA",
        "stance": "offer",
        "domains": ["sea"],
        "conditions": [],
    }
    offer |= {"gates": [], "quantity": {"number": 9, "unit": "boats"}}
    breach: dict[str, Any] = {"event": "breach.happens", "args": ["b"]}
    seat = {"actor": "CZ", "how": "in_person"}
    count = {"measure": "never", "number": 4, "comparison": "eq"}
    document: dict[str, Any] = {"sha256": "e" * 64, "name": SECRET, "length": 3}
    document |= {"media_type": "text/plain"}
    matters = [
        hide("occurrence", breach, **day, handle="breach"),
        hide("offer", offer, **day, handle="offer"),
        hide(
            "funding",
            {"by": ["FR"], "number": 9, "unit": "EUR", "stage": "paid"},
            **day,
            handle="money",
        ),
        hide("position", {"party": "CZ", "point": SECRET}, **day, handle="position"),
        hide("institution", {"body": "x", "status": "planned"}, **day, handle="body"),
        hide(
            "meeting", {"format": "online", "attendance": [seat]}, **day, handle="meet"
        ),
        hide("count", count, **day, handle="count"),
    ]
    claims = [
        hide(
            "claim",
            dict(said),
            about=(f"@{matter.handle}",),
            handle=f"{matter.handle}1",
        )
        for matter in matters
    ]
    return [
        *matters,
        *claims,
        hide(
            "claim",
            dict(denied),
            about=("@breach",),
            sources=(Source("https://a.example", passage=quoted),),
        ),
        hide("grade", {"reliability": "A", "credibility": 1}, about=("@breach1",)),
        hide("document", document),
        hide(
            "coverage",
            {"events": ["*"], "audience": "FR"},
            happened="2026-03-01/2026-03-07",
        ),
        hide("offer", {**offer, "party": "CZ"}, **day, supersedes="@offer"),
        hide("note", {"text": SECRET}, rectifies="@position"),
        hide("position", {"party": "CZ", "point": SECRET}, rectifies="@position"),
    ]


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, TestClient]:
    """Give a client of the tiny case without and with what is hidden."""
    folder = tmp_path_factory.mktemp("eyes")
    plain, more = write_case(folder / "case"), write_case(folder / "more" / "case")
    with open_journal(more / "journal.jsonl", clock) as journal:
        journal.append(hidden())
    return open_client(plain), open_client(more)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same_whatever_is_hidden(
    clients: tuple[TestClient, TestClient], path: str
) -> None:
    glue = "&" if "?" in path else "?"
    pages = [
        client.get(f"{path}{glue}as_of=2026-03-08&known_at=2026-03-08")
        for client in clients
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].text == pages[1].text
    assert SECRET not in pages[1].text


def test_who_may_see_it_sees_it(clients: tuple[TestClient, TestClient]) -> None:
    _, client = clients
    for path in ("/press", "/positions", "/corrections", "/contradictions", "/offers"):
        assert SECRET in client.get(f"{path}?reader=FR").text, path
    assert "/document/eeeeeeeeeeeeeeee" in client.get("/documents?reader=FR").text


def test_no_page_of_these_writes_without_being_asked(tiny: Path) -> None:
    client = open_client(tiny)
    before = sorted((p.name, p.read_bytes()) for p in tiny.rglob("*") if p.is_file())
    for path in PATHS:
        client.get(path)
    after = sorted((p.name, p.read_bytes()) for p in tiny.rglob("*") if p.is_file())
    assert after == before
