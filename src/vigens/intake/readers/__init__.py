"""From bytes to a `Document`: encodings told apart, the article found.

Knows nothing of meetings or statements, opens no file and fetches nothing.

Example:
    >>> from vigens.intake import read_document
    >>> read_document("Ministers met in Geneva.".encode(), "note.txt").media_type
    'text/plain'
"""

from vigens.intake.readers.decode import MAX_BYTES
from vigens.intake.readers.entry import MAX_CONTAINER_BYTES, read_document
from vigens.intake.readers.pdf import PdfText, is_pdf, read_pdf

__all__ = [
    "MAX_BYTES",
    "MAX_CONTAINER_BYTES",
    "PdfText",
    "is_pdf",
    "read_document",
    "read_pdf",
]
