"""Checking a bundle part by part: every leaf, every entry, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from vigens.journal.bundle.checked import Checked
from vigens.journal.bundle.parts import (
    BundleError,
    Carried,
    Document,
    End,
    Front,
    Leaves,
    Part,
    Redacted,
)
from vigens.journal.bundle.words import whole
from vigens.journal.entry import Entry
from vigens.journal.proof import ALL_ENTRIES, leaf_hash, root_of


def check_bundle(parts: Iterator[Part], where: str, *, keeps: bool) -> Checked:
    """Check the parts of a bundle as they come.

    Args:
        parts: As they are read.
        where: The file.
        keeps: Keep the entries and documents that fit; without, a large bundle takes
            little memory.

    Raises:
        BundleError: A part stands in the wrong place.
    """
    return _Bundle(where, keeps=keeps).check(parts)


class _Bundle:
    """Checks the parts of a bundle as they come, and keeps what fits."""

    def __init__(self, where: str, *, keeps: bool) -> None:
        self.keeps = keeps
        self.n_documents = 0
        self.checked = Checked("bundle", where)
        self.filled: dict[str, bytearray] = {}
        self.ids: set[str] = set()
        self.facts: dict[str, Entry] = {}
        self.used: set[str] = set()
        self.seconds: dict[str, set[str]] = {}
        self.told_of: set[tuple[str, str]] = set()
        self.stage = 0
        self.line = 0
        self.end: End | None = None

    def check(self, parts: Iterator[Part]) -> Checked:
        for part in parts:
            self.line += 1
            self._in_order(part)
            match part:
                case Front():
                    self._open(part)
                case Leaves():
                    self._add_leaves(part)
                case Carried():
                    self._add_entry(part)
                case Redacted():
                    self._add_redacted(part)
                case Document():
                    self._add_document(part)
                case End():
                    self.end = part
        self._finish()
        return self.checked

    def _in_order(self, part: Part) -> None:
        order = (Front, Leaves, Carried, Redacted, Document, End)
        stage = order.index(type(part))
        again = type(part) in (Front, End) and self.line > 1 and stage == self.stage
        if stage < self.stage or again:
            raise BundleError.line(
                "this line stands in the wrong place",
                f"{self.checked.where}:{self.line}",
            )
        if self.stage <= 1 < stage:
            self._close_leaves()
        self.stage = stage

    def _open(self, opening: Front) -> None:
        checked = self.checked
        checked.reader, checked.handed_over = opening.reader, opening.handed_over
        for head in opening.heads:
            if head.log in checked.heads:
                self._report("J031", f'the log "{head.log}" has two heads')
            checked.heads[head.log] = head
            checked.leaves[head.log] = []

    def _add_leaves(self, part: Leaves) -> None:
        leaves = self.checked.leaves.get(part.log)
        if leaves is None or part.start != len(leaves):
            raise BundleError.line(
                f'these are not the next leaves of the log "{part.log:.60}"',
                f"{self.checked.where}:{self.line}",
            )
        leaves += part.hashes

    def _close_leaves(self) -> None:
        for log, leaves in self.checked.leaves.items():
            head = self.checked.heads[log]
            fits = (
                len(leaves) == head.size
                and leaves[0].hex() == head.origin
                and root_of(leaves).hex() == head.root
            )
            if not fits:
                self._report(
                    "J031",
                    f'the {len(leaves)} leaves of the log "{log}" do not give what '
                    "was signed",
                )
            self.filled[log] = bytearray(len(leaves))

    def _add_entry(self, part: Carried) -> None:
        entry = part.entry
        wrong = self._misplaced(part)
        if entry.id in self.ids:
            wrong = "stands here a second time"
        if wrong:
            self._report("J032", f"the entry {entry.id[:12]} {wrong}")
            return
        self.ids.add(entry.id)
        if self.keeps:
            self.checked.entries.append(entry)
        if entry.kind == "redaction":
            self.facts[entry.id] = entry
        if entry.kind == "confirmation":
            for target in entry.about:
                self.seconds.setdefault(target, set()).add(entry.recorded_by)
        if entry.kind == "document":
            sha, name = entry.payload.get("sha256"), entry.payload.get("name")
            self.told_of.add((str(sha), str(name)))

    def _misplaced(self, part: Carried) -> str:
        """Say what is wrong with an entry's places, or nothing."""
        entry, leaves = part.entry, self.checked.leaves
        due = {log for log in leaves if log == ALL_ENTRIES or log in entry.marks}
        if set(part.places) != due or not due:
            return "does not lie in the logs whose marks it bears"
        for log, place in part.places.items():
            at = place.number - 1
            if not 0 <= at < len(leaves[log]):
                return f'has no place in the log "{log}"'
            if leaf_hash(place.salt, entry.id) != leaves[log][at]:
                return f'is not what lies at number {place.number} of the log "{log}"'
            if self.filled[log][at]:
                return f'has the place of another one in the log "{log}"'
        for log, place in part.places.items():
            self.filled[log][place.number - 1] = 1
        return ""

    def _add_redacted(self, part: Redacted) -> None:
        for log, number in part.numbers.items():
            filled = self.filled.get(log)
            if filled is None or not 0 < number <= len(filled) or filled[number - 1]:
                self._report(
                    "J032", f'number {number} of the log "{log:.60}" is not empty'
                )
                return
        wrong = self._unfounded(part)
        if wrong:
            self._report("J033", f"a redaction rests on {part.fact[:12]}, {wrong}")
            return
        self.used.add(part.fact)
        for log, number in part.numbers.items():
            self.filled[log][number - 1] = 2
        self.checked.redacted.append(part)

    def _unfounded(self, part: Redacted) -> str:
        """Say why a fact does not bear out a redaction, or nothing.

        A fact empties the places of the one entry it is about, in each log whose mark
        that entry bore, and no other: else a courier could leave entries out by it.
        """
        fact = self.facts.get(part.fact)
        if fact is None:
            return "which is no fact of redaction in this bundle"
        if not self.seconds.get(fact.id, set()) - {fact.recorded_by}:
            return "which no second person confirmed"
        if part.fact in self.used or len(fact.about) != 1 or fact.about[0] in self.ids:
            return "which is about another entry"
        stub = fact.payload.get("stub")
        marks = stub.get("marks") if isinstance(stub, Mapping) else None
        bears = marks if isinstance(marks, tuple) else ()
        due = {log for log in self.filled if log == ALL_ENTRIES or log in bears}
        if set(part.numbers) != due:
            return "which is about an entry of other logs"
        return ""

    def _add_document(self, part: Document) -> None:
        fits = sha256(part.content).hexdigest() == part.sha256
        if not fits or (part.sha256, part.name) not in self.told_of:
            told = "no entry here tells of it" if fits else "it does not fit its hash"
            self._report("J036", f'the document "{part.name}" is left out: {told}')
            return
        self.n_documents += 1
        if self.keeps:
            self.checked.documents.append(part)

    def _finish(self) -> None:
        checked = self.checked
        if self.stage <= 1:
            self._close_leaves()
        for log, filled in self.filled.items():
            n_empty = filled.count(0)
            if n_empty:
                first = filled.index(0) + 1
                self._report(
                    "J033",
                    f'the log "{log}" lacks {n_empty} of its entries, the first at '
                    f"number {first}, and no redaction says why",
                )
            else:
                n_gone = filled.count(2)
                checked.shown.append(whole(checked.heads[log], n_gone))
        found = End(len(self.ids), len(checked.redacted), self.n_documents)
        if self.end != found:
            self._report("J037", "the end of the bundle does not fit what is in it")
        if self.n_documents:
            checked.shown.append(
                f"{self.n_documents} documents are those that the entries tell "
                "of, byte for byte."
            )

    def _report(self, code: str, message: str) -> None:
        self.checked.report(code, message, line=max(self.line, 1))
