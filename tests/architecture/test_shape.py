"""Modules and functions stay small, documented and named from the field."""

from __future__ import annotations

import ast
import importlib
import inspect
import re

import pytest

from tests.architecture.source import (
    Module,
    code_lines,
    functions,
    modules,
    nodes,
    other_modules,
    public_names,
    unreadable,
)

MODULE_LIMIT = 400
FUNCTION_LIMIT = 60  # without the docstring
# The last handlers: beyond them nothing answers any more.
LAST_HANDLERS = {
    "vigens.cli.main",
    "vigens.board.answering",
    "vigens.board.api.telling",
}
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
CITING = ("chrono", "engine", "model", "rules")
# Functions that may go without a `Source:`; empty, and meant to stay so.
UNSOURCED: frozenset[str] = frozenset()


def everything() -> tuple[Module, ...]:
    return modules() + other_modules()


def test_every_module_can_be_read() -> None:
    wrong = [problem for module in everything() if (problem := unreadable(module.path))]
    assert not wrong, "\n".join(wrong)


def test_modules_stay_short() -> None:
    lengths = {
        module.where: len(module.path.read_text("utf-8").splitlines())
        for module in everything()
    }
    long = [f"{where}: {n} lines" for where, n in lengths.items() if n > MODULE_LIMIT]
    assert not long, "\n".join(long)


def test_functions_stay_short() -> None:
    long = [
        f"{module.where}:{function.lineno}: {function.name}, {n} lines"
        for module in everything()
        for function in functions(module)
        if (n := code_lines(function)) > FUNCTION_LIMIT
    ]
    assert not long, "\n".join(long)


def test_names_come_from_the_field() -> None:
    wrong = []
    for module in everything():
        words = {
            word for part in module.name.split(".") for word in part.lower().split("_")
        }
        wrong += [f"{module.where}: {word}" for word in sorted(words & BANNED)]
        for node in nodes(module):
            if isinstance(node, ast.ClassDef):
                parts = {p.lower() for p in re.findall(r"[A-Z][a-z]+", node.name)}
                wrong += [
                    f"{module.where}:{node.lineno}: {node.name}"
                    for _ in range(bool(parts & BANNED))
                ]
    assert not wrong, "\n".join(wrong)


def undocumented(module: Module, owner: ast.Module | ast.ClassDef) -> list[str]:
    missing = []
    for node in owner.body:
        if not isinstance(
            node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) or node.name.startswith("_"):
            continue
        overload = any(
            isinstance(mark, ast.Name) and mark.id in {"overload", "override"}
            for mark in node.decorator_list
        )
        if ast.get_docstring(node) is None and not overload:
            missing.append(f"{module.where}:{node.lineno}: {node.name}")
        if isinstance(node, ast.ClassDef):
            missing += undocumented(module, node)
    return missing


def test_every_public_name_has_a_docstring() -> None:
    missing = [
        line for module in modules() for line in undocumented(module, module.tree)
    ]
    missing += [
        module.where for module in modules() if ast.get_docstring(module.tree) is None
    ]
    assert not missing, "\n".join(missing)


def test_a_first_line_is_a_whole_sentence() -> None:
    wrong = [
        f"{module.where}:{function.lineno}: {function.name}"
        for module in modules()
        for function in functions(module)
        if (text := ast.get_docstring(function))
        and not text.splitlines()[0].endswith((".", "?", ":"))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", CITING)
def test_public_functions_name_their_source(room: str) -> None:
    package = f"vigens.{room}"
    found = [module for module in modules() if module.name == package]
    shown = importlib.import_module(package)
    missing = [
        f"{package}.{name}"
        for name in public_names(found[0])
        if inspect.isfunction(inspect.unwrap(getattr(shown, name)))
        and "Source:" not in (inspect.getdoc(getattr(shown, name)) or "")
        and f"{package}.{name}" not in UNSOURCED
    ]
    assert not missing, "no `Source:` in the docstring of:\n" + "\n".join(missing)


CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
CLOCK_WORDS = {clock.rpartition(".")[2] for clock in CLOCKS}


def clock_readings(module: Module) -> list[str]:
    found = []
    for node in nodes(module):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr not in CLOCK_WORDS:  # the last word of its name
            continue
        name = ast.unparse(node)
        if any(name == clock or name.endswith(f".{clock}") for clock in CLOCKS):
            found.append(f"{module.where}:{node.lineno}: {name}")
    return found


def test_only_the_surfaces_read_the_clock() -> None:
    wrong = [
        line
        for module in modules()
        if module.room not in {"cli", "board"}
        for line in clock_readings(module)
    ]
    assert not wrong, "\n".join(wrong)


def swallows_everything(node: ast.AST) -> bool:
    """Say whether a handler catches all and does not raise it again.

    Undoing half a piece of work and raising again, bare, is allowed.
    """
    if not isinstance(node, ast.ExceptHandler):
        return False
    names = [] if node.type is None else ast.unparse(node.type).strip("()").split(", ")
    catches = node.type is None or bool({"Exception", "BaseException"} & set(names))
    last = node.body[-1]
    return catches and not (isinstance(last, ast.Raise) and last.exc is None)


def test_exception_is_caught_at_the_door_only() -> None:
    wrong = [
        f"{module.where}:{getattr(node, 'lineno', 0)}"
        for module in modules()
        if module.name not in LAST_HANDLERS
        for node in nodes(module)
        if swallows_everything(node)
    ]
    assert not wrong, "\n".join(wrong)


def test_suppressions_carry_a_reason() -> None:
    pattern = re.compile(
        r"#\s*(type:\s*ignore(\[[\w, -]+\])?|noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?)(.*)$"
    )
    wrong = []
    for module in everything():
        for number, line in enumerate(module.path.read_text("utf-8").splitlines(), 1):
            found = pattern.search(line)
            if not found or "re.compile" in line or line.lstrip().startswith('r"'):
                continue
            has_code = found.group(2) or found.group(3)
            reason = found.group(5).strip(" #:-–—")
            if not has_code or len(reason) < 4:
                wrong.append(f"{module.where}:{number}: {line.strip()}")
    assert not wrong, "\n".join(wrong)
