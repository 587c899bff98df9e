"""How many pages that nobody has asked for yet one caller may have made.

A page that is kept costs nothing and is not counted; nor is who has signed in, or sits
at this machine on a board without accounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.board.entrance import address_of
from vigens.board.rate import Rate
from vigens.people import is_loopback, network

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from vigens.board.entrance import Caller

#: Pages that may be made for one caller at once, and how many come back each second.
AT_ONCE, EACH_SECOND = 120, 2.0


class Pace:
    """Counts the pages that are made for those who have not signed in."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        each_second: float = EACH_SECOND,
        *,
        is_shared: bool,
        seconds: Callable[[], float] | None = None,
    ) -> None:
        """Begin with nothing counted.

        Args:
            at_once: Pages that may be made at once.
            each_second: How many come back each second.
            is_shared: Whether others than this machine may call; then it counts, too.
            seconds: Tells how time passes; by default the clock of the machine.
        """
        more = {} if seconds is None else {"seconds": seconds}
        self._rate = Rate(at_once, each_second, **more)
        self._is_shared = is_shared

    def wait(self, request: Request, caller: Caller) -> int:
        """Count a page that is to be made.

        Returns:
            Whole seconds to wait; 0 where it may be made.
        """
        address = address_of(request)
        is_own = not self._is_shared and is_loopback(address)
        if caller.person.name or is_own:
            return 0
        return self._rate.wait(network(address))
