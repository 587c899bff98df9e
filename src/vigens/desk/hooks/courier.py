"""The courier: notices what changed, and sends it until it arrives.

A message that does not arrive is tried again after longer and longer pauses. Where
nothing else arrived meanwhile, the subscription then stops by itself and keeps what
waits; where something did, the one message is given up.
"""

from __future__ import annotations

import http.client
import json
import logging
import secrets
import socket
import ssl
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.desk.answers import Session
from vigens.desk.case import open_case
from vigens.desk.forms import lens_form
from vigens.desk.hooks.guarding import Target, check_address, private_allowed
from vigens.desk.hooks.keeping import (
    MOST_WAITING,
    Delivery,
    Hooks,
    Noted,
    State,
    Subscription,
)
from vigens.desk.hooks.signing import sign
from vigens.desk.looking import Looking, make_lens
from vigens.desk.outgoing import changes_between, read_standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from vigens.desk.case import Case

#: Seconds until the next attempt, one after the other.
BACKOFF = (5, 60, 300, 1800, 7200, 18000, 36000, 50400)

#: What a receiver answers who wants nothing more: 410 of HTTP.
_GONE = "answered 410"

#: Seconds that one attempt may take, and between two looks at the case.
PATIENCE, LOOK_EVERY = 10, 30

#: Answers change with the day alone, too: so many seconds may pass without a look.
LONGEST_QUIET = 3600

#: Most changes and entries that one message tells; the rest is counted.
MOST_TOLD = 100

_LOG = logging.getLogger("vigens.hooks")


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round came to."""

    noticed: int
    sent: int
    failed: int


class Courier:
    """Notices and sends, by itself in a thread or once when asked to."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        *,
        is_private_allowed: bool = False,
        send: Callable[[Target, dict[str, str], bytes], int] | None = None,
    ) -> None:
        """Begin with nothing done.

        Args:
            folder: Of the case.
            clock: The present.
            is_private_allowed: Whether private networks may be reached.
            send: Sends a body with headers, and gives the status of the response.
        """
        self.hooks = Hooks(folder)
        self._folder = folder
        self._clock = clock
        self._is_private_allowed = is_private_allowed or private_allowed()
        self._send = send or post
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None
        self._looked: tuple[object, int] | None = None

    def start(self) -> None:
        """Work in a thread of its own from now on."""
        self._thread = threading.Thread(target=self._run, name="hooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread after what it is at."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join(PATIENCE + 1)

    def round(self) -> Sent:
        """Notice what changed, then send what is due.

        Raises:
            OutsideError: The file of webhooks cannot be used.
        """
        if not self.hooks.is_any:
            return Sent(0, 0, 0)
        noticed = self._notice()
        return self._deliver(noticed)

    def test(self, name: str) -> None:
        """Put a message that changes nothing in the queue of one subscription."""
        now = self._now()
        with self.hooks.change() as state:
            hook = state.hook(name)
            if hook is not None:
                body = {"type": "vigens.test", "subscription": hook.title}
                _queue(state, hook, body, now)

    def _run(self) -> None:
        while not self._ends.wait(1 if self._is_due() else LOOK_EVERY):
            try:
                if self.hooks.is_any:
                    self._deliver(0 if self._is_quiet() else self._notice())
            except (VigensError, OSError) as error:
                _LOG.error("webhooks: %s", error)

    def _is_due(self) -> bool:
        if not self.hooks.is_any:
            return False
        try:
            state = self.hooks.read()
        except VigensError:
            return False
        active = {hook.id for hook in state.hooks if hook.is_active}
        soon = self._now() + 1
        return any(one.next_at <= soon and one.hook in active for one in state.waiting)

    def _is_quiet(self) -> bool:
        """Say whether nothing was written since the last look, not long ago."""
        files = [*self._folder.glob("*.toml"), *self._folder.glob("journal.*")]
        files += [*self._folder.glob("agreements/*.md"), self.hooks.path]
        facts = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in files)
        now = self._now()
        if self._looked is not None and self._looked[0] == facts:
            is_on_disk = any(path.name.startswith("journal.") for path in files)
            if is_on_disk and now - self._looked[1] < LONGEST_QUIET:
                return True
        self._looked = facts, now
        return False

    def _now(self) -> int:
        return int(self._clock().timestamp())

    def _notice(self) -> int:
        found = 0
        now = self._now()
        case: Case | None = None
        for hook in self.hooks.read().hooks:
            if not hook.is_active:
                continue
            case = case or open_case(self._folder, self._clock)
            try:
                stand, seen, body = _look(case, hook, now)
            except VigensError as error:
                with self.hooks.change() as state:
                    state.note(
                        Noted(now, hook.id, "", f"not looked: {error.what}", False)
                    )
                continue
            with self.hooks.change() as state:
                kept = state.hook(hook.id)
                if kept is None or (body is not None and _is_full(state, hook)):
                    continue  # told together with what changes until there is room
                kept.stand, kept.seen = stand, seen
                if body is not None:
                    _queue(state, kept, body, now)
                    found += 1
        return found

    def _deliver(self, noticed: int) -> Sent:
        sent = failed = 0
        now = self._now()
        state = self.hooks.read()
        for delivery in state.waiting:
            hook = state.hook(delivery.hook)
            if delivery.next_at > now or hook is None or not hook.is_active:
                continue
            outcome, is_sent = self._attempt(hook, delivery, now)
            sent, failed = sent + is_sent, failed + (not is_sent)
            with self.hooks.change() as changed:
                _settle(changed, delivery, now, outcome, is_sent=is_sent)
                kept = changed.hook(hook.id)
                hook.is_active = kept is not None and kept.is_active
        return Sent(noticed, sent, failed)

    def _attempt(
        self, hook: Subscription, delivery: Delivery, now: int
    ) -> tuple[str, bool]:
        body = delivery.body.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "vigens",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(now),
            "webhook-signature": sign(hook.secret, delivery.id, now, body),
        }
        try:
            target = check_address(
                hook.url, is_private_allowed=self._is_private_allowed
            )
            status = self._send(target, headers, body)
        except VigensError as error:
            return error.what, False
        except (OSError, http.client.HTTPException) as error:
            return f"not reached: {type(error).__name__}", False
        return f"answered {status}", 200 <= status < 300


