"""Reading what somebody else made: strict, bounded, one line at a time."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from vigens.base import Tell, Tenths
from vigens.journal.adopt import check_id
from vigens.journal.bundle.parts import (
    LARGEST_DOCUMENT,
    LARGEST_LINE,
    VERSION,
    BundleError,
    Carried,
    Document,
    End,
    Front,
    Leaves,
    Part,
    Place,
    Receipt,
    Redacted,
)
from vigens.journal.entry import Entry
from vigens.journal.entry_read import entry_from_json
from vigens.journal.errors import (
    EntryError,
    JournalFileError,
    ProofError,
    ValueRefusedError,
    reason,
)
from vigens.journal.proof import (
    SignedHead,
    Succession,
    head_from_json,
    succession_from_json,
)
from vigens.journal.proof.heads import LARGEST_LOG
from vigens.journal.sealing import Opening, opening_from_bytes
from vigens.journal.values import format_json, parse_json

_HASH = re.compile(r"[0-9a-f]{64}")
_PACKED = {
    b"PK\3\4": "zip",
    b"\x1f\x8b": "gzip",
    b"(\xb5/\xfd": "zstd",
    b"BZh": "bzip2",
}

#: Most of a kind in one line.
_MOST_LOGS, _MOST_KEYS, _MOST_LEAVES, _MOST_STEPS = 1000, 1000, 100_000, 64


@dataclass(frozen=True, slots=True)
class HeadFile:
    """A head on its own, as its journal published it."""

    head: SignedHead
    handed_over: tuple[Succession, ...]


def read_proof(
    path: Path, progress: Tell | None = None
) -> Iterator[Part] | Receipt | HeadFile | Opening:
    """Read a bundle, a receipt, a head or an opening; a bundle comes part by part.

    Args:
        path: The file.
        progress: Told how many hundredths of it are read.

    Raises:
        BundleError: It is none of these, or damaged; for a bundle also while the
            parts are read.
        JournalFileError: It cannot be read.
    """
    lines = _lines(path, progress)
    where = f"{path}:1"
    value = _object(next(lines, b""), where)
    what, version = value.get("vigens"), value.get("version")
    if what not in ("bundle", "receipt", "head", "opening"):
        raise BundleError(
            "this is no bundle, receipt or head",
            where,
            "`vigens export --bundle`, `vigens receipt` and `vigens head` make them; "
            "a journal as text is imported, not verified",
        )
    if type(version) is not int or version != VERSION:
        raise BundleError(
            f"this {what} is of version {str(version)[:20]}, this program knows "
            f"{VERSION}",
            where,
            "use a newer Vigens",
        )
    if what == "opening":
        return opening_from_bytes(format_json(value).encode(), where)
    with _told(where):
        if what == "bundle":
            return _parts(_front(value, where), lines, path)
        keys = _keys(value, where)
        head = head_from_json(value.get("head"), where)
        if what == "head":
            return HeadFile(head, keys)
        return Receipt(
            head,
            keys,
            _entry(value.get("entry"), where),
            _place(value.get("place"), where),
            tuple(
                _hash(each, where) for each in _list(value, "path", _MOST_STEPS, where)
            ),
        )


def is_bundle(path: Path) -> bool:
    """Say whether a file begins like a bundle, a receipt or a head."""
    try:
        with path.open("rb") as file:
            line = file.readline(LARGEST_LINE)
        value = parse_json(line.decode())
    except (OSError, ValueError, ValueRefusedError):
        return False
    return isinstance(value, dict) and "vigens" in value


def _lines(path: Path, progress: Tell | None) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            done = Tenths(os.fstat(file.fileno()).st_size, progress)
            for line in _split(file, path):
                done.reach(file.tell())
                yield line
    except FileNotFoundError as error:
        raise JournalFileError(
            "there is no such file", str(path), "check the path"
        ) from error
    except (OSError, ValueError) as error:
        raise JournalFileError(
            f"this file cannot be read ({reason(error)})", str(path), "check the path"
        ) from error


def _split(file: IO[bytes], path: Path) -> Iterator[bytes]:
    number = 0
    while line := file.readline(LARGEST_LINE + 1):
        number += 1
        if number == 1:
            for magic, name in _PACKED.items():
                if line.startswith(magic):
                    raise BundleError(
                        f"this file is packed ({name})",
                        str(path),
                        "unpack it first, where you can watch its size",
                    )
        if len(line) > LARGEST_LINE:
            raise BundleError.line(
                f"a line is longer than {LARGEST_LINE // 2**20} MB", f"{path}:{number}"
            )
        yield line


def _parts(front: Front, lines: Iterator[bytes], path: Path) -> Iterator[Part]:
    yield front
    for number, line in enumerate(lines, 2):
        where = f"{path}:{number}"
        with _told(where):
            part = _part(_object(line, where), where)
        yield part


def _part(value: Mapping[str, Any], where: str) -> Part:
    if "leaves" in value:
        hashes = _list(value, "hashes", _MOST_LEAVES, where)
        return Leaves(
            _text(value, "leaves", where),
            _number(value.get("start"), where),
            tuple(_hash(each, where) for each in hashes),
        )
    if "entry" in value:
        places = _mapping(value.get("in"), where)
        return Carried(
            _entry(value["entry"], where),
            {log: _place(place, where) for log, place in places.items()},
        )
    if "redacted" in value:
        numbers = _mapping(value["redacted"], where)
        return Redacted(
            {log: _number(number, where) for log, number in numbers.items()},
            _hash(value.get("fact"), where).hex(),
        )
    if "document" in value:
        return _document(value, where)
    if "end" in value:
        counts = _mapping(value["end"], where)
        return End(
            _number(counts.get("entries"), where),
            _number(counts.get("redacted"), where),
            _number(counts.get("documents"), where),
        )
    raise BundleError.line("this line is no part of a bundle", where)


def _front(value: Mapping[str, Any], where: str) -> Front:
    heads = _list(value, "heads", _MOST_LOGS, where)
    return Front(
        _text(value, "reader", where),
        _text(value, "made", where),
        tuple(head_from_json(each, where) for each in heads),
        _keys(value, where),
    )


def _keys(value: Mapping[str, Any], where: str) -> tuple[Succession, ...]:
    return tuple(
        succession_from_json(each, where)
        for each in _list(value, "keys", _MOST_KEYS, where)
    )


def _entry(value: object, where: str) -> Entry:
    entry = entry_from_json(value, where)
    if entry.is_stub:  # nobody could see whether its id is its own
        raise BundleError.line(
            "a redacted entry stands here as if it were whole", where
        )
    check_id(entry, where)
    return entry


def _document(value: Mapping[str, Any], where: str) -> Document:
    name = _text(value, "document", where)
    if is_unsafe_name(name):
        raise BundleError.line(
            f"the document's name {name!r:.80} would lead to another place", where
        )
    text, packed = value.get("text"), value.get("base64")
    try:
        if isinstance(text, str):
            content = text.encode()
        elif isinstance(packed, str):
            content = base64.b64decode(packed, validate=True)
        else:
            raise BundleError.line("this document has no content", where)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise BundleError.line("this document cannot be read", where) from error
    if len(content) > LARGEST_DOCUMENT:
        raise BundleError.line(
            f"a document is larger than {LARGEST_DOCUMENT // 2**20} MB", where
        )
    return Document(name, _hash(value.get("sha256"), where).hex(), content)


def is_unsafe_name(name: str) -> bool:
    """Say whether a document's name is more than a plain name of a file."""
    return (
        not name
        or name.startswith(".")
        or len(name.encode(errors="replace")) > 200
        or any(sign in '/\\:*?"<>|' or not sign.isprintable() for sign in name)
        or name != name.strip()
    )


