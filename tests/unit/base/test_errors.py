from __future__ import annotations

import pytest

from vigens.base import InputError, OutsideError, UsageError, VigensError


def test_error_says_what_where_and_how_to_mend() -> None:
    error = InputError("this is no date", "case.toml:3", "write 2026-01-06")
    assert (
        str(error) == "this is no date\n  where: case.toml:3\n  mend: write 2026-01-06"
    )
    assert (error.what, error.where) == ("this is no date", "case.toml:3")
    assert error.mend == "write 2026-01-06"


@pytest.mark.parametrize(
    ("kind", "status"), [(InputError, 1), (UsageError, 2), (OutsideError, 3)]
)
def test_each_kind_has_its_exit_status(kind: type[VigensError], status: int) -> None:
    error = kind("what", "where", "mend")
    assert error.exit_status == status
    assert isinstance(error, VigensError)
