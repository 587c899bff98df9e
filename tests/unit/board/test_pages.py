"""Every page of the tiny case answers, says its lens, and says what is so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import open_client

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PATHS = (
    "/",
    "/why",
    "/why?q=switched_on",
    "/why?q=signed(accord, FR)",
    "/why?q=endorsed(accord,_,_)",
    "/obligations",
    "/obligation/warn",
    "/obligation/pay",
    "/agreements",
    "/agreement/accord",
    "/agreement/other",
    "/agreement/law/ceasefire",
    "/journal",
    "/journal?kind=claim&text=signs",
    "/search",
    "/search?q=signs",
    "/counts",
    "/counts/ready",
    "/counts/never",
    "/offers",
    "/offers?domain=sea",
    "/meetings",
    "/money",
    "/api",
    "/monitor",
    "/press",
    "/press?words=signs&grade=B",
    "/corrections",
    "/method",
    "/contradictions",
    "/curator",
    "/positions",
    "/bodies",
    "/map",
    "/documents",
    "/proofs",
    "/files",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_answers_and_says_its_lens(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200, page.text[:300]
    assert "as of 8 March 2026, 09:30 UTC" in page.text
    assert "not legal advice" in page.text
    assert "policy standard" in page.text


@pytest.mark.parametrize("path", PATHS)
def test_a_page_carries_the_lens_in_every_link(client: TestClient, path: str) -> None:
    glue = "&" if "?" in path else "?"
    page = client.get(f"{path}{glue}as_of=2026-02-01&known_at=2026-02-01")
    assert page.status_code == 200
    assert "as of 1 February 2026" in page.text
    links = [part.split('"')[0] for part in page.text.split(' href="/')[1:]]
    inside = [link for link in links if not link.startswith("static/")]
    steps = ("day before", "day after", "today")
    assert inside
    assert all("as_of=" in link for link in inside) or steps
    lost = [link for link in inside if "as_of=2026-0" not in link]
    assert len(lost) <= 1, lost  # only "today" leaves the day out


def test_the_headline_says_word_cause_since_and_last_look(client: TestClient) -> None:
    text = client.get("/").text
    assert "NOT KNOWN" in text
    assert "nobody has looked since 28 February 2026" in text
    assert "1 March 2026" in text
    assert "see that day" in text


def test_the_headline_is_no_where_one_looked(client: TestClient) -> None:
    text = client.get("/?as_of=2026-02-01").text
    headline = text.partition('class="headline')[2].partition("</section>")[0]
    assert '<span class="word">NO</span>' in headline


def test_a_hypothesis_is_labelled_on_the_page(client: TestClient) -> None:
    supposed = "ceasefire.begins(general) on 2026-03-02"
    page = client.get("/", params={"suppose": supposed, "assume": "yes"})
    headline = page.text.partition('class="headline')[2].partition("</section>")[0]
    assert '<span class="word">YES</span>' in headline
    assert "(hypothesis)" in headline
    assert f"supposing {supposed}" in page.text
    assert "assuming no other change" in page.text


def test_why_unfolds_to_grade_source_passage_and_rule(client: TestClient) -> None:
    text = client.get("/why?q=signed(accord, FR)").text
    assert ">B2<" in text
    assert "https://gazette.example/a?x=&lt;y&gt;" in text
    assert 'rel="noopener noreferrer nofollow"' in text
    assert "it signs" in text
    assert "characters 3 to" in text
    assert "on the word of France" in text
    assert "/agreement/law/political_texts#L" in text
    assert "<svg" in text
    assert "<figcaption>" in text


def test_why_says_what_is_missing(client: TestClient) -> None:
    text = client.get("/why?q=switched_on&as_of=2026-02-01").text
    assert "Exactly: a general ceasefire begins." in text


def test_the_name_of_an_obligation_or_measure_leads_to_its_page(
    client: TestClient,
) -> None:
    first = client.get("/why?q=warn&as_of=2026-02-01")
    assert first.status_code == 302
    assert first.headers["location"] == "/obligation/warn?as_of=2026-02-01"
    assert client.get("/why?q=ready").headers["location"] == "/counts/ready"
    assert client.get("/why?q=begin").headers["location"].endswith("#steps")


def test_an_unknown_question_is_said_with_the_nearest_name(client: TestClient) -> None:
    page = client.get("/why?q=swiched_on")
    assert page.status_code == 400
    assert "mend:" in page.text
    assert "switched_on" in page.text


def test_an_obligation_shows_deadlines_of_every_reading_and_its_rule(
    client: TestClient,
) -> None:
    supposed = ["breach.happens(b1) on 2026-03-05T10:00Z"]
    supposed.append("breach.reported(b1) on 2026-03-05T16:00Z")
    params = {"suppose": supposed, "as_of": "2026-03-06"}
    text = client.get("/obligation/warn", params=params).text
    assert "not after 6 March 2026, 10:00 UTC" in text
    assert "not after 6 March 2026, 16:00 UTC" in text
    assert "reading: with the report" in text
    assert "if the reported text is right" in text
    assert "The warning comes fast." in text
    assert '<span class="line here"' in text


def test_a_reading_is_chosen_by_its_link(client: TestClient) -> None:
    text = client.get("/obligation/warn").text
    assert "/obligation/warn?reading=start.breach" in text
    chosen = client.get("/obligation/warn?reading=start.breach").text
    assert "reading start.breach" in chosen


def test_an_agreement_page_has_an_anchor_at_every_rule_line(client: TestClient) -> None:
    text = client.get("/agreement/accord").text
    start = text.index('id="L9"')
    assert 'id="L10"' in text[start:]
    assert '<a href="/agreement/other#L3">another page</a>' in text
    assert text.count('id="L10"') == 1


def test_links_between_pages_of_the_law_stay_in_the_law(client: TestClient) -> None:
    text = client.get("/agreement/law/ceasefire").text
    assert "/agreement/law/breach" in text


def test_the_journal_filters_and_pages(client: TestClient) -> None:
    claims = client.get("/journal?kind=claim").text
    assert "1 to 2 of 2" in claims
    assert "Ten are ready" in claims
    folded = client.get("/journal?text=tEN ARE").text
    assert "1 to 1 of 1" in folded
    assert client.get("/journal?page=99999999999999999999").status_code == 200
    assert client.get("/journal?page=-3").status_code == 200
    assert "No entry of this view fits" in client.get("/journal?text=zzzz").text


def test_an_entry_is_shown_whole_with_what_is_about_it(
    client: TestClient, ids: dict[str, str]
) -> None:
    matter = client.get(f"/entry/{ids['occurrence']}").text
    assert "Who claims it" in matter
    assert "counts surely" in matter
    claim = client.get(f"/entry/{ids['grade']}").text
    assert "What it is about" in claim
    short = client.get(f"/entry/{ids['count'][:10]}").text
    assert "Ten" in short
    assert "set by the journal" in short


def test_a_replaced_entry_leads_to_what_stands_in_its_place(
    own_client: TestClient, tiny: Path
) -> None:
    lines = (tiny / "journal.jsonl").read_text("utf-8").splitlines()
    old = next(line for line in lines if '"A note' in line)
    page = own_client.get(f"/entry/{json.loads(old)['id']}")
    assert page.status_code == 200
    assert "Replaced entry" in page.text
    assert "A better note" in page.text


def test_what_was_not_known_by_then_is_not_there(
    client: TestClient, ids: dict[str, str]
) -> None:
    page = client.get(f"/entry/{ids['count']}?known_at=2026-01-02")
    assert page.status_code == 404
    assert "Ten" not in page.text
    assert "0 offers" in client.get("/offers?known_at=2026-01-02").text


def test_search_finds_words_in_sources_and_states(client: TestClient) -> None:
    assert "2 entries of this view" in client.get("/search?q=gazette").text
    assert "One entry of this view" in client.get("/search?q=FRANCE signs").text
    assert "Try fewer words" in client.get("/search?q=nothing-like-it").text
    assert "/obligation/warn" in client.get("/search?q=warn").text


@pytest.mark.parametrize(
    ("words", "kind", "leads", "says"),
    [
        ("switched on", "state of affairs", "/why?q=switched_on", "NO"),
        ("accord", "agreement", "/agreement/accord", "reported"),
        ("france", "party", "/party/FR", ""),
        ("warn", "obligation", "/obligation/warn", "triggered"),
        ("ready", "measure", "/counts/ready", ""),
    ],
)
def test_search_finds_what_the_case_names_and_how_it_stands(
    client: TestClient, words: str, kind: str, leads: str, says: str
) -> None:
    text = client.get(f"/search?q={words}").text
    (line,) = [
        each
        for each in text.partition("<main")[2].split("<li>")
        if f'href="{leads}"' in each and f">{kind}<" in each
    ]
    assert says in line.partition("</li>")[0]


def test_search_works_out_a_state_of_many_values(client: TestClient) -> None:
    text = client.get("/search?q=endorsed").text
    line = text.partition("endorsed(_")[2].partition("</li>")[0]
    assert "NO" in line


def test_counts_are_never_one_number(client: TestClient) -> None:
    text = client.get("/counts/ready").text
    assert "more than 10" in text
    assert "Speaker" in text
    assert "There is no single number" in client.get("/counts").text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere", "there is no such page"),
        ("/obligation/wran", "did you mean warn?"),
        ("/counts/redy", "did you mean ready?"),
        ("/agreement/acord", "did you mean accord?"),
        ("/entry/abc", "no single entry"),
        ("/entry/ffffffffffffffff", "no single entry"),
    ],
)
def test_an_unknown_name_is_a_page_that_helps(
    client: TestClient, path: str, words: str
) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert words in page.text
    assert "mend:" in page.text
    assert "/obligations" in page.text


def test_health(own_client: TestClient, tiny: Path) -> None:
    page = own_client.get("/healthz")
    assert (page.status_code, page.text) == (200, "well\n")
    (tiny / "case.toml").unlink()
    assert own_client.get("/healthz").status_code == 503


def test_agreement_files_with_errors_show_their_findings(
    own_client: TestClient, tiny: Path
) -> None:
    page = tiny / "agreements" / "accord.md"
    page.write_text(page.read_text("utf-8").replace("party FR", "partie FR"), "utf-8")
    broken = own_client.get("/")
    assert broken.status_code == 503
    assert 'error <span translate="no">P001</span>' in broken.text
    assert "/agreement/accord#L" in broken.text
    assert "mend:" in broken.text
    assert own_client.get("/agreement/accord").status_code == 200
    assert own_client.get("/agreements").status_code == 200
    assert "errors" in own_client.get("/healthz").text


def test_a_journal_that_cannot_be_read_is_a_page_not_a_traceback(
    own_client: TestClient, tiny: Path
) -> None:
    (tiny / "journal.jsonl").write_bytes(b"\0\xff" * 40)
    page = own_client.get("/")
    assert page.status_code == 503
    assert "mend:" in page.text
    assert "Traceback" not in page.text


def test_a_case_without_matrix_headline_and_entries_still_opens(tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    (folder / "agreements").mkdir(parents=True)
    (folder / "case.toml").write_text('title = "Bare"\n', "utf-8")
    (folder / "journal.jsonl").write_text("", "utf-8")
    client = open_client(folder)
    for path in ("/", "/why", "/obligations", "/journal", "/counts", "/offers"):
        assert client.get(path).status_code == 200, path
    first = client.get("/").text
    assert "names no headline" in first
    assert "Every answer on this page is known" not in first  # nothing was asked
    on_map = client.get("/map")
    assert on_map.status_code == 200
    assert "no question that can be asked of each state" in on_map.text


def test_a_case_without_headline_begins_with_its_texts_and_states(tiny: Path) -> None:
    settings = tiny / "case.toml"
    text = settings.read_text("utf-8").replace('headline = "switched_on"\n', "")
    settings.write_text(text, "utf-8")
    first = open_client(tiny).get("/").text
    told = first.partition('id="own-states"')[2].partition("</section>")[0]
    assert "the accord is switched on" in told
    texts = first.partition('id="own-texts"')[2].partition("</section>")[0]
    assert "The Accord &lt;i&gt;" in texts
    assert "NOT KNOWN" in texts


def test_what_can_be_asked_begins_with_the_cases_own_words(client: TestClient) -> None:
    text = client.get("/why").text
    assert text.index("the accord is switched on") < text.index("is a party to")
    chosen = client.get("/record/event").text
    assert chosen.index("own agreements") < chosen.index("Of the general law")


def test_a_page_of_many_answers_says_that_nobody_looked_since(
    client: TestClient,
) -> None:
    page = client.get("/matrix?as_of=2026-06-01&known_at=2026-06-01").text
    assert "Nobody has looked since" in page
    looked = client.get("/matrix?as_of=2026-01-10&known_at=2026-06-01").text
    assert "Nobody has looked since" not in looked


def test_the_first_page_says_what_tallies_have_come_to(tiny: Path) -> None:
    page = tiny / "agreements" / "accord.md"
    rules = 'tally warnings "warnings"\n  counts  warned(incident)\n'
    with page.open("a", encoding="utf-8") as file:
        file.write(f"\n```vigens\nvigens 1\n{rules}```\n")
    text = open_client(tiny).get("/").text
    assert '<h2 id="tallies">Tallies</h2>' in text
    assert '<span class="figure">0' in text
