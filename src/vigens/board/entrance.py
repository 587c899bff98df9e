"""The entrance: who asks, and whether a form that was sent is one of ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from vigens.people import (
    ALONE,
    ONLOOKER,
    PUBLIC_READER,
    Happening,
    Person,
    find_session,
    find_token,
    note,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from starlette.requests import Request

    from vigens.board.provider import Provider
    from vigens.people import People

#: The field of every form that carries the token, and where the token goes in a page.
TOKEN_FIELD = "form_token"  # noqa: S105 -- a name, no secret

#: How many characters of a token are chance.
_CHANCE = 16

#: The path at which an open page listens, which keeps no session alive.
LISTENING = "/live"

#: Stands in a kept page where the token of who asks goes; nobody outside knows it.
TOKEN_MARK = f"token-{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and under which session; the session is secret.

    Attributes:
        person: Who.
        session: What forms are tied to; of who is signed in, what opens the session.
        is_token: Whether a token in a header said so, which no other site can send.
        is_new: Whether `session` was made up just now and no browser has it yet.
    """

    person: Person
    session: str
    is_token: bool = False
    is_new: bool = False


class Entrance(Protocol):
    """Tells who asks."""

    @property
    def people(self) -> People | None:
        """Give the accounts; none where there are none to sign in with."""

    @property
    def is_secure(self) -> bool:
        """Say whether browsers reach this board by https alone."""

    @property
    def provider(self) -> Provider | None:
        """Give who else vouches for persons, if anybody does."""

    def who(self, request: Request) -> Caller:
        """Tell who sent a request; one who did not sign in is `ONLOOKER`."""

    def cookie(self, secret: str) -> str:
        """Write the header that hands a session to a browser; empty ends it."""

    def note(
        self, request: Request, caller: Caller, what: Happening, detail: str
    ) -> None:
        """Note in the access log what somebody did, or was refused."""


class AloneEntrance:
    """The entrance of a board on loopback without accounts: one user, everything."""

    people = None
    provider = None
    is_secure = False

    def __init__(self, reader: str | None = None) -> None:
        """Say whose eyes the one user has; none lets each address choose."""
        person = Person("", "you", reader=reader, is_alone=True) if reader else ALONE
        self._caller = Caller(person, "alone")

    def who(self, _request: Request) -> Caller:
        """Tell who sent a request."""
        return self._caller

    def cookie(self, _secret: str) -> str:
        """Write no cookie: there is no session."""
        return ""

    def note(
        self, _request: Request, _caller: Caller, _what: Happening, _detail: str
    ) -> None:
        """Note nothing: there is one user."""


class AccountEntrance:
    """The entrance of a board for several people, each with an account."""

    def __init__(
        self,
        people: People,
        clock: Callable[[], datetime],
        *,
        is_secure: bool = False,
        is_public: bool = False,
        provider: Provider | None = None,
    ) -> None:
        """Open the entrance.

        Args:
            people: The file of accounts; it stays open.
            clock: The present.
            is_secure: Whether browsers reach this board by https alone.
            is_public: Whether anybody may read what is public without signing in.
            provider: Who else vouches for persons.
        """
        self.people = people
        self.provider = provider
        self._clock = clock
        self.is_secure = is_secure
        self._nobody = PUBLIC_READER if is_public else ONLOOKER
        self._cookie_name = "__Host-vigens" if is_secure else "vigens"

    def now(self) -> int:
        """Read the clock, UTC seconds."""
        return int(self._clock().timestamp())

    def who(self, request: Request) -> Caller:
        """Tell who sent a request: by its token, or else by its session.

        A token that opens nothing makes its sender nobody, whatever cookies it sends.

        Raises:
            OutsideError: The file of accounts cannot be used.
        """
        header = request.headers.get("authorization", "")
        if header:
            kind, _, secret = header.partition(" ")
            person = None
            if kind.casefold() == "bearer":
                person = find_token(
                    self.people,
                    secret.strip(),
                    self.now(),
                    address=address_of(request),
                )
            return Caller(person or self._nobody, f"token {secret}", is_token=True)
        secret = request.cookies.get(self._cookie_name, "")
        is_used = request.url.path != LISTENING
        account = find_session(self.people, secret, self.now(), is_used=is_used)
        if account is not None:
            return Caller(account.person(), secret)
        is_new = not 20 <= len(secret) <= 100
        secret = secrets.token_urlsafe(32) if is_new else secret
        return Caller(self._nobody, secret, is_new=is_new)

    def cookie(self, secret: str) -> str:
        """Write the header that hands a session to a browser; empty ends it."""
        end = "" if secret else "; Max-Age=0"
        secure = "; Secure" if self.is_secure else ""
        name = self._cookie_name
        return f"{name}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}{end}"

    def note(
        self, request: Request, caller: Caller, what: Happening, detail: str
    ) -> None:
        """Note in the access log what somebody did, or was refused.

        Raises:
            OutsideError: The file of accounts cannot be written.
        """
        note(
            self.people,
            what,
            now=self.now(),
            account=caller.person.name,
            address=address_of(request),
            detail=detail,
        )


@dataclass(frozen=True, slots=True)
class Door:
    """How a visit came in: all that pages of accounts need beside the case.

    Attributes:
        entrance: Of the board.
        caller: Who asks.
        address: Where from.
        agent: With which program, as it says.
        origin: Scheme and name under which the board was called.
    """

    entrance: Entrance
    caller: Caller
    address: str = ""
    agent: str = ""
    origin: str = ""

    @classmethod
    def of(cls, entrance: Entrance, caller: Caller, request: Request) -> Door:
        """Take from a request what pages of accounts need."""
        scheme = "https" if entrance.is_secure else request.url.scheme
        return cls(
            entrance,
            caller,
            address_of(request),
            request.headers.get("user-agent", "")[:200],
            f"{scheme}://{request.headers.get('host', '')}",
        )


#: The door of a visit that came through none, as of a printed sheet.
NO_DOOR = Door(AloneEntrance(), Caller(ALONE, "alone"))


def address_of(request: Request) -> str:
    """Give where a request comes from."""
    return request.client.host if request.client else ""


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
