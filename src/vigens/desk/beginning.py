"""A new case: a folder that every command takes, with words on how to go on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError, OutsideError, UsageError
from vigens.chrono import zone_of
from vigens.desk.files import write_whole

if TYPE_CHECKING:
    from datetime import datetime

_SETTINGS = """\
# What an answer depends on besides the agreements and the journal.
title = {title}
# Civil days are days of this IANA zone.
zone = {zone}
# Nothing unrecorded happened before this day.
begins = {begins}
# The state that the first line of `vigens status` answers.
headline = "pact_kept"
# The evidence policy that counts by default, one of those below.
policy = "standard"

# consideration: the worst grade that counts possibly; standard: that counts surely.
# Reliability A to F and credibility 1 to 6 are compared apart.
[policies.standard]
title = "Press and issuers count; an unsupported page does not"
consideration = "D4"
standard = "C3"
origins = 1
prefer = ["issuer-first"]

# One event may ask for more, such as two origins and a second person:
# [policies.standard.events."pact.broken"]
# standard = "B2"
# origins = 2
# confirmed = true

# What one person records of these counts only possibly until another confirms it. Where
# several people share a desk, the approvals of the ladder belong here:
# [four_eyes]
# kinds = ["approval", "coverage"]
# events = ["pact.broken"]
"""

_PAGE = """\
# A first agreement

Write the text of the agreement here, in your own words or as published, and beside each
provision what it means as rules. This page compiles as it stands; change it piece by
piece and let `vigens check` tell what does not fit.

Two parties and the text that they agreed on:

```vigens
vigens 1
party FR "France"
party DE "Germany"

instrument pact "A pact of two"
  kind     declaration
  binding  politically
  text     draft
  issuer   FR, DE
```

## What can happen

```vigens
vigens 1
act pact.made "the pact is made"
act pact.broken "the pact is broken"

fluent pact_kept "the pact stands"
  under          pact
  initiated by   pact.made
  terminated by  pact.broken
  rule           "the pact stands from when it is made until it is broken"
```

## Who owes what

```vigens
vigens 1
event report.given(party) "{party} gives its report"

obligation report "Report on what was done"
  under        pact
  modality     shall
  obligor      FR
  trigger      on pact.made
  performance  on report.given(FR)
  within       30 days after pact.made
```
"""

_README = """\
# {title}

| file | what |
| --- | --- |
| `case.toml` | zone, first day, evidence policies, four eyes |
| `agreements/` | one Markdown file for each agreement: prose, and rules beside it |
| `{journal}` | what was recorded: append only, never edited by hand |

```console
$ vigens check .
$ vigens record . --event pact.made --on {begins} --source https://example.org/1 --graded B2
$ vigens status .
$ vigens why . pact_kept
$ vigens review . add report.txt
$ vigens serve .
```

Silence says something only where somebody looked: `vigens review . looked 2026-01-01/2026-01-31
--reason "what was searched"` records it.

This is a record of claims with their sources. It gives no legal opinion and is no place
for classified material.
"""


_IGNORED = """\
# Never to be shared: what signs for this journal, and what opens sealed offers.
*.key
*.key.new
sealed/
# Who signs in to the board of this case.
people.db*
# Who is told of changes, and with which secret; which calls were made already.
hooks.json
.hooks.json.lock
api-keys.jsonl
# What databases leave beside the file.
*.db-wal
*.db-shm
"""


def begin_case(
    folder: str | Path,
    now: datetime,
    *,
    title: str | None = None,
    zone: str = "UTC",
    database: bool = False,
) -> Path:
    """Make a new case that `check` finds nothing wrong with.

    Args:
        folder: Not there yet, or empty.
        now: Its day is the day on which the case begins.
        title: By default the folder's name.
        zone: IANA name.
        database: Keep the journal in SQLite instead of text.

    Returns:
        The folder.

    Raises:
        InputError: There is something already.
        UsageError: No such zone, or a title without words.
        OutsideError: It cannot be written.
    """
    place = Path(folder)
    name = (title if title is not None else place.resolve().name).strip()
    if not name or re.search(r"[\x00-\x1f]", name):
        raise UsageError("the title is empty or no plain text", "--title", "name it")
    zone_of(zone)
    is_there = place.exists()
    if is_there and (not place.is_dir() or any(place.iterdir())):
        raise InputError(
            "there is something here already",
            str(place),
            "name a folder that is not there yet, or an empty one",
        )
    begins = now.date().isoformat()
    journal = "journal.db" if database else "journal.jsonl"
    words = {"title": _text(name), "zone": _text(zone), "begins": _text(begins)}
    files = {
        "case.toml": _SETTINGS.format(**words),
        "agreements/first.md": _PAGE,
        ".gitignore": _IGNORED,
        "README.md": _README.format(title=name, journal=journal, begins=begins),
    }
    try:
        (place / "agreements").mkdir(parents=True)
        for path, text in files.items():
            write_whole(place / path, [text.encode()])
        _begin_journal(place / journal, now, zone)
    except OSError as error:
        if not is_there:
            shutil.rmtree(place, ignore_errors=True)
        raise OutsideError(
            f"the case cannot be written ({error.strerror or error})",
            str(place),
            "look at the disk and who may write there",
        ) from error
    return place


def _begin_journal(path: Path, now: datetime, zone: str) -> None:
    from vigens.journal import open_journal

    open_journal(path, lambda: now, create=True, zone=zone).close()


def _text(value: str) -> str:
    """Write a TOML basic string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
