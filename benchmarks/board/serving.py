"""Serving in a process of its own: the board, or a plain page of the same matrix."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from vigens.board import serve

ROOT = Path(__file__).resolve().parents[2]

#: What a plain page of a matrix is: a loop in a loop, rendered for each request.
PLAIN = """<!doctype html><title>Matrix</title><table>
{% for row in rows %}<tr><th>{{ row.title }}</th>
{% for cell in row.cells %}<td class="{{ cell.style }}"><a href="{{ cell.href }}"
title="{{ cell.label }}">{{ cell.shape }} {{ cell.word }}</a></td>{% endfor %}</tr>
{% endfor %}</table>"""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: where it listens, and its process."""

    port: int
    pid: int

    def resident_mb(self) -> float:
        """Give the memory that it takes, in megabytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1000
        return 0.0


@contextmanager
def serving(kind: str, folder: Path | str, *more: str) -> Iterator[Served]:
    """Serve in another process until the block ends.

    Args:
        kind: `board` or `plain`.
        folder: The case; of a plain page, states by components, such as `40x60`.
        more: Further words.
    """
    words = [sys.executable, "-m", "benchmarks.board.serving", kind, str(folder), *more]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout is not None, "it is piped"
            yield Served(int(server.stdout.readline()), server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)


def main(kind: str, folder: str) -> None:
    """Serve until somebody ends it; print the port first."""
    if kind == "plain":
        serve_plain(*(int(number) for number in folder.split("x")))
        return
    serve(
        Path(folder),
        port=0,
        clock=lambda: datetime.now(UTC),
        on_ready=lambda at: print(at.here.rsplit(":")[-1].strip("/"), flush=True),
    )


def serve_plain(n_states: int, n_components: int) -> None:
    """Serve a plain page of a matrix of the same size."""
    cells = [
        {
            "style": "yes",
            "href": f"/why?q=endorsed(accord,%20part_{at:02},%20S00)",
            "label": f"State endorses part {at:02} of The accord: YES",
            "shape": "■",
            "word": "YES",
        }
        for at in range(n_components)
    ]
    rows = [{"title": f"State {at:02}", "cells": cells} for at in range(n_states)]
    template = Environment(autoescape=True).from_string(PLAIN)

    def page(_request: Request) -> HTMLResponse:
        return HTMLResponse(template.render(rows=rows))

    app = Starlette(routes=[Route("/", page)])
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off")
    _Telling(config).run()


class _Telling(uvicorn.Server):
    """A server that prints its port."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then say where."""
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
