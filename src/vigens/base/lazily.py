"""Names of a package that are imported when one of them is first asked for.

A command uses a few of the names that a package shows; to load the modules behind
all of them takes longer than most answers do.
"""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def lazily(package: str) -> Callable[[str], Any]:
    """Give the `__getattr__` of a package whose names come when they are asked for.

    The names are those that the package's `__init__.py` imports under
    `if TYPE_CHECKING:`, so they are written once, where a type checker reads them
    too. A name that a module of the package has as well is not for this list: as
    soon as the module is loaded, the name is the module.

    Example:
        >>> give = lazily("vigens.chrono")
        >>> give("nothing")
        Traceback (most recent call last):
        AttributeError: module 'vigens.chrono' has no attribute 'nothing'
    """
    homes: dict[str, tuple[str, str]] = {}

    def give(name: str) -> Any:
        if not homes and not name.startswith("__"):
            homes.update(_homes(sys.modules[package].__file__))
        if name not in homes:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        home, inner = homes[name]
        value = getattr(importlib.import_module(home), inner)
        setattr(sys.modules[package], name, value)
        return value

    return give


def _homes(path: str | None) -> dict[str, tuple[str, str]]:
    """Read which module each name under `if TYPE_CHECKING:` comes from."""
    tree = ast.parse(Path(path or "").read_bytes())
    return {
        alias.asname or alias.name: (found.module or "", alias.name)
        for block in tree.body
        if isinstance(block, ast.If)
        for found in block.body
        if isinstance(found, ast.ImportFrom)
        for alias in found.names
    }
