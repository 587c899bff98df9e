"""Driving a server: keep-alive connections that ask one after the other, and listeners."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

#: Longest that one answer may take.
PATIENCE = 60.0


@dataclass(slots=True)
class Driven:
    """What came of asking for a while.

    Attributes:
        seconds: How long it took.
        waits: Seconds of each answer, in order of size.
        statuses: Status to how many answers had it.
        n_bytes: Of all bodies.
    """

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    n_bytes: int = 0

    @property
    def a_second(self) -> float:
        """Give the answers a second."""
        return len(self.waits) / self.seconds

    def part(self, share: float) -> float:
        """Give the milliseconds within which a share of the answers came."""
        at = min(len(self.waits) - 1, int(len(self.waits) * share))
        return self.waits[at] * 1000

    def line(self) -> str:
        """Say it in one line."""
        size = self.n_bytes / max(1, len(self.waits)) / 1000
        told = ", ".join(f"{n} × {status}" for status, n in self.statuses.items())
        return (
            f"{self.a_second:7,.0f} pages/s  median {self.part(0.5):6.1f} ms  "
            f"p99 {self.part(0.99):6.1f} ms  {size:5.1f} kB each  ({told})"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer."""

    status: int
    etag: str
    body: bytes


class Line:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        """Connect later."""
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, headers: Sequence[str] = ()) -> Answer:
        """Ask for a page and read all of it."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", *headers)
        writer.write("\r\n".join((*lines, "", "")).encode())
        async with asyncio.timeout(PATIENCE):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            fields = dict(  # noqa: C402 -- one line each
                (line.partition(": ")[0].lower(), line.partition(": ")[2])
                for line in head.split("\r\n")
                if ": " in line
            )
            body = b""
            if (length := int(fields.get("content-length", 0))) > 0:
                body = await reader.readexactly(length)
        status = int(head.split(" ", 2)[1])
        return Answer(status, fields.get("etag", ""), body)

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()


async def drive(
    port: int,
    path: str,
    *,
    seconds: float,
    connections: int = 16,
    headers: Sequence[str] = ("Accept-Encoding: gzip",),
) -> Driven:
    """Ask for a page on several connections for a while, as fast as answers come."""
    found = Driven()
    end = time.perf_counter() + seconds

    async def go() -> None:
        line = Line(port)
        while (begun := time.perf_counter()) < end:
            answer = await line.ask(path, headers)
            found.waits.append(time.perf_counter() - begun)
            found.statuses[answer.status] = found.statuses.get(answer.status, 0) + 1
            found.n_bytes += len(answer.body)
        line.close()

    begun = time.perf_counter()
    await asyncio.gather(*(go() for _ in range(connections)))
    found.seconds = time.perf_counter() - begun
    found.waits.sort()
    return found


class Listeners:
    """Open pages that listen for changes."""

    def __init__(self, port: int, path: str) -> None:
        """Begin with none."""
        self._port = port
        self._path = path
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.n_told = 0
        self.n_lost = 0
        self._told = asyncio.Event()

    async def add(self, number: int) -> None:
        """Open some more, each until it is told that it is heard."""
        for _ in range(number):
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            asked = f"GET /live?page={self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            writer.write(asked.encode())
            async with asyncio.timeout(PATIENCE):
                await reader.readuntil(b"event: here")
            self._writers.append(writer)
            self._tasks.append(asyncio.create_task(self._listen(reader)))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"event: change"):
                self.n_told += 1
                if self.n_told >= len(self._tasks):
                    self._told.set()
        self.n_lost += 1

    async def all_told(self) -> None:
        """Wait until each was told of a change, but not for ever."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._told.wait(), PATIENCE)

    async def close(self) -> None:
        """Hang up."""
        for writer in self._writers:
            writer.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def spread(waits: Sequence[float]) -> str:
    """Say the median and the longest of some waits, in milliseconds."""
    return f"median {statistics.median(waits) * 1e3:,.0f} ms, longest {max(waits) * 1e3:,.0f} ms"
