"""Words of a person as letters, whatever encoding the terminal is said to have.

Bytes that are no letters of the system's encoding come in as lone surrogates, which no
journal takes. They are read as UTF-8, which is what keyboards send, or told.
"""

from __future__ import annotations

import argparse
import os

from vigens.base import UsageError

#: Options that say something, and so have to be letters; others may name any file.
_SAYING = frozenset(
    (
        *("about", "actors", "address", "body", "by", "copy_of", "drop", "event"),
        *("graded", "happened", "known_from", "mark", "measure", "passage", "place"),
        *("reason", "set", "statement", "text", "title", "type", "voice"),
    )
)


def is_broken(said: str) -> bool:
    """Say whether a text holds bytes that were no letters."""
    return any("\ud800" <= sign <= "\udfff" for sign in said)


def letters(said: str, encoding: str) -> str:
    """Give what came in as letters; what is no UTF-8 either as a mark.

    Args:
        said: As it was read.
        encoding: In which it was read.
    """
    try:
        return said.encode(encoding, "surrogateescape").decode("utf-8")
    except UnicodeEncodeError:
        return said.encode("utf-8", "replace").decode("utf-8")
    except UnicodeDecodeError:
        if not is_broken(said):  # letters of the terminal's own encoding
            return said
        return said.encode(encoding, "surrogateescape").decode("utf-8", "replace")


def mend_options(args: argparse.Namespace) -> None:
    """Make letters of the options that say something.

    Raises:
        UsageError: The bytes of one are no letters.
    """
    for name, value in vars(args).items():
        if name not in _SAYING:
            continue
        if isinstance(value, str) and is_broken(value):
            setattr(args, name, _mended(name, value))
        elif isinstance(value, list):
            setattr(args, name, [_mended(name, each) for each in value])


def _mended(name: str, said: object) -> object:
    if not isinstance(said, str) or not is_broken(said):
        return said
    try:
        return os.fsencode(said).decode("utf-8")
    except UnicodeError as error:
        raise UsageError(
            "these bytes are no letters: they are not UTF-8",
            f"--{name.replace('_', '-')}",
            "set the terminal to UTF-8, and type it anew",
        ) from error
