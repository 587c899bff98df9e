"""The general law, as literate agreement files in the language itself.

This package holds data and no rule in Python: treaties from consent to their end,
political texts, offers, negotiation, ceasefire and breach. Whoever doubts an answer
reads the page that its rule stands on.

Example:
    >>> from vigens.law import law_pages
    >>> sorted(name for name, _ in law_pages())[:2]
    ['law/amendment.md', 'law/breach.md']
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

__all__ = ["law_pages"]


@lru_cache(maxsize=1)
def law_pages() -> tuple[tuple[str, str], ...]:
    """List the pages of the general law as (name, text), in order of name."""
    folder = Path(__file__).parent
    return tuple(
        (f"law/{page.name}", page.read_text(encoding="utf-8"))
        for page in sorted(folder.glob("*.md"))
    )
