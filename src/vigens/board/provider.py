"""A provider that vouches for persons, spoken to by OpenID Connect.

The code flow with PKCE, state and nonce. What comes back is bound to the browser that
set out; the identity token is checked for signature, issuer, audience, times and nonce.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import secrets
import tomllib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from vigens.base import InputError, Message, OutsideError
from vigens.board.fetching import checked, fetch, untrue, with_query
from vigens.people import Account as _Account
from vigens.people import Rule, check_account, parse_role

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds: for which what a provider says of itself holds; within which a person comes
#: back; by which clocks may differ.
KEPT, SOON, SKEW = 3600, 600, 60

#: Persons who are on their way at once, and sessions whose token is kept.
MOST_AWAY = 2000

#: Signatures that are taken: all with a key pair, none with a shared secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "ES256", "ES384", "EdDSA")

_RULE = {"claim", "value", "account", "role", "delegation", "reader", "levels"}


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who set out to the provider and is not back.

    Attributes:
        session: Of the browser.
        nonce: That the identity token must repeat.
        verifier: That shows that this board asked.
        back: Where the provider sends the browser.
        after: Where it goes on then.
        until: UTC seconds.
    """

    session: str
    nonce: str
    verifier: str
    back: str
    after: str
    until: int


class Provider:
    """Who vouches for persons beside this board's own accounts."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        *,
        title: str = "",
        secret: str | None = None,
        scopes: tuple[str, ...] = ("openid", "profile", "email"),
        rules: tuple[Rule, ...] = (),
    ) -> None:
        """Know a provider by its address; nothing is asked of it yet.

        Args:
            issuer: Its address, as it signs it.
            client_id: What this board is called there.
            title: As shown.
            secret: Of this board there; none where it has none.
            scopes: What is asked for.
            rules: Which accounts its word opens.
        """
        self.issuer = checked(issuer)
        self.title = title or urlsplit(issuer).netloc
        self.rules = rules
        self._client, self._secret, self._scopes = client_id, secret, scopes
        self._away: OrderedDict[str, Away] = OrderedDict()
        self._held: OrderedDict[bytes, str] = OrderedDict()
        self._facts: tuple[int, dict[str, Any]] = (0, {})
        self._keys: tuple[int, dict[str, Any]] = (0, {})
        self._lock = Lock()

    def begin(self, session: str, origin: str, after: str, now: int) -> str:
        """Give the address at the provider to which somebody is sent.

        Args:
            session: Of the browser.
            origin: Under which it called this board.
            after: Where it goes on afterwards.
            now: UTC seconds.

        Raises:
            OutsideError: The provider cannot be asked, or says what it must not.
        """
        facts = self._known(now)
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        verifier, back = secrets.token_urlsafe(48), f"{origin}/sign-in/back"
        away = Away(session, nonce, verifier, back, after, now + SOON)
        with self._lock:
            self._away[state] = away
            while len(self._away) > MOST_AWAY:
                self._away.popitem(last=False)
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": back,
            "scope": " ".join(self._scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": f"S{len(digest) * 8}",
        }
        return with_query(checked(str(facts["authorization_endpoint"])), asked)

    def finish(
        self, params: Mapping[str, str], session: str, now: int
    ) -> tuple[dict[str, Any], str, str]:
        """Take in who comes back: what is said of them, in which token, where they go on.

        Args:
            params: Of the address to which they came back.
            session: Of the browser.
            now: UTC seconds.

        Raises:
            InputError: Nobody set out so, it was too long ago, or the provider says no.
            OutsideError: The provider cannot be asked, or its word does not hold.
        """
        with self._lock:
            away = self._away.pop(params.get("state", ""), None)
        if away is None or away.until < now or away.session != session:
            raise InputError(
                Message(
                    "this sign-in was not begun in this browser, or was too long ago"
                ),
                Message("the address"),
                Message("sign in again"),
            )
        if params.get("iss", self.issuer) != self.issuer:
            raise untrue("another provider answered")
        if "code" not in params:
            raise InputError(
                Message("the provider did not let you in"),
                params.get("error", "no code")[:80],
                Message("sign in again, or ask who keeps your account there"),
            )
        token = self._traded(away, params["code"], now)
        return self._trusted(token, away.nonce, now), token, away.after

    def hold(self, session: str, token: str) -> None:
        """Keep the token by which a session was opened, in memory, for its end."""
        with self._lock:
            self._held[_digest(session)] = token
            while len(self._held) > MOST_AWAY:
                self._held.popitem(last=False)

    def leave(self, session: str, origin: str, now: int) -> str:
        """Give where somebody signs out at the provider; empty where it offers nothing.

        A session that was opened otherwise, or before this board was started anew, is
        none of the provider's.

        Args:
            session: That ends.
            origin: Under which its browser called this board.
            now: UTC seconds.

        Raises:
            OutsideError: The provider cannot be asked, or says what it must not.
        """
        with self._lock:
            token = self._held.pop(_digest(session), None)
        if token is None:
            return ""
        where = self._known(now).get("end_session_endpoint")
        if where is None:
            return ""
        asked = {
            "id_token_hint": token,
            "client_id": self._client,
            "post_logout_redirect_uri": f"{origin}/sign-in",
            "state": secrets.token_urlsafe(16),
        }
        return with_query(checked(str(where)), asked)

    def _traded(self, away: Away, code: str, now: int) -> str:
        """Trade the code for an identity token."""
        facts = self._known(now)
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": away.back,
            "code_verifier": away.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self._secret is None:
            fields["client_id"] = self._client
        else:
            pair = f"{quote(self._client, safe='')}:{quote(self._secret, safe='')}"
            word = base64.b64encode(pair.encode()).decode()
            headers["Authorization"] = f"Basic {word}"
        where = str(facts["token_endpoint"])
        answer = fetch(where, urlencode(fields).encode(), headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise untrue("it sent no identity token")
        return token

    def _trusted(self, token: str, nonce: str, now: int) -> dict[str, Any]:
        """Check an identity token, and give what it says."""
        import jwt

        try:
            head = jwt.get_unverified_header(token)
            key = self._key(str(head.get("kid", "")), now)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._client,
                issuer=self.issuer,
                options={
                    "require": ["exp", "iat", "sub", "aud", "iss"],
                    "verify_exp": False,  # against the clock of this board, below
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.PyJWTError as error:
            raise untrue(f"its identity token does not hold ({error})") from error
        times = [claims["exp"], claims["iat"], claims.get("nbf", 0)]
        if not all(isinstance(time, int | float) for time in times):
            raise untrue("its identity token has no times")
        if claims["exp"] < now - SKEW or max(times[1:]) > now + SKEW:
            raise untrue("its identity token is too old, or of the future")
        if claims.get("nonce") != nonce:
            raise untrue("its identity token is of another sign-in")
        audience = claims["aud"]
        is_many = isinstance(audience, list) and len(audience) > 1
        if claims.get("azp", self._client) != self._client or (
            is_many and "azp" not in claims
        ):
            raise untrue("its identity token is for another program")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise untrue("it does not say for whom it vouches")
        return claims

    def _key(self, kid: str, now: int) -> Any:
        """Give the key of a name; asked for again if it is new, once in a minute."""
        import jwt

        fetched, known = self._keys
        is_stale = now - fetched > KEPT or (kid not in known and now - fetched > 60)
        if is_stale or not known:
            where = str(self._known(now)["jwks_uri"])
            found = jwt.PyJWKSet.from_dict(fetch(where)).keys
            known = {str(key.key_id or ""): key for key in found}
            self._keys = (now, known)
        if kid not in known and len(known) == 1 and not kid:
            return next(iter(known.values()))
        if kid not in known:
            raise untrue("its identity token is signed with a key that is not its own")
        return known[kid]

    def _known(self, now: int) -> dict[str, Any]:
        """Give what the provider says of itself."""
        fetched, facts = self._facts
        if facts and now - fetched <= KEPT:
            return facts
        found = fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise untrue("it calls itself otherwise")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            checked(str(found.get(name, "")))
        self._facts = (now, found)
        return found


def read_provider(file: Path) -> Provider:
    """Read a provider and the rules for it from a file.

    Raises:
        InputError: The file cannot be read, or says what it must not.
        OutsideError: What checks its word is not installed.
    """
    if importlib.util.find_spec("jwt") is None:
        raise OutsideError(
            Message("what checks a provider's word is not installed"),
            Message("the package pyjwt"),
            Message("pip install 'vigens[oidc]'"),
        )
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        scopes = tuple(str(one) for one in told.get("scopes", ())) or None
        rules = tuple(_rule(row) for row in told.get("rule", ()))
        secret = _secret(file, told)
        provider = Provider(
            str(told["issuer"]),
            str(told["client_id"]),
            title=str(told.get("title", "")),
            secret=secret,
            rules=rules,
            **({"scopes": scopes} if scopes else {}),
        )
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            Message("the provider's file cannot be read ({error})", error=error),
            str(file),
            Message("name another"),
        ) from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            Message("this names no provider ({error})", error=error),
            str(file),
            Message(
                "write issuer, client_id and [[rule]] lines; docs/accounts.md shows one"
            ),
        ) from error
    return provider


def _secret(file: Path, told: Mapping[str, Any]) -> str | None:
    named = told.get("client_secret_file")
    if named is None:
        return os.environ.get("VIGENS_OIDC_SECRET") or None
    return (file.parent / str(named)).read_text(encoding="utf-8").strip()


def _rule(row: Mapping[str, Any]) -> Rule:
    unknown = sorted(set(row) - _RULE)
    if unknown:
        raise KeyError(f"a rule has no {unknown[0]}")
    name = row.get("account")
    rule = Rule(
        str(row["claim"]),
        str(row["value"]),
        None if name is None else str(name),
        parse_role(str(row.get("role", "viewer"))),
        row.get("delegation"),
        row.get("reader"),
        frozenset(str(level) for level in row.get("levels", ())),
    )
    reader = rule.reader or rule.delegation
    check_account(
        _Account("any", "any", rule.role, reader, rule.delegation, rule.levels)
    )
    return rule


def _digest(session: str) -> bytes:
    return hashlib.sha256(session.encode()).digest()
