"""Imports point down: the drawing of the house style, section 2, as a table.

import-linter guards the layers too; this test knows each room by name, and reads
the syntax, so an import in a function or under TYPE_CHECKING counts.
"""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tests.architecture.source import Import, Module, imports, modules, public_names

# Each room and what it may import. A new room enters this table with its drawing.
REACH = {
    "base": set[str](),
    "chrono": {"base"},
    "model": {"base", "chrono"},
    "rules": {"base", "chrono", "model"},
    "lang": {"base", "chrono", "model", "rules"},
    "law": {"base"},
    "engine": {"base", "chrono", "model", "rules"},
    "journal": {"base", "chrono", "model"},
    "people": {"base", "chrono", "model"},
    "intake": {"base", "chrono", "model", "rules", "lang"},
    "watch": {"base", "chrono", "model"},
    "formats": {"base", "chrono", "model"},
}
REACH["desk"] = set(REACH)
REACH["board"] = set(REACH)
REACH["cli"] = set(REACH)  # with the board, which two commands start and three print:
STARTS_THE_BOARD = {"vigens.cli.cmd_serve", "vigens.cli.cmd_demo"}
PRINTS_A_PAGE = {
    "vigens.cli.cmd_brief",
    "vigens.cli.cmd_missing",
    "vigens.cli.cmd_why",
}

PURE = {"base", "chrono", "model", "rules", "lang", "law", "engine", "intake"}
OUTSIDE = {
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "psycopg",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "starlette",
    "subprocess",
    "time",
    "urllib.request",
    "urllib3",
    "uvicorn",
    "webbrowser",
}
DATABASES = {"sqlite3", "psycopg", "sqlalchemy"}
PAGES = {"jinja2", "starlette", "uvicorn"}


def all_imports() -> list[Import]:
    return [found for module in modules() for found in imports(module)]


@cache
def rooms() -> frozenset[str]:
    return frozenset(module.room for module in modules())


def room_of(target: str) -> str:
    parts = target.split(".")
    is_room = parts[0] == "vigens" and len(parts) > 1 and parts[1] in rooms()
    return parts[1] if is_room else ""


def outside(found: Import, names: set[str]) -> bool:
    return any(
        found.target == name or found.target.startswith(f"{name}.") for name in names
    )


def test_every_room_is_in_the_drawing() -> None:
    strange = rooms() - {""} - set(REACH)
    assert not strange, f"rooms without a place: {sorted(strange)}"


def test_imports_point_down() -> None:
    wrong = [
        f"{found.where}: {found.importer.room} imports {room_of(found.target)}"
        for found in all_imports()
        if (room := found.importer.room)
        and (target := room_of(found.target))
        and target != room
        and target not in REACH.get(room, set())
    ]
    assert not wrong, "\n".join(wrong)


def test_only_five_commands_know_the_board() -> None:
    wrong = [
        found.where
        for found in all_imports()
        if found.importer.room == "cli"
        and room_of(found.target) == "board"
        and found.importer.name not in STARTS_THE_BOARD | PRINTS_A_PAGE
    ]
    assert not wrong, "\n".join(wrong)


def test_the_root_imports_no_room() -> None:
    wrong = [
        found.where
        for found in all_imports()
        if found.importer.name == "vigens" and room_of(found.target)
    ]
    assert not wrong, "\n".join(wrong)


def test_packages_are_imported_not_their_modules() -> None:
    inner = {module.name for module in modules() if module.name.count(".") > 1}
    shown = {
        f"{module.name}.{name}"
        for module in modules()
        if module.is_package
        for name in public_names(module)
    }
    wrong = [
        f"{found.where}: import {found.target} from its package"
        for found in all_imports()
        if found.importer.room != room_of(found.target)
        and found.importer.name != "vigens.__main__"
        and found.target not in shown
        and any(
            found.target == name or found.target.startswith(f"{name}.")
            for name in inner
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_pure_rooms_touch_nothing_outside() -> None:
    wrong = [
        f"{found.where}: {found.importer.room} imports {found.target}"
        for found in all_imports()
        if found.importer.room in PURE and outside(found, OUTSIDE)
    ]
    assert not wrong, "\n".join(wrong)


def test_sql_lives_in_the_journal_and_with_accounts() -> None:
    wrong = [
        f"{found.where}: {found.target}"
        for found in all_imports()
        if found.importer.room not in {"journal", "people"}
        and outside(found, DATABASES)
    ]
    assert not wrong, "\n".join(wrong)


def test_pages_live_in_the_board_and_the_weave() -> None:
    wrong = [
        f"{found.where}: {found.target}"
        for found in all_imports()
        if found.importer.room != "board"
        and not found.importer.name.startswith("vigens.lang.weave")
        and outside(found, PAGES)
    ]
    assert not wrong, "\n".join(wrong)


def module_graph() -> dict[str, set[str]]:
    names = {module.name for module in modules()}
    graph: dict[str, set[str]] = {name: set() for name in names}
    for found in all_imports():
        target = found.target
        while target and target not in names:
            target = target.rpartition(".")[0]
        if target and target != found.importer.name:
            graph[found.importer.name].add(target)
    return graph


def find_cycle(graph: dict[str, set[str]]) -> list[str]:
    done: set[str] = set()
    path: list[str] = []

    def walk(name: str) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        path.append(name)
        for target in sorted(graph[name]):
            if cycle := walk(target):
                return cycle
        path.pop()
        done.add(name)
        return []

    for start in sorted(graph):
        if cycle := walk(start):
            return cycle
    return []


def test_no_module_imports_itself_in_a_circle() -> None:
    cycle = find_cycle(module_graph())
    assert not cycle, " -> ".join(cycle)


@pytest.mark.parametrize(
    ("graph", "cycle"),
    [
        ({"a": {"b"}, "b": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c", "b"]),
    ],
)
def test_a_circle_is_found(graph: dict[str, set[str]], cycle: list[str]) -> None:
    assert find_cycle(graph) == cycle


def test_a_package_shows_names_and_holds_no_code() -> None:
    wrong = [
        f"{module.where}: {problem}"
        for module in modules()
        if module.is_package
        and module.room
        and module.room != "law"  # its pages, and the one function that reads them
        for problem in package_problems(module)
    ]
    assert not wrong, "\n".join(wrong)


def package_problems(module: Module) -> list[str]:
    problems = []
    if "Example:" not in (ast.get_docstring(module.tree) or ""):
        problems.append("its docstring has no Example")
    for node in module.tree.body[1:]:
        match node:
            case ast.Import() | ast.ImportFrom():
                continue
            case ast.Assign(targets=[ast.Name(id=name)]) if name.strip("_") != name:
                continue  # __all__, or the table of a lazy import
            case ast.AnnAssign(target=ast.Name(id=name)) if name.startswith("_"):
                continue
            case ast.FunctionDef(name="__getattr__" | "__dir__"):
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case _:
                problems.append(f"line {node.lineno} is more than names")
    return problems
