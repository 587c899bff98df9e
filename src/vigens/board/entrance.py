"""The entrance: who asks, and whether a form that was sent is one of ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from vigens.people import ALONE, Person

if TYPE_CHECKING:
    from starlette.requests import Request

#: The field of every form that carries the token, and where the token goes in a page.
TOKEN_FIELD = "form_token"  # noqa: S105 -- a name, no secret

#: How many characters of a token are chance.
_CHANCE = 16

#: Stands in a kept page where the token of who asks goes; nobody outside knows it.
TOKEN_MARK = f"token-{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and under which session; the session is secret."""

    person: Person
    session: str


class Entrance(Protocol):
    """Tells who asks."""

    def who(self, request: Request) -> Caller:
        """Tell who sent a request; one who did not sign in is `ONLOOKER`."""


class AloneEntrance:
    """The entrance of a board on loopback without accounts: one user, everything."""

    def __init__(self, reader: str | None = None) -> None:
        """Say whose eyes the one user has; none lets each address choose."""
        person = Person("", "you", reader=reader, is_alone=True) if reader else ALONE
        self._caller = Caller(person, "alone")

    def who(self, _request: Request) -> Caller:
        """Tell who sent a request."""
        return self._caller


class FormTokens:
    """Tokens that forms carry, so that no other site can send one in a user's name."""

    def __init__(self) -> None:
        """Begin with a secret of this process."""
        self._secret = secrets.token_bytes(32)

    def token(self, caller: Caller) -> str:
        """Give a token of a session.

        Each begins with chance, so that pressed pages do not tell by their length what
        another token is.
        """
        chance = secrets.token_hex(_CHANCE // 2)
        return chance + self._seal(chance, caller)

    def trace(self, caller: Caller) -> str:
        """Give what tells sessions apart without being a token of any."""
        return self._seal("trace", caller)

    def _seal(self, chance: str, caller: Caller) -> str:
        said = f"{chance} {caller.session}".encode()
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()

    def is_ours(self, request: Request, caller: Caller, token: object) -> bool:
        """Say whether a form comes from a page of this board, sent by who was shown it."""
        if request.headers.get("sec-fetch-site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            return False
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get(
            "host"
        ):
            return False
        if not isinstance(token, str):
            return False
        chance, seal = token[:_CHANCE], token[_CHANCE:]
        return hmac.compare_digest(seal.encode(), self._seal(chance, caller).encode())
