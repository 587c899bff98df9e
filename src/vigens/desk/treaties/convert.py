"""From a folder of treaties in tables to a case that every command can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vigens.base import Finding, InputError
from vigens.desk.treaties.making import Made
from vigens.desk.treaties.reading import read_folder
from vigens.desk.treaties.writing import write_case


@dataclass(frozen=True, slots=True)
class Converted:
    """What a folder of treaties became.

    Attributes:
        case: The folder of the case.
        n_treaties: How many pages.
        n_parties: How many parties.
        n_acts: How many acts.
        n_rows: How many rows the table of acts has that could be read.
        findings: What could not be read, or is to be looked at.
        is_dry: Whether nothing was written.
    """

    case: Path
    n_treaties: int
    n_parties: int
    n_acts: int
    n_rows: int
    findings: tuple[Finding, ...]
    is_dry: bool


def convert_treaties(
    folder: str | Path,
    case: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str = "curator",
    is_dry: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Converted:
    """Turn a folder of treaties in tables into a case.

    Args:
        folder: Holds treaties.json, actions.csv and the files of weights.
        case: The folder to write; it must not exist, or be empty.
        clock: For the journal.
        by: Who records.
        is_dry: Go through everything, write nothing.
        tell: Is told how it goes.

    Returns:
        What was written, with findings.

    Raises:
        InputError: A file is missing or cannot be read, or the case is there already.
        OutsideError: The disk does not let it be written.
    """
    place = Path(case)
    _refuse_present(place)
    found = read_folder(folder)
    tell(f"read {len(found.treaties)} treaties and {len(found.actions)} acts")
    made = Made(found)
    if not is_dry:
        write_case(place, made, clock, by)
        tell(f"wrote {place}")
    return Converted(
        place,
        len(found.treaties),
        len(made.names.parties),
        len(made.acts),
        len(found.actions),
        tuple(found.findings),
        is_dry,
    )


def _refuse_present(place: Path) -> None:
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise InputError(
            "there is something at this place already, and it is not overwritten",
            str(place),
            "name a new folder, or empty this one",
        )
