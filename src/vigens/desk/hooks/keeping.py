"""What is kept of webhooks, in one file: subscriptions, what waits, what was sent."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from vigens.base import OutsideError
from vigens.desk.files import write_whole

#: Beside the accounts, in the folder of the case; it holds secrets.
HOOKS_FILE = "hooks.json"

#: Most subscriptions, messages that wait for one of them, and lines of the log.
MOST_HOOKS, MOST_WAITING, MOST_NOTED = 50, 20, 300


@dataclass(slots=True)
class Subscription:
    """Who is told of what.

    Attributes:
        id: Names it.
        title: What people call it.
        url: Where it is sent.
        reader: Through whose eyes.
        policy: Under which evidence policy; empty for the case's own.
        secret: With which it is signed.
        made_by: Who made it.
        made_at: UTC seconds.
        is_active: Whether anything is sent.
        stand: How the case stood when something was last noticed; none before.
        seen: How many entries the reader saw then.
        arrived_at: When a message arrived last, UTC seconds; 0 for never.
        stopped_at: When it stopped by itself, since nothing arrived; 0 if it did not.
    """

    id: str
    title: str
    url: str
    reader: str
    policy: str
    secret: str
    made_by: str
    made_at: int
    is_active: bool = True
    stand: dict[str, str] | None = None
    seen: int = 0
    arrived_at: int = 0
    stopped_at: int = 0

    def stop(self, now: int = 0) -> None:
        """Send nothing more; what waits is kept.

        Args:
            now: The present where it stops by itself; 0 where somebody stops it.
        """
        self.is_active, self.stopped_at = False, now


@dataclass(slots=True)
class Delivery:
    """One message that waits to be sent.

    Attributes:
        id: The same on every attempt.
        hook: Whose.
        body: As it is sent.
        made_at: UTC seconds.
        next_at: When it is tried again, UTC seconds.
        attempts: How often it was tried.
    """

    id: str
    hook: str
    body: str
    made_at: int
    next_at: int
    attempts: int = 0


@dataclass(slots=True)
class Noted:
    """One attempt, as the log has it.

    Attributes:
        at: UTC seconds.
        hook: Whose.
        message: Id of the message.
        outcome: In words.
        is_sent: Whether it arrived.
    """

    at: int
    hook: str
    message: str
    outcome: str
    is_sent: bool


@dataclass(slots=True)
class State:
    """Everything in the file."""

    hooks: list[Subscription] = field(default_factory=list)
    waiting: list[Delivery] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)

    def hook(self, name: str) -> Subscription | None:
        """Give a subscription by its id."""
        return next((hook for hook in self.hooks if hook.id == name), None)

    def resume(self, hook: Subscription, now: int) -> None:
        """Send again; what waits is tried at once, as if it never had been."""
        hook.is_active, hook.stopped_at = True, 0
        for one in self.waiting:
            if one.hook == hook.id:
                one.attempts, one.next_at = 0, now

    def note(self, noted: Noted) -> None:
        """Add a line to the log."""
        self.noted = [*self.noted, noted][-MOST_NOTED:]


class Hooks:
    """The file of webhooks of one case; processes take turns at it."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self.path = folder / HOOKS_FILE

    @property
    def is_any(self) -> bool:
        """Say whether there ever was a subscription."""
        return self.path.exists()

    def read(self) -> State:
        """Read the file; nothing where there is none.

        Raises:
            OutsideError: It cannot be read.
        """
        try:
            found = json.loads(self.path.read_text("utf-8"))
            return State(
                [Subscription(**one) for one in found["hooks"]],
                [Delivery(**one) for one in found["waiting"]],
                [Noted(**one) for one in found["noted"]],
            )
        except FileNotFoundError:
            return State()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OutsideError(
                "the file of webhooks cannot be read",
                self.path.name,
                "put it back from a backup, or move it away to begin anew",
            ) from error

    @contextlib.contextmanager
    def change(self) -> Iterator[State]:
        """Change what is kept; written whole, or not at all.

        Raises:
            OutsideError: The file cannot be read or written.
        """
        with self._turn():
            state = self.read()
            yield state
            text = json.dumps(asdict(state), ensure_ascii=False, indent=1)
            write_whole(self.path, [text.encode(), b"\n"])
            with contextlib.suppress(OSError):
                self.path.chmod(0o600)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        lock = self.path.with_name(f".{self.path.name}.lock")
        try:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise OutsideError(
                f"the file of webhooks cannot be written ({error.strerror})",
                self.path.name,
                "check who may write in the folder of the case",
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
