"""A person at the forms: fills them in, looks, and records."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from tests.asking import make_client
from tests.unit.board.conftest import clock
from vigens.board import make_app
from vigens.board.entrance import AloneEntrance, Caller
from vigens.journal import open_journal
from vigens.people import ALONE, Person, Role

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response
    from starlette.requests import Request

    from vigens.journal import Entry


class Standing(AloneEntrance):
    """An entrance through which one person comes."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def who(self, _request: Request) -> Caller:
        """Tell who sent a request."""
        return Caller(self.person, f"session of {self.person.name}")


class Sender:
    """One person at the board of a case."""

    def __init__(
        self, folder: Path, person: Person = ALONE, *, read_only: bool = False
    ) -> None:
        self.folder = folder
        self.person = person
        app = make_app(folder, clock, read_only=read_only, entrance=Standing(person))
        self.client: Any = make_client(app, follow_redirects=False)

    def get(self, path: str) -> Response:
        """Open a page."""
        found: Response = self.client.get(path)
        return found

    def start(self, path: str) -> dict[str, Any]:
        """Give what the form of a page holds at first."""
        return fields_in(self.get(path).text)

    def send(self, path: str, do: str = "look", **values: Any) -> Response:
        """Fill a form in and send it; what is not given stays as it is at first."""
        data = {**self.start(path), **values, "do": do}
        sent = {name: value for name, value in data.items() if value != ""}
        found: Response = self.client.post(path, data=sent)
        return found

    def confirm(self, path: str, looked: Response) -> Response:
        """Record what a look showed."""
        data = {**fields_in(looked.text), "do": "record"}
        found: Response = self.client.post(path, data=data)
        return found

    def record(self, path: str, **values: Any) -> Response:
        """Look, record, and open the receipt."""
        looked = self.send(path, **values)
        assert looked.status_code == 200, words_of(looked.text)
        done = self.confirm(path, looked)
        assert done.status_code == 303, words_of(done.text)
        return self.get(done.headers["location"])

    def entries(self) -> tuple[Entry, ...]:
        """Give the whole journal."""
        with open_journal(self.folder / "journal.jsonl", clock) as journal:
            return journal.entries()


def person(role: Role, name: str = "olena", **more: Any) -> Person:
    """Give a person with an account."""
    more.setdefault("reader", "public")
    return Person(name, name.title(), role, **more)


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.is_inside = False
        self.area = self.select = ""
        self.options: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = own.get("method") == "post"
        if not self.is_inside:
            return
        name = own.get("name", "")
        if tag == "input":
            is_box = own.get("type") in ("checkbox", "radio")
            if own.get("type") != "file" and (not is_box or "checked" in own):
                self.found.setdefault(name, []).append(own.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.found[name] = [""]
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select:
            place = 0 if "selected" in own else len(self.options)
            self.options.insert(place, own.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        if tag == "select" and self.select:
            self.found.setdefault(self.select, []).extend(self.options[:1])
            self.select = ""
        if tag == "form":
            self.is_inside = False


def fields_in(text: str) -> dict[str, Any]:
    """Give what the last form of a page would send."""
    reader = _Form()
    reader.feed(text)
    return {name: found for name, found in reader.found.items() if name}


def without_keys(text: str) -> str:
    """Give a page without the one script of ours that it may carry."""
    return re.sub(r'<script src="/static/inbox\.js\?v=\w+" defer></script>', "", text)


def words_of(text: str) -> str:
    """Give the words of a page's main part."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))
