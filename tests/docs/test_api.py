"""Each example of the page on the API is run, and answers what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.asking import make_client
from vigens.board import make_app

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "api.md"
BASE = "http://127.0.0.1:8765"


def examples() -> list[tuple[str, str]]:
    """Give each command of the page with what it prints."""
    found = []
    for block in re.findall(
        r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL
    ):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed.strip()))
    return found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("paris") / "paris"
    shutil.copytree(ROOT / "examples" / "paris", folder)
    app = make_app(
        folder, lambda: datetime(2026, 12, 1, 12, tzinfo=UTC), read_only=False
    )
    return make_client(app, BASE)


def curl(client: Any, command: str) -> str:
    """Do what a curl command of the page does."""
    words, headers, body, method, url = shlex.split(command)[1:], {}, None, "GET", ""
    is_head = False
    while words:
        word = words.pop(0)
        if word in ("-H", "-d", "-D", "-o"):
            value = words.pop(0)
            is_head = is_head or word == "-D"
            if word == "-H":
                name, _, rest = value.partition(": ")
                headers[name] = rest
            elif word == "-d":
                body, method = value, "POST"
        elif word != "-s":
            url = word
    answer = client.request(method, url, headers=headers, content=body)
    if is_head:
        return "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return str(answer.text)


def test_the_page_has_examples() -> None:
    assert len(examples()) > 12


def test_every_example_answers_what_the_page_says(client: Any) -> None:
    token = client.get("/api/v1").json()["form_token"]
    for command, printed in examples():
        if command.startswith("TOKEN="):
            continue
        said = curl(client, command.replace("$TOKEN", token))
        at = 0
        for piece in printed.split("…"):
            place = said.find(piece, at)
            assert place >= 0, f"{command}\nlacks {piece!r}\nin {said[:600]}"
            at = place + len(piece)
