"""The Paris case as a shared desk with something of everything, page by page.

Every way of the route table that shows a page has an address here, so that what is
asked of all pages is asked of a new one too.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.serving import serving
from tests.unit.people.conftest import cheap
from vigens.board.routes import WAYS
from vigens.desk import add_report, open_case, read_queue
from vigens.desk.writing import wanted_draft
from vigens.journal import Draft, Entry, open_journal, thaw
from vigens.people import LEVELS, Account, Role, let_in, make_people

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from vigens.board.ways import Way

LENS = "as_of=2026-02-25&known_at=2026-02-25"

#: Ways whose answer is no page: files, and what leads on at once.
NO_PAGES = {
    *("/brief.md", "/brief.pdf", "/calendar/{secret}.ics", "/feed/{secret}.atom"),
    *("/entry/{id}/receipt", "/seal/{id}/receipt", "/inbox/{key}/reject"),
    *("/sign-in/provider", "/sign-in/back"),
}
PAGES = tuple(way for way in WAYS if way.path not in NO_PAGES)

#: Accounts that between them may open everything: the second keeps the access log.
PERSONS = ("olena", "petr")

#: What a way needs to be asked to show something.
_ASKED = {
    "/why": "q=endorsed(paris,force,CZ)",
    "/search": "q=ceasefire",
    "/adviser": "state=FR",
    "/delegation": "party=FR",
    "/timeline": "q=activation_condition",
    "/press": "q=ceasefire",
    "/compare": "from_as_of=2026-01-05",
    "/wordings": "before=paris_draft&after=paris_declaration",
    "/document/{id}/passage": "start=0&end=20",
}
_NAMED = {
    "/agreement/{name:path}": "/agreement/paris_declaration",
    "/obligation/{name}": "/obligation/contribute",
    "/counts/{measure}": "/counts/countries_ready",
    "/party/{name}": "/party/FR",
    "/record/event/{event}": "/record/event/ceasefire.begins",
    "/record/state/{state}": "/record/state/ceasefire",
    "/people/{name}": "/people/petr",
    "/recorded": "/recorded",
    "/calendar/{secret}.ics": "/calendar/x.ics",
    "/feed/{secret}.atom": "/feed/x.atom",
}

#: The kind of entry that a way under an entry is about; a claim elsewhere.
_ABOUT = {
    "/entry/{id}/claim": "occurrence",
    "/entry/{id}/confirm": "occurrence",
    "/entry/{id}/approve": "offer",
    "/entry/{id}/undo": "correction",
    "/entry/{id}/destroy": "redaction",
    "/approvals/{id}": "offer",
    "/approvals/{id}/confirm": "approval",
}

#: Our own words, about an agreement that does not exist.
REPORT = """Paris, 6 March 2026. Talks on guarantees.

On 5 March 2026 the foreign ministers of France and Poland met in Paris. Poland said
that it was ready to send 40 engineers to the monitoring mission. On 6 March 2026
President Macron said that France was ready to send 20 engineers.
"""


@dataclass(frozen=True)
class Standing:
    """A desk that stands open.

    Attributes:
        folder: Of its case.
        board: Its address, without a slash at the end.
        ids: An entry of each kind, a document and a suggestion.
        secrets: The sessions of its persons.
        windows: What was opened in a browser, by whose it is and its options.
    """

    folder: Path
    board: str
    ids: dict[str, str]
    secrets: dict[str, str]
    windows: dict[str, BrowserContext] = field(default_factory=dict)

    def address(self, way: Way) -> str:
        """Give an address at which a way shows something."""
        named = _NAMED.get(way.path)
        if named is None:
            kind = _ABOUT.get(way.path, "claim")
            if way.path.startswith("/document/"):
                kind = "document"
            named = way.path.replace("{id}", self.ids[kind])
            named = named.replace("{key}", self.ids["suggestion"])
        assert "{" not in named, f"write an address for {way.path}"
        lens = "" if way.is_apart or way.needs.name != "READ" else LENS
        asked = "&".join(filter(None, (_ASKED.get(way.path), lens)))
        return self.board + named + (f"?{asked}" if asked else "")

    def context(self, browser: Browser, way: Way, **options: Any) -> BrowserContext:
        """Give the window of somebody who may take a way; nobody at the door.

        It is opened once for each person and set of options, and stays open.
        """
        name = "petr" if way.needs.name == "AUDIT" else "olena"
        if way.path == "/sign-in":
            name = ""
        key = repr((name, options))
        if key not in self.windows:
            self.windows[key] = opened = browser.new_context(**options)
            if name:
                cookie = {"name": "vigens", "value": self.secrets[name]}
                cookie["url"] = self.board
                opened.add_cookies([cookie])  # type: ignore[list-item]  # one of its dicts
        return self.windows[key]


@contextmanager
def standing(root: Path, folder: Path) -> Iterator[Standing]:
    """Fill a copy of the Paris case, serve it to persons with accounts."""
    case = folder / "paris"
    shutil.copytree(root / "examples" / "paris", case)
    ids = _fill(case)
    (folder / "talks.txt").write_text(REPORT, "utf-8")
    add_report(open_case(case, _now), folder / "talks.txt")
    queue = read_queue(open_case(case, _now))
    ids |= {"suggestion": queue[0].key, "document": queue[0].document["sha256"]}
    people = make_people(case, cheap())
    secrets = {}
    for name, role in zip(PERSONS, (Role.COORDINATOR, Role.AUDITOR), strict=True):
        account = Account(
            name, name.title(), role, reader=None, levels=frozenset(LEVELS)
        )
        people.add(account, "five plain words and more", int(_now().timestamp()))
        done = let_in(people, people.get(name), now=int(_now().timestamp()))
        secrets[name] = done.secret
    people.close()
    with serving(case) as address:
        yield Standing(case, address.rstrip("/"), ids, secrets)


def _now() -> datetime:
    return datetime.now(UTC)


def _fill(case: Path) -> dict[str, str]:
    """Record what the Paris case has none of, and give an entry of each kind."""
    with open_journal(case / "journal.jsonl", _now) as journal:
        found = {entry.kind: entry for entry in journal.entries()}
        offer = found["offer"]
        approval = {
            "level": "ministers",
            "party": offer.payload["party"],
            "domains": ["land"],
            "title": "The ministers agree",
        }
        journal.append([_public("approval", approval, about=(offer.id,))])
        group = {"group": "cell", "title": "The cell"}
        journal.append([_public("release_group", group)])
        note = found["note"]
        journal.append([_public("note", {"text": "Better said"}, rectifies=note.id)])
    wish = wanted_draft(open_case(case, _now), found["count"].id, "a slip", by="taras")
    with open_journal(case / "journal.jsonl", _now) as journal:
        journal.append([wish])
        entries: tuple[Entry, ...] = journal.entries()
    ids = {entry.kind: entry.id for entry in entries}
    return ids | {"correction": next(e.id for e in entries if e.rectifies)}


def _public(kind: str, payload: dict[str, Any], **fields: Any) -> Draft:
    return Draft(kind, thaw(payload), "taras", marks=("public",), **fields)


def named(way: Way) -> str:
    """Name a way in the list of tests."""
    return re.sub(r"[{}]", "", way.path)
