"""How often one caller may call: each has a store of calls that fills up by itself."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Calls that may come at once, and how many come back each second.
AT_ONCE, EACH_SECOND = 600, 20.0

#: Most callers that are remembered; who has not called for longest is forgotten first.
MOST_CALLERS = 10_000


class Rate:
    """Counts the calls of each caller, in memory alone."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        each_second: float = EACH_SECOND,
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with a full store for everybody.

        Args:
            at_once: Calls that may come at once.
            each_second: How many come back each second.
            seconds: Tells how time passes.
        """
        self._at_once = float(at_once)
        self._each_second = each_second
        self._seconds = seconds
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str) -> int:
        """Count a call, unless it comes too soon.

        Args:
            caller: What tells callers apart.

        Returns:
            Whole seconds to wait; 0 where the call may be answered.
        """
        with self._lock:
            now = self._seconds()
            left, since = self._left.pop(caller, (self._at_once, now))
            left = min(self._at_once, left + (now - since) * self._each_second)
            may = left >= 1
            self._left[caller] = (left - may, now)
            while len(self._left) > MOST_CALLERS:
                self._left.popitem(last=False)
            return 0 if may else max(1, math.ceil((1 - left) / self._each_second))
