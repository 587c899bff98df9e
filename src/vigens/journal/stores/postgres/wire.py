"""One connection to a server, made anew when it was lost."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from vigens.journal.stores.postgres.connecting import (
    LOCK_SECONDS,
    connect,
    driver,
    told,
)
from vigens.journal.stores.postgres.making import check_head, owns

if TYPE_CHECKING:
    import psycopg

# Rows that were committed while we waited for our turn must be seen: so each statement
# looks anew (read committed), and the lock comes before the first look.
_BEGIN = """
BEGIN ISOLATION LEVEL READ COMMITTED;
SET LOCAL lock_timeout = {:.0f};
SELECT vigens.take_turn();
SELECT position, recorded_us FROM vigens.entry ORDER BY position DESC LIMIT 1
"""

#: How often to look for the end of a connection.
_LAST_WORDS = 3


class Wire:
    """A connection that outlives the server's restarts.

    What was going on when it broke fails; the next call connects anew and looks
    whether the journal there is still one that this version knows.

    Attributes:
        zone: As the journal has it, once connected.
    """

    def __init__(self, address: str, where: str) -> None:
        """Keep where to connect; the first call does."""
        self.zone = "UTC"
        self._address = address
        self._where = where
        self._connection: psycopg.Connection[Any] | None = None

    def ready(self) -> psycopg.Connection[Any]:
        """Give the connection, made anew if it was lost.

        Raises:
            VigensError: The server cannot be reached, or holds no journal of ours.
        """
        connection = self._connection
        if connection is None or connection.closed or self._has_hung_up(connection):
            self.close()
            connection = self._connection = connect(self._address, self._where)
            try:
                with told(self._where):
                    self.zone = check_head(connection, self._where)
            except BaseException:
                self.close()
                raise
        return connection

    def begin(self) -> tuple[psycopg.Connection[Any], tuple[int, int | None]]:
        """Begin to write, as soon as no other writer is at it.

        Returns:
            The connection; how many entries there are, and when the last was recorded.

        Raises:
            psycopg.Error: Another writer does not end, or the connection was lost.
            VigensError: As `ready` raises it.
        """
        connection = self.ready()
        try:
            answers = connection.execute(_BEGIN.format(1000 * LOCK_SECONDS).encode())
            while answers.nextset():
                pass
            size, recorded_us = answers.fetchone() or (0, None)
        except BaseException:
            self.roll_back()
            raise
        return connection, (size, recorded_us)

    def is_owner(self) -> bool:
        """Say whether we may do with the journal what its owner may."""
        return owns(self.ready())

    def roll_back(self) -> None:
        """Undo what is open; a lost connection has done it by itself."""
        if self._connection is not None:
            with suppress(driver(self._where).Error):
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            with suppress(driver(self._where).Error):
                self._connection.close()

    def _has_hung_up(self, connection: psycopg.Connection[Any]) -> bool:
        """Look, without asking, whether the server closed the connection meanwhile.

        First its last words arrive, then the end.
        """
        try:
            for _ in range(_LAST_WORDS):
                connection.pgconn.consume_input()
        except driver(self._where).OperationalError:
            return True
        return bool(connection.closed)
