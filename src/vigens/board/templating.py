"""Templating: what every template may rely on, on the board and on printed sheets.

Everything is escaped. A message of ours is said in the language that speaks now, also
within a row of them; a name that is not there is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
    pass_environment,
    pass_eval_context,
)
from jinja2.filters import do_join, do_truncate
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from vigens.base import Message
from vigens.board.tongues import (
    _,
    code_words,
    date_words,
    ngettext,
    number_words,
    spoken,
    tell,
)
from vigens.lang.weave import unsteered

HERE = Path(__file__).parent

#: Dates that HTML knows: a month, a day or an instant.
_FOR_MACHINES = re.compile(r"\d{4}-\d{2}(-\d{2}(T[\d:]+Z)?)?", re.ASCII)


#: In which language the case is written that is shown now.
WRITTEN: ContextVar[str] = ContextVar("written", default="en")


@lru_cache(maxsize=1)
def read_templates() -> Environment:
    """Give the templates of every board and sheet; each is read when it is first used."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    templates.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        _, ngettext, newstyle=True
    )
    _tell_what_goes_in(templates)
    templates.globals["texts"] = WRITTEN.get
    templates.globals["lang"] = lambda: spoken().code
    templates.globals["direction"] = lambda: spoken().direction
    templates.filters["say"] = _spoken
    templates.filters["join"] = _joined
    templates.filters["truncate"] = _truncated
    templates.filters["date"] = _dated
    templates.filters["brief"] = partial(_dated, brief=True)
    templates.filters["code"] = code_words
    templates.filters["number"] = _numbered
    return templates


def _tell_what_goes_in(templates: Environment) -> None:
    """Have a message or a date that goes into a translated sentence be said as well."""
    for name in ("gettext", "ngettext"):
        templates.globals[name] = _telling(
            cast("Callable[..., str]", templates.globals[name])
        )


def _telling(translate: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def told(context: Context, *messages: Any, **facts: object) -> str:
        said = {name: _said(value) for name, value in facts.items()}
        return translate(context, *messages, **said)

    return told


def _shown(value: object) -> object:
    """Say a message of ours in the language that speaks now; nothing steers a page."""
    return unsteered(_said(value))


def _said(value: object) -> object:
    return tell(value) if isinstance(value, Message) else value


def _spoken(text: object) -> str:
    """Say a text of ours, be it a message or a title that stands in the catalogues."""
    return tell(text) if isinstance(text, Message) else _(str(text))


@pass_environment
def _truncated(templates: Environment, text: object, *how: Any) -> str:
    """Cut a text as Jinja does, a message after it is said."""
    return do_truncate(templates, str(_said(text)), *how)


def _dated(text: object, *, brief: bool = False) -> Markup:
    """Say a date (EDTF) in words, and keep it as written for machines and for citing.

    Args:
        text: As written; what is no date is shown as it is.
        brief: With short names of months, for dense tables.
    """
    written = str(text or "")
    said = date_words(written, brief=brief)
    if said == written:
        return escape(_said(text or ""))
    if _FOR_MACHINES.fullmatch(written):
        return Markup('<time datetime="{}">{}</time>').format(written, said)
    return Markup('<span class="when" title="{}">{}</span>').format(written, said)


def _numbered(value: object) -> object:
    """Write a number as who reads does; what is no number stays as it is."""
    return number_words(value) if isinstance(value, int | float | Decimal) else value


@pass_eval_context
def _joined(
    context: EvalContext,
    values: Iterable[object],
    between: str = "",
    attribute: str | None = None,
) -> str:
    """Join as Jinja does, each message in the language that speaks now."""
    taken = values if attribute is None else [getattr(v, attribute) for v in values]
    # Not marked safe: what goes in unescaped comes out unescaped, and is escaped then.
    joined: str = do_join(context, [_said(value) for value in taken], between)
    return joined
