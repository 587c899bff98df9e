"""That the tests' own server ends and comes back as they ask it to."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.stores.server import Server


def test_each_test_has_a_database_of_its_own(database: str) -> None:
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
        assert found == (0,)
        connection.execute("CREATE TABLE mine (x int)")


@pytest.mark.parametrize("end", [Server.stop, Server.crash, Server.kill])
def test_what_was_committed_is_there_after_any_end(
    server: Server, database: str, end: Callable[[Server], None]
) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS x")
    end(server)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database)
    server.start()
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT x FROM kept").fetchone() == (7,)
