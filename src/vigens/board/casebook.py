"""The open case: loaded again when its files change, one session kept for each lens."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Generic, TypeVar

from vigens.desk import Session, make_lens, open_case, pulse

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from vigens.desk import Case, Looking
    from vigens.model import Lens

#: What tells one state of the folder from the next: name, time of change, size.
Stamp = tuple[tuple[str, int, int], ...]

MOST_SESSIONS = 24

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Keep the values used last, up to a number of them."""

    def __init__(self, most: int) -> None:
        """Begin empty."""
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        """Give what is kept under a key and mark it as used."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def put(self, key: Hashable, value: Kept) -> None:
        """Keep a value; the one unused for longest goes."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


class Casebook:
    """One case folder as it stands on disk, and the sessions looking into it.

    Callers hold `lock` while they use a session: evaluation fills its own memory.
    """

    def __init__(self, folder: str | Path, clock: Callable[[], datetime]) -> None:
        """Begin with nothing loaded."""
        self.folder = Path(folder)
        self.clock = clock
        self.lock = RLock()
        self._stamp: Stamp | None = None
        self._case: Case | None = None
        self._latest: dict[str, int | None] = {}
        self._tables: tuple[str, ...] = ()
        self._address: str | None = None
        self._sessions: Shelf[Session] = Shelf(MOST_SESSIONS)

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
            found.append((path.name, facts.st_mtime_ns, facts.st_size))
        if self._address is not None:
            found.append(("journal", *pulse(self._address, self.clock)))
        return tuple(found)

    def case(self) -> Case:
        """Give the case, loaded again if its files have changed.

        Raises:
            VigensError: The folder, its settings or its journal cannot be read.
        """
        with self.lock:
            stamp = self.stamp()
            if self._case is None or stamp != self._stamp:
                self._sessions.clear()
                self._case = None
                self._case = case = open_case(self.folder, self.clock)
                self._latest = {}
                self._tables = tuple(t.file for t in case.settings.tables)
                self._address = case.settings.journal
                is_more = self._tables or self._address
                self._stamp = self.stamp() if is_more else stamp
            return self._case

    def now(self, reader: str) -> int:
        """Read the clock: the minute that has begun, or what was recorded since.

        Pages that name no day share one lens for a minute, and an entry that was
        recorded a moment ago is known already, to those who may see it.

        Args:
            reader: Whose page it is; one that is not known sees no entry.
        """
        exact = int(self.clock().timestamp())
        minute = exact - exact % 60
        case = self.case()
        if reader not in self._latest:
            self._latest[reader] = case.latest_record(reader, exact)
        last = self._latest[reader]
        return minute if last is None else max(minute, min(last, exact))

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
            session = self._sessions.get(lens)
            if session is None or session.whole is not case:
                session = Session(case, lens)
                self._sessions.put(lens, session)
            return session
