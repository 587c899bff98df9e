"""Checks a bundle by docs/proofs.md alone: nothing of this program is imported.

It raises an assertion where something does not fit, and gives the entries' ids by log.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def canonical(value: Any) -> bytes:
    match value:
        case None:
            return b"n"
        case True:
            return b"t"
        case False:
            return b"f"
        case int():
            digits = str(value).encode()
            return b"i%d:%b" % (len(digits), digits)
        case str():
            data = value.encode()
            return b"s%d:%b" % (len(data), data)
        case list():
            return b"l%d:" % len(value) + b"".join(map(canonical, value))
    parts = [
        canonical(key) + canonical(value[key])
        for key in sorted(value, key=lambda key: key.encode())
    ]
    return b"m%d:" % len(parts) + b"".join(parts)


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return sha(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:]))


def id_of(entry: dict[str, Any]) -> str:
    rest = {key: value for key, value in entry.items() if key != "id"}
    return sha(b"vigens entry 1\n" + canonical(rest)).hex()


def leaf_of(salt: str, identifier: str) -> bytes:
    return sha(b"\0vigens leaf 1\n" + canonical([salt, identifier]))


def check_head(head: dict[str, Any]) -> None:
    public = bytes.fromhex(head["public"])
    fields = {"key": sha(public).hex()}
    fields |= {key: head[key] for key in ("log", "moment", "origin", "root", "size")}
    signature = bytes.fromhex(head["signature"])
    signed = b"vigens head 1\n" + canonical(fields)
    Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)


def check_bundle(path: Path) -> dict[str, list[str]]:
    front, *parts, end = map(json.loads, path.read_text("utf-8").splitlines())
    heads = {head["log"]: head for head in front["heads"]}
    leaves: dict[str, list[bytes]] = {log: [] for log in heads}
    for part in parts:
        if "leaves" in part:
            assert part["start"] == len(leaves[part["leaves"]])
            leaves[part["leaves"]] += map(bytes.fromhex, part["hashes"])
    for log, head in heads.items():
        check_head(head)
        assert len(leaves[log]) == head["size"]
        assert leaves[log][0].hex() == head["origin"]
        assert root_of(leaves[log]).hex() == head["root"]
    entries = [part for part in parts if "entry" in part]
    redacted = [part for part in parts if "redacted" in part]
    found: dict[str, dict[int, str]] = {log: {} for log in heads}
    for part in entries:
        entry = part["entry"]
        assert entry["id"] == id_of(entry)
        assert set(part["in"]) == set(heads) & {"all", *entry["marks"]}
        for log, (number, salt) in part["in"].items():
            assert leaf_of(salt, entry["id"]) == leaves[log][number - 1]
            assert found[log].setdefault(number, entry["id"]) == entry["id"]
    facts = [part["fact"] for part in redacted]
    assert len(set(facts)) == len(facts)
    for part in redacted:
        fact = check_redaction(part["fact"], [each["entry"] for each in entries])
        assert set(part["redacted"]) == set(heads) & {
            "all",
            *fact["payload"]["stub"]["marks"],
        }
        for log, number in part["redacted"].items():
            assert number not in found[log]
            found[log][number] = ""
    for log, head in heads.items():
        assert set(found[log]) == set(range(1, head["size"] + 1))
    documents = [part for part in parts if "document" in part]
    n_parts = [len(entries), len(redacted), len(documents)]
    assert list(end["end"].values()) == n_parts
    return {log: [name for _, name in sorted(found[log].items())] for log in found}


def check_redaction(fact: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    (told,) = [entry for entry in entries if entry["id"] == fact]
    assert told["kind"] == "redaction"
    assert any(
        entry["kind"] == "confirmation"
        and fact in entry["about"]
        and entry["recorded_by"] != told["recorded_by"]
        for entry in entries
    )
    (target,) = told["about"]
    assert target not in {entry["id"] for entry in entries}
    return told


def check_receipt(path: Path) -> str:
    value = json.loads(path.read_text("utf-8"))
    head, (number, salt) = value["head"], value["place"]
    check_head(head)
    assert value["entry"]["id"] == id_of(value["entry"])
    node, low, high, turns = leaf_of(salt, value["entry"]["id"]), 0, head["size"], []
    while high - low > 1:
        split = 1
        while 2 * split < high - low:
            split *= 2
        is_left = number - 1 < low + split
        turns.append(is_left)
        low, high = (low, low + split) if is_left else (low + split, high)
    for is_left, part in zip(reversed(turns), value["path"], strict=True):
        other = bytes.fromhex(part)
        node = sha(b"\1" + (node + other if is_left else other + node))
    assert node.hex() == head["root"]
    return str(value["entry"]["id"])


def check_opening(path: Path) -> str:
    value = json.loads(path.read_text("utf-8"))
    nonce = bytes.fromhex(value["nonce"])
    data = b"vigens sealed offer 1\n" + nonce + canonical(value["offer"])
    assert sha(data).hex() == value["commitment"]
    return str(value["commitment"])
