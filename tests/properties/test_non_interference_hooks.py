"""What a subscriber of webhooks is sent does not depend on what is hidden from them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from tests.properties.hidden import NOW, Drawn, journals, lay
from tests.properties.test_non_interference import bounded, pair
from tests.unit.cli.tiny import PAGE
from vigens.base import UsageError
from vigens.desk.hooks import Courier, Hooks, Subscription, new_secret

SECRET = new_secret()


def sent(drawn: Drawn, until: int) -> list[Any]:
    """Let a subscriber look at a beginning of a journal, and then at all of it."""
    got: list[Any] = []

    def take(target: Any, headers: dict[str, str], body: bytes) -> int:
        message = json.loads(body)
        del message["id"]  # drawn for each message
        got.append(message)
        return 200

    with TemporaryDirectory(prefix="vigens-") as place:
        folder = Path(place) / "case"
        names = {entry.id for entry in drawn.log[:until]}
        for log in ([e for e in drawn.log if e.id in names], drawn.log):
            lay(folder, replace(drawn, log=tuple(log)), PAGE)
            if not got and len(log) == len(names):
                with Hooks(folder).change() as state:
                    if not state.hooks:
                        state.hooks.append(_subscription(drawn))
            Courier(folder, lambda: NOW, send=take).round()
    return got


def _subscription(drawn: Drawn) -> Subscription:
    return Subscription(
        id="h1",
        title="Desk",
        url="http://127.0.0.1:9/",
        reader=drawn.reader,
        policy=drawn.policy,
        secret=SECRET,
        made_by="olena",
        made_at=0,
    )


def _cleared(drawn: Drawn) -> frozenset[str] | None:
    """Give what the reader is cleared for now; nothing where there is no such one."""
    now = replace(drawn, known_at="2026-03-10", recorded_at=None)
    try:
        return now.readers.clearance(drawn.reader).marks
    except UsageError:
        return frozenset()


@bounded
@given(journals(), st.integers(0, 13))
def test_messages_tell_as_if_the_hidden_were_not_there(
    drawn: Drawn, number: int
) -> None:
    now = replace(drawn, known_at="2026-03-10", recorded_at=None)
    whole, fewer = pair(now)
    cut = number % len(whole.log)
    begun = {entry.id for entry in whole.log[:cut]}
    n_fewer = sum(entry.id in begun for entry in fewer.log)
    # What the reader was cleared for when he looked first is who he was.
    first = replace(whole, log=whole.log[:cut])
    other = replace(fewer, log=fewer.log[:n_fewer])
    assume(_cleared(first) == _cleared(other))
    one, two = sent(whole, cut), sent(fewer, n_fewer)
    event(f"messages {len(one)}")
    assert one == two
