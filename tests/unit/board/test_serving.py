"""Listening: loopback only, a port in use is said, Ctrl-C ends it calmly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.unit.board.conftest import clock
from tests.unit.people.conftest import add, cheap
from vigens.base import InputError, OutsideError, UsageError
from vigens.board import Sharing, serve
from vigens.board.serving import _names
from vigens.board.sharing import reached
from vigens.people import Role, make_people

SERVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tests.unit.people.conftest import add, cheap
from vigens.board import Sharing, serve
from vigens.board.serving import _names
from vigens.people import Role, make_people
serve(Path(sys.argv[1]), port=0, clock=lambda: datetime.now(UTC),
      on_ready=lambda at: print(at.here, flush=True))
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


def add_account(folder: Path) -> None:
    people = make_people(folder, cheap())
    add(people, "olena", Role.COORDINATOR)
    people.close()


@pytest.mark.parametrize(
    ("host", "sharing", "words"),
    [
        ("192.0.2.1", Sharing(), "passwords would cross the network"),
        ("192.0.2.1", Sharing(accounts=False), "refuses to listen elsewhere"),
        ("desk.example", Sharing(), "on an address, not on a name"),
    ],
)
def test_elsewhere_it_must_be_guarded(
    tiny: Path, host: str, sharing: Sharing, words: str
) -> None:
    add_account(tiny)
    with pytest.raises(UsageError, match=words):
        serve(tiny, host=host, clock=clock, sharing=sharing)


@pytest.mark.parametrize(
    "sharing", [Sharing(is_plain=True), Sharing(proxy="127.0.0.1")]
)
def test_guarded_it_may_listen_elsewhere(tiny: Path, sharing: Sharing) -> None:
    add_account(tiny)
    with pytest.raises(OutsideError, match="not on this machine"):
        serve(tiny, host="192.0.2.1", clock=clock, sharing=sharing)


@pytest.mark.parametrize(
    ("reader", "sharing", "words"),
    [
        (None, Sharing(accounts=True), "no account to sign in with"),
        (None, Sharing(is_public=True), "nobody else than the public"),
    ],
)
def test_words_about_accounts_fit_together(
    tiny: Path, reader: str | None, sharing: Sharing, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        serve(tiny, port=0, clock=clock, reader=reader, sharing=sharing)


def test_an_account_chooses_its_reader_itself(tiny: Path) -> None:
    add_account(tiny)
    with pytest.raises(UsageError, match="with whose eyes"):
        serve(tiny, port=0, clock=clock, reader="public")


@pytest.mark.parametrize(
    ("host", "names"),
    [
        ("127.0.0.1", ("127.0.0.1", "localhost", "[::1]")),
        ("192.0.2.1", ("127.0.0.1", "localhost", "[::1]", "192.0.2.1")),
        ("2001:db8::1", ("127.0.0.1", "localhost", "[::1]", "[2001:db8::1]")),
        ("0.0.0.0", ("127.0.0.1", "localhost", "[::1]")),
    ],
)
def test_it_answers_to_its_own_names(host: str, names: tuple[str, ...]) -> None:
    assert _names(host, Sharing()) == names
    named = Sharing(names=("Desk.Example ",))
    assert _names(host, named) == ("desk.example", *names)


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
    add_account(tiny)
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
            # A stranger's word on who asks, and how, is not taken.
            lies = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
            asked = urllib.request.Request(f"{address}sign-in", headers=lies)
            with urllib.request.urlopen(asked, timeout=20) as answer:
                assert "Sign in" in answer.read().decode()
                assert "Secure" not in answer.headers["Set-Cookie"]
        finally:
            server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
    assert (server.returncode, out, err) == (0, "ended\n", "")


NAMED = ("Desk.Example",)


@pytest.mark.parametrize(
    ("host", "sharing", "here", "others", "note"),
    [
        ("127.0.0.1", Sharing(), "http://127.0.0.1:80/", (), ""),
        (
            "0.0.0.0",
            Sharing(is_plain=True),
            "http://127.0.0.1:80/",
            (),
            "nobody elsewhere can open it",
        ),
        (
            "::",
            Sharing(names=NAMED, certificate=Path("c"), key=Path("k")),
            "https://[::1]:80/",
            ("https://desk.example:80/",),
            "every address of this machine (::)",
        ),
        (
            "192.0.2.1",
            Sharing(names=NAMED, is_plain=True),
            "http://192.0.2.1:80/",
            ("http://desk.example:80/", "http://192.0.2.1:80/"),
            "passwords cross the network unguarded",
        ),
        (
            "127.0.0.1",
            Sharing(names=NAMED, proxy="127.0.0.1"),
            "http://127.0.0.1:80/",
            ("https://desk.example/",),
            "through the proxy",
        ),
        (
            "127.0.0.1",
            Sharing(proxy="127.0.0.1"),
            "http://127.0.0.1:80/",
            (),
            "--name",
        ),
    ],
)
def test_it_says_addresses_that_a_browser_can_open(
    host: str, sharing: Sharing, here: str, others: tuple[str, ...], note: str
) -> None:
    found = reached(host, 80, sharing)
    assert (found.here, found.others) == (here, others)
    assert note in " ".join(found.notes)
    assert bool(found.notes) == bool(note)
    allowed = _names(host, sharing)
    for address in (here, *others):
        assert (urlsplit(address).netloc.removesuffix(":80")) in allowed
