r"""Agreement files: prose with rule blocks in, a typed rule program out.

The package knows words and places. It never sees a journal, a day or a verdict.

Example:
    >>> from vigens.lang import Page, compile_pages
    >>> text = "```vigens\nvigens 1\npartie FR\n```"
    >>> compiled = compile_pages([Page("a.md", text)])
    >>> [finding.code for finding in compiled.findings]
    ['P001']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.lang.compile import Compiled, Page, compile_pages, parse_question
    from vigens.lang.editions import Edition, edition_of, find_editions, stem_of
    from vigens.lang.format import Formatted, format_page
    from vigens.lang.stored import dump_compiled, load_compiled

__all__ = [
    "Compiled",
    "Edition",
    "Formatted",
    "Page",
    "compile_pages",
    "dump_compiled",
    "edition_of",
    "find_editions",
    "format_page",
    "load_compiled",
    "parse_question",
    "stem_of",
]

__getattr__ = lazily(__name__)
