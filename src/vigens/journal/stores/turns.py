"""Group commit: writers that wait while another commits are committed together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from vigens.base import VigensError
from vigens.journal.errors import JournalOutsideError

Outcome = TypeVar("Outcome")


class Job(Generic[Outcome]):
    """What one writer wants done inside a commit, and what came of it."""

    __slots__ = ("_act", "_error", "_outcome", "is_settled")

    def __init__(self, act: Callable[[], Outcome]) -> None:
        """Take what is to be done; it checks first and writes last."""
        self._act = act
        self._outcome: Outcome | None = None
        self._error: BaseException | None = None
        self.is_settled = False

    def run(self) -> None:
        """Do it inside the open transaction.

        A refusal of what the writer handed in is the writer's alone, and nothing was
        written for it; an outside error breaks off the whole commit.
        """
        try:
            self._outcome = self._act()
        except JournalOutsideError:
            raise
        except VigensError as error:
            self._error = error

    def settle(self, error: BaseException | None = None) -> None:
        """Tell how the commit went."""
        self._error = self._error or error
        self.is_settled = True

    def outcome(self) -> Outcome:
        """Give what came of it.

        Raises:
            VigensError: It was refused, or the commit failed.
        """
        if self._error is not None:
            raise self._error
        return self._outcome  # type: ignore[return-value] # the act gave it


class Turns:
    """Lets one thread commit at a time, with the work of all who wait.

    Attributes:
        mutex: Held by whoever commits; it may be taken for other work that must not
            meet a commit.
    """

    def __init__(
        self, where: str, commit: Callable[[Sequence[Job[Any]]], None]
    ) -> None:
        """Take what runs some jobs in one durable transaction, all or none.

        Args:
            where: Names the journal in messages.
            commit: Runs each job; where it raises, nothing of any job was written.
        """
        self.mutex = threading.RLock()
        self._where = where
        self._commit = commit
        self._waiting: list[Job[Any]] = []
        self._door = threading.Lock()

    def take(self, act: Callable[[], Outcome]) -> Outcome:
        """Have something done inside a commit, alone or with others who wait.

        Raises:
            VigensError: What the act raises, or why the commit failed.
        """
        job = Job(act)
        with self._door:
            self._waiting.append(job)
        with self.mutex:
            if not job.is_settled:
                self._settle_all()
        return job.outcome()

    def _settle_all(self) -> None:
        with self._door:
            jobs, self._waiting = self._waiting, []
        error: BaseException | None = None
        try:
            self._commit(jobs)
        except VigensError as failed:
            error = failed
        except BaseException as failed:
            error = JournalOutsideError(
                f"the commit was broken off ({type(failed).__name__})",
                self._where,
                "try again; nothing was written",
            )
            raise
        finally:
            for job in jobs:
                job.settle(error)
