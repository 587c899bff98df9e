"""Reports in, quoted suggestions out; a person decides.

It reads plain text, HTML, DOCX, PDF and saved messages in Russian, Ukrainian, Kazakh and English and points
at passages that tell of meetings, statements, counts, texts, commitments, bodies
and ceasefires. It refuses to know files, the network, the clock and the journal:
a suggestion is no entry, and text that reads like an order is text.

Example:
    >>> from vigens.intake import read_document, suggest
    >>> report = "France and Chad signed an agreement on water in Geneva."
    >>> found = suggest(read_document(report.encode(), "note.txt"))
    >>> [(s.kind, s.quote[:16]) for s in found]
    [('instrument', 'France and Chad ')]
"""

from __future__ import annotations

from vigens.intake.copies import COPY_SHARE, Sketch, shared, shares_at_most, sketch_of
from vigens.intake.document import Document, Region
from vigens.intake.errors import (
    BinaryDocumentError,
    ContainerError,
    DocumentError,
    EmptyDocumentError,
    EncodingError,
    OversizeDocumentError,
    ReaderMissingError,
    VocabularyError,
)
from vigens.intake.lexicon import language_codes, read_vocabulary
from vigens.intake.mixed import by_language
from vigens.intake.offsets import Piece, Place
from vigens.intake.proposals import (
    PROMPT_VERSION,
    Proposed,
    Refused,
    messages_for,
    parts_of,
    read_proposals,
)
from vigens.intake.quotations import Quoted
from vigens.intake.readers import (
    MAX_BYTES,
    MAX_CONTAINER_BYTES,
    PdfText,
    is_pdf,
    read_document,
    read_pdf,
)
from vigens.intake.suggest import Named, find_names, find_quotations, suggest
from vigens.intake.suggestion import (
    AT_LEAST,
    KINDS,
    Actor,
    Count,
    Institution,
    Instrument,
    Suggestion,
    suggestion_to_row,
)
from vigens.intake.whereabouts import Whereabouts

__all__ = [
    "AT_LEAST",
    "COPY_SHARE",
    "KINDS",
    "MAX_BYTES",
    "MAX_CONTAINER_BYTES",
    "PROMPT_VERSION",
    "Actor",
    "BinaryDocumentError",
    "ContainerError",
    "Count",
    "Document",
    "DocumentError",
    "EmptyDocumentError",
    "EncodingError",
    "Institution",
    "Instrument",
    "Named",
    "OversizeDocumentError",
    "PdfText",
    "Piece",
    "Place",
    "Proposed",
    "Quoted",
    "ReaderMissingError",
    "Refused",
    "Region",
    "Sketch",
    "Suggestion",
    "VocabularyError",
    "Whereabouts",
    "by_language",
    "find_names",
    "find_quotations",
    "is_pdf",
    "language_codes",
    "messages_for",
    "parts_of",
    "read_document",
    "read_pdf",
    "read_proposals",
    "read_vocabulary",
    "shared",
    "shares_at_most",
    "sketch_of",
    "suggest",
    "suggestion_to_row",
]
