"""Who sends slowly, on purpose or not, is not waited for without end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

if TYPE_CHECKING:
    from starlette.types import Message, Receive

#: Seconds within which the head of a request has come.
HEAD_SECONDS = 15.0

#: Seconds for a body, and the bytes that must come in each further second.
BODY_SECONDS, BYTES_A_SECOND = 20.0, 20_000


class TooSlowError(Exception):
    """A body did not come in time."""


def in_time(receive: Receive, length: int, seconds: float = BODY_SECONDS) -> Receive:
    """Take a body in, as long as it comes in time.

    Args:
        receive: Takes the next piece.
        length: Bytes that are announced.
        seconds: For the first of them.

    Returns:
        What takes the next piece, or raises `TooSlowError`.
    """
    end = asyncio.get_running_loop().time() + seconds + length / BYTES_A_SECOND
    is_whole = False

    async def hurried() -> Message:
        nonlocal is_whole
        if is_whole:
            return await receive()
        try:
            async with asyncio.timeout_at(end):
                message = await receive()
        except TimeoutError as error:
            raise TooSlowError from error
        is_whole = not message.get("more_body", False)
        return message

    return hurried


class PromptProtocol(H11Protocol):
    """HTTP that hangs up on who does not get to the end of a head."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait(is_for_head=True)

    def data_received(self, data: bytes) -> None:
        """Take a piece in; until it ends a head, the time goes on."""
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle
        self._wait(is_for_head=cycle is None or cycle.response_complete)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait(is_for_head=False)
        super().connection_lost(exc)

    def _wait(self, *, is_for_head: bool) -> None:
        if not is_for_head and self._timer is not None:
            self._timer.cancel()
            self._timer = None
        elif is_for_head and self._timer is None:
            self._timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)
