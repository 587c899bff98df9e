r"""Agreement files as pages to read and print: prose and rules side by side.

The package makes text and reads none but its own style sheet. It shows what a file
says and what is wrong with it; it never sees a journal or a verdict.

Example:
    >>> from vigens.lang import Page, compile_pages
    >>> from vigens.lang.weave import Matter, weave_document
    >>> page = Page("a.md", "# A\n\n```vigens\nvigens 1\nparty FR \"France\"\n```\n")
    >>> text = weave_document(Matter("A", (page,), (), compile_pages([page])))
    >>> '<b>party</b> FR' in text
    True
"""

from vigens.lang.weave.index import Declared, Index, index_names
from vigens.lang.weave.pages import (
    Matter,
    style_sheet,
    title_of,
    weave_document,
    weave_folder,
)
from vigens.lang.weave.safety import unsteered, web_address
from vigens.lang.weave.woven import (
    Address,
    Heading,
    Setting,
    declaration_lines,
    outline,
    section_around,
    tell,
    weave,
)

__all__ = [
    "Address",
    "Declared",
    "Heading",
    "Index",
    "Matter",
    "Setting",
    "declaration_lines",
    "index_names",
    "outline",
    "section_around",
    "style_sheet",
    "tell",
    "title_of",
    "unsteered",
    "weave",
    "weave_document",
    "weave_folder",
    "web_address",
]
