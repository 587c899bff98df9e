"""Tables: CSV (RFC 4180) with its data dictionary (CSV on the Web), and Parquet.

The lens is the last column of a CSV table, alike in every row, so that it survives
copying, sorting and filtering; in Parquet it is metadata of the file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: What a cell of a sheet may hold.
Cell = str | int | bool | None

#: Name of the last column.
LENS = "lens"

#: A cell that begins so is a formula to some programs; it is written as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_XSD = {"text": "string", "whole": "integer", "flag": "boolean", "date": "string"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        name: Of the column.
        words: What it means.
        kind: `text`, `whole`, `flag`, or `date` (EDTF, or a moment in UTC).
    """

    name: str
    words: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what its columns mean.

    Attributes:
        name: Of the table.
        words: What a row is.
        columns: In their order.
        rows: As many cells each as there are columns.
    """

    name: str
    words: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_csv(sheet: Sheet, *, lens: str) -> str:
    """Write a sheet as CSV, the lens in its last column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(column.name for column in sheet.columns), LENS])
    for row in sheet.rows:
        writer.writerow([*(_cell(cell) for cell in row), lens])
    return out.getvalue()


def write_csvw(
    sheets: Sequence[Sheet], *, title: str, lens: Mapping[str, object]
) -> str:
    """Write the data dictionary of some tables (CSV on the Web, JSON)."""
    last = Column(LENS, "What the row depends on, in words.")
    found = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": title,
        "vigens:lens": dict(lens),
        "tables": [
            {
                "url": f"{sheet.name}.csv",
                "dc:description": sheet.words,
                "tableSchema": {
                    "columns": [
                        {
                            "name": column.name,
                            "titles": column.name,
                            "dc:description": column.words,
                            "datatype": _XSD[column.kind],
                        }
                        for column in (*sheet.columns, last)
                    ]
                },
            }
            for sheet in sheets
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def write_parquet(sheet: Sheet, *, lens: Mapping[str, object]) -> bytes:
    """Write a sheet as Parquet; lens and meanings are metadata of the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"whole": pa.int64(), "flag": pa.bool_()}
    fields = [
        pa.field(
            column.name,
            kinds.get(column.kind, pa.string()),
            metadata={"description": column.words},
        )
        for column in sheet.columns
    ]
    told = {"lens": json.dumps(dict(lens), ensure_ascii=False), "table": sheet.words}
    arrays = [
        pa.array([row[i] for row in sheet.rows], each.type)
        for i, each in enumerate(fields)
    ]
    out = io.BytesIO()
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=told))
    pq.write_table(table, out)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return str(cell)
