"""The hub: listeners by what they have open, one watcher, and what each is told."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from starlette.concurrency import run_in_threadpool

from vigens.base import VigensError
from vigens.board.live.fragments import changed, fragments

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from vigens.board.casebook import Casebook

#: Most listeners of one process; a further one is asked to come later.
MOST_LISTENERS = 2000

#: States of a page that one who comes back may have left at.
MOST_STATES = 16

#: Seconds between two looks; and for which an open page without listeners is known.
LOOK_EVERY = 0.5
KNOWN_FOR = 120.0

#: A page is made again at each minute, but takes no more than this part of the time.
MOST_OF_THE_TIME = 0.05

_LOG = logging.getLogger("vigens.board")


@dataclass(frozen=True, slots=True)
class Change:
    """What is said to a listener: the state that he then has, and what differs."""

    state: str
    names: tuple[str, ...]


@dataclass(eq=False, slots=True)
class Listener:
    """One open page; what it was not told yet is gathered, so it can be slow."""

    pending: Change | None = None
    is_over: bool = False
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, change: Change) -> None:
        """Add a change to what waits to be told."""
        if self.pending is not None:
            names = dict.fromkeys((*self.pending.names, *change.names))
            change = Change(change.state, tuple(names))
        self.pending = change
        self.bell.set()

    def take(self) -> Change | None:
        """Give what waits to be told."""
        found, self.pending = self.pending, None
        self.bell.clear()
        return found

    def end(self) -> None:
        """Have the connection closed."""
        self.is_over = True
        self.bell.set()


class Seeing(Protocol):
    """Makes a page through the eyes of its listeners."""

    def head(self) -> str:
        """Say in which state the record is that the reader of the page may see."""

    def page(self) -> bytes | None:
        """Give the page; none where it cannot be shown to them any more."""

    @property
    def is_of_now(self) -> bool:
        """Say whether the page follows the clock."""


@dataclass(eq=False, slots=True)
class Group:
    """Everybody who has the same page open with the same eyes.

    Attributes:
        seeing: Makes the page.
        listeners: Who has it open.
        head: Of the record as the reader saw it last.
        state: Names what the page came to.
        parts: Fragment to digest.
        states: What it came to before, by name.
        edition: Number of the edition of the case that it was looked at in.
        minute: At which it was made.
        left_at: When its last listener went.
        next_minute: Before that it is not made again for the clock alone.
        turn: Whoever makes it has it.
    """

    seeing: Seeing
    listeners: set[Listener] = field(default_factory=set)
    head: str = ""
    state: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict)
    states: OrderedDict[str, Mapping[str, bytes]] = field(default_factory=OrderedDict)
    edition: int = 0
    minute: int = 0
    left_at: float = field(default_factory=time.monotonic)
    next_minute: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def renew(self, moment: int) -> Change | None:
        """Make the page again, and say what differs from before.

        Args:
            moment: The minute, counted from anywhere.

        Raises:
            VigensError: The case cannot be read.
        """
        begun = time.monotonic()
        head, body = self.seeing.head(), self.seeing.page()
        cost = time.monotonic() - begun
        self.next_minute = begun + cost / MOST_OF_THE_TIME
        if body is None:
            return None
        before, self.parts = self.parts, fragments(body)
        self.head, self.state = head, f"{head}.{moment}"
        self.states[self.state] = self.parts
        self.states.move_to_end(self.state)
        while len(self.states) > MOST_STATES:
            self.states.popitem(last=False)
        names = changed(before, self.parts) if before else ()
        return Change(self.state, names) if names else None

    def since(self, state: str) -> Change | None:
        """Say what differs from a state that somebody left at."""
        if not state or state == self.state:
            return None
        before = self.states.get(state)
        names = ("main",) if before is None else changed(before, self.parts)
        return Change(self.state, names) if names else None


class Hub:
    """All listeners of a process."""

    def __init__(self, casebook: Casebook, *, most: int = MOST_LISTENERS) -> None:
        """Begin with nobody; the watcher runs as long as somebody listens."""
        self._casebook = casebook
        self.most = most
        self._groups: dict[Hashable, Group] = {}
        self._watcher: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.n_listeners = 0

    @property
    def is_full(self) -> bool:
        """Say whether no further listener is taken."""
        return self.n_listeners >= self.most

    async def join(self, key: Hashable, seeing: Seeing) -> tuple[Group, Listener]:
        """Take a listener for a page.

        Args:
            key: The same for whoever sees the same: page, lens, person, language.
            seeing: Makes the page.

        Raises:
            VigensError: The case cannot be read.
        """
        self.n_listeners += 1
        try:
            group = await self._group(key, seeing)
        except BaseException:
            self.n_listeners -= 1
            raise
        listener = Listener()
        group.listeners.add(listener)
        self._watch()
        return group, listener

    async def _group(self, key: Hashable, seeing: Seeing) -> Group:
        """Give the group of a page as it is now; it may be let go of meanwhile."""
        while True:
            edition = await run_in_threadpool(self._casebook.look)
            group = self._groups.setdefault(key, Group(seeing))
            await self._renew(group, edition.number)
            if self._groups.get(key) is group:
                return group

    def leave(self, group: Group, listener: Listener) -> None:
        """Let a listener go."""
        group.listeners.discard(listener)
        group.left_at = time.monotonic()
        self.n_listeners -= 1

    def close(self) -> None:
        """End every connection: the board is shut. Any thread may call it."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._close)

    def _close(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
        for group in self._groups.values():
            for listener in group.listeners:
                listener.end()

    def _watch(self) -> None:
        self._loop = asyncio.get_running_loop()
        if self._watcher is None or self._watcher.done():
            self._watcher = self._loop.create_task(self._watching())

    async def _watching(self) -> None:
        while self._groups:
            await asyncio.sleep(LOOK_EVERY)
            self._forget()
            try:
                await self._look()
            except VigensError as error:
                _LOG.error("%s (%s)", error.what, error.where)

    def _forget(self) -> None:
        """Let go of pages that nobody has had open for a while."""
        limit = time.monotonic() - KNOWN_FOR
        for key, group in list(self._groups.items()):
            if not group.listeners and group.left_at < limit:
                del self._groups[key]

    async def _look(self) -> None:
        """Look at the case once, and tell whoever sees a difference."""
        edition = await run_in_threadpool(self._casebook.look)
        for group in list(self._groups.values()):
            if group.listeners:
                await self._renew(group, edition.number)

    async def _renew(self, group: Group, edition: int) -> None:
        """Make a page again if it may differ, and tell those who have it open."""
        minute = self._now()
        async with group.turn:
            is_due = (
                group.minute != minute
                and group.seeing.is_of_now
                and time.monotonic() >= group.next_minute
            )
            if not is_due:
                if group.edition == edition:
                    return
                head = await run_in_threadpool(group.seeing.head)
                if head == group.head:
                    group.edition = edition
                    return
            change = await run_in_threadpool(group.renew, minute)
            group.edition, group.minute = edition, minute
        if change is not None:
            for listener in tuple(group.listeners):
                listener.tell(change)

    def _now(self) -> int:
        return int(self._casebook.clock().timestamp()) // 60
