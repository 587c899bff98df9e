"""What many reports may say, written to one file; stopped and taken up at any time.

While reports are read, a line for each is added to a file beside the one that is asked
for. So a run that ends midway loses at most the report it was at. When all are read, the
file is written whole, and the other one goes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from vigens import __version__
from vigens.base import InputError, OutsideError
from vigens.desk.files import outside, write_whole
from vigens.desk.queuefile import append_whole
from vigens.desk.reports import read_report_bytes, report_of
from vigens.desk.transfer import refuse_existing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

#: What the name of the file beside the one that is asked for ends in.
PART = ".part"


class Readings:
    """Rows of many reports on their way into one file."""

    def __init__(self, out: str | Path, *, is_all: bool, is_again: bool) -> None:
        """Begin, or take up what an earlier run began.

        Args:
            out: The file that is asked for.
            is_all: Keep weak suggestions too.
            is_again: Begin anew, and write over the file if it is there.

        Raises:
            InputError: The file is there; or the earlier run read in another way.
            OutsideError: It cannot be written, or another run is at it.
        """
        self._out = Path(out)
        self._is_all = is_all
        self._kept: dict[tuple[str, str], tuple[int, int]] = {}
        self._named: dict[str, tuple[str, str]] = {}
        refuse_existing(self._out, is_forced=is_again, option="--again")
        self.part = self._out.with_name(self._out.name + PART)
        try:
            self._file = os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        except (OSError, ValueError) as error:
            raise outside(error, self.part) from error
        try:
            self._begin(is_again=is_again)
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Self:
        """Go on."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Let another run take it up."""
        os.close(self._file)

    def read(self, path: str) -> bool:
        """Read a report, unless that was done before.

        Returns:
            Whether it was read now.

        Raises:
            InputError: It cannot be read.
            OutsideError: Its rows cannot be written.
        """
        name, data = read_report_bytes(path)
        sha256 = hashlib.sha256(data).hexdigest()
        self._named[path] = name, sha256
        if (name, sha256) in self._kept:
            return False
        rows = report_of(name, data, is_all=self._is_all).rows()
        self._add({"name": name, "sha256": sha256, "rows": rows})
        return True

    def finish(self, paths: Iterable[str]) -> int:
        """Write the rows of some reports to the file that was asked for.

        Args:
            paths: Reports; one that was not read is left out.

        Returns:
            How many rows there are.

        Raises:
            OutsideError: It cannot be written.
        """
        n_rows = 0

        def lines() -> Iterator[bytes]:
            nonlocal n_rows
            for path in paths:
                for row in self._rows_of(path):
                    n_rows += 1
                    yield json.dumps(row, ensure_ascii=False).encode() + b"\n"

        write_whole(self._out, lines())
        self.part.unlink(missing_ok=True)
        return n_rows

    def _rows_of(self, path: str) -> list[Any]:
        key = self._named.get(path)
        place = self._kept.get(key) if key else None
        if place is None:
            return []
        rows: list[Any] = json.loads(os.pread(self._file, place[1], place[0]))["rows"]
        return rows

    def _begin(self, *, is_again: bool) -> None:
        """Have the file to oneself, and see what it holds."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutsideError(
                "another run is reading into this file",
                str(self.part),
                "wait for it, or name another file with --out",
            ) from error
        if is_again:
            os.ftruncate(self._file, 0)
        head = {"version": __version__, "all": self._is_all}
        at = 0
        with self.part.open("rb") as file:
            for number, raw in enumerate(file):
                if not raw.endswith(b"\n"):
                    break
                if number == 0 and _parsed(raw) != head:
                    raise InputError(
                        "an earlier run began this file in another way: with or without "
                        "--all, or with another version",
                        str(self.part),
                        "finish it as it was begun, or begin anew with --again",
                    )
                if number:
                    self._note(raw, at)
                at += len(raw)
        if not at:
            self._add(head)

    def _add(self, line: dict[str, Any]) -> None:
        raw = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        try:
            at = append_whole(self._file, raw)
        except OSError as error:
            raise outside(error, self.part) from error
        if "rows" in line:
            self._note(raw, at)

    def _note(self, raw: bytes, at: int) -> None:
        """Note where the rows of a report stand; a damaged line is read anew."""
        line = _parsed(raw)
        if isinstance(line, dict) and isinstance(line.get("rows"), list):
            self._kept[str(line.get("name")), str(line.get("sha256"))] = (at, len(raw))


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
