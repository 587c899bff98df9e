"""Proofs on the board: roots, paths, a receipt to keep, and signing by who may."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import (
    clock,
    open_app,
    open_client,
    others,
    signature,
    write_case,
)
from vigens.board import make_app
from vigens.journal import open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture
def logged(tmp_path: Path) -> Path:
    """Give the tiny case with its journal in a database."""
    case = write_case(tmp_path / "case")
    (case / "journal.jsonl").unlink()
    with open_journal(case / "journal.db", clock, create=True) as journal:
        journal.append([*signature(), *others()])
    return case


def sign(case: Path) -> TestClient:
    """Sign the public log through its form."""
    client = open_app(make_app(case, clock, read_only=False))
    text = client.get("/proofs").text
    token = re.findall(
        r'name="([a-z_]+)" value="([^"]+)"><input type="hidden" name="log"', text
    )
    assert token, text[:500]
    (name, value) = token[0]
    sent = client.post(
        "/proofs",
        data={name: value, "log": "public"},
        headers={"origin": "http://127.0.0.1"},
    )
    assert sent.status_code == 303, sent.text
    return client


def test_a_log_is_signed_and_then_gives_receipts(logged: Path) -> None:
    client = open_client(logged)
    assert "Nobody has signed this log yet" in client.get("/proofs").text
    entry = re.findall(r"/entry/([0-9a-f]{64})", client.get("/journal").text)[0]
    assert client.get(f"/entry/{entry}/receipt").status_code == 404
    assert (
        "No signed head covers this entry yet"
        in client.get(f"/entry/{entry}/proof").text
    )
    client = sign(logged)
    assert "only grown" in client.get("/proofs").text
    text = client.get(f"/entry/{entry}/proof").text
    assert "Keep the receipt" in text
    assert "<script>alert" not in text
    receipt = client.get(f"/entry/{entry}/receipt")
    assert receipt.json()["vigens"] == "receipt"
    assert "attachment" in receipt.headers["content-disposition"]


def test_a_read_only_board_offers_no_signing(logged: Path) -> None:
    assert "Sign how it stands now" not in open_client(logged).get("/proofs").text


def test_an_entry_leads_to_its_proof_and_its_document(client: TestClient) -> None:
    entry = re.findall(
        r"/entry/([0-9a-f]{64})", client.get("/journal?kind=claim&text=signs").text
    )[0]
    text = client.get(f"/entry/{entry}").text
    assert f"/entry/{entry}/proof" in text
    assert f"/document/{'d' * 16}" in text
    assert "kept as text" in client.get(f"/entry/{entry}/proof").text
    assert client.get(f"/entry/{'0' * 64}/proof").status_code == 404
