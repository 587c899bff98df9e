"""A provider that lies, in every way that was thought of: its word is not taken."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigens.base import InputError, OutsideError, VigensError
from vigens.board.provider import KEPT, SOON, Provider, read_provider
from vigens.people import Role

NOW = 1_773_000_000
OWN, FOREIGN = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()


@dataclass
class Liar:
    """What the provider says; a test changes it."""

    issuer: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=lambda: {"kid": "one"})
    key: Any = OWN
    algorithm: str = "EdDSA"
    answer: bytes | None = None
    status: int = 200
    sent: list[dict[str, list[str]]] = field(default_factory=list)

    def body(self, path: str, asked: bytes) -> bytes:
        """Answer a path."""
        if path == "/.well-known/openid-configuration":
            said = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/go?tenant=1",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
            return json.dumps({**said, **self.facts}).encode()
        if path == "/keys":
            own = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(OWN.public_key()))
            return json.dumps({"keys": [{**own, "kid": "one"}]}).encode()
        self.sent.append(parse_qs(asked.decode()))
        if self.answer is not None:
            return self.answer
        token = jwt.encode(self.claims, self.key, self.algorithm, self.head)
        return json.dumps({"id_token": token, "token_type": "Bearer"}).encode()


LIAR = Liar()


class Handler(BaseHTTPRequestHandler):
    """Answer as the liar of the test says."""

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = LIAR.body(self.path, self.rfile.read(length))
        self.send_response(LIAR.status if self.path == "/token" else 200)
        if 300 <= LIAR.status < 400 and self.path == "/token":
            self.send_header("Location", f"{LIAR.issuer}/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 -- the name that http.server asks for

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def liar(address: str) -> Liar:
    LIAR.__init__(address)  # type: ignore[misc] # as it was at first
    return LIAR


def begin(liar: Liar, **more: Any) -> tuple[Provider, dict[str, str]]:
    """Set out, and let the provider say what is right, for a test to spoil."""
    provider = Provider(liar.issuer, "vigens", **more)
    where = provider.begin("session", "https://desk.example", "/people", NOW)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(where).query).items()}
    liar.claims = {
        "iss": liar.issuer,
        "sub": "olena",
        "aud": "vigens",
        "iat": NOW,
        "exp": NOW + 300,
        "nonce": asked["nonce"],
    }
    return provider, asked


def finish(provider: Provider, asked: dict[str, str], **more: str) -> dict[str, Any]:
    params = {"state": asked["state"], "code": "c", **more}
    claims, _, after = provider.finish(params, "session", NOW + 5)
    assert after == "/people"
    return claims


def test_the_truth_is_taken(liar: Liar) -> None:
    provider, asked = begin(liar)
    assert asked["tenant"] == "1"
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert asked["redirect_uri"] == "https://desk.example/sign-in/back"
    assert finish(provider, asked, iss=liar.issuer)["sub"] == "olena"
    (sent,) = liar.sent
    assert len(sent["code_verifier"][0]) >= 43
    assert sent["client_id"] == ["vigens"]


def test_a_secret_is_sent_in_the_header_alone(liar: Liar) -> None:
    provider, asked = begin(liar, secret="a:b c")
    finish(provider, asked)
    assert "client_secret" not in liar.sent[0]
    assert "client_id" not in liar.sent[0]


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"aud": ["vigens", "another"]},
        {"azp": "another"},
        {"exp": NOW - 120},
        {"iat": NOW + 600},
        {"nbf": NOW + 600},
        {"exp": "soon"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": ""},
        {"sub": "x" * 300},
        {"sub": None},
    ],
    ids=str,
)
def test_a_false_claim_is_found(liar: Liar, lie: dict[str, Any]) -> None:
    provider, asked = begin(liar)
    claims = {**liar.claims, **lie}
    liar.claims = {name: value for name, value in claims.items() if value is not None}
    with pytest.raises(OutsideError, match="cannot be taken"):
        finish(provider, asked)


@pytest.mark.parametrize("missing", ["iss", "sub", "aud", "iat", "exp"])
def test_a_claim_that_is_missing_is_missed(liar: Liar, missing: str) -> None:
    provider, asked = begin(liar)
    del liar.claims[missing]
    with pytest.raises(OutsideError, match="does not hold"):
        finish(provider, asked)


@pytest.mark.parametrize(
    ("key", "algorithm", "head"),
    [
        (FOREIGN, "EdDSA", {"kid": "one"}),
        (FOREIGN, "EdDSA", {"kid": "two"}),
        (None, "none", {"kid": "one"}),
        ("a secret that is long enough for it", "HS256", {"kid": "one"}),
    ],
)
def test_a_false_signature_is_found(
    liar: Liar, key: Any, algorithm: str, head: dict[str, str]
) -> None:
    provider, asked = begin(liar)
    liar.key, liar.algorithm, liar.head = key, algorithm, head
    with pytest.raises(OutsideError, match="cannot be taken"):
        finish(provider, asked)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"", 200),
        (b"[]", 200),
        (b"{}", 200),
        (b'{"id_token": "x.y.z"}', 200),
        (b'{"id_token": 3}', 200),
        (b"x" * 600_000, 200),
        (b"{}", 500),
        (b"{}", 302),
    ],
)
def test_an_answer_that_is_none_is_told(liar: Liar, answer: bytes, status: int) -> None:
    provider, asked = begin(liar)
    liar.answer, liar.status = answer, status
    with pytest.raises(OutsideError, match="cannot be taken"):
        finish(provider, asked)


@pytest.mark.parametrize(
    "facts",
    [
        {"issuer": "https://other.example"},
        {"token_endpoint": "http://other.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": ""},
    ],
)
def test_what_it_says_of_itself_is_checked(liar: Liar, facts: dict[str, str]) -> None:
    liar.facts = facts
    with pytest.raises(OutsideError, match="cannot be taken"):
        begin(liar)


def test_another_provider_does_not_answer_for_it(liar: Liar) -> None:
    provider, asked = begin(liar)
    with pytest.raises(OutsideError, match="another provider"):
        finish(provider, asked, iss="https://other.example")


def test_who_comes_back_late_begins_again(liar: Liar) -> None:
    provider, asked = begin(liar)
    params = {"state": asked["state"], "code": "c"}
    with pytest.raises(InputError, match="too long ago"):
        provider.finish(params, "session", NOW + SOON + 1)


def test_a_new_key_is_asked_for_and_not_too_often(liar: Liar) -> None:
    provider, asked = begin(liar)
    finish(provider, asked)
    with pytest.raises(OutsideError, match="not its own"):
        provider._key("two", NOW + 10)
    assert provider._key("one", NOW + KEPT + 10) is not None


@pytest.mark.parametrize(
    "issuer", ["http://id.example", "ftp://x", "https://a@b", "", "https://x/#y"]
)
def test_a_provider_is_reached_by_https(issuer: str) -> None:
    with pytest.raises(OutsideError, match="not https"):
        Provider(issuer, "vigens")


def test_nobody_there_is_told(tmp_path: Path) -> None:
    provider = Provider("http://127.0.0.1:9", "vigens")
    with pytest.raises(OutsideError, match="does not answer"):
        provider.begin("session", "https://desk.example", "/", NOW)


GOOD = """
title = "Ministry"
issuer = "https://id.example"
client_id = "vigens"
client_secret_file = "secret.txt"
scopes = ["openid", "groups"]

[[rule]]
claim = "groups"
value = "cz-desk"
role = "contributor"
delegation = "CZ"
levels = ["ministers"]

[[rule]]
claim = "sub"
value = "7"
account = "olena"
"""


def test_a_provider_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "provider.toml"
    file.write_text(GOOD, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("known\n", encoding="utf-8")
    provider = read_provider(file)
    assert (provider.title, provider._secret) == ("Ministry", "known")
    group, person = provider.rules
    assert (group.role, group.delegation) == (Role.CONTRIBUTOR, "CZ")
    assert person.name == "olena"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("issuer =", "issuers ="),
        ("title =", "title ==="),
        ("secret.txt", "nowhere.txt"),
        ('role = "contributor"', 'role = "king"'),
        ('levels = ["ministers"]', 'levels = ["kings"]'),
        ('delegation = "CZ"', 'delegation = "C Z"'),
        ('value = "7"', 'valeu = "7"'),
        ('account = "olena"', 'account = "olena"\nadmin = true'),
        ("https://id.example", "http://id.example"),
    ],
)
def test_a_file_that_names_none_is_told(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "provider.toml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    (tmp_path / "secret.txt").write_text("known", encoding="utf-8")
    with pytest.raises(VigensError):
        read_provider(file)
