"""Listening: loopback only, a port in use is said, Ctrl-C ends it calmly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.unit.board.conftest import clock
from vigens.base import InputError, OutsideError, UsageError
from vigens.board import serve

SERVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from vigens.board import serve
serve(Path(sys.argv[1]), port=0, clock=lambda: datetime.now(UTC),
      on_ready=lambda address: print(address, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.0.2.1", "example.org", "", "127.0.0.1.evil.example"]
)
def test_it_refuses_to_listen_elsewhere(tiny: Path, host: str) -> None:
    with pytest.raises(UsageError, match="refuses to listen elsewhere"):
        serve(tiny, host=host, clock=clock)


@pytest.mark.parametrize("port", [-1, 65536])
def test_an_impossible_port_is_refused(tiny: Path, port: int) -> None:
    with pytest.raises(UsageError, match="there is no port"):
        serve(tiny, port=port, clock=clock)


def test_writing_is_refused(tiny: Path) -> None:
    with pytest.raises(UsageError, match="only reads"):
        serve(tiny, clock=clock, read_only=False)


def test_a_port_in_use_is_said(tiny: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(OutsideError) as caught:
            serve(tiny, port=port, clock=clock)
    assert "in use" in caught.value.what
    assert str(port) in caught.value.where
    assert "another port" in caught.value.mend


def test_a_folder_that_is_no_case_is_said_before_listening(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        serve(tmp_path / "nothing", port=0, clock=clock)


def test_ctrl_c_ends_it_calmly(tiny: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tiny)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        try:
            assert address.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(f"{address}healthz", timeout=20) as answer:
                assert answer.status == 200
        finally:
            server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
    assert (server.returncode, out, err) == (0, "ended\n", "")
