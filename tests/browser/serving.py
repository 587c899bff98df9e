"""A board in a process of its own, for a browser to open."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SERVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from vigens.board import serve
serve(Path(sys.argv[1]), port=0, clock=lambda: datetime.now(UTC),
      read_only="read-only" in sys.argv,
      on_ready=lambda at: print(at.here, flush=True))
"""


@contextmanager
def serving(case: Path, *words: str) -> Iterator[str]:
    """Serve a case, which may be told to be `read-only`, and give its address.

    The address ends with a slash.
    """
    program = [sys.executable, "-c", _SERVER, str(case), *words]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
