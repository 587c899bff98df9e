"""Which addresses a browser may follow, and where places in pages are."""

from __future__ import annotations

import pytest

from vigens.board.links import page_place, short_name
from vigens.lang.weave import web_address


@pytest.mark.parametrize(
    "address",
    ["https://a.example/b?c=d#e", "http://a.example", "HTTPS://A.example/x"],
)
def test_web_addresses_are_followed(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//evil.example",
        "https:///nohost",
        "https://[bad",
        "seed:000_d9731a01836d73e5",
        "mailto:a@b.example",
        "https://a.example/\x00",
        "https://a b.example",
        "",
        "example.org",
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert web_address(address) == ""


def test_places_are_taken_apart() -> None:
    assert page_place("agreements/paris.md:41") == ("paris", 41)
    assert page_place("law/consent.md:7:3") == ("law/consent", 7)
    assert page_place("question:1:1") is None
    assert page_place("") is None
    assert short_name("agreements/a.b.md") == "a.b"
