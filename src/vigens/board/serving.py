"""Listening, until Ctrl-C: on loopback, or elsewhere where people sign in."""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from vigens.base import OutsideError, UsageError
from vigens.board.app import make_app
from vigens.board.entrance import AccountEntrance
from vigens.board.guard import LOOPBACK_NAMES
from vigens.board.hurry import PromptProtocol
from vigens.board.pace import Pace
from vigens.board.provider import read_provider
from vigens.board.rate import Rate
from vigens.board.sharing import Sharing, bracketed, reached
from vigens.board.warming import begin
from vigens.desk import Looking, make_lens
from vigens.desk.hooks import Courier
from vigens.journal import PUBLIC
from vigens.people import PEOPLE_FILE, find_people, make_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from types import FrameType

    from starlette.applications import Starlette

    from vigens.board.entrance import Entrance
    from vigens.board.sharing import Reached
    from vigens.people import People

#: Seconds that an open page may take to end after Ctrl-C.
PATIENCE_SECONDS = 3

#: Seconds for which a look at the files of the case holds; what is recorded through the
#: board itself is seen at once.
LOOK_EVERY = 0.5


@contextmanager
def _ending_calmly() -> Iterator[None]:
    """Have a request to end (SIGTERM) taken like Ctrl-C, so that whoever waits tidies up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@_ending_calmly()
def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    clock: Callable[[], datetime],
    read_only: bool = False,
    reader: str | None = None,
    sharing: Sharing | None = None,
    on_ready: Callable[[Reached], None] | None = None,
) -> None:
    """Show a case until Ctrl-C.

    Args:
        folder: The case folder; read again whenever it changes.
        host: An address; any but loopback needs accounts, and https.
        port: 0 picks a free one.
        clock: The present, for a lens that names no day.
        read_only: Whether nothing can be recorded.
        reader: The one reader whose board it is, where nobody signs in; `None` lets
            each address choose.
        sharing: Who may come in and how they reach it; by default whoever has an
            account, where the case has accounts.
        on_ready: Called once with how it is reached when pages can be opened.

    Raises:
        UsageError: Another host than loopback without accounts or without https, no
            such port or reader, or words that do not fit together.
        OutsideError: The port is in use or not allowed.
        InputError: The folder is no case that can be read.
    """
    shared = sharing or Sharing()
    people = _people(folder, shared, reader)
    courier: Courier | None = None
    try:
        name = _checked_host(host, shared, has_accounts=people is not None)
        app = make_app(
            folder,
            clock,
            hosts=_names(name, shared),
            reader=reader,
            read_only=read_only,
            entrance=_entrance(people, clock, shared),
            look_every=LOOK_EVERY,
            rate=Rate(),
            pace=Pace(is_shared=people is not None),
        )
        case = begin(app.state.casebook, reader or PUBLIC)
        if reader is not None:
            make_lens(case, Looking(int(clock().timestamp()), reader=reader))
        courier = Courier(folder, clock)
        with _listen(name, port) as listening:
            if not read_only:
                courier.start()
            _run(app, listening, shared, on_ready)
    finally:
        if courier is not None:
            courier.stop()
        if people is not None:
            people.close()


def _run(
    app: Starlette,
    listening: socket.socket,
    shared: Sharing,
    on_ready: Callable[[Reached], None] | None,
) -> None:
    name, bound = listening.getsockname()[:2]
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=True,
        lifespan="off",
        loop="asyncio",
        http=PromptProtocol,
        ws="none",
        proxy_headers=shared.proxy is not None,
        forwarded_allow_ips=shared.proxy or "",
        ssl_certfile=shared.certificate,
        ssl_keyfile=shared.key,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )
    server = _Server(config, reached(name, bound, shared), on_ready)
    server.on_exit = app.state.hub.close
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _people(folder: Path, shared: Sharing, reader: str | None) -> People | None:
    """Open the accounts that people sign in with, if they do."""
    if shared.accounts is False:
        return None
    vouched = shared.provider is not None
    people = make_people(folder) if vouched else find_people(folder)
    if vouched:
        return people
    if people is None or not any(one.is_active for one in people.accounts()):
        if shared.accounts:
            raise UsageError(
                "this case has no account to sign in with",
                str(folder / PEOPLE_FILE),
                "vigens account CASE add NAME --role coordinator",
            )
        return None
    if reader is not None:
        raise UsageError(
            "each account says with whose eyes it sees, so no reader is chosen here",
            "reader",
            "leave the reader out, or add --no-accounts for a board of one reader",
        )
    return people


def _entrance(
    people: People | None, clock: Callable[[], datetime], shared: Sharing
) -> Entrance | None:
    if people is None:
        if shared.is_public:
            raise UsageError(
                "without accounts there is nobody else than the public",
                "public",
                "--reader public serves the public board to whoever reaches it",
            )
        return None
    provider = None if shared.provider is None else read_provider(shared.provider)
    return AccountEntrance(
        people,
        clock,
        is_secure=shared.is_secure,
        is_public=shared.is_public,
        provider=provider,
    )


def _names(host: str, shared: Sharing) -> tuple[str, ...]:
    """List the names under which the board may be called."""
    named = (name.strip().casefold() for name in shared.names)
    is_any = ipaddress.ip_address(host).is_unspecified
    return tuple(
        dict.fromkeys(
            (*named, *LOOPBACK_NAMES, *(() if is_any else (bracketed(host),)))
        )
    )


class _Server(uvicorn.Server):
    """A server that says when its first page can be opened."""

    def __init__(
        self,
        config: uvicorn.Config,
        at: Reached,
        on_ready: Callable[[Reached], None] | None,
    ) -> None:
        super().__init__(config)
        self._at = at
        self._on_ready = on_ready
        self.on_exit: Callable[[], None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then tell the caller how it is reached."""
        await super().startup(sockets)
        if self.started and self._on_ready is not None:
            self._on_ready(self._at)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End, and first of all the connections that never end by themselves."""
        if self.on_exit is not None:
            self.on_exit()
        super().handle_exit(sig, frame)


def _checked_host(host: str, shared: Sharing, *, has_accounts: bool) -> str:
    """Give the address to listen on; elsewhere than on loopback it must be guarded."""
    name = "127.0.0.1" if host == "localhost" else host.strip("[]")
    at = f"host {host[:60]}"
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        address = None
    if address is not None and address.is_loopback:
        return name
    if not has_accounts:
        raise UsageError(
            "the board refuses to listen elsewhere than on loopback: it has no accounts",
            at,
            "use 127.0.0.1, ::1 or localhost, or make accounts: vigens account CASE add",
        )
    if address is None:
        raise UsageError(
            "the board listens on an address, not on a name",
            at,
            "write the address of this machine, and --name for what browsers call it",
        )
    if not (shared.is_secure or shared.is_plain):
        raise UsageError(
            "passwords would cross the network where others can read them",
            at,
            "add --certificate and --key, or --behind-proxy where a proxy ends https; "
            "on the closed network of an exercise --plain-http",
        )
    return name


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise UsageError(
            f"there is no port {port}", "port", "use 0 to 65535; 0 picks a free one"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, so that asyncio sends small pieces at once (TCP_NODELAY).
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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
