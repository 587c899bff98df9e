"""Listening: on loopback only, until Ctrl-C."""

from __future__ import annotations

import errno
import ipaddress
import socket
from typing import TYPE_CHECKING

import uvicorn

from vigens.base import OutsideError, UsageError
from vigens.board.app import make_app
from vigens.desk import Looking, make_lens, open_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

#: Seconds that an open page may take to end after Ctrl-C.
PATIENCE_SECONDS = 3

#: Seconds for which a look at the files of the case holds; what is recorded through the
#: board itself is seen at once.
LOOK_EVERY = 0.5


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    clock: Callable[[], datetime],
    read_only: bool = True,
    reader: str | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Show a case until Ctrl-C.

    Args:
        folder: The case folder; read again whenever it changes.
        host: A loopback address.
        port: 0 picks a free one.
        clock: The present, for a lens that names no day.
        read_only: This version only reads, so nothing else can be asked for.
        reader: The one reader whose board it is; `None` lets each address choose.
        on_ready: Called once with the address when pages can be opened.

    Raises:
        UsageError: Another host than loopback, no such port or reader, or writing is
            asked for.
        OutsideError: The port is in use or not allowed.
        InputError: The folder is no case that can be read.
    """
    if not read_only:
        raise UsageError(
            "this version of the board only reads",
            "read_only",
            "serve it read-only; record with the command line",
        )
    name = _loopback(host)
    case = open_case(folder, clock)
    if reader is not None:
        make_lens(case, Looking(int(clock().timestamp()), reader=reader))
    app = make_app(folder, clock, reader=reader, look_every=LOOK_EVERY)
    with _listen(name, port) as listening:
        bound = listening.getsockname()[1]
        shown = f"[{name}]" if ":" in name else name
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=True,
            lifespan="off",
            loop="asyncio",
            http="h11",
            ws="none",
            timeout_graceful_shutdown=PATIENCE_SECONDS,
        )
        server = _Server(config, f"http://{shown}:{bound}/", on_ready)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return


class _Server(uvicorn.Server):
    """A server that says when its first page can be opened."""

    def __init__(
        self,
        config: uvicorn.Config,
        address: str,
        on_ready: Callable[[str], None] | None,
    ) -> None:
        super().__init__(config)
        self._address = address
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then tell the caller."""
        await super().startup(sockets)
        if self.started and self._on_ready is not None:
            self._on_ready(self._address)


def _loopback(host: str) -> str:
    name = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        is_loopback = ipaddress.ip_address(name).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise UsageError(
            "the board refuses to listen elsewhere than on loopback: it has no accounts",
            f"host {host[:60]}",
            "use 127.0.0.1, ::1 or localhost",
        )
    return name


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise UsageError(
            f"there is no port {port}", "port", "use 0 to 65535; 0 picks a free one"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        what = {
            errno.EADDRINUSE: "this port is in use by another program",
            errno.EACCES: "this port is not allowed to you",
            errno.EADDRNOTAVAIL: "this address is not on this machine",
        }.get(error.errno or 0, f"cannot listen ({error.strerror})")
        raise OutsideError(
            what, f"{host}:{port}", "choose another port, or 0 for a free one"
        ) from error
    return listening
