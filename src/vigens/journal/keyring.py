"""Keys on disk: the journal's own beside it, and those that a verifier trusts.

The private key lies in `<journal>.key`, mode 0600, in PEM. It is no part of the
journal: no export, bundle or backup holds it. `<journal>.keys` lists, one JSON object
a line, which key handed over to which; that file is public and travels in bundles.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vigens.base import InputError
from vigens.journal.errors import (
    JournalOutsideError,
    SigningKeyError,
    ValueRefusedError,
    reason,
)
from vigens.journal.proof import (
    Signer,
    Succession,
    fingerprint,
    hand_over,
    hex_fields,
    succession_from_json,
    succession_to_json,
)
from vigens.journal.values import format_json, parse_json

_LARGEST = 1_000_000
_LINE = re.compile(r"([0-9a-f]{64})(?:\s+(.*))?")
_KEY = re.compile(r"[0-9a-f]{64}")
_KEY_OR_NOTHING = re.compile(r"([0-9a-f]{64})?")


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key of a journal and those before it.

    Attributes:
        path: File of the private key.
        signer: The key.
        handed_over: Which key followed which by its own word, the oldest first.
        lost: Fingerprints of keys that were given up without a word.
        is_new: Whether the key was made just now.
    """

    path: Path
    signer: Signer
    handed_over: tuple[Succession, ...]
    lost: frozenset[str] = frozenset()
    is_new: bool = False

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the key."""
        return fingerprint(self.signer.public)

    @property
    def earlier(self) -> tuple[str, ...]:
        """Fingerprints of the keys before this one, the lost ones last."""
        handed_over = (fingerprint(each.old) for each in self.handed_over)
        return tuple(dict.fromkeys((*handed_over, *sorted(self.lost))))

    def knows(self, key: str) -> bool:
        """Say whether a fingerprint is of this key or of one before it."""
        return key == self.fingerprint or key in self.earlier


@dataclass(frozen=True, slots=True)
class _History:
    """What the public file beside a key says: lines as they stand, and their sense."""

    lines: tuple[dict[str, Any], ...] = ()
    handed_over: tuple[Succession, ...] = ()
    lost: frozenset[str] = frozenset()

    @property
    def current(self) -> str | None:
        """The public key that should be in use, where the file says so."""
        return str(self.lines[-1]["new"]) if self.lines else None


def open_keyring(path: Path, *, create: bool = True) -> Keyring:
    """Read the key of a journal, or draw one where there never was any.

    Args:
        path: File of the private key.
        create: Draw a key where there is no file.

    Raises:
        SigningKeyError: Missing, readable by others, or no such key.
        JournalOutsideError: It cannot be read or written.
    """
    history = _read_history(path)
    _finish_rotation(path, history)
    try:
        signer = Signer.from_pem(_read_private(path), str(path))
    except FileNotFoundError as error:
        if not create or history.lines:  # there was a key: a new one would pass for it
            raise SigningKeyError.missing(str(path)) from error
        signer = Signer.new()
        if _write_private(path, signer):
            return Keyring(path, signer, (), is_new=True)
        return open_keyring(path)  # another process was quicker
    if history.current not in (None, signer.public):
        raise SigningKeyError.other(str(path), fingerprint(history.current or ""))
    return Keyring(path, signer, history.handed_over, history.lost)


def rotate(ring: Keyring, moment: str) -> Keyring:
    """Put a new key in place of the journal's; the old private key is destroyed.

    The old key signs that the new one follows.

    Args:
        ring: The key as it is.
        moment: When, as `recorded_at` has it.

    Raises:
        JournalOutsideError: The folder cannot be written.
    """
    signer = Signer.new()
    line = succession_to_json(hand_over(ring.signer, signer, moment))
    return _replace(ring.path, signer, line)


def replace_lost(path: Path, moment: str) -> Keyring:
    """Draw a new key where the old one is lost or may be in other hands.

    Its word on a successor would be worth nothing, so there is none: verifiers must
    learn of the new key by another way.

    Args:
        path: File of the private key.
        moment: When, as `recorded_at` has it.

    Raises:
        JournalOutsideError: The folder cannot be written.
    """
    public = _read_history(path).current
    with suppress(OSError, SigningKeyError):  # else it is lost indeed
        public = Signer.from_pem(path.read_bytes(), str(path)).public
    signer = Signer.new()
    line = {"lost": public or "", "new": signer.public, "moment": moment}
    return _replace(path, signer, line)


def _replace(path: Path, signer: Signer, line: dict[str, Any]) -> Keyring:
    """Write the new key beside the old one, then the history, then change places."""
    history = _read_history(path)
    fresh = _fresh(path)
    try:
        fresh.unlink(missing_ok=True)
        _write_private(fresh, signer)
        _write_history(path, (*history.lines, line))
        fresh.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _outside(error, path) from error
    history = _read_history(path)
    return Keyring(path, signer, history.handed_over, history.lost, is_new=True)


def _finish_rotation(path: Path, history: _History) -> None:
    """Change places where a crash came between."""
    fresh = _fresh(path)
    if history.current is None or not fresh.exists():
        return
    if Signer.from_pem(_read_private(fresh), str(fresh)).public == history.current:
        try:
            fresh.replace(path)
        except OSError as error:
            raise _outside(error, path) from error


def read_trusted(path: Path) -> dict[str, str]:
    """Read a file of trusted keys: a fingerprint and a name on each line.

    Blank lines and those that begin with `#` are passed over.

    Returns:
        Fingerprint to name.

    Raises:
        InputError: Missing, or a line is no fingerprint.
    """
    found: dict[str, str] = {}
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"this file of trusted keys cannot be read ({reason(error)})",
            str(path),
            "name a text with a fingerprint and a name on each line; `vigens key` "
            "prints such a line",
        ) from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise InputError(
                "this line is no trusted key",
                f"{path}:{number}",
                "write a fingerprint of 64 hex digits, a blank and a name; `vigens key` "
                "prints such a line",
            )
        found[match[1]] = match[2] or match[1][:12]
    return found


def _read_private(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise SigningKeyError.unreadable(str(path))
            if mode & 0o077:
                raise SigningKeyError.exposed(str(path), stat.S_IMODE(mode))
            return file.read(_LARGEST)
    except FileNotFoundError:
        raise
    except IsADirectoryError as error:
        raise SigningKeyError.unreadable(str(path)) from error
    except OSError as error:
        raise _outside(error, path) from error


def _write_private(path: Path, signer: Signer) -> bool:
    """Write a key whole, readable by its owner alone, unless there is one by now."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(signer.to_pem())
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise _outside(error, path) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    _sync(path.parent)
    return True


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _history_path(path: Path) -> Path:
    return path.with_name(f"{path.name}s")


