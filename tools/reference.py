"""Write docs/reference: commands.md, law.md and data.md, from the program itself.

Run after a command, an option or the general law changes:
`.venv/bin/python tools/reference.py`. The tests in tests/docs compare the pages with
the program.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.rules import EventType, Fluent, Provision

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "commands.md"
HEAD = """# Commands

Written by `tools/reference.py` from the program's own help; edit the help, not this
page.

"""

LAW = ROOT / "docs" / "reference" / "law.md"
LAW_HEAD = """# Names of the general law

Written by `tools/reference.py` from the pages in `src/vigens/law/`; edit those, not
this page. Every agreement file can use these names. Words of treaties and of political
texts are kept apart.

"""

DATA = ROOT / "docs" / "reference" / "data.md"
DATA_HEAD = """# Data dictionary

Written by `tools/reference.py` from the shapes of the answers; edit those, not this page.
Every field of the [API](../api.md) and of `--json`, and every column of the tables that
`vigens export CASE --format csv` writes. A field that may be absent is marked `?`.

"""


def data_of() -> str:
    """Give the page of every field and column."""
    from typing import NotRequired, get_origin, get_type_hints

    from vigens.board.api import ENDPOINTS, field_words, schema_name, shapes_of
    from vigens.desk.outgoing import SHEETS

    parts = [DATA_HEAD, "## Tables\n"]
    for name, (words, columns) in SHEETS.items():
        rows = [f"| `{c.name}` | {c.kind} | {c.words} |" for c in columns]
        head = "| Column | Is | Means |\n| --- | --- | --- |"
        parts.append(f"\n### {name}\n\n{words}\n\n{head}\n" + "\n".join(rows) + "\n")
    parts.append(
        "\nIn CSV a last column `lens` says in words what the row depends on.\n"
        "\n## Answers\n"
    )
    for shape in shapes_of(ENDPOINTS):
        meant, hints = field_words(shape), get_type_hints(shape, include_extras=True)
        rows = [
            f"| `{name}{'?' * (get_origin(kind) is NotRequired)}` "
            f"| {_kind_words(kind)} | {meant.get(name, '')} |"
            for name, kind in hints.items()
        ]
        title = (shape.__doc__ or "").partition("\n")[0]
        head = "| Field | Is | Means |\n| --- | --- | --- |"
        parts.append(f"\n### {schema_name(shape)}\n\n{title}\n\n{head}\n")
        parts.append("\n".join(rows) + "\n")
    return "".join(parts)


def _kind_words(kind: object) -> str:
    """Say a type as a reader of JSON would."""
    from typing import NotRequired, get_args, get_origin

    from vigens.board.api import schema_name

    plain = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    origin, inside = get_origin(kind), get_args(kind)
    if origin is NotRequired:
        return _kind_words(inside[0])
    if kind in plain:
        return plain[kind]
    if kind is type(None):
        return "null"
    if origin is list:
        return f"list of {_kind_words(inside[0])}"
    if origin is dict:
        return f"object of {_kind_words(inside[1])}"
    if inside:
        return " or ".join(_kind_words(one) for one in inside)
    return schema_name(kind) if isinstance(kind, type) else "anything"


def help_of(*command: str) -> str:
    """Give the help text of the program or of one command."""
    done = subprocess.run(
        [sys.executable, "-m", "vigens", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "88", "NO_COLOR": "1"},
    )
    return done.stdout.rstrip()


def law_of() -> str:
    """Give the page of the names that the general law declares."""
    from vigens.lang import Page, compile_pages
    from vigens.law import law_pages

    program = compile_pages([Page(name, text) for name, text in law_pages()]).program
    acts = [each for each in program.events.values() if each.is_act]
    events = [each for each in program.events.values() if not each.is_act]
    values = [
        f"| `{sort.name}` | {sort.title} | {_values(sort.values, sort.is_open)} |"
        for sort in program.sorts.values()
        if sort.place
    ]
    parts = [LAW_HEAD, "## Acts\n\n", _rows(acts), "\n## Events\n\n", _rows(events)]
    parts += ["\n## Fluents\n\n", _rows(list(program.fluents.values()))]
    parts += ["\n## Provisions\n\n", _provisions(program.provisions.values())]
    parts += ["\n## Sorts\n\n| Name | What it is | Values |\n| --- | --- | --- |\n"]
    return "".join(parts) + "\n".join(values) + "\n"


def _rows(declared: list[EventType] | list[Fluent]) -> str:
    kept = {"treaty": "treaties", "political": "political texts"}
    lines = ["| Written | Says | Said of | Source |", "| --- | --- | --- | --- |"]
    for each in declared:
        names = [
            one.name if one.name == one.sort else f"{one.name}: {one.sort}"
            for one in each.params
        ]
        value = f": {names.pop()}" if getattr(each, "has_values", False) else ""
        written = f"{each.name}({', '.join(names)}){value}" if names else each.name
        cells = [
            f"`{written}`",
            each.phrase,
            kept.get(each.applies_to or "", ""),
            getattr(each, "source", None) or "",
        ]
        lines.append(f"| {' | '.join(cells)} |".replace("  |", " |"))
    return "\n".join(lines) + "\n"


def _provisions(declared: Iterable[Provision]) -> str:
    lines = [
        "| What | Upon | Brings | After | Source |",
        "| --- | --- | --- | --- | --- |",
    ]
    for each in declared:
        after = "at once"
        if each.delay is not None:
            after = f"{each.delay.amount} {each.delay.unit}s"
        cells = [
            each.title,
            f"`{each.upon}`",
            f"`{each.brings}`",
            after,
            each.source or "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _values(values: tuple[str, ...], is_open: bool) -> str:  # noqa: FBT001 - as declared
    return "open" if is_open else ", ".join(f"`{value}`" for value in values)


def main() -> None:
    """Write the pages."""
    LAW.write_text(law_of(), encoding="utf-8")
    DATA.write_text(data_of(), encoding="utf-8")
    modules = sorted((ROOT / "src" / "vigens" / "cli").glob("cmd_*.py"))
    names = [path.stem.removeprefix("cmd_").replace("_", "-") for path in modules]
    parts = [f"## vigens\n\n```text\n{help_of()}\n```\n"]
    parts += [f"## vigens {name}\n\n```text\n{help_of(name)}\n```\n" for name in names]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(HEAD + "\n".join(parts), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(names)} commands")


if __name__ == "__main__":
    main()
