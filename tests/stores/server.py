"""A PostgreSQL server of the tests' own: a temporary folder, a socket, no network.

`initdb` and `postgres` refuse to run as root, so root starts them as somebody else.
The server ends with the process that started it, whatever ends that.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

#: Who may own a server where the tests run as root.
_STAND_INS = ("postgres", "nobody")

#: How long a server may take to answer after a start, in seconds.
_PATIENCE = 60.0

# Commits wait for the disk, as in earnest: the crash tests are about that. A look at
# pg_hba: a password is asked of the one role that the tests of passwords use.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "2GB",
    "timezone": "Asia/Kathmandu",  # no answer may depend on it
    "log_statement": "none",
}
_ACCESS = "local all asked scram-sha-256\nlocal all all trust\n"


def find_programs() -> tuple[Path | None, str]:
    """Give the folder of the server's programs, or none and why."""
    found = subprocess.run(
        [ROOT / "tools" / "postgres", "--find"],
        check=False,
        capture_output=True,
        text=True,
    )
    if found.returncode == 0:
        return Path(found.stdout.strip()), ""
    return None, f"no PostgreSQL on this machine; {ROOT / 'tools/postgres'} installs it"


class Server:
    """A server that a test may end as roughly as it likes, and start again."""

    def __init__(self, programs: Path) -> None:
        """Make a new cluster of databases; `start` runs it."""
        self._programs = programs
        self.user = _stand_in()
        self.folder = Path(tempfile.mkdtemp(prefix="vigens-"))
        if self.user is not None:
            shutil.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.data = self.folder / "data"
        self._log = self.folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._n_databases = 0
        self._run(
            *(programs / "initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8"),
            *("--locale", "C", "--no-sync"),
        )
        (self.data / "pg_hba.conf").write_text(_ACCESS)

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        settings = {**_SETTINGS, "unix_socket_directories": str(self.folder)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *_ends_with_us(),
                    self._programs / "postgres",
                    *("-D", self.data),
                    *(f"--{name}={value}" for name, value in settings.items()),
                ],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                **self._as_stand_in(),  # type: ignore[call-overload]  # user, group
            )
        self.wait()

    def wait(self) -> None:
        """Wait until the server takes connections."""
        import psycopg

        until = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
            except psycopg.OperationalError:
                assert self._process is not None
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(self._log.read_text()) from None
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """Stop the server in good order; connections are cut."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """Stop the server as a power cut would; it recovers on the next start."""
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """End all its processes with `kill -9`, as a machine out of memory may.

        Left to themselves, the others notice only after a while that the first is
        gone, and may still finish what they are asked for.
        """
        others = self._others()
        self._end(signal.SIGKILL)
        for process in others:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        until = time.monotonic() + _PATIENCE
        while any(_is_alive(process) for process in others):
            if time.monotonic() > until:
                raise RuntimeError(f"{others} outlived kill -9")
            time.sleep(0.005)

    def is_running(self) -> bool:
        """Say whether its first process is there."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Stop the server and delete what it kept."""
        self._end(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str, user: str = "postgres") -> str:
        """Give the address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def database(self) -> str:
        """Make an empty database and give its name."""
        import psycopg

        self._n_databases += 1
        name = f"t{self._n_databases}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        """Delete a database, whoever is connected to it."""
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def processor_seconds(self) -> float:
        """Give the processor time of all its processes so far."""
        assert self._process is not None
        ticks = sum(_ticks(self._process.pid, range(13, 17)))
        ticks += sum(sum(_ticks(other, (13, 14))) for other in self._others())
        return ticks / os.sysconf("SC_CLK_TCK")

    def _others(self) -> tuple[int, ...]:
        assert self._process is not None
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text()
        return tuple(int(child) for child in children.split())

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        self._process.wait(_PATIENCE)
        self._process = None

    def _run(self, *words: str | Path) -> None:
        subprocess.run(
            words,
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._as_stand_in(),  # type: ignore[call-overload]  # user, group
        )

    def _as_stand_in(self) -> dict[str, object]:
        if self.user is None:
            return {}
        return {
            "user": self.user.pw_uid,
            "group": self.user.pw_gid,
            "extra_groups": [],
        }


def _stand_in() -> pwd.struct_passwd | None:
    """Give who owns the server: nobody else, unless we are root."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return next(users[name] for name in _STAND_INS if name in users)


def _ends_with_us() -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    return () if setpriv is None else (setpriv, "--pdeathsig", "QUIT")


def _is_alive(process: int) -> bool:
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return words[0] not in ("Z", "X")


def _ticks(process: int, fields: Iterable[int]) -> list[int]:
    """Give some fields of what the system says of a process."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return [int(words[field - 2]) for field in fields]
