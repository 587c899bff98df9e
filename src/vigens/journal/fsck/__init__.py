"""The whole-journal check: derive everything again, and list what does not fit.

It reads on past whatever is damaged. It mends nothing and records nothing.

Example:
    >>> from pathlib import Path
    >>> fsck(Path("journal.db"))  # doctest: +SKIP
    ()
"""

from __future__ import annotations

from vigens.journal.fsck.reading import fsck

__all__ = ["fsck"]
