"""Proofs of the API hold, of what the reader sees, and of nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.board.conftest import (
    earlier,
    make,
    open_client,
    others,
    signature,
    write_case,
)
from vigens.board.api import ROOT
from vigens.journal import open_journal
from vigens.journal.proof import leaf_hash, verify_consistency, verify_inclusion

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_case(tmp_path_factory.mktemp("proofs") / "case")
    (folder / "journal.jsonl").unlink()
    with open_journal(folder / "journal.db", earlier, create=True) as journal:
        journal.append([*signature(), *others()])
        journal.append([make("note", {"text": "For Prague alone"}, marks=("CZ",))])
        journal.append([make("note", {"text": "For all"})])
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> TestClient:
    return open_client(folder)


def get(client: TestClient, path: str) -> Any:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("reader", "logs"),
    [
        ("public", ["public"]),
        ("CZ", ["CZ", "public"]),
        ("all", ["all", "CZ", "public"]),
    ],
)
def test_every_answer_names_the_logs_of_its_reader(
    client: TestClient, reader: str, logs: list[str]
) -> None:
    head = get(client, f"/status?reader={reader}")["head"]
    assert [one["log"] for one in head["logs"]] == logs
    assert head["logs"] == get(client, f"/proofs/head?reader={reader}")["logs"]
    sizes = {one["log"]: one["size"] for one in head["logs"]}
    assert sizes.get("all", head["entries"]) == head["entries"]


@pytest.mark.parametrize("log", ["public", "all"])
def test_an_inclusion_can_be_checked(client: TestClient, log: str) -> None:
    reader = "all" if log == "all" else "public"
    for line in get(client, f"/entries?reader={reader}")["entries"]:
        entry = line["entry"]["id"]
        if log not in ("all", *line["entry"]["marks"]):
            continue
        proof = get(
            client, f"/proofs/inclusion?entry={entry}&log={log}&reader={reader}"
        )
        leaf = bytes.fromhex(proof["leaf"])
        assert leaf == leaf_hash(bytes.fromhex(proof["salt"]), entry)
        assert verify_inclusion(
            leaf,
            proof["number"],
            proof["size"],
            proof=[bytes.fromhex(one) for one in proof["path"]],
            root=bytes.fromhex(proof["root"]),
        )


def test_growth_can_be_checked(client: TestClient) -> None:
    size = get(client, "/proofs/head")["logs"][0]["size"]
    for first in range(1, size + 1):
        proof = get(client, f"/proofs/consistency?first={first}")
        assert verify_consistency(
            first,
            proof["size"],
            proof=[bytes.fromhex(one) for one in proof["path"]],
            old_root=bytes.fromhex(proof["first_root"]),
            root=bytes.fromhex(proof["root"]),
        )


@pytest.mark.parametrize(
    "path",
    [
        "/proofs/consistency?first=999",
        "/proofs/consistency?first=1&log=CZ",
        "/proofs/consistency?first=1&log=all",
        "/proofs/inclusion?entry=r-1&log=CZ",
        "/proofs/inclusion?entry=r-1&log=all",
        "/proofs/inclusion?entry=ffffff",
    ],
)
def test_what_a_reader_may_not_check_is_refused(client: TestClient, path: str) -> None:
    assert client.get(f"{ROOT}{path}").status_code == 422


def test_a_hidden_entry_has_no_proof_and_moves_no_root(
    client: TestClient, folder: Path
) -> None:
    hidden = get(client, "/entries?reader=CZ&kind=note")["entries"]
    (entry,) = [x["entry"]["id"] for x in hidden if x["entry"]["marks"] == ["CZ"]]
    for log in ("public", "CZ", "all"):
        path = f"{ROOT}/proofs/inclusion?entry={entry}&log={log}"
        assert client.get(path).status_code == 422
    before = client.get(f"{ROOT}/status")
    with open_journal(folder / "journal.db", earlier) as journal:
        journal.append([make("note", {"text": "Again for Prague"}, marks=("CZ",))])
    after = client.get(f"{ROOT}/status")
    assert before.content == after.content
    assert before.headers["etag"] == after.headers["etag"]
