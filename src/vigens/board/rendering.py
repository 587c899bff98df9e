"""Rendering: a page and its frame through one template, into bytes with an ETag."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vigens.board.entrance import TOKEN_FIELD, TOKEN_MARK
from vigens.board.tongues import _, ngettext
from vigens.lang.weave import style_sheet, unsteered

if TYPE_CHECKING:
    from vigens.board.contexts import Frame, Page

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it may be kept: without the token of who asked for it."""

    body: bytes
    status: int

    def handed(self, token: str) -> tuple[bytes, str]:
        """Give the bytes for one session, and their ETag."""
        body = self.body.replace(TOKEN_MARK.encode(), token.encode())
        return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


class Renderer:
    """The templates, with what all of them share."""

    def __init__(self) -> None:
        """Load nothing yet; a template is read when it is first used."""
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=unsteered,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._templates.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
            _, ngettext, newstyle=True
        )
        sheets = sorted((HERE / "static").glob("*.css"))
        style = b"".join(sheet.read_bytes() for sheet in sheets)
        style += style_sheet("woven").encode()
        self._templates.globals["style"] = hashlib.sha256(style).hexdigest()[:12]
        self._templates.globals["token_field"] = TOKEN_FIELD
        self._templates.globals["token"] = TOKEN_MARK

    def render(self, page: Page, frame: Frame | None) -> Rendered:
        """Render a page; without a frame it stands alone."""
        template = self._templates.get_template(page.template)
        text = template.render(title=page.title, page=page.context, frame=frame)
        return Rendered(text.encode(), page.status)
