"""From bytes to a `Document`: encodings told apart, the article found.

Knows nothing of meetings or statements, opens no file and fetches nothing.

Example:
    >>> from vigens.intake import read_document
    >>> read_document("Ministers met in Geneva.".encode(), "note.txt").media_type
    'text/plain'
"""

from vigens.intake.readers.entry import MAX_BYTES, read_document

__all__ = ["MAX_BYTES", "read_document"]
