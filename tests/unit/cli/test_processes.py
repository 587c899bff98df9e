"""The command line as a process: Ctrl-C, kill, full disks, closed pipes, ports."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.people.conftest import add, cheap
from vigens.people import Role, make_people

Start = Callable[..., "subprocess.Popen[str]"]

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a process and give status, output and errors."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out or "", err


@needs_full
@pytest.mark.parametrize("command", ["status", "export", "log"])
def test_a_full_disk_is_said_once(process: Start, case: Path, command: str) -> None:
    with FULL.open("w") as full:
        status, _, err = finish(process(command, case, stdout=full))
    assert status == 3
    assert "No space left on device" in err
    assert err.count("vigens:") == 1
    assert "Exception ignored" not in err


def test_a_closed_pipe_is_quiet(process: Start, case: Path) -> None:
    with process("timeline", case, "--csv") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        err = running.stderr.read()
        status = running.wait(60)
    assert status in (0, 141)  # 0 where all was written before the close
    assert "Traceback" not in err
    assert "Broken" not in err


def test_ctrl_c_ends_the_board_calmly(process: Start, case: Path) -> None:
    running = process("serve", case, "--port", "0", "--json")
    assert running.stdout is not None
    address = json.loads(running.stdout.readline())["address"]
    assert address.startswith("http://127.0.0.1:")
    running.send_signal(signal.SIGINT)
    status, _, err = finish(running)
    assert status == 0
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [("--port", "0"), ()])
def test_the_demo_prints_its_status_then_opens_the_board(
    process: Start, words: tuple[str, ...]
) -> None:
    running = process("demo", *words)
    assert running.stdout is not None
    lines = []
    for line in running.stdout:
        lines.append(line)
        if line.startswith("The board is at http://127.0.0.1:"):
            break
    running.send_signal(signal.SIGINT)
    status, _, err = finish(running)
    assert status == 0
    assert "Traceback" not in err
    assert any("activation condition" in line for line in lines)


def test_ctrl_c_in_a_review_keeps_what_was_decided(
    process: Start, case: Path, report: Path
) -> None:
    assert finish(process("review", case, "add", report))[0] == 0
    assert finish(process("review", case, "reject", "1", "--reason", "old"))[0] == 0
    running = process("review", case, "list", stdin=subprocess.PIPE)
    running.send_signal(signal.SIGKILL)
    finish(running)
    status, out, _ = finish(process("review", case, "list", "--all", "--json"))
    assert status == 0
    assert json.loads(out)[0]["state"] == "rejected"


def test_a_port_in_use_is_named(process: Start, case: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, out, err = finish(process("serve", case, "--port", port))
    assert status == 3
    assert str(port) in err
    assert "mend:" in err
    assert out == ""


def test_the_board_listens_on_this_machine_only(process: Start, case: Path) -> None:
    status, _, err = finish(process("serve", case, "--host", "0.0.0.0", "--port", "0"))
    assert status == 2
    assert "loopback" in err


def test_output_in_an_old_encoding_is_no_fault(process: Start, case: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "ascii"}
    status, out, err = finish(process("timeline", case, "lock_open", env=env))
    assert status == 0, err
    assert "lock_open" in out


def test_a_journal_that_may_not_be_written(
    process: Start, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    journal = case / "journal.jsonl"
    before = journal.read_bytes()
    journal.chmod(0o444)
    if os.access(journal, os.W_OK):
        pytest.skip("whoever runs this may write everything")
    status, _, err = finish(process("grade", case, "r-2", "B2"))
    assert status == 3
    assert "mend:" in err
    assert journal.read_bytes() == before


def test_a_board_for_all_says_an_address_that_a_browser_can_open(
    process: Start, case: Path
) -> None:
    people = make_people(case, cheap())
    add(people, "olena", Role.COORDINATOR)
    people.close()
    words = ("--host", "0.0.0.0", "--port", "0", "--plain-http", "--name", "desk.test")
    running = process("serve", case, *words)
    assert running.stdout is not None
    first, second = running.stdout.readline(), running.stdout.readline()
    running.send_signal(signal.SIGINT)
    status, _, err = finish(running)
    assert status == 0, err
    assert "is at http://127.0.0.1:" in first
    assert second.startswith("  others open http://desk.test:")
    assert "passwords cross the network unguarded" in err
