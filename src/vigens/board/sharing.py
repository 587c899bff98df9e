"""How several people share a board, and under which addresses browsers open it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a board is shared by several people.

    Attributes:
        accounts: Whether people sign in; `None` as the case has accounts or not.
        is_public: Whether anybody may read what is public without signing in.
        names: Further names under which browsers call it.
        proxy: Address of a proxy that ends https before this board; its word on who
            asks is taken, and nobody else's.
        certificate: File, for https by this board itself.
        key: File of the certificate's key.
        provider: File that names who else vouches for persons.
        is_plain: Whether passwords may cross a network unguarded, as in an exercise.
    """

    accounts: bool | None = None
    is_public: bool = False
    names: tuple[str, ...] = ()
    proxy: str | None = None
    certificate: Path | None = None
    key: Path | None = None
    is_plain: bool = False
    provider: Path | None = None

    @property
    def is_secure(self) -> bool:
        """Say whether browsers reach it by https alone."""
        return self.proxy is not None or self.certificate is not None


@dataclass(frozen=True, slots=True)
class Reached:
    """How a board that listens is reached.

    Attributes:
        here: What a browser on this machine opens.
        others: What browsers elsewhere open.
        notes: What whoever started it should know.
    """

    here: str
    others: tuple[str, ...]
    notes: tuple[str, ...]


def reached(host: str, port: int, shared: Sharing) -> Reached:
    """Say how a board is reached.

    Args:
        host: The address it listens on; one that stands for every address of the
            machine can be listened on, and not opened.
        port: As it is bound.
        shared: How it is shared.
    """
    address = ipaddress.ip_address(host)
    scheme = "https" if shared.certificate else "http"
    own = host
    if address.is_unspecified:
        own = "127.0.0.1" if address.version == 4 else "::1"
    here = f"{scheme}://{bracketed(own)}:{port}/"
    names = [name.strip().casefold() for name in shared.names]
    if shared.proxy is not None:
        others = [f"https://{name}/" for name in names]
    elif address.is_loopback:
        others = []
    else:
        others = [f"{scheme}://{name}:{port}/" for name in names]
        if not address.is_unspecified:
            others.append(here)
    notes = _notes(host, shared, has_others=bool(others))
    return Reached(here, tuple(dict.fromkeys(others)), notes)


def bracketed(host: str) -> str:
    """Write an address as it stands in the address of a page."""
    return f"[{host}]" if ":" in host else host


def _notes(host: str, shared: Sharing, *, has_others: bool) -> tuple[str, ...]:
    address = ipaddress.ip_address(host)
    notes = []
    if address.is_unspecified:
        notes.append(f"it listens on every address of this machine ({host})")
    is_shared = shared.proxy is not None or not address.is_loopback
    if is_shared and not has_others:
        notes.append(
            "nobody elsewhere can open it: say by which name browsers call it (--name)"
        )
    if shared.proxy is not None:
        notes.append(
            f"browsers come through the proxy at {shared.proxy}, which sends on to the "
            "first address"
        )
    elif shared.certificate is None and not address.is_loopback:
        notes.append("passwords cross the network unguarded (--plain-http)")
    return tuple(notes)
