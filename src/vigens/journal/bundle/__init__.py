"""Bundles: logs, entries and proofs in one file, for those who were not there.

It refuses to believe a file more than hashes and signatures bear out. It knows no
network and asks no one.

Example:
    >>> from pathlib import Path
    >>> checked = check_proof(Path("case.bundle"))  # doctest: +SKIP
    >>> checked.is_sound, checked.shown  # doctest: +SKIP
"""

from __future__ import annotations

from vigens.journal.bundle.checked import Checked
from vigens.journal.bundle.merging import Here, Merge, plan_merge
from vigens.journal.bundle.parts import (
    LARGEST_DOCUMENT,
    BundleError,
    Document,
    Receipt,
)
from vigens.journal.bundle.reading import is_bundle, is_unsafe_name
from vigens.journal.bundle.verifying import check_proof
from vigens.journal.bundle.writing import (
    LogState,
    bundle_lines,
    head_line,
    logs_for,
    receipt_line,
    receipt_of,
    sign_logs,
)

__all__ = [
    "LARGEST_DOCUMENT",
    "BundleError",
    "Checked",
    "Document",
    "Here",
    "LogState",
    "Merge",
    "Receipt",
    "bundle_lines",
    "check_proof",
    "head_line",
    "is_bundle",
    "is_unsafe_name",
    "logs_for",
    "plan_merge",
    "receipt_line",
    "receipt_of",
    "sign_logs",
]
