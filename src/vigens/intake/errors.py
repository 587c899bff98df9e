"""What can be wrong with a file that somebody hands over to be read.

::

    InputError
    └── DocumentError
        ├── EmptyDocumentError      no byte, or nothing but blanks
        ├── BinaryDocumentError     a picture, an archive, NUL bytes
        ├── EncodingError      not UTF-8
        └── OversizeDocumentError   larger than the limit
"""

from __future__ import annotations

from vigens.base import InputError


class DocumentError(InputError):
    """A file cannot be read as a report."""


class EmptyDocumentError(DocumentError):
    """There is nothing to read in the file."""

    def __init__(self, name: str) -> None:
        """Name the file that holds nothing."""
        super().__init__(
            "the document is empty", name, "hand over the file that holds the report"
        )


class BinaryDocumentError(DocumentError):
    """The bytes are no text."""

    def __init__(self, name: str, form: str, offset: int) -> None:
        """Name the form that was recognised and the byte that gave it away."""
        super().__init__(
            f"the document is no text but {form}",
            f"{name}, byte {offset}",
            "save the report as plain text or HTML in UTF-8",
        )


class EncodingError(DocumentError):
    """The bytes are text, but not in UTF-8."""

    def __init__(self, name: str, offset: int, likely: str | None) -> None:
        """Name the first byte that is not UTF-8 and the likely encoding."""
        guess = f"; it looks like {likely}" if likely else ""
        source = likely or "OLD-ENCODING"
        super().__init__(
            f"the document is not UTF-8{guess}",
            f"{name}, byte {offset}",
            f"convert it: iconv -f {source} -t UTF-8 FILE > NEW-FILE",
        )


class OversizeDocumentError(DocumentError):
    """The file is larger than a report can be."""

    def __init__(self, name: str, length: int, limit: int) -> None:
        """Give the length found and the limit, both in bytes."""
        super().__init__(
            f"the document has at least {length:,} bytes; the limit is {limit:,}",
            name,
            "split it, or hand over the part that is the report",
        )


class VocabularyError(InputError):
    """A vocabulary file cannot be used."""
