"""Reading a delimited table row by row, each with its line and what is wrong with it."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, InputError, OutsideError, Severity, Span, nearest
from vigens.journal import canonical_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigens.desk.rows.mapping import Mapping

#: The longest cell that is read, in characters.
LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row.

    Attributes:
        line: Of the file, where the row ends, from 1.
        cells: By column; only those that the mapping reads.
        digest: Of these cells with their columns: the same row gives the same.
        fault: Why it cannot be read, or nothing.
    """

    line: int
    cells: dict[str, str]
    digest: str
    fault: Finding | None = None


def read_rows(path: Path, mapping: Mapping) -> Iterator[TableRow]:
    """Read the rows of a table; blank lines are passed over.

    Raises:
        InputError: Missing, not of this encoding, no table, or it lacks a column.
        OutsideError: The disk failed.
    """
    if path.is_dir():
        raise InputError("this is a folder, not a table", str(path), "name a file")
    before = csv.field_size_limit(LONGEST_CELL)  # of the whole process
    try:
        with path.open(encoding=mapping.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=mapping.delimiter, strict=True)
            header = next(reader, None)
            places = _places(header, mapping, path)
            for cells in reader:
                if any("\0" in cell for cell in cells):
                    raise InputError(
                        "this is binary, not text",
                        f"{path}:{reader.line_num}",
                        "name a delimited text",
                    )
                if any(cell.strip() for cell in cells):
                    yield _row(cells, header or [], places, reader.line_num, path)
    except FileNotFoundError as error:
        raise InputError(
            "there is no such table", str(path), "check its name"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"this table is not {mapping.encoding} (byte {error.start})",
            str(path),
            f'say what it is: encoding = "windows-1252" under [table] in {mapping.path}',
        ) from error
    except csv.Error as error:
        raise InputError(
            f"this table cannot be read ({error})",
            f"{path}:{reader.line_num}",
            "mend the line; a quote inside a quoted cell is written twice",
        ) from error
    except OSError as error:
        raise OutsideError(
            f"this table cannot be read ({error.strerror or error})",
            str(path),
            "check its path and who may read it",
        ) from error
    finally:
        csv.field_size_limit(before)


def _places(
    header: list[str] | None, mapping: Mapping, path: Path
) -> list[tuple[str, int]]:
    if not header:
        raise InputError("this table is empty", str(path), "it needs a row of names")
    names = [name.strip() for name in header]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None and twice in mapping.columns:
        raise InputError(
            f'the column "{twice[:40]}" stands twice', str(path), "rename one of them"
        )
    for column in mapping.columns:
        if column not in names:
            meant = nearest(column, names)
            raise InputError(
                f'the table has no column "{column[:60]}", which {mapping.path} names',
                f"{path}:1",
                f'did you mean "{meant}"?'
                if meant
                else f"it has {', '.join(names)[:200]}",
            )
    return [(column, names.index(column)) for column in mapping.columns]


def _row(
    cells: list[str],
    header: list[str],
    places: list[tuple[str, int]],
    line: int,
    path: Path,
) -> TableRow:
    if len(cells) != len(header):
        shown = ",".join(cells)[:120]
        finding = Finding(
            "I003",
            Severity.ERROR,
            f"this row has {len(cells)} cells, the first has {len(header)}",
            (Span(path.name, line, 1, max(1, len(shown)), shown),),
            "add or remove a delimiter, or quote the cell that holds one",
        )
        return TableRow(line, {}, "", finding)
    named = {column: cells[place] for column, place in places}
    key = canonical_bytes([[name, cell] for name, cell in sorted(named.items())])
    return TableRow(line, named, hashlib.sha256(key).hexdigest()[:32])
