"""Files that the desk reads in part and writes whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError, OutsideError

if TYPE_CHECKING:
    from collections.abc import Iterable


#: Where pipes have names that a shell gives them, as in `<(command)`.
_SHELL = ("/dev/", "/proc/")


def read_bytes(path: str | Path, largest: int) -> bytes:
    """Read a file, and one byte more than the largest that is of use.

    Raises:
        InputError: Missing, a folder, or it cannot be read.
    """
    place = Path(path)
    try:
        if place.is_dir():
            raise InputError("this is a folder, not a file", str(place), "name a file")
        if place.is_fifo() and not str(place).startswith(_SHELL):
            raise InputError("this is a pipe, not a file", str(place), "name a file")
        with place.open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", str(place), "check its name"
        ) from error
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or "its name cannot be used"
        raise InputError(
            f"this file cannot be read ({words})",
            str(place)[:200],
            "check its path and who may read it",
        ) from error


def read_text(path: Path, largest: int) -> str:
    """Read a UTF-8 text of bounded size.

    Raises:
        InputError: A folder, missing, too large, binary, or not UTF-8.
    """
    try:
        if path.is_dir():
            raise InputError("this is a folder, not a file", str(path), "name a file")
        if path.stat().st_size > largest:
            raise InputError(
                f"this file is larger than {largest // 1_000_000} MB",
                str(path),
                "split it, or check that it is the file you meant",
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", str(path), "check its name"
        ) from error
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or "cannot be opened"
        raise InputError(
            f"this file cannot be read ({words})", str(path)[:200], "check its path"
        ) from error
    if b"\0" in data:
        raise InputError("this is a binary file, not a text", str(path), "name a text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"this file is not UTF-8 (byte {error.start}, line {line})",
            str(path),
            "save it again as UTF-8",
        ) from error


def write_whole(path: str | Path, parts: Iterable[bytes]) -> int:
    """Write a file so that it is there whole or not at all, and on disk.

    Args:
        path: Where; what stands there is replaced.
        parts: The content, piece by piece.

    Returns:
        How many bytes were written.

    Raises:
        OutsideError: The disk or the folder does not let it.
    """
    place = Path(path)
    written = 0
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(
            dir=place.parent, prefix=f".{place.name[:40]}."
        )
        with os.fdopen(descriptor, "wb") as file:
            for part in parts:
                file.write(part)
                written += len(part)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(place))
        Path(temporary).replace(place)
        _sync_folder(place.parent)
    except (OSError, ValueError) as error:
        _remove(temporary)
        raise outside(error, place) from error
    except BaseException:
        _remove(temporary)
        raise
    return written


def outside(error: OSError | ValueError, place: Path) -> OutsideError:
    """Say that a file cannot be written."""
    words = getattr(error, "strerror", None) or str(error)
    return OutsideError(
        f"this file cannot be written ({words})",
        str(place)[:200],
        "check the path, the room on the disk and who may write there; "
        "nothing half-written is left",
    )


def _mode(place: Path) -> int:
    try:
        return place.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _remove(name: str) -> None:
    if name:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
