"""After damage or loss: putting a backup back, and saving what can be saved.

It believes an entry only where its content gives its id. It refuses to know why a file
was damaged, and writes into no journal that holds anything.

Example:
    >>> from pathlib import Path
    >>> found = read_remains(Path("journal.db"))  # doctest: +SKIP
    >>> [lost.position for lost in found.lost]  # doctest: +SKIP
    [17]
"""

from __future__ import annotations

from vigens.journal.recovery.restoring import restore
from vigens.journal.recovery.salvage import Lost, Remains, read_remains
from vigens.journal.recovery.telling import is_text_journal

__all__ = ["Lost", "Remains", "is_text_journal", "read_remains", "restore"]
