"""Cells of a bulk table, read by column: CSV, CSV under gzip, or Parquet."""

from __future__ import annotations

import codecs
import csv
import gzip
import re
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from vigens.base import InputError
from vigens.desk.plaintable import read_plain
from vigens.model import Coded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

#: Largest table that is read, in bytes as text.
LARGEST_TABLE = 4_000_000_000
#: Most rows of a Parquet file, which may say much in few bytes.
MOST_ROWS = 200_000_000
#: Largest piece that is parsed at once: a longer row is refused.
_BLOCK = 4_000_000
_HEADER, _SHORT = 1_000_000, 10_000

#: What stands before the first line end.
_LINE, _LINE_END = re.compile(rb"[^\r\n]*+"), re.compile(rb"[\r\n]")

_FORMATS = (".csv", ".csv.gz", ".parquet")


@dataclass(frozen=True)
class Cells:
    """The columns of one table that its map names.

    Attributes:
        n_rows: How many rows.
        coded: Columns of text.
        numbers: Columns of whole numbers, every cell of them one.
        crooked: Lines with more or fewer cells than the header; they are no row.
    """

    n_rows: int
    coded: dict[str, Coded]
    numbers: dict[str, NDArray[np.int64]]
    crooked: tuple[int, ...] = ()
    _lines: NDArray[np.int64] | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> NDArray[np.int64]:
        """Give the line of each row; the header is line 1."""
        if not self.crooked:
            return np.arange(2, self.n_rows + 2, dtype=np.int64)
        every = np.arange(2, self.n_rows + len(self.crooked) + 2, dtype=np.int64)
        return np.delete(every, np.asarray(self.crooked, dtype=np.int64) - 2)


def read_header(path: Path, delimiter: str) -> tuple[str, ...]:
    """Give the names of a table's columns.

    Raises:
        InputError: It cannot be read, or is no table.
    """
    if path.name.endswith(".parquet"):
        return tuple(_parquet(path).schema_arrow.names)
    start = _bytes(path, _SHORT, is_part=True)
    if not _LINE_END.search(start):
        start = _bytes(path, _HEADER, is_part=True)
    found = _LINE.match(start.lstrip(b"\xef\xbb\xbf"))
    line = found[0] if found else b""
    _check_text(line)
    try:
        rows = list(csv.reader([line.decode()], delimiter=delimiter))
    except csv.Error as error:
        raise InputError(
            f"the line of names cannot be read ({error})",
            path.name,
            "give the table a first line with the names of its columns",
        ) from error
    if not rows or not rows[0]:
        raise InputError("the table is empty", path.name, "give it a line of names")
    return tuple(rows[0])


def read_cells(
    path: Path, delimiter: str, *, names: Sequence[str], numeric: Sequence[str]
) -> Cells:
    """Read some columns of a table.

    Args:
        path: The file.
        delimiter: What parts the cells of a CSV file.
        names: Columns that are read; all of them are there.
        numeric: Those of them that are whole numbers if every cell is one.

    Raises:
        InputError: It cannot be read.
    """
    if path.name.endswith(".parquet"):
        return _cells(_read_parquet(path, names), numeric, ())
    data = _bytes(path, LARGEST_TABLE)
    _check_text(data)
    plain = read_plain(data, delimiter, names=names, numeric=numeric)
    if plain is not None:
        return Cells(plain.n_rows, plain.coded, plain.numbers)
    crooked: list[int | None] = []
    table = _read_csv(data, delimiter, names, numeric, crooked)
    if crooked:  # again in one thread, which knows the lines
        crooked.clear()
        table = _read_csv(data, delimiter, names, numeric, crooked, is_slow=True)
    return _cells(table, numeric, tuple(sorted(n for n in crooked if n is not None)))


def _read_csv(
    data: bytes,
    delimiter: str,
    names: Sequence[str],
    numeric: Sequence[str],
    crooked: list[int | None],
    *,
    is_slow: bool = False,
) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow

    def skip(row: Any) -> str:
        crooked.append(row.number)
        return "skip"

    def read(numbers: Sequence[str]) -> Any:
        text = pa.dictionary(pa.int32(), pa.string())
        types = {name: pa.int64() if name in numbers else text for name in names}
        return arrow.read_csv(
            pa.BufferReader(data),
            arrow.ReadOptions(use_threads=not is_slow, block_size=_BLOCK),
            arrow.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=b'"' in data,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            arrow.ConvertOptions(
                column_types=types,
                include_columns=list(names),
                null_values=[""],
                strings_can_be_null=False,
            ),
            memory_pool=pa.system_memory_pool(),  # which gives back what is let go
        )

    try:
        return read(numeric)
    except pa.ArrowInvalid as error:
        if not numeric or "conversion error to int64" not in str(error):
            raise _unreadable(error) from error
    crooked.clear()
    try:
        return read(())
    except pa.ArrowInvalid as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> InputError:
    """Say what is wrong with a file that is no CSV table."""
    if "straddling" in str(error):
        return InputError(
            f"a row is longer than {_BLOCK // 1_000_000} MB",
            "the table",
            "look for a quotation mark that is never closed",
        )
    return InputError(
        f"this is no CSV table ({str(error)[:120]})", "the table", "save it again"
    )


