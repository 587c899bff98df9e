"""The shapes of proofs about the logs of a journal (RFC 6962)."""

from __future__ import annotations

from typing import TypedDict

from vigens.board.api.shapes import LogForm


class HeadsForm(TypedDict):
    """How the logs stand that the reader may check.

    Attributes:
        logs: One for each; none of a journal that is text.
        signed: Heads that were signed, newest last, as `vigens head` writes them.
    """

    logs: list[LogForm]
    signed: list[SignedForm]


class SignedForm(TypedDict):
    """A signed head.

    Attributes:
        log: Name of the log.
        origin: Its first leaf, hex: which log of that name it is.
        size: How many leaves it had.
        root: Root over them, hex.
        moment: When it was signed.
        public: Public key that signed, hex.
        signature: Over all of this, hex.
    """

    log: str
    origin: str
    size: int
    root: str
    moment: str
    public: str
    signature: str


class InclusionForm(TypedDict):
    """That an entry is in a log.

    Attributes:
        log: Name of the log.
        size: How many leaves the tree has.
        root: Its root, hex.
        entry: Id of the entry.
        number: Of its leaf, from 0.
        salt: With which its id is hashed into the leaf, hex.
        leaf: The leaf, hex.
        path: Hashes from the leaf to the root, hex.
    """

    log: str
    size: int
    root: str
    entry: str
    number: int
    salt: str
    leaf: str
    path: list[str]


class ConsistencyForm(TypedDict):
    """That a log only grew.

    Attributes:
        log: Name of the log.
        first: Size of the smaller tree.
        first_root: Its root, hex.
        size: Size of the tree as it stands.
        root: Its root, hex.
        path: Hashes that show it, hex.
    """

    log: str
    first: int
    first_root: str
    size: int
    root: str
    path: list[str]
