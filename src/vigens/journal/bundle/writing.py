"""Bundles, receipts and heads out of a journal, as lines of bytes."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from vigens.base import Tell, Tenths
from vigens.journal.bundle.parts import (
    LEAVES_A_LINE,
    VERSION,
    Document,
    Place,
    Receipt,
)
from vigens.journal.entry import Entry, entry_fields
from vigens.journal.errors import ProofError
from vigens.journal.proof import (
    ALL_ENTRIES,
    SignedHead,
    Signer,
    Succession,
    Tree,
    head_to_json,
    root_of,
    salt,
    sign_head,
    succession_to_json,
)
from vigens.journal.values import format_json

#: How often to look for a moment in which nobody writes.
_TRIES = 200


class Logged(Protocol):
    """What a bundle needs of a journal: its logs, keys and entries."""

    @property
    def where(self) -> str:
        """The journal's name in messages."""
        ...

    def logs(self) -> tuple[str, ...]:
        """Give the names of the logs that hold something."""
        ...

    def size(self, log: str = ALL_ENTRIES) -> int:
        """Give the size of a log."""
        ...

    def leaves(
        self, log: str = ALL_ENTRIES, start: int = 0, end: int | None = None
    ) -> Sequence[bytes]:
        """Give leaf hashes of a log."""
        ...

    def number_in(self, log: str, identifier: str) -> int | None:
        """Give the number of an entry in a log, from 0."""
        ...

    def key_of(self, identifier: str) -> bytes | None:
        """Give the key of an entry, none where it was redacted."""
        ...

    def stream(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        """Give positions and entries in order, without redacted ones."""
        ...

    def redacted(self) -> Mapping[str, str]:
        """Give what was redacted: id of the entry to id of the fact."""
        ...


@dataclass(frozen=True, slots=True)
class LogState:
    """A log as it was at one moment.

    Attributes:
        log: Its name.
        leaves: Its leaves.
        head: What was signed of it.
    """

    log: str
    leaves: tuple[bytes, ...]
    head: SignedHead


def logs_for(journal: Logged, marks: Collection[str] | None) -> tuple[str, ...]:
    """Name the logs of a journal that a reader with some marks may verify.

    Args:
        journal: Its logs.
        marks: The marks that are cleared; none clears every entry.
    """
    if marks is None:
        return (ALL_ENTRIES,) if journal.size() else ()
    return tuple(log for log in journal.logs() if log in marks and log != ALL_ENTRIES)


def sign_logs(
    journal: Logged, logs: Iterable[str], signer: Signer, moment: str
) -> tuple[LogState, ...]:
    """Sign what some logs are at one moment, whoever writes meanwhile.

    Raises:
        ProofError: A log is empty, or others wrote without a pause.
    """
    names = tuple(logs)
    for _ in range(_TRIES):
        before = journal.size()
        sizes = {log: journal.size(log) for log in names}
        if journal.size() == before:
            break
    else:
        raise ProofError.restless(journal.where)
    # Logs only grow, so how they stood then can be read at leisure.
    leaves = {log: tuple(journal.leaves(log, 0, size)) for log, size in sizes.items()}
    return tuple(
        LogState(log, found, _sign(signer, log, found, moment))
        for log, found in leaves.items()
    )


def bundle_lines(
    journal: Logged,
    states: Sequence[LogState],
    *,
    reader: str,
    made: str,
    handed_over: Sequence[Succession] = (),
    documents: Iterable[Document] = (),
    progress: Tell | None = None,
) -> Iterator[bytes]:
    """Write a bundle, line by line.

    Args:
        journal: The entries and their keys.
        states: The logs of the bundle, signed.
        reader: For whose eyes these logs are.
        made: The moment, as `recorded_at` has it.
        handed_over: Which key followed which.
        documents: Those that go along.
        progress: Told how many hundredths of the entries are written.
    """
    yield _line(
        {
            "vigens": "bundle",
            "version": VERSION,
            "reader": reader,
            "made": made,
            "heads": [head_to_json(state.head) for state in states],
            "keys": [succession_to_json(each) for each in handed_over],
        }
    )
    for state in states:
        for start in range(0, len(state.leaves), LEAVES_A_LINE):
            hashes = state.leaves[start : start + LEAVES_A_LINE]
            yield _line(
                {
                    "leaves": state.log,
                    "start": start,
                    "hashes": [each.hex() for each in hashes],
                }
            )
    gone = _redactions(journal, states)
    counts = {"entries": 0, "redacted": len(gone), "documents": 0}
    done = Tenths(sum(len(state.leaves) for state in states), progress)
    n_placed = 0
    for entry, places in _placed(journal, states, gone):
        counts["entries"] += 1
        n_placed += len(places)
        done.reach(n_placed)
        yield _line(
            {
                "entry": {"id": entry.id, **entry_fields(entry)},
                "in": {log: _place(place) for log, place in places.items()},
            }
        )
    for numbers, fact in gone:
        yield _line({"redacted": numbers, "fact": fact})
    for document in documents:
        counts["documents"] += 1
        yield _line(_document(document))
    yield _line({"end": counts})


def receipt_of(
    journal: Logged,
    entry: Entry,
    state: LogState,
    handed_over: Sequence[Succession] = (),
) -> Receipt:
    """Prove that an entry is in a log.

    Raises:
        ProofError: It is not, or was redacted.
    """
    number = journal.number_in(state.log, entry.id)
    key = journal.key_of(entry.id)
    if number is None or key is None or number >= len(state.leaves):
        raise ProofError.not_in_log(entry.id, state.log)
    path = Tree(state.leaves).inclusion(number)
    place = Place(number + 1, salt(key, state.log))
    return Receipt(state.head, tuple(handed_over), entry, place, path)


def receipt_line(receipt: Receipt) -> bytes:
    """Write a receipt: one line."""
    return _line(
        {
            "vigens": "receipt",
            "version": VERSION,
            "head": head_to_json(receipt.head),
            "keys": [succession_to_json(each) for each in receipt.handed_over],
            "entry": {"id": receipt.entry.id, **entry_fields(receipt.entry)},
            "place": _place(receipt.place),
            "path": [each.hex() for each in receipt.path],
        }
    )


def head_line(head: SignedHead, handed_over: Sequence[Succession] = ()) -> bytes:
    """Write a signed head: one line, to be published or kept as a witness."""
    return _line(
        {
            "vigens": "head",
            "version": VERSION,
            "head": head_to_json(head),
            "keys": [succession_to_json(each) for each in handed_over],
        }
    )


def _sign(
    signer: Signer, log: str, leaves: tuple[bytes, ...], moment: str
) -> SignedHead:
    origin = leaves[0].hex() if leaves else ""
    found = (origin, len(leaves), root_of(leaves).hex())
    return sign_head(signer, log, leaves=found, moment=moment)


def _redactions(
    journal: Logged, states: Sequence[LogState]
) -> list[tuple[dict[str, int], str]]:
    """List what was redacted: number in each log, from 1, and the fact."""
    found = []
    for identifier, fact in journal.redacted().items():
        numbers = {}
        for state in states:
            number = journal.number_in(state.log, identifier)
            if number is not None and number < len(state.leaves):
                numbers[state.log] = number + 1
        if numbers:
            found.append((numbers, fact))
    return sorted(found, key=lambda each: min(each[0].values()))


def _placed(
    journal: Logged,
    states: Sequence[LogState],
    gone: Sequence[tuple[dict[str, int], str]],
) -> Iterator[tuple[Entry, dict[str, Place]]]:
    """Give entries with their places, counting along in each log."""
    sizes = {state.log: len(state.leaves) for state in states}
    left_out = {(log, number) for numbers, _ in gone for log, number in numbers.items()}
    at = dict.fromkeys(sizes, 0)
    n_open = len(sizes)
    no_more = journal.redacted()
    for _, entry in journal.stream():
        if entry.id in no_more:
            continue
        numbers: dict[str, int] = {}
        for log in (ALL_ENTRIES, *dict.fromkeys(entry.marks)):
            if log not in sizes or at[log] >= sizes[log]:
                continue
            at[log] += 1
            while (log, at[log]) in left_out:
                at[log] += 1
            numbers[log] = at[log]
            n_open -= at[log] == sizes[log]
        if numbers:
            key = journal.key_of(entry.id)
            if key is None:
                raise ProofError.not_in_log(entry.id, next(iter(numbers)))
            yield (
                entry,
                {log: Place(n, salt(key, log)) for log, n in numbers.items()},
            )
        if not n_open:
            return


def _place(place: Place) -> list[Any]:
    return [place.number, place.salt.hex()]


def _document(document: Document) -> dict[str, Any]:
    fields = {"document": document.name, "sha256": document.sha256}
    try:
        text = document.content.decode()
    except UnicodeDecodeError:
        return {**fields, "base64": base64.b64encode(document.content).decode()}
    return {**fields, "text": text}


def _line(value: dict[str, Any]) -> bytes:
    return format_json(value).encode() + b"\n"
