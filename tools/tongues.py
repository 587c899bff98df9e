"""Bring the catalogues of the board up to date: `python tools/tongues.py [CODE …]`.

Reads every message that templates, code, general law and codebook can say, puts new ones into each
`board/tongues/CODE.po` with an empty translation, takes out those that are no longer
said, and tells what waits for a translator. A code that has no file yet gets one.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import deque
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "vigens"
FOLDER = SOURCE / "board" / "tongues"

#: What marks a message in the code, and which of its arguments are messages.
CALLS = {"_": 1, "N_": 1, "Message": 1, "Cause": 1, "ngettext": 2}
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "gettext": None}


def messages() -> Catalog:
    """Collect every message with the places where it is said."""
    catalogue = Catalog(project="Vigens", charset="utf-8")
    for path in sorted((SOURCE / "board" / "templates").rglob("*.html")):
        for line, text, _comments, _context in extract_from_file(
            "jinja2.ext:babel_extract",
            str(path),
            keywords=KEYWORDS,
            options={"trimmed": "true", "newstyle_gettext": "true", "silent": "false"},
        ):
            catalogue.add(text, locations=[(_where(path), line)])
    for path in sorted(SOURCE.rglob("*.py")):
        for line, text in said_in(path):
            catalogue.add(text, locations=[(_where(path), line)])
    for path in sorted((SOURCE / "law").glob("*.md")):
        for line, text in said_by_law(path):
            catalogue.add(text, locations=[(_where(path), line)])
    for path in sorted((SOURCE / "model" / "codebook").glob("*.toml")):
        for term in tomllib.loads(path.read_text("utf-8")).values():
            for text in (term["label"], term["definition"]):
                catalogue.add(text, locations=[(_where(path), 1)])
    return catalogue


def said_by_law(path: Path) -> Iterator[tuple[int, str]]:
    """Give the phrases and rules of a page of the general law, and the values it lists.

    Names of articles stay as they are.
    """
    is_block = is_list = False
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("```"):
            is_block = line == "```vigens"
        elif is_block and is_list and line.startswith("  of "):
            yield from ((number, v.strip()) for v in line[5:].split(","))
        elif is_block and not line.lstrip().startswith("source"):
            yield from ((number, text) for text in re.findall(r'"([^"]+)"', line))
        is_list = is_block and line.startswith("values ")


def said_in(path: Path) -> Iterator[tuple[int, str | tuple[str, str]]]:
    """Give the messages of one module: written in a call, or under a name before it."""
    tree = ast.parse(path.read_text("utf-8"))
    for scope in [tree, *_functions(tree)]:
        named = dict[str, list[str]]()
        own = list(_own(scope))
        for node in own:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        named.setdefault(target.id, []).extend(_texts(node.value, {}))
        for node in own:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            yield from ((node.lineno, text) for text in _titles(node))
            n_texts = CALLS.get(node.func.id, 0)
            if not n_texts or len(node.args) < n_texts:
                continue
            if n_texts == 2:
                both = [t for arg in node.args[:2] for t in _texts(arg, named)]
                if len(both) == 2:
                    yield node.lineno, (both[0], both[1])
                continue
            for text in _texts(node.args[0], named):
                yield node.lineno, text


def _titles(node: ast.Call) -> list[str]:
    """Give the titles of a page, or of a way into the board and its room."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name == "Page":
        return [text for arg in node.args[1:2] for text in _texts(arg, {})]
    if name == "Way":
        named = [w.value for w in node.keywords if w.arg in ("title", "room")]
        return [text for value in named for text in _texts(value, {}) if text]
    return []


def _functions(tree: ast.AST) -> list[ast.AST]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Walk over a scope without the functions in it."""
    waiting = deque(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.popleft()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def _texts(node: ast.expr, named: dict[str, list[str]]) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, named), *_texts(node.orelse, named)]
    if isinstance(node, ast.Name):
        return named.get(node.id, [])
    return []


def bring_up(path: Path, template: Catalog) -> Catalog:
    """Give a language's catalogue with the messages of today."""
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem)
    else:
        catalogue = Catalog(locale=path.stem, project="Vigens", charset="utf-8")
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue without the moment of it, so that nothing new writes the same."""
    file = BytesIO()
    write_po(file, catalogue, width=88, sort_output=True, no_location=True)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(one for one in lines if not one.startswith(b'"POT-Creation-Date:'))


def missing(catalogue: Catalog) -> list[str]:
    """List the messages that have no translation."""
    return [
        str(each.id if isinstance(each.id, str) else each.id[0])
        for each in catalogue
        if each.id
        and not (all(each.string) if isinstance(each.string, tuple) else each.string)
    ]


def main(codes: list[str]) -> int:
    """Bring every catalogue up to date and say what is missing."""
    template = messages()
    paths = {*FOLDER.glob("*.po"), *(FOLDER / f"{code}.po" for code in codes)}
    for path in sorted(paths):
        catalogue = bring_up(path, template)
        path.write_bytes(written(catalogue))
        lacking = missing(catalogue)
        print(f"{path.stem}: {len(catalogue)} messages, {len(lacking)} to translate")
        for text in lacking[:20]:
            print(f"  {text}")
    return 0


def _where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
