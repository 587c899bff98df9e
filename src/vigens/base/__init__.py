"""What every layer shares: text positions, findings, exceptions, hints.

This package knows nothing of agreements, dates or stores. It only says how
something wrong is pointed at and told.

Example:
    >>> from vigens.base import Span
    >>> Span("a.md", line=3, column=1, length=4, text="boby commission").where
    'a.md:3:1'
"""

from vigens.base.collecting import without_collection
from vigens.base.errors import InputError, OutsideError, UsageError, VigensError
from vigens.base.findings import Finding, Severity, has_errors
from vigens.base.hints import counted, nearest
from vigens.base.layered import Layered
from vigens.base.lazily import lazily
from vigens.base.messages import Dated, Joined, Message, Numbered, say
from vigens.base.render import FindingForm, findings_form, render_finding
from vigens.base.spans import Span
from vigens.base.tenths import Tell, Tenths

__all__ = [
    "Dated",
    "Finding",
    "FindingForm",
    "InputError",
    "Joined",
    "Layered",
    "Message",
    "Numbered",
    "OutsideError",
    "Severity",
    "Span",
    "Tell",
    "Tenths",
    "UsageError",
    "VigensError",
    "counted",
    "findings_form",
    "has_errors",
    "lazily",
    "nearest",
    "render_finding",
    "say",
    "without_collection",
]