def notify_now(
    folder: Path, clock: Callable[[], datetime], *, is_private_allowed: bool = False
) -> Sent:
    """Notice what changed and send what is due, once.

    Raises:
        VigensError: The case or the file of webhooks cannot be read.
    """
    return Courier(folder, clock, is_private_allowed=is_private_allowed).round()


def post(target: Target, headers: dict[str, str], body: bytes) -> int:
    """Send a body to the very number that an address resolved to; follow nothing.

    Raises:
        OSError: It is not reached, or its certificate is not right.
    """
    raw = socket.create_connection((target.number, target.port), PATIENCE)
    if target.is_secure:
        context = ssl.create_default_context()
        raw = context.wrap_socket(raw, server_hostname=target.host)
    connection = http.client.HTTPConnection(target.host, target.port, timeout=PATIENCE)
    connection.sock = raw
    try:
        connection.request("POST", target.path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _look(
    case: Case, hook: Subscription, now: int
) -> tuple[dict[str, str], int, dict[str, object] | None]:
    """Look at a case with a subscription's eyes: how it stands, and what to tell."""
    present = max(now, case.latest_record(hook.reader, now) or now)
    looking = Looking(present, reader=hook.reader, policy=hook.policy or None)
    session = Session(case, make_lens(case, looking))
    stand = read_standing(session)
    shown = session.assembled.view.shown
    if hook.stand is None:
        return stand, len(shown), None
    changes = changes_between(hook.stand, stand)
    new = shown[min(hook.seen, len(shown)) :]
    if not changes and not new:
        return stand, len(shown), None
    return (
        stand,
        len(shown),
        {
            "type": "vigens.changed",
            "subscription": hook.title,
            "case": case.settings.title,
            "lens": lens_form(session.lens),
            "n_changes": len(changes),
            "changes": [
                {
                    "kind": change.kind,
                    "name": change.name,
                    "before": change.before or None,
                    "after": change.after or None,
                }
                for change in changes[:MOST_TOLD]
            ],
            "n_entries": len(new),
            "entries": [
                {"id": entry.id, "kind": entry.kind, "title": entry.title[:400]}
                for entry in new[:MOST_TOLD]
            ],
        },
    )


def _is_full(state: State, hook: Subscription) -> bool:
    return sum(one.hook == hook.id for one in state.waiting) >= MOST_WAITING


def _queue(
    state: State, hook: Subscription, body: Mapping[str, object], now: int
) -> None:
    name = f"msg_{secrets.token_hex(12)}"
    text = json.dumps({"id": name, **body}, ensure_ascii=False)
    state.waiting.append(Delivery(name, hook.id, text, now, now))


def _settle(
    state: State, delivery: Delivery, now: int, outcome: str, *, is_sent: bool
) -> None:
    """Note an attempt; what arrived or is given up waits no more."""
    kept = next((one for one in state.waiting if one.id == delivery.id), None)
    if kept is None:
        return
    hook = state.hook(kept.hook)
    kept.attempts += 1
    is_last = kept.attempts > len(BACKOFF)
    arrived_at = hook.arrived_at if hook is not None else 0
    if is_sent:
        state.waiting.remove(kept)
        if hook is not None:
            hook.arrived_at = now
    elif hook is not None and (
        outcome == _GONE or (is_last and arrived_at < kept.made_at)
    ):
        hook.stop(now)
        outcome = f"{outcome}; the subscription stops"
        _LOG.error('webhooks: "%s" stops by itself: nothing arrives', hook.title)
    elif is_last:
        state.waiting.remove(kept)
        outcome = f"{outcome}; given up"
    else:
        kept.next_at = now + BACKOFF[kept.attempts - 1]
    state.note(Noted(now, kept.hook, kept.id, outcome, is_sent))
