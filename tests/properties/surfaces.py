"""Every address that the board and its API answer, for tests that ask them all."""

from __future__ import annotations

import re
from itertools import product

from vigens.board.api.filing import FILES
from vigens.board.api.table import ENDPOINTS as TABLE
from vigens.board.routes import WAYS
from vigens.desk.outgoing import SHEETS

#: Pages of accounts: no case is asked there.
OF_ACCOUNTS = frozenset(
    {
        "/account",
        "/access",
        "/people",
        "/people/{name}",
        *("/sign-in", "/sign-in/provider", "/sign-in/back", "/sign-out"),
    }
)

#: Pages of what is not in the journal, such as the inbox and its reports, which nobody
#: but who records may open; and answers to a form, or to a secret, that are no page.
ASIDE = frozenset(
    {
        *("/inbox", "/inbox/upload", "/inbox/{key}"),
        *("/inbox/{key}/reject", "/inbox/{key}/undo"),
        *("/document/{id}/passage", "/calendar/{secret}.ics", "/feed/{secret}.atom"),
        *("/hooks", "/recorded", "/recorded/{id}", "/seal/{id}/receipt"),
        "/brief.pdf",  # the brief, laid out once more
    }
)

#: What stands for the parts of a path, and what is asked there.
PARTS = {
    "{id}": "ID",
    "{measure}": "boats",
    "{event}": "opens",
    "{state}": "lock_open",
    "{table}": "claims",
}
NAMES = {
    "/agreement/{name:path}": "/agreement/pact",
    "/obligation/{name}": "/obligation/help",
    "/party/{name}": "/party/FR",
    "/obligations/{name}": "/obligations/help",
    "/agreements/{name:path}": "/agreements/pact",
}
ASKED = {
    "/why": ("q=open_river", "q=ID"),
    "/answers": ("q=open_river&q=help&q=boats&q=survey",),
    "/missing": ("q=lock_open",),
    "/search": ("q=statement", "q=lock"),
    "/journal": ("", "kind=claim", "text=statement", "page=2"),
    "/press": ("q=statement", ""),
    "/adviser": ("state=FR",),
    "/delegation": ("party=GB",),
    "/timeline": ("q=lock_open", "pattern=lock_open"),
    "/compare": ("from_as_of=2026-01-05",),
    "/cite": ("q=open_river", "page=/counts"),
    "/entries": ("limit=2", "about=ID", "kind=claim"),
    "/proofs/inclusion": ("entry=ID",),
    "/proofs/consistency": ("old=1&new=2",),
}


def _filled(path: str) -> str:
    path = NAMES.get(path, path)
    for part, stands in PARTS.items():
        path = path.replace(part, stands)
    assert not re.search(r"[{}]", path), f"say what stands for a part of {path}"
    return path


def _asked(path: str, filled: str) -> list[str]:
    return [f"{filled}?{each}" if each else filled for each in ASKED.get(path, ("",))]


def pages() -> list[str]:
    """List each page of the board about a case, and one that is not there."""
    found = ["/nowhere"]
    for way in WAYS:
        if way.path not in OF_ACCOUNTS | ASIDE and not way.is_apart:
            found += _asked(way.path, _filled(way.path))
    return found


def endpoints() -> list[str]:
    """List each thing that the API can be asked, tables in each form."""
    found = [f"/api/v1/files/{name}" for name in FILES]
    found += [
        f"/api/v1/files/{table}.{form}"
        for table, form in product(SHEETS, ("csv", "parquet"))
    ]
    for endpoint in TABLE:
        if "{" in endpoint.path and endpoint.path.startswith("/files/"):
            continue
        if endpoint.reads is None or endpoint.path == "/records":
            continue
        filled = _filled(endpoint.path)
        found += [f"/api/v1{each}" for each in _asked(endpoint.path, filled)]
    return found