def _check_text(data: bytes) -> None:
    """Refuse what is not UTF-8, wherever in the file it stands."""
    if data.isascii():
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _BLOCK):
        part = data[start : start + _BLOCK]
        try:
            decoder.decode(part, final=start + _BLOCK >= len(data))
        except UnicodeDecodeError as error:
            # A sign cut in two by the parts counts from the part before.
            at = max(0, start + len(part) - len(error.object) + error.start)
            line = data[:at].count(b"\n") + 1
            raise InputError(
                f"this file is not UTF-8 (byte {at}, line {line})",
                "the table",
                "save it again as UTF-8",
            ) from error


def _bytes(path: Path, largest: int, *, is_part: bool = False) -> bytes:
    """Read a file of bounded size, unpacked."""
    if not path.name.endswith(_FORMATS):
        raise InputError(
            "this is no table that can be read", path.name, f"use {', '.join(_FORMATS)}"
        )
    try:
        with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as file:
            data = file.read(largest if is_part else largest + 1)
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", path.name, "check its name"
        ) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(
            f"the file is damaged or cut off ({str(error)[:80]})",
            path.name,
            "copy it again",
        ) from error
    except OSError as error:
        raise InputError(
            f"this file cannot be read ({error.strerror or error})",
            path.name,
            "check that it is a file and who may read it",
        ) from error
    if len(data) > largest:
        raise InputError(
            f"the table is larger than {largest // 1_000_000_000} GB",
            path.name,
            "split it by years",
        )
    return data


def _parquet(path: Path) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", path.name, "check its name"
        ) from error
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise InputError(
            f"the file is damaged, cut off or no Parquet ({str(error)[:80]})",
            path.name,
            "copy it again",
        ) from error
    if file.metadata.num_rows > MOST_ROWS:
        raise InputError(
            f"the table has more than {MOST_ROWS // 1_000_000} million rows",
            path.name,
            "split it by years",
        )
    return file


def _read_parquet(path: Path, names: Sequence[str]) -> Any:
    import pyarrow as pa

    try:
        table = _parquet(path).read(columns=list(names))
        columns = [_as_text(table[name]) for name in names]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise InputError(
            f"a column cannot be read ({str(error)[:120]})",
            path.name,
            "copy the file again; a column holds text, numbers or dates",
        ) from error
    return pa.table(columns, names=list(names))


def _as_text(column: Any) -> Any:
    """Make a column whole numbers or text; an instant is written in UTC."""
    import pyarrow as pa
    from pyarrow import compute

    kind = column.type
    if pa.types.is_integer(kind) and column.null_count == 0:
        return column.cast(pa.int64())
    if pa.types.is_timestamp(kind):
        aware = column.cast(pa.timestamp("s"), safe=False)
        column = compute.strftime(aware, format="%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return column.cast(pa.string()).fill_null("").dictionary_encode()


def _cells(table: Any, numeric: Sequence[str], crooked: tuple[int, ...]) -> Cells:
    import pyarrow as pa

    coded: dict[str, Coded] = {}
    numbers: dict[str, NDArray[np.int64]] = {}
    for name in table.column_names:
        column = table[name]
        if pa.types.is_integer(column.type):
            if name in numeric and column.null_count == 0:
                numbers[name] = column.to_numpy().astype(np.int64, copy=False)
                continue
            column = column.cast(pa.string()).fill_null("").dictionary_encode()
        coded[name] = _coded(column)
    return Cells(table.num_rows, coded, numbers, crooked)


def _coded(column: Any) -> Coded:
    if column.num_chunks == 0:
        return Coded(np.empty(0, np.int32), ())
    column = column.unify_dictionaries()
    codes = [chunk.indices.to_numpy(zero_copy_only=False) for chunk in column.chunks]
    return Coded(np.concatenate(codes), column.chunk(0).dictionary.to_pylist())
