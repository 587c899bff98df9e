"""Where something may be sent: by https to the open network, or to this very machine.

An address that leads into a private network would let whoever enters it reach what no
outsider may. Every name is resolved once, what it resolves to is looked at, and the
connection goes to that very number.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from vigens.base import InputError

#: Longest address.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes.

    Attributes:
        host: As the address names it.
        number: The internet address that the connection goes to.
        port: Of it.
        path: With the query.
        is_secure: Whether by https.
    """

    host: str
    number: str
    port: int
    path: str
    is_secure: bool


def check_address(url: str, *, is_private_allowed: bool = False) -> Target:
    """Find where an address leads, and refuse what leads into a private network.

    Args:
        url: The address.
        is_private_allowed: Whether private networks may be reached, as within one's
            own.

    Raises:
        InputError: It is no such address, or leads where nothing is sent.
    """
    where = "the address"
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise InputError("this is no address", where, "write https://host/path")
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise InputError("there is no such port", where, "use 1 to 65535") from error
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise InputError("this is no address", where, "write https://host/path")
    if parts.username is not None or parts.fragment:
        raise InputError(
            "an address carries no name and no fragment",
            where,
            "leave out what stands before @ and after #",
        )
    number = _resolve(parts.hostname, port or 443)
    is_here = ipaddress.ip_address(number).is_loopback
    if parts.scheme == "http" and not is_here:
        raise InputError(
            "what is sent without https can be read on its way",
            where,
            "write https://; only this machine is reached by http",
        )
    if not is_here and not is_private_allowed and not _is_open(number):
        raise InputError(
            "this address leads into a private network",
            where,
            "name a host of the open network; `vigens notify --allow-private` and "
            "VIGENS_HOOKS_PRIVATE=1 allow it",
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    is_secure = parts.scheme == "https"
    return Target(
        parts.hostname, number, port or (443 if is_secure else 80), path, is_secure
    )


def private_allowed() -> bool:
    """Say whether whoever keeps this machine lets messages into private networks."""
    return os.environ.get("VIGENS_HOOKS_PRIVATE", "") not in ("", "0", "no")


def _resolve(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(
            f'no host is called "{host[:80]}"', "the address", "check its name"
        ) from error
    numbers = [str(each[4][0]).partition("%")[0] for each in found]
    worst = [number for number in numbers if not _is_open(number)]
    return (worst or numbers)[0]


def _is_open(number: str) -> bool:
    address = ipaddress.ip_address(number)
    mapped = getattr(address, "ipv4_mapped", None) or getattr(
        address, "sixtofour", None
    )
    if mapped is not None and not _is_open(str(mapped)):
        return False
    return address.is_global and not address.is_multicast
