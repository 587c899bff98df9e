"""Speaking to a provider: checked addresses, no redirect, bounded answers."""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from vigens.base import Message, OutsideError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds for an answer, and the most bytes of one.
PATIENCE, LARGEST = 10, 500_000


class _Nowhere(HTTPRedirectHandler):
    """Follow no redirect: a provider answers where it said it would."""

    def redirect_request(self, *_: Any, **_more: Any) -> None:
        """Follow none."""


def fetch(
    where: str, data: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Ask a provider, and give the object with which it answers.

    Raises:
        OutsideError: It does not answer, or with something else.
    """
    request = Request(checked(where), data, {"Accept": "application/json"})  # noqa: S310 -- of a checked address
    for name, value in (headers or {}).items():
        request.add_header(name, value)
    try:
        with build_opener(_Nowhere).open(request, timeout=PATIENCE) as answer:
            body = answer.read(LARGEST + 1)
        found = json.loads(body) if len(body) <= LARGEST else None
    except HTTPError as error:
        error.close()
        raise untrue(f"it answered {error.code}") from error
    except (URLError, OSError, ValueError) as error:
        raise untrue(f"it does not answer ({error})") from error
    if not isinstance(found, dict):
        raise untrue("it answered with something else")
    return found


def with_query(where: str, asked: Mapping[str, str]) -> str:
    """Write an address with what is asked there."""
    return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(asked)}"


def checked(where: str) -> str:
    """See that an address is https; on this machine http will do."""
    parts = urlsplit(where)
    try:
        is_near = ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_near = parts.hostname == "localhost"
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_near)
    if not is_safe or not parts.hostname or parts.username or parts.fragment:
        raise untrue(f"its address is not https: {where[:80]}")
    return where


def untrue(what: str) -> OutsideError:
    """Say why a provider's word does not count."""
    return OutsideError(
        Message("the provider's word cannot be taken: {what}", what=what),
        Message("the provider"),
        Message("try again; who keeps this board looks at its log"),
    )
