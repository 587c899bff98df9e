"""The open case: loaded again when its files change, one session kept for each lens."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, RLock
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.board.sessions import Sessions
from vigens.board.shelves import Shelf
from vigens.board.turn import Turn
from vigens.desk import (
    Looking,
    Session,
    make_lens,
    open_case,
    pulse,
    read_status,
    reopen_case,
)
from vigens.journal import ALL, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from vigens.desk import Case
    from vigens.intake import Document
    from vigens.model import Lens

#: What tells one state of the folder from the next: name, time of change, size.
Stamp = tuple[tuple[str, int, int], ...]

MOST_SENT = 2000
MOST_TEXTS = 8


@dataclass(frozen=True, slots=True)
class Edition:
    """A case as it was loaded at one time; it never changes, another takes its place.

    Attributes:
        number: Counts up; another edition, another number.
        case: The case.
        newest: When the last entry of all was recorded, UTC seconds; it tells pages
            kept from others, and is shown to nobody.
        latest: Reader to when the last entry that this one sees was recorded.
        heads: Reader to the name of the state of what this one sees.
    """

    number: int
    case: Case
    newest: int
    latest: dict[str, int | None] = field(default_factory=dict, compare=False)
    heads: dict[str, str] = field(default_factory=dict, compare=False)


class Casebook:
    """One case folder as it stands on disk, and the sessions looking into it.

    Callers hold `lock` while they use a session: evaluation fills its own memory. Who
    makes a page lends it while the evidence of a look that is not kept is assembled, which
    takes by far the longest and touches no session; pages of looks that are kept are
    made meanwhile. Who records lends it to nobody. Whoever only wants to know whether
    anything changed waits for nobody.
    """

    def __init__(
        self,
        folder: str | Path,
        clock: Callable[[], datetime],
        *,
        look_every: float = 0.0,
    ) -> None:
        """Begin with nothing loaded.

        Args:
            folder: The case folder.
            clock: The present.
            look_every: Seconds for which a look at the files holds; 0 looks always.
        """
        self.folder = Path(folder)
        self.clock = clock
        self.lock = Turn()
        self.look_every = look_every
        #: Whether nothing is worked out in the background for a first page.
        self.is_warm = True
        self._loading = RLock()
        self._looked = float("-inf")
        self._stamp: Stamp | None = None
        self._edition: Edition | None = None
        self._number = 0
        self._tables: tuple[str, ...] = ()
        self._address: str | None = None
        self._sessions = Sessions()
        self._pinned = threading.local()
        #: Looks that some thread assembles just now; one is assembled at a time.
        self._coming: dict[Lens, Event] = {}
        self._assembling = Lock()
        #: Receipts of forms that were sent, by person and sending, so that one that is
        #: sent twice is recorded once.
        self.sent: Shelf[str] = Shelf(MOST_SENT)
        #: Texts of documents that were read last, by SHA-256.
        self.texts: Shelf[Document] = Shelf(MOST_TEXTS)
        #: By what name the one user of a board without accounts signed last.
        self.last_name = ""

    def stamp(self) -> Stamp:
        """Look at the folder: which files, changed when, how large.

        Of a journal on a server: how many entries, how many of them redacted.

        Raises:
            JournalOutsideError: The server cannot be reached.
        """
        names = [
            self.folder / "case.toml",
            *sorted((self.folder / "agreements").glob("*.md")),
            *sorted(self.folder.glob("journal.*")),
            *(self.folder / name for name in self._tables),
        ]
        found = []
        for path in names:
            try:
                facts = path.stat()
            except OSError:
                continue
            if not _says_nothing(path.name, facts.st_size):
                found.append((path.name, facts.st_mtime_ns, facts.st_size))
        if self._address is not None:
            found.append(("journal", *pulse(self._address, self.clock)))
        return tuple(found)

    def look(self) -> Edition:
        """Look at the files, and give the case; loaded again if they have changed.

        Raises:
            VigensError: The folder, its settings or its journal cannot be read.
        """
        begun = time.monotonic()
        known, edition = self._stamp, self._edition
        if edition is not None and self.stamp() == known and edition is self._edition:
            self._looked = begun
            return edition
        with self._loading:
            begun = time.monotonic()
            stamp = self.stamp()
            if self._edition is None or stamp != self._stamp:
                self._load(stamp)
            self._looked = begun
            assert self._edition is not None, "it was loaded above"
            return self._edition

    def warm(self, reader: str) -> None:
        """Work out what a first page shows, before anybody asks for one.

        A case that cannot be worked out is told to whoever asks.

        Args:
            reader: Whose eyes.
        """
        try:
            with self.lock, self.pinned() as edition:
                looking = Looking(self.now(reader), reader=reader)
                read_status(self.session(edition.case, looking))
        except VigensError:
            return
        finally:
            self.is_warm = True

    def is_ready(self, patience: float) -> bool:
        """Say whether the first page is worked out, or is within some seconds."""
        if self.is_warm or not self.lock.take(patience):
            return self.is_warm
        self.lock.give_back()
        return True

    def _load(self, stamp: Stamp) -> None:
        known, self._edition = self._edition, None
        case = None if known is None else reopen_case(known.case, self.clock)
        if known is not None and case is known.case:
            self._edition, self._stamp = known, stamp
            return
        if case is None:
            case = open_case(self.folder, self.clock)
            self._sessions.clear()
        self._tables = tuple(t.file for t in case.settings.tables)
        self._address = case.settings.journal
        is_more = self._tables or self._address
        self._stamp = self.stamp() if is_more else stamp
        self._number += 1
        newest = case.latest_record(ALL, int(self.clock().timestamp())) or 0
        self._edition = Edition(self._number, case, newest)

    def glance(self) -> Edition | None:
        """Give the case if the last look still holds; waits for nobody, reads nothing."""
        if time.monotonic() - self._looked < self.look_every:
            return self._edition
        return None

    def expect_change(self) -> None:
        """Have whoever asks next look at the files: something was recorded here."""
        self._looked = float("-inf")

    @contextmanager
    def pinned(self, *, lends: bool = False) -> Iterator[Edition]:
        """Have one edition for as long as a page is made, whatever is recorded meanwhile.

        Args:
            lends: Whether others may be served while a look is assembled.

        Raises:
            VigensError: The folder, its settings or its journal cannot be read.
        """
        edition = self.glance() or self.look()
        self._pinned.edition, self._pinned.lends = edition, lends
        try:
            yield edition
        finally:
            self._pinned.edition, self._pinned.lends = None, False

    def edition(self) -> Edition:
        """Give the edition that this thread makes a page of, or else the newest.

        Raises:
            VigensError: The folder, its settings or its journal cannot be read.
        """
        pinned: Edition | None = getattr(self._pinned, "edition", None)
        return pinned or self.glance() or self.look()

    def case(self) -> Case:
        """Give the case, loaded again if its files have changed.

        Raises:
            VigensError: The folder, its settings or its journal cannot be read.
        """
        return self.edition().case

    def now(self, reader: str) -> int:
        """Read the clock: the minute that has begun, or what was recorded since.

        Pages that name no day share one lens for a minute, and an entry that was
        recorded a moment ago is known already, to those who may see it.

        Args:
            reader: Whose page it is; one that is not known sees no entry.
        """
        exact = int(self.clock().timestamp())
        minute = exact - exact % 60
        edition = self.edition()
        if reader not in edition.latest:
            edition.latest[reader] = edition.case.latest_record(reader, exact)
        last = edition.latest[reader]
        return minute if last is None else max(minute, min(last, exact))

    def head(self, reader: str) -> str:
        """Name the state of all that a reader may see: record, rules, settings.

        Nothing that he may not see shapes it.

        Args:
            reader: Empty for the public.

        Raises:
            VigensError: The case cannot be read.
        """
        edition = self.edition()
        if reader not in edition.heads:
            now = int(self.clock().timestamp())
            edition.heads[reader] = edition.case.head(reader or PUBLIC, now)
        return edition.heads[reader]

    def moment(self, edition: Edition) -> int:
        """Give what tells one present of an edition from the next, for any reader.

        As long as this is the same, `now` is the same for each reader.
        """
        exact = int(self.clock().timestamp())
        return exact - exact % 60 if edition.newest <= exact else exact

    def session(self, case: Case, looking: Looking) -> Session:
        """Give the session for a lens; evaluated once, kept for the next page.

        Raises:
            VigensError: The lens names what the case does not have, or the agreement
                files have errors.
        """
        with self.lock:
            return self.through(case, make_lens(case, looking))

    def through(self, case: Case, lens: Lens) -> Session:
        """Give the session for a lens that is made already.

        Raises:
            VigensError: The agreement files have errors.
        """
        with self.lock:
            if not getattr(self._pinned, "lends", False):
                return self._sessions.get(case, lens) or self._begun(case, lens)
            while (coming := self._coming.get(lens)) is not None:
                with self.lock.lent():
                    coming.wait()
            session = self._sessions.get(case, lens)
            if session is None:
                self._coming[lens] = Event()
                try:
                    session = self._begun(case, lens, self._aside)
                finally:
                    self._coming.pop(lens).set()
            return session

    def _begun(
        self,
        case: Case,
        lens: Lens,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> Session:
        """Begin a session, and keep it."""
        session = Session(case, lens, self._sessions.ground(lens), aside=aside)
        self._sessions.put(session, self.now(lens.reader))
        return session

    @contextmanager
    def _aside(self) -> Iterator[None]:
        with self.lock.lent(), self._assembling:
            yield


def _says_nothing(name: str, size: int) -> bool:
    """Say whether a file beside a database changes by mere reading."""
    return name.endswith("-shm") or (name.endswith("-wal") and size == 0)
