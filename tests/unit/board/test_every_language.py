"""Every page of the route table in a made-up language: nothing of ours stays English."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.desk import ACCOUNTS, SharedDesk, open_desk
from tests.unit.board.pseudo import CODE, CaseWords, bracketed, outside, write_pseudo
from tests.unit.board.pseudo import untranslated as find_untranslated
from tests.unit.board.test_translations import FOLDER, messages
from vigens.board.routes import WAYS
from vigens.board.tongues import catalogues, tongues

if TYPE_CHECKING:
    from httpx import Response

    from vigens.board.ways import Way

#: Two looks at the case: a day that was watched, and a day long after the last look.
LENSES = (
    "as_of=2026-02-25&known_at=2026-02-25",
    "as_of=2026-11-22&known_at=2026-11-22",
)

#: What a way needs to show something on the Paris case.
ASKED = {
    "/why": "q=endorsed(paris,force,CZ)",
    "/search": "q=ceasefire",
    "/adviser": "state=FR",
    "/delegation": "party=FR",
    "/timeline": "q=activation_condition",
    "/press": "words=ceasefire",
    "/wordings": "before=paris_draft&after=paris",
}
NAMES = {
    "/agreement/{name:path}": "paris_declaration",
    "/obligation/{name}": "contribute",
    "/counts/{measure}": "countries_ready",
    "/party/{name}": "FR",
    "/people/{name}": "viewer",
    "/record/event/{event}": "breach.happens",
    "/record/state/{state}": "ceasefire",
}
#: Kinds of entries that a way about one entry goes with.
ABOUT = {
    "claim": "occurrence",
    "grade": "claim",
    "review": "claim",
    "confirm": "occurrence",
    "same-origin": "claim",
    "approve": "offer",
    "note": "offer",
    "correct": "institution",
    "withdraw": "offer",
    "undo": "grade",
    "redact": "note",
    "proof": "offer",
}
#: Ways to go wrong that a page answers.
WRONG = (
    "/nowhere",
    "/obligation/wran",
    "/counts/redy",
    "/agreement/acord",
    "/entry/abc",
    "/?as_of=2026-13-13",
    "/?suppose=foo",
    "/?policy=nope",
    "/?reading=nope",
    "/map?q=endorsed(paris,force,CZ)",
    "/adviser?state=XX",
)


@dataclass
class Board:
    """The Paris case in the made-up language."""

    desk: SharedDesk
    words: CaseWords
    ids: dict[str, str]

    def get(self, address: str, who: str = "coordinator") -> Response:
        glue = "&" if "?" in address else "?"
        found: Response = self.desk.client(who).get(f"{address}{glue}lang={CODE}")
        return found


def now() -> datetime:
    return datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def board(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("pseudo")
    for path in FOLDER.glob("*.po"):
        shutil.copy(path, folder)
    write_pseudo(messages(), folder)
    case = folder / "paris"
    shutil.copytree(root / "examples" / "paris", case)
    ids: dict[str, str] = {}
    for line in (case / "journal.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        ids.setdefault(entry.get("kind"), entry.get("id"))
    titles = (each for name in ACCOUNTS for each in (name, name.title()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "_HERE", folder)
        tongues.cache_clear()
        desk = open_desk(case, now=now)
        yield Board(desk, CaseWords(case, *titles), ids)
        desk.people.close()
    tongues.cache_clear()


def addresses(ids: dict[str, str], path: str) -> Iterator[str]:
    """Write addresses of a way that show something on the case."""
    name = path.rpartition("/")[2]
    if path == "/entry/{id}":
        yield from (f"/entry/{ids[kind]}" for kind in ids)
    elif path.startswith("/entry/{id}/"):
        if name in ABOUT:
            yield path.replace("{id}", ids[ABOUT[name]])
    elif "{" not in path or path in NAMES:
        full = re.sub(r"\{[^}]*\}", NAMES.get(path, ""), path)
        for lens in LENSES:
            yield f"{full}?{'&'.join(filter(None, (ASKED.get(path), lens)))}"


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.path)
def test_a_page_says_nothing_that_a_catalogue_cannot_say(
    board: Board, way: Way
) -> None:
    found = dict[str, str]()
    for address in addresses(board.ids, way.path):
        who = "auditor" if way.path == "/access" else "coordinator"
        page = board.get(address, "" if way.path == "/sign-in" else who)
        if "text/html" in page.headers.get("content-type", ""):
            assert f'<html lang="{CODE}"' in page.text
            for each in find_untranslated(page.text, board.words, address):
                found.setdefault(each, address)
    assert found == {}


@pytest.mark.parametrize("address", WRONG)
def test_what_went_wrong_is_said_in_the_language_of_who_reads(
    board: Board, address: str
) -> None:
    page = board.get(address)
    assert page.status_code in (400, 404), address
    assert find_untranslated(page.text, board.words, address) == []


def test_a_password_is_refused_in_the_language_of_who_signs_in(board: Board) -> None:
    client = board.desk.client()
    page = client.get(f"/sign-in?lang={CODE}")
    token = re.search(r'name="form_token" value="(\w+)"', page.text)
    assert token is not None
    fields = {"form_token": token[1], "name": "viewer", "password": "not this one"}
    sent = client.post(f"/sign-in?lang={CODE}", data=fields)
    assert sent.status_code in (400, 401, 403)
    assert find_untranslated(sent.text, board.words, "/sign-in") == []


def test_the_brief_is_handed_over_in_the_language_of_who_reads(board: Board) -> None:
    text = board.get(f"/brief.md?{LENSES[0]}").text
    said = [board.words.strip(outside(line)) for line in text.splitlines()]
    assert [line for line in said if re.search(r"[^\W\d_]", line)] == []


def test_a_further_language_needs_only_a_catalogue(board: Board) -> None:
    page = board.get("/").text
    switch = page.partition('<nav class="tongues"')[2].partition("</nav>")[0]
    assert re.findall(r'hreflang="(\w+)"', switch) == ["en", CODE, "fr", "uk"]


def test_a_bracket_leaves_places_and_tags_alone() -> None:
    assert bracketed("as of {day}") == "⟦as of ⟧{day}"
    assert bracketed("%(n)s more") == "%(n)s⟦ more⟧"
    assert bracketed("<b>not</b> so") == "<b>⟦not⟧</b>⟦ so⟧"
    assert outside("⟦as of ⟧2026 and ⟦x⟧") == " 2026 and  "


def test_words_that_nobody_could_translate_are_found(board: Board) -> None:
    page = f'<html lang="{CODE}"><p>⟦Ours⟧ and theirs</p><q lang="en">a quote</q>'
    found = find_untranslated(page, board.words, "/")
    assert [each.partition(" ")[0] for each in found] == ["html>p:"]
