"""Rendering: a page and its frame through one template, into bytes with an ETag."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.entrance import TOKEN_FIELD, TOKEN_MARK
from vigens.board.templating import HERE, WRITTEN, read_templates
from vigens.lang.weave import style_sheet

if TYPE_CHECKING:
    from vigens.board.contexts import Frame, Page

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


class Renderer:
    """The templates, with what all of them share."""

    def __init__(self) -> None:
        """Load nothing yet; a template is read when it is first used."""
        self._templates = read_templates()
        sheets = sorted((HERE / "static").glob("*.[cj]s*"))
        style = b"".join(sheet.read_bytes() for sheet in sheets)
        style += style_sheet("woven").encode()
        self._templates.globals["style"] = hashlib.sha256(style).hexdigest()[:12]
        self._templates.globals["token_field"] = TOKEN_FIELD
        self._templates.globals["token"] = TOKEN_MARK

    def render(self, page: Page, frame: Frame | None) -> Rendered:
        """Render a page; without a frame it stands alone."""
        template = self._templates.get_template(page.template)
        token = WRITTEN.set(frame.texts if frame else "en")
        try:
            text = template.render(
                title=page.title, page=page.context, frame=frame, looked=page.looked
            )
        finally:
            WRITTEN.reset(token)
        return Rendered.of(text, page.status)
