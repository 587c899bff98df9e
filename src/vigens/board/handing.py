"""Handing out: a page as one session gets it, pressed once and kept with its ETag.

What is kept under a key is handed to nobody with another key, and the key names the
person, the session, the address, the language, the edition of the case and the present.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from vigens.board.shelves import Shelf

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from vigens.board.entrance import Caller, FormTokens
    from vigens.board.rendering import Rendered

#: Bytes of pages that are kept: as rendered, and as handed out.
RENDERED_BYTES = 64_000_000
HANDED_BYTES = 96_000_000

#: A page shorter than this is not pressed.
PRESSED_FROM = 1200

_SAME = {"Cache-Control": "private, no-cache"}
_VARY = "Accept-Encoding, Accept-Language, Cookie"


@dataclass(frozen=True, slots=True)
class Handed:
    """A page with the token of the session that it is for.

    Attributes:
        status: Of the answer.
        etag: Tells it from other versions, for this session.
        plain: Its bytes.
        pressed: The same by gzip; none where it is short.
    """

    status: int
    etag: str
    plain: bytes
    pressed: bytes | None

    def weigh(self) -> int:
        """Give how many bytes it takes."""
        return len(self.plain) + len(self.pressed or b"") + 400

    def answer(self, headers: Mapping[str, str]) -> Response:
        """Answer a request; with nothing but its ETag where the browser has it."""
        sent = {**_SAME, "ETag": self.etag, "Vary": _VARY}
        if _has(headers.get("if-none-match", ""), self.etag):
            return Response(status_code=304, headers=sent)
        body = self.plain
        if self.pressed is not None and _takes_gzip(headers.get("accept-encoding", "")):
            body = self.pressed
            sent["Content-Encoding"] = "gzip"
        return Response(body, self.status, sent, "text/html; charset=utf-8")


class Handing:
    """The pages kept: as rendered for a person, and as handed to a session.

    They are of one edition of the case and one present: of another no page is ever
    asked for again, so none is kept.
    """

    def __init__(self, tokens: FormTokens) -> None:
        """Begin with none."""
        self._tokens = tokens
        self.rendered: Shelf[Rendered] = Shelf(RENDERED_BYTES, lambda r: len(r.body))
        self.handed: Shelf[Handed] = Shelf(HANDED_BYTES, Handed.weigh)
        self._present: Hashable = None

    def turn(self, present: Hashable) -> None:
        """Let go of every page that is of another edition or of another present."""
        if present != self._present:
            self._present = present
            self.rendered.clear()
            self.handed.clear()

    def find(self, key: Hashable, caller: Caller) -> Handed | None:
        """Give the page of a key as this caller gets it, if it is kept."""
        return self.handed.get((key, "")) or self.handed.get((key, caller.session))

    def keep(self, key: Hashable, caller: Caller, rendered: Rendered) -> Handed:
        """Keep a page for whoever comes next with the same key."""
        handed = self.make(rendered, caller)
        session = caller.session if rendered.has_token else ""
        if not (session and caller.is_new):  # nobody comes again with such a session
            self.handed.put((key, session), handed)
        return handed

    def make(self, rendered: Rendered, caller: Caller) -> Handed:
        """Write the token of a session into a page, and press it."""
        plain = rendered.body
        session = ""
        if rendered.has_token:
            plain = rendered.with_token(self._tokens.token(caller))
            session = self._tokens.trace(caller)
        digest = hashlib.sha256(rendered.digest + session.encode()).hexdigest()
        is_long = len(plain) >= PRESSED_FROM
        pressed = gzip.compress(plain, 5, mtime=0) if is_long else None
        return Handed(rendered.status, f'W/"{digest[:32]}"', plain, pressed)


def _has(known: str, etag: str) -> bool:
    """Say whether a browser has a version; gzip or not makes no other version."""
    if not known:
        return False
    opaque = etag.removeprefix("W/")
    tags = (one.strip().removeprefix("W/") for one in known.split(","))
    return any(one in (opaque, "*") for one in tags)


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.split(","):
        name, _sep, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
