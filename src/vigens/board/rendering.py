"""Rendering: a page and its frame through one template, into bytes with an ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.filters import do_join
from jinja2.nodes import EvalContext

from vigens.base import Message, say
from vigens.board.entrance import TOKEN_FIELD, TOKEN_MARK
from vigens.board.tongues import _, ngettext
from vigens.lang.weave import style_sheet, unsteered

if TYPE_CHECKING:
    from vigens.board.contexts import Frame, Page

HERE = Path(__file__).parent
_MARK = TOKEN_MARK.encode()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it may be kept: without the token of who asked for it.

    Attributes:
        body: Its bytes, with a mark where the token goes.
        status: Of the answer.
        digest: Of the bytes with a fixed word for the mark; another run has the same.
    """

    body: bytes
    status: int
    digest: bytes

    @classmethod
    def of(cls, text: str, status: int) -> Rendered:
        """Take a page as the template wrote it."""
        body = text.encode()
        fixed = body.replace(_MARK, b"token")
        return cls(body, status, hashlib.sha256(fixed).digest())

    @property
    def has_token(self) -> bool:
        """Say whether it holds a form, so that each session has its own bytes of it."""
        return _MARK in self.body

    def with_token(self, token: str) -> bytes:
        """Give the bytes for one session."""
        return self.body.replace(_MARK, token.encode())


def _shown(value: object) -> object:
    """Say a message of ours in the language that speaks now; nothing steers a page."""
    return unsteered(_said(value))


def _said(value: object) -> object:
    return say(value, _) if isinstance(value, Message) else value


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


class Renderer:
    """The templates, with what all of them share."""

    def __init__(self) -> None:
        """Load nothing yet; a template is read when it is first used."""
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._templates.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
            _, ngettext, newstyle=True
        )
        self._templates.filters["say"] = lambda text: _(str(text))
        self._templates.filters["join"] = _joined
        files = sorted((HERE / "static").iterdir())
        style = b"".join(path.read_bytes() for path in files if path.is_file())
        style += style_sheet("woven").encode()
        self._templates.globals["style"] = hashlib.sha256(style).hexdigest()[:12]
        self._templates.globals["token_field"] = TOKEN_FIELD
        self._templates.globals["token"] = TOKEN_MARK

    def render(self, page: Page, frame: Frame | None) -> Rendered:
        """Render a page; without a frame it stands alone."""
        template = self._templates.get_template(page.template)
        text = template.render(title=page.title, page=page.context, frame=frame)
        return Rendered.of(text, page.status)
