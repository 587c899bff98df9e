"""Rows of a table become entries, as a small mapping file says.

It knows columns, templates and kinds of entries. It guesses nothing: a cell that does not
read is a finding with its row and column. It refuses to know any one data set.

Example:
    >>> from vigens.desk.rows import compile_value
    >>> value = compile_value("{year}-{month}", "mapping.toml, happened")
    >>> value.read({"year": "2026", "month": "01"}, {})
    '2026-01'
"""

from vigens.desk.rows.mapping import EntryMap, Mapping, read_mapping
from vigens.desk.rows.taking import TableImported, import_table
from vigens.desk.rows.values import CellError, Value, compile_value

__all__ = [
    "CellError",
    "EntryMap",
    "Mapping",
    "TableImported",
    "Value",
    "compile_value",
    "import_table",
    "read_mapping",
]
