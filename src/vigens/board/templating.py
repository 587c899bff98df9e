"""Templating: what every template may rely on, on the board and on printed sheets.

Everything is escaped. A message of ours is said in the language that speaks now, also
within a row of them; a name that is not there is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.filters import do_join
from jinja2.nodes import EvalContext

from vigens.base import Message, say
from vigens.board.tongues import _, ngettext
from vigens.lang.weave import unsteered

HERE = Path(__file__).parent


def make_templates() -> Environment:
    """Make the templates; each is read when it is first used."""
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
    templates.filters["say"] = _spoken
    templates.filters["join"] = _joined
    return templates


def _shown(value: object) -> object:
    """Say a message of ours in the language that speaks now; nothing steers a page."""
    return unsteered(_said(value))


def _said(value: object) -> object:
    return say(value, _) if isinstance(value, Message) else value


def _spoken(text: object) -> str:
    """Say a text of ours, be it a message or a title that stands in the catalogues."""
    return say(text, _) if isinstance(text, Message) else _(str(text))


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
