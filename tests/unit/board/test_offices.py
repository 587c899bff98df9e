"""The first pages and what they lead to: each answers, by one lens, for everybody."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import HOSTILE, clock, open_app, open_client
from vigens.board import make_app
from vigens.board.entrance import AloneEntrance, Caller
from vigens.desk import begin_case
from vigens.people import Person, Role

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.testclient import TestClient


class Known(AloneEntrance):
    """An entrance at which everybody is one person."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person

    def who(self, request: Request) -> Caller:
        del request
        return Caller(self.person, "a session")


PAGES = (
    "/officer",
    "/officer?since=8h",
    "/officer?since=2026-01-05",
    "/clocks",
    "/brief",
    "/adviser",
    "/adviser?state=FR",
    "/delegation",
    "/delegation?party=FR",
    "/delegation?party=FR&reader=all",
    "/matrix",
    "/matrix?text=accord",
    "/steps",
    "/timeline",
    "/timeline?q=warn",
    "/timeline?q=signed(accord,_)&from=2026-01-01",
    "/compare",
    "/compare?before_as_of=2026-01-05&before_known_at=2026-01-05",
    "/compare?before_policy=open-ear&before_reader=all",
    "/obligation/warn",
    "/obligation/pay",
    "/agreement/accord",
    "/wordings?before=accord&after=other",
    "/party/FR",
    "/party/club",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_says_its_lens(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200, page.text[:300]
    assert "as of 8 March 2026, 09:30 UTC" in page.text
    assert "not legal advice" in page.text
    assert HOSTILE not in page.text


#: Pages of what an empty case does not have are no pages of it.
EMPTY = tuple(p for p in PAGES if "=" not in p and p.count("/") == 1)


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_case_says_what_to_do_next(tmp_path: Path, path: str) -> None:
    begin_case(tmp_path / "new", clock(), title="A new case", zone="Europe/Kyiv")
    page = open_client(tmp_path / "new").get(path)
    assert page.status_code == 200, page.text[:300]


def test_the_status_page_asks_who_one_is(client: TestClient) -> None:
    text = client.get("/?as_of=2026-02-01").text
    assert "Who are you?" in text
    assert 'href="/officer?as_of=2026-02-01"' in text


def test_a_wrong_shift_is_named_on_the_page(client: TestClient) -> None:
    text = client.get("/officer?since=tomorrow").text
    assert 'role="alert"' in text
    assert "mend" in text


def test_a_shift_from_before_the_signature_tells_of_it(client: TestClient) -> None:
    lens = "as_of=2026-02-01&known_at=2026-02-01"
    text = client.get(f"/officer?since=2026-01-05&{lens}").text
    assert "France has signed" in text
    assert "NO" in text


def test_the_brief_comes_as_markdown(client: TestClient) -> None:
    answer = client.get("/brief.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "handover-2026-03-08.md" in answer.headers["content-disposition"]
    assert "<script>" not in answer.text


def test_the_brief_comes_on_paper_with_its_letters(client: TestClient) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    answer = client.get("/brief.pdf")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/pdf"
    document = pdfium.PdfDocument(io.BytesIO(answer.content))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Hand-over brief" in text
    assert "Unclassified and exercise use" in text
    assert client.get("/brief.pdf").content == answer.content


def test_without_a_font_the_paper_says_what_is_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigens.board import paper

    paper._fonts.cache_clear()
    monkeypatch.setattr(paper, "_PLACES", ())
    answer = client.get("/brief.pdf?as_of=2026-02-01")
    paper._fonts.cache_clear()
    assert answer.status_code == 503
    assert "fonts-dejavu-core" in answer.text


def test_the_adviser_says_act_status_and_what_is_missing(client: TestClient) -> None:
    text = client.get("/adviser?state=CZ&as_of=2026-02-01").text
    assert "Czechia" in text
    assert "text reported" in text
    assert "if the reported text is right" in text
    assert "does not endorse" in text
    assert "any one of" in text


def test_a_state_that_is_not_there_is_named(client: TestClient) -> None:
    page = client.get("/adviser?state=CZZ")
    assert page.status_code == 400
    assert "did you mean CZ?" in page.text


def test_a_text_that_is_not_there_is_named(client: TestClient) -> None:
    page = client.get("/matrix?text=acord")
    assert page.status_code == 400
    assert "accord" in page.text


def test_a_party_that_is_not_there_is_named(client: TestClient) -> None:
    assert client.get("/party/XX").status_code == 404


def test_each_strip_of_the_matrix_has_its_words(client: TestClient) -> None:
    text = client.get("/matrix?as_of=2026-02-01").text
    assert "<svg" in text
    assert "France, the whole text: signed: YES since 6 January 2026" in text


def test_the_delegation_sees_its_sheet_beside_the_public(client: TestClient) -> None:
    text = client.get("/delegation?party=FR&reader=all").text
    assert "the eyes of all" in text
    assert "The public" in text
    public = client.get("/delegation?party=FR").text
    assert "what everybody sees" in public


def test_a_delegate_gets_no_other_sheet(tiny: Path) -> None:
    person = Person("f", "F", Role.CONTRIBUTOR, "public", "FR")
    client = open_app(make_app(tiny, clock, entrance=Known(person)))
    text = client.get("/delegation?party=CZ").text
    assert "The sheet of France" in text
    assert "Czechia" not in text.partition("<main")[2].partition("What others")[0]


def test_a_timeline_has_a_picture_and_the_same_as_a_table(client: TestClient) -> None:
    text = client.get("/timeline?q=signed(accord,_)&as_of=2026-02-01").text
    assert 'class="tl lane-chart"' in text
    assert "<desc" in text
    assert "France has signed" in text
    assert "6 January 2026" in text


def test_a_wrong_question_or_day_is_named(client: TestClient) -> None:
    for query in ("q=nothing_such", "q=switched_on&from=someday"):
        page = client.get(f"/timeline?{query}")
        assert page.status_code == 400
        assert 'role="alert"' in page.text


def test_two_views_are_told_apart(client: TestClient) -> None:
    lens = "as_of=2026-02-01&known_at=2026-02-01"
    before = "before_as_of=2026-01-05&before_known_at=2026-01-05"
    text = client.get(f"/compare?{before}&{lens}").text
    assert "known at 5 January 2026" in text
    assert "France has signed" in text
    same = client.get(f"/compare?before_as_of=2026-02-01&{lens}").text
    assert "nothing differs" in same
    assert client.get("/compare?before_as_of=someday").status_code == 400


def test_one_reader_cannot_compare_with_other_eyes(tiny: Path) -> None:
    person = Person("v", "V", Role.VIEWER, "public")
    client = open_app(make_app(tiny, clock, entrance=Known(person)))
    text = client.get("/compare?before_reader=all").text
    assert "reader all" not in text


def test_an_obligation_says_why_what_is_missing_and_its_history(
    client: TestClient,
) -> None:
    text = client.get("/obligation/pay?as_of=2026-02-01").text
    assert "the accord is switched on" in text
    assert "What would make it so" in text
    assert "a general ceasefire begins" in text
    assert "never triggered" in text
    supposed = "as_of=2026-02-20&suppose=breach.happens(one) on 2026-02-10"
    text = client.get(f"/obligation/warn?{supposed}").text
    history = text.partition('id="history"')[2]
    assert "incident one" in history
    assert 'class="tl lane-chart"' in history
    assert "overdue, no performance recorded" in history


def test_two_wordings_stand_side_by_side(client: TestClient) -> None:
    text = client.get("/wordings?before=other&after=accord").text
    assert 'class="removed"' in text
    assert 'class="added"' in text
    assert "<script>" not in text.partition("<main")[2]
    same = client.get("/wordings?before=other&after=other").text
    assert "the same, word for word" in same
    assert client.get("/wordings?before=other&after=nothing").status_code == 404


DRAFT = """# Draft

```vigens
vigens 1
instrument accord_draft "The draft of the accord"
  kind        draft
  text        draft
  components  watch "Watch"
  draft of    accord

obligation draft_warn "Warn at once"
  under        accord_draft component watch
  modality     shall
  obligor      CZ
  trigger      switched_on
  performance  unstated "how"
  within       unstated "when"
```
"""


def test_a_draft_leads_to_its_text_and_says_who_is_gone(tiny: Path) -> None:
    (tiny / "agreements" / "draft.md").write_text(DRAFT, "utf-8")
    client = open_client(tiny)
    text = client.get("/agreement/draft").text
    assert "this text is a draft of it" in text
    assert "Who holds this draft" in text
    assert "/wordings?before=draft&amp;after=accord" in text
    back = client.get("/agreement/accord").text
    assert "/wordings?before=draft&amp;after=accord" in back
    words = client.get("/wordings?before=draft&after=accord").text
    assert "Czechia &lt;b&gt; owes something before only" in words
    assert "France owes something after only" in words
    effects = words.partition("Where they part in effect")[2].partition(
        "Word for word"
    )[0]
    assert "Warn at once" in effects
    assert "duty removed" in effects
    assert "what: left open, how" in effects
    assert "duty added" in effects


def test_what_changes_the_effect_goes_before_what_changes_words(tiny: Path) -> None:
    draft = DRAFT.replace("draft of    accord", "replaces    accord")
    (tiny / "agreements" / "draft.md").write_text(draft, "utf-8")
    weaker = draft.replace("accord_draft", "accord_final").replace("draft_", "final_")
    weaker = weaker.replace("modality     shall", "modality     may")
    more = (
        'obligation {name} "{title}"\n  under {text} component watch\n'
        "  modality shall\n  obligor CZ\n  trigger switched_on\n  within 3 days\n"
        "  performance steady\n```\n"
    )
    first = more.format(name="one_first", title="Watch on", text="accord_draft")
    last = more.format(name="one_last", title="Пильнувати", text="accord_final")
    for name, text, added in (("draft", draft, first), ("final", weaker, last)):
        path = tiny / "agreements" / f"{name}.md"
        path.write_text(text.rstrip().removesuffix("```") + added, "utf-8")
    text = open_client(tiny).get("/wordings?before=draft&after=final").text
    part = text.partition("Where they part in effect")[2].partition("Word for word")[0]
    effects, _, words = part.partition("The same in other words")
    assert "it binds less strongly" in effects
    assert "Warn at once" in effects
    assert "Watch on" not in effects
    assert "Watch on" in words
    assert "Пильнувати" in words
    assert "words alone" in words