def _object(line: bytes, where: str) -> Mapping[str, Any]:
    if not line.endswith(b"\n"):
        raise BundleError(
            "the file breaks off here" if line else "this file is empty",
            where,
            "it was not copied whole: ask for it again",
        )
    try:
        value = parse_json(line.decode())
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BundleError.line("this line is no JSON in UTF-8", where) from error
    except ValueRefusedError as error:
        raise BundleError.line(error.what, where) from error
    if not isinstance(value, dict):
        raise BundleError.line("this line is no JSON object", where)
    return value


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Say every fault of shape as a fault of the line."""
    try:
        yield
    except (ProofError, EntryError, ValueRefusedError) as error:
        raise BundleError.line(error.what, where) from error


def _list(value: Mapping[str, Any], name: str, most: int, where: str) -> list[Any]:
    found = value.get(name)
    if not isinstance(found, list) or len(found) > most:
        raise ProofError.field(name, f"a list of at most {most}", where)
    return found


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict) or len(value) > _MOST_LOGS:
        raise BundleError.line("an object is missing here", where)
    return value


def _text(value: Mapping[str, Any], name: str, where: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= 1000:
        raise ProofError.field(name, "text of at most 1000 signs", where)
    return found


def _number(value: object, where: str) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_LOG:
        raise ProofError.field("number", "a whole number, 0 or more", where)
    return value


def _hash(value: object, where: str) -> bytes:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ProofError.field("hash", "64 hex digits", where)
    return bytes.fromhex(value)


def _place(value: object, where: str) -> Place:
    if not isinstance(value, list) or len(value) != 2:
        raise ProofError.field("in", "a number and a salt for each log", where)
    return Place(_number(value[0], where), _hash(value[1], where))
