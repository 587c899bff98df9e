"""Read the source tree as text and syntax, without importing any of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "vigens"

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path, dotted name and syntax tree."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def where(self) -> str:
        """Give the path as a reader of the repository knows it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def is_package(self) -> bool:
        """Say whether the file is an `__init__.py`."""
        return self.path.name == "__init__.py"

    @property
    def room(self) -> str:
        """Give the top-level package below `vigens`; empty for the root itself."""
        parts = self.name.split(".")
        inside = len(parts) > 2 or (len(parts) == 2 and self.is_package)
        return parts[1] if inside else ""


@dataclass(frozen=True, slots=True)
class Import:
    """One import: who, what is named by it, and where it stands."""

    importer: Module
    target: str
    line: int

    @property
    def where(self) -> str:
        """Give `file:line`."""
        return f"{self.importer.where}:{self.line}"


def read_module(path: Path, base: Path) -> Module:
    """Parse one file; one that cannot be read counts as empty (see `unreadable`)."""
    relative = path.relative_to(base).with_suffix("")
    parts = [part for part in relative.parts if part != "__init__"]
    tree = parsed(path)
    return Module(
        path, ".".join(parts), ast.Module([], []) if isinstance(tree, str) else tree
    )


@cache
def parsed(path: Path) -> ast.Module | str:
    """Parse one file, or say why it is no Python."""
    try:
        return ast.parse(path.read_bytes(), str(path))
    except (SyntaxError, ValueError) as error:
        return f"{path.relative_to(ROOT)}: {error}"


def unreadable(path: Path) -> str:
    """Say why a file is no Python; empty where it is."""
    tree = parsed(path)
    return tree if isinstance(tree, str) else ""


@cache
def modules() -> tuple[Module, ...]:
    """Give every module of the package, in the order of their paths."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple(read_module(path, PACKAGE.parent) for path in paths)


@cache
def other_modules() -> tuple[Module, ...]:
    """Give the modules of tests, benchmarks and tools."""
    folders = ("tests", "benchmarks", "tools")
    paths = sorted(path for name in folders for path in (ROOT / name).rglob("*.py"))
    return tuple(read_module(path, ROOT) for path in paths)


@cache
def nodes(module: Module) -> tuple[ast.AST, ...]:
    """Give everything in a module, as `ast.walk` does."""
    return tuple(ast.walk(module.tree))


@cache
def imports(module: Module) -> tuple[Import, ...]:
    """Give every import, wherever it stands: in a function, under TYPE_CHECKING.

    `from a import b` gives `a.b`: whether `b` is a module or a name in `a` is for
    the reader of the import to find out.
    """
    found = []
    for node in nodes(module):
        if isinstance(node, ast.Import):
            found += [Import(module, alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(module, node)
            found += [
                Import(module, f"{source}.{alias.name}", node.lineno)
                for alias in node.names
            ]
    return tuple(found)


def functions(module: Module) -> Iterator[Function]:
    """Give every function and method of a module."""
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(function: Function) -> int:
    """Count a function's lines without its docstring."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def public_names(module: Module) -> tuple[str, ...]:
    """Give what `__all__` lists, or nothing."""
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                return tuple(ast.literal_eval(value))
    return ()


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    keep = len(parts) - node.level + (1 if module.is_package else 0)
    return ".".join([*parts[:keep], *([node.module] if node.module else [])])
