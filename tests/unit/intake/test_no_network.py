"""Reading a document fetches nothing: in this process, in one of its own, for the kernel."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.intake.fetching import asking, members_of
from tests.unit.intake.hostile import SENTENCE
from vigens.desk.reports import report_of
from vigens.intake import (
    Document,
    DocumentError,
    is_pdf,
    read_document,
    read_pdf,
    suggest,
)

#: Forbids every socket and look-up in the processes that load it, and tells of each try.
_WATCH = """
import os, sys

def _watch(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        with open(os.environ["VIGENS_WATCHED"], "a") as file:
            file.write(f"{event} {args!r}\\n")
        raise PermissionError(f"a test forbids {event}")

sys.addaudithook(_watch)
with open(os.environ["VIGENS_WATCHING"], "a") as file:
    file.write(" ".join(sys.orig_argv) + "\\n")
"""

#: Which of the documents hold the sentence in what is read.
_REFUSED = {"entity.docx", "elsewhere.eml"}


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """Listen on loopback; give the address, and who has come."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def wait() -> None:
            while True:
                try:
                    connection, where = server.accept()
                except OSError:
                    return
                came.append(where)
                connection.close()

        threading.Thread(target=wait, daemon=True).start()
        yield f"http://127.0.0.1:{port}", came
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def folder(tmp_path: Path, listener: tuple[str, list[object]]) -> Path:
    """Give a folder with a document of each form."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, data in asking(listener[0]).items():
        (folder / name).write_bytes(data)
    return folder


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every way to the network fail the test, in this process."""

    def refuse(*args: object, **_: object) -> None:
        pytest.fail(f"the network was asked for: {args[:3]}")

    for module, name in (
        (socket, "socket"),
        (socket, "create_connection"),
        (socket, "getaddrinfo"),
        (socket, "gethostbyname"),
        (socket, "gethostbyname_ex"),
        (socket, "getfqdn"),
        (socket, "socketpair"),
        (urllib.request, "urlopen"),
        (urllib.request, "urlretrieve"),
        (http.client.HTTPConnection, "connect"),
    ):
        monkeypatch.setattr(module, name, refuse)


def read(data: bytes, name: str) -> Document | None:
    """Read a document in this process; none where it is refused."""
    try:
        pdf = read_pdf(data, name) if is_pdf(data) else None
        return read_document(data, name, pdf=pdf)
    except DocumentError:
        return None


@pytest.mark.parametrize("name", asking("http://127.0.0.1:9"))
def test_reading_in_this_process_asks_for_no_network(
    name: str,
    listener: tuple[str, list[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base, came = listener
    data = asking(base)[name]
    forbid(monkeypatch)
    document = read(data, name)
    assert (document is None) is (name in _REFUSED)
    if document is not None:
        assert SENTENCE in document.text
        assert any(SENTENCE[:30] in each.quote for each in suggest(document))
        assert "root:" not in document.text
    assert came == []


def test_the_documents_ask_for_much(listener: tuple[str, list[object]]) -> None:
    base = listener[0]
    made = asking(base)
    assert made["page.html"].count(base.encode()) > 25
    assert made["report.pdf"].count(base.encode()) >= 8
    assert sum("rels" in name for name in members_of(made["template.docx"])) == 3


def watched(folder: Path, place: Path) -> tuple[dict[str, str], Path, Path]:
    """Give an environment in which every process of Python forbids the network."""
    place.mkdir()
    (place / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    tried, watching = place / "tried", place / "watching"
    env = {
        **os.environ,
        "PYTHONPATH": str(place),
        "VIGENS_WATCHED": str(tried),
        "VIGENS_WATCHING": str(watching),
        "http_proxy": "http://127.0.0.1:9",
    }
    assert folder.is_dir()
    return env, tried, watching


def test_a_run_of_the_command_asks_for_no_network(
    folder: Path, tmp_path: Path, listener: tuple[str, list[object]]
) -> None:
    env, tried, watching = watched(folder, tmp_path / "watch")
    done = _read(folder, env)
    assert not tried.exists(), tried.read_text()
    processes = watching.read_text().splitlines()
    assert any("vigens.desk.guarded" in line for line in processes)  # of the PDF
    assert len(processes) >= 2
    _is_all_read(done)
    assert listener[1] == []


def test_the_watch_sees_a_process_that_asks(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    env, tried, _ = watched(tmp_path / "reports", tmp_path / "watch")
    program = "import urllib.request as u; u.urlopen('http://127.0.0.1:9/')"
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert "socket." in tried.read_text() or "urllib." in tried.read_text()


def test_a_run_without_any_network_reads_the_same(folder: Path) -> None:
    unshare = shutil.which("unshare")
    alone = [unshare or "", "--net", "--map-root-user"]
    if (
        unshare is None
        or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine makes no namespace without a network")
    assert _read(folder, dict(os.environ), alone) == _read(folder, dict(os.environ))


def test_the_kernel_is_asked_for_no_socket(folder: Path, tmp_path: Path) -> None:
    """PDFium is no Python: only the kernel sees what it asks for."""
    strace, trace = shutil.which("strace"), tmp_path / "trace"
    watch = [strace or "", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(trace)]
    if (
        strace is None
        or subprocess.run([*watch, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no strace that may watch a process here")
    _is_all_read(_read(folder, dict(os.environ), watch))
    asked = [line for line in trace.read_text().splitlines() if "socket(" in line]
    assert asked == []


def _read(
    folder: Path, env: dict[str, str], before: list[str] | None = None
) -> tuple[int, str, str]:
    """Give status, output and errors of reading a folder."""
    done = subprocess.run(
        [
            *(before or ()),
            sys.executable,
            "-m",
            "vigens",
            "read",
            str(folder),
            "--json",
        ],
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def _is_all_read(done: tuple[int, str, str]) -> None:
    status, out, err = done
    assert status == 1  # two are refused
    assert all(name in err for name in _REFUSED), err
    for name in set(asking("http://127.0.0.1:9")) - _REFUSED:
        assert f'"name": "{name}"' in out
    assert out.count(SENTENCE[:-1]) >= 6


@pytest.mark.parametrize("name", ["page.html", "template.docx", "report.pdf"])
def test_the_desk_reads_what_the_command_reads(name: str) -> None:
    found = report_of(name, asking("http://127.0.0.1:9")[name])
    assert [each.kind for each in found.suggestions] == ["instrument"]
