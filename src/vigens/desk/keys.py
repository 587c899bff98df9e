"""Keys of `case.toml`: of the right kind, and none that nothing reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.base import InputError, nearest
from vigens.journal import is_reader_name

if TYPE_CHECKING:
    from collections.abc import Sequence


def only(part: dict[str, Any], keys: Sequence[str], where: str) -> None:
    """Refuse a key that nothing reads: misspelt, it would guard nothing.

    Raises:
        InputError: There is such a key.
    """
    for key in part:
        if key not in keys:
            meant = nearest(key, keys)
            raise InputError(
                f'there is no setting "{key[:60]}"',
                where,
                f'did you mean "{meant}"?' if meant else f"use {', '.join(keys)}",
            )


def word(table: dict[str, Any], key: str, where: str, default: str) -> str:
    """Give a text.

    Raises:
        InputError: It is none.
    """
    value = table.get(key, default)
    if not isinstance(value, str):
        raise InputError(f"`{key}` is no text", where, f'write {key} = "…"')
    return value


def maybe(table: dict[str, Any], key: str, where: str) -> str | None:
    """Give a text, or `None` where it is missing or empty.

    Raises:
        InputError: It is no text.
    """
    return word(table, key, where, "") or None


def subtable(table: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    """Give a table below a table; an empty one where it is missing.

    Raises:
        InputError: It is no table.
    """
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise InputError(f"`{key}` is no table", where, f"write it under [{key}]")
    return value


def read_marks(
    table: dict[str, Any], where: str, default: tuple[str, ...]
) -> tuple[str, ...]:
    """Give release marks under `marks`: names of readers, in order, each once.

    Raises:
        InputError: It is no list of names.
    """
    values = table.get("marks", list(default))
    is_list = isinstance(values, list) and all(isinstance(v, str) for v in values)
    if not is_list or not all(is_reader_name(value) for value in values):
        raise InputError(
            "`marks` is a list of readers, each of letters, digits and _ - . :",
            where,
            'write marks = ["public"], or [] for nobody but `all`',
        )
    return tuple(sorted(set(values)))