def _read_history(path: Path) -> _History:
    place = _history_path(path)
    try:
        with place.open("rb") as file:
            lines = file.read(_LARGEST).decode().splitlines()
    except FileNotFoundError:
        return _History()
    except (OSError, UnicodeDecodeError) as error:
        raise _outside(error, place) from error
    read: list[dict[str, Any]] = []
    handed_over: list[Succession] = []
    lost: set[str] = set()
    for number, line in enumerate(lines, 1):
        where = f"{place}:{number}"
        try:
            value = parse_json(line)
        except (json.JSONDecodeError, ValueRefusedError) as error:
            raise SigningKeyError.unreadable(where) from error
        read.append(value)
        if isinstance(value, dict) and "lost" in value:
            gone = hex_fields(value, where, new=_KEY, lost=_KEY_OR_NOTHING)["lost"]
            lost |= {fingerprint(gone)} if gone else set()
            continue
        each = succession_from_json(value, where)
        if not each.is_sound:
            raise SigningKeyError.unreadable(where)
        handed_over.append(each)
    return _History(tuple(read), tuple(handed_over), frozenset(lost))


def _write_history(path: Path, lines: tuple[dict[str, Any], ...]) -> None:
    place = _history_path(path)
    fresh = _fresh(place)
    with fresh.open("w", encoding="utf-8") as file:
        file.writelines(format_json(line) + "\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _outside(error: Exception, path: Path) -> JournalOutsideError:
    return JournalOutsideError(
        f"the signing key cannot be read or written ({reason(error)})",
        str(path),
        "check who may read and write there; nothing was signed",
    )
