"""What can be wrong with a file that somebody hands over to be read.

::

    InputError
    └── DocumentError
        ├── EmptyDocumentError      no byte, or nothing but blanks
        ├── BinaryDocumentError     a picture, an archive, NUL bytes
        ├── EncodingError           no encoding fits, or the named one does not
        ├── ContainerError          a DOCX, PDF or message that cannot be opened
        ├── ReaderMissingError      what reads this form is not installed
        └── OversizeDocumentError   larger than the limit
"""

from __future__ import annotations

from vigens.base import InputError


class DocumentError(InputError):
    """A file cannot be read as a report."""


class EmptyDocumentError(DocumentError):
    """There is nothing to read in the file."""

    def __init__(
        self,
        name: str,
        what: str = "the document is empty",
        mend: str = "hand over the file that holds the report",
    ) -> None:
        """Name the file that holds nothing."""
        super().__init__(what, name, mend)


class BinaryDocumentError(DocumentError):
    """The bytes are no text."""

    def __init__(self, name: str, form: str, offset: int) -> None:
        """Name the form that was recognised and the byte that gave it away."""
        super().__init__(
            f"the document is no text but {form}",
            f"{name}, byte {offset}",
            "hand over the report as text, HTML, PDF, DOCX or EML",
        )


class EncodingError(DocumentError):
    """The bytes are text, but in no encoding that can be told."""

    def __init__(self, name: str, offset: int, named: str | None = None) -> None:
        """Name the first byte that is not UTF-8, and the encoding that was claimed."""
        claim = f", nor {named}, as it says of itself" if named else ""
        super().__init__(
            f"the document is not UTF-8{claim}, and no other encoding fits it",
            f"{name}, byte {offset}",
            "save it as UTF-8: iconv -f ITS-ENCODING -t UTF-8 FILE > NEW-FILE",
        )


class ContainerError(DocumentError):
    """A file of several parts cannot be opened."""

    def __init__(self, name: str, why: str, mend: str = "") -> None:
        """Say why, and how to go on."""
        super().__init__(
            f"the document cannot be opened: {why}",
            name,
            mend or "save it anew, or copy its text into a plain text file",
        )


class ReaderMissingError(DocumentError):
    """What reads this form of file is an extra that is not installed."""

    def __init__(self, name: str, form: str, extra: str) -> None:
        """Name the form and the extra that reads it."""
        super().__init__(
            f"{form} is read by an extra that is not installed",
            name,
            f"pip install 'vigens[{extra}]', or save the report as plain text",
        )


class OversizeDocumentError(DocumentError):
    """The file is larger than a report can be."""

    def __init__(self, name: str, length: int, limit: int, unit: str = "bytes") -> None:
        """Give the length found and the limit, in bytes or another unit."""
        super().__init__(
            f"the document has at least {length:,} {unit}; the limit is {limit:,}",
            name,
            "split it, or hand over the part that is the report",
        )


class VocabularyError(InputError):
    """A vocabulary file cannot be used."""
