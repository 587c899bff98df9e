"""The inbox: one queue with the command line, a passage at its place, a person decides."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import HOSTILE, clock
from tests.unit.board.queued import of_kind, queue, sender_of
from tests.unit.board.sender import Sender, fields_in, person, without_keys, words_of
from tests.unit.board.test_hostile import wrong_in
from tests.unit.cli.tiny import REPORT
from tests.unit.intake.making import make_pdf
from vigens.base import InputError
from vigens.desk import (
    accept_suggestion,
    find_suggested,
    open_case,
    reject_suggestion,
)
from vigens.people import Role

HTML = f"""<html><head><title>News {HOSTILE}</title></head><body><article>
<p>5 February 2026</p>
<p>France and Germany signed an agreement on the river in Geneva on Wednesday.
{HOSTILE}</p></article></body></html>"""


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return sender_of(tmp_path)


def hand_in(sender: Sender, name: str, data: bytes, **fields: Any) -> Any:
    token = sender.start("/inbox/upload")["form_token"]
    return sender.client.post(
        "/inbox/upload",
        data={"form_token": token, **fields},
        files={"file": (name, data, "application/octet-stream")},
    )


def test_the_inbox_lists_what_waits(sender: Sender) -> None:
    page = sender.get("/inbox").text
    for item in queue(sender):
        assert f"/inbox/{item.key}" in page
    assert "Two shores meet in Geneva" in page
    assert "Nothing is here" in words_of(sender.get("/inbox?state=accepted").text)


def test_a_passage_is_marked_at_its_exact_place(sender: Sender) -> None:
    for item in queue(sender):
        page = sender.get(f"/inbox/{item.key}").text
        text = page.partition('class="document')[2].partition("</div>")[0]
        text = re.sub(r'<span class="other">([^<]*)</span>', r"\1", text)
        before, _, rest = text.partition('<mark id="passage">')
        assert before.endswith(REPORT[: item.row["start"]][-20:])
        marked = ""
        while rest:
            cut, _, rest = rest.partition("</mark>")
            marked += cut
            if not rest.startswith("<mark>"):
                break
            rest = rest.removeprefix("<mark>")
        assert marked == item.row["quote"]


def test_accepting_looks_first_and_leads_to_the_next(sender: Sender) -> None:
    item = of_kind(sender, "meeting")
    path = f"/inbox/{item.key}"
    receipt = sender.record(path, recorded_by="vira")
    made = next(e for e in sender.entries() if e.payload.get("suggestion") == item.key)
    assert made.recorded_by == "vira"
    assert made.sources[0].passage is not None
    assert made.sources[0].passage.quote == item.row["quote"]
    assert "Next in the inbox" in words_of(receipt.text)
    assert find_suggested(open_case(sender.folder, clock), item.key).state == "accepted"
    assert "Accepted by vira" in words_of(sender.get(path).text)


def test_what_is_set_instead_is_recorded(sender: Sender) -> None:
    item = of_kind(sender, "count")
    path = f"/inbox/{item.key}"
    values = {"measure": "boats", "number": "13", "statement": "Thirteen boats"}
    sender.record(path, reliability="B", credibility="3", **values)
    count = next(e for e in reversed(sender.entries()) if e.kind == "count")
    assert (count.payload["measure"], count.payload["number"]) == ("boats", 13)
    assert sender.entries()[-1].payload["reliability"] == "B"


def test_an_event_asks_for_what_it_is_about(sender: Sender) -> None:
    item = queue(sender)[0]
    path = f"/inbox/{item.key}"
    start = sender.get(path).text
    assert "arg_1" not in fields_in(start)
    asked = sender.send(path, do="edit", event="signs", statement="It signs it.")
    assert asked.status_code == 200
    assert fields_in(asked.text)["statement"] == ["It signs it."]
    assert 'list="arg_1-list"' in asked.text
    known = asked.text.partition('<datalist id="arg_2-list"')[2].partition("</datal")[0]
    assert 'value="FR"' in known  # by the sort that is declared
    lacking = sender.send(path, event="signs")
    assert lacking.status_code == 422
    assert "this is needed" in words_of(lacking.text)
    wrong = sender.send(path, event="signs", arg_1="pact", arg_2="F R")
    assert "no name that rules know" in words_of(wrong.text)
    sender.record(path, event="signs", arg_1="pact", arg_2="FR")
    made = next(e for e in reversed(sender.entries()) if e.kind == "occurrence")
    assert (made.payload["event"], tuple(made.payload["args"])) == (
        "signs",
        ("pact", "FR"),
    )


def test_edits_of_an_event_come_back_in_their_fields(sender: Sender) -> None:
    path = f"/inbox/{queue(sender)[0].key}"
    sender.send(path, do="save", event="signs", arg_1="pact", arg_2="FR")
    shown = sender.start(path)
    assert (shown["event"], shown["arg_2"]) == (["signs"], ["FR"])
    sender.send(path, do="save", event="signs(pact, DE)")  # as rules write it, too
    assert sender.start(path)["arg_2"] == ["DE"]


def test_a_grade_starts_at_the_worst_and_is_left_out_so(sender: Sender) -> None:
    item = of_kind(sender, "meeting")
    start = sender.start(f"/inbox/{item.key}")
    assert (start["reliability"], start["credibility"]) == (["F"], ["6"])
    sender.record(f"/inbox/{item.key}")
    assert sender.entries()[-1].kind != "grade"


def test_a_suggestion_joins_what_is_recorded(sender: Sender) -> None:
    item = of_kind(sender, "count")
    matter = next(e for e in sender.entries() if e.kind == "count")
    sender.record(f"/inbox/{item.key}", about_other=matter.id[:12])
    assert sender.entries()[-1].about == (matter.id,)


def test_edits_are_kept_without_accepting(sender: Sender) -> None:
    item = of_kind(sender, "statement")
    path = f"/inbox/{item.key}"
    done = sender.send(path, do="save", statement="He says so")
    assert done.status_code == 303
    assert find_suggested(open_case(sender.folder, clock), item.key).edits == {
        "statement": "He says so"
    }
    assert sender.start(path)["statement"] == ["He says so"]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("event", "nothing(at, all)", "cannot be read"),
        ("happened", "soon", "impossible date"),
        ("number", "many", "no whole number"),
        ("measure", "nope", "none of the choices"),
        ("about_other", "ffffff", "no entry"),
        ("statement", "", "needed"),
        ("reliability", "Q", "none of the choices"),
    ],
)
@pytest.mark.parametrize("do", ["look"])
def test_a_bad_field_is_told_beside_the_passage(
    sender: Sender, field: str, value: str, word: str, do: str
) -> None:
    path = f"/inbox/{of_kind(sender, 'statement').key}"
    data = {**sender.start(path), field: value, "do": do}
    answered = sender.client.post(path, data=data)
    assert answered.status_code == 422
    assert word in words_of(answered.text)
    assert 'id="passage"' in answered.text


def test_rejecting_needs_a_reason_and_is_done_once(sender: Sender) -> None:
    item = of_kind(sender, "meeting")
    path = f"/inbox/{item.key}/reject"
    token = sender.start(f"/inbox/{item.key}")["form_token"]
    without = sender.client.post(path, data={"form_token": token})
    assert without.status_code == 422
    assert "needs a reason" in words_of(without.text)
    for _ in range(2):
        sent = {"form_token": token, "reason": "off topic"}
        assert sender.client.post(path, data=sent).status_code == 303
    notes = [e for e in sender.entries() if e.payload.get("suggestion") == item.key]
    assert len(notes) == 1
    assert find_suggested(open_case(sender.folder, clock), item.key).state == "rejected"


def test_both_surfaces_work_on_one_queue(sender: Sender) -> None:
    first, second, *_ = queue(sender)
    accept_suggestion(open_case(sender.folder, clock), clock, first.number, by="taras")
    assert "Accepted by taras" in words_of(sender.get(f"/inbox/{first.key}").text)
    assert f"/inbox/{first.key}" not in sender.get("/inbox").text
    sender.record(f"/inbox/{second.key}")
    with pytest.raises(InputError, match="accepted already"):
        accept_suggestion(
            open_case(sender.folder, clock), clock, second.number, by="taras"
        )


def test_the_second_of_two_who_accept_is_told(sender: Sender) -> None:
    item = of_kind(sender, "meeting")
    path = f"/inbox/{item.key}"
    other = Sender(sender.folder, person(Role.REVIEWER, "taras"))
    mine, theirs = sender.send(path), other.send(path)
    assert sender.confirm(path, mine).status_code == 303
    late = other.confirm(path, theirs)
    said = words_of(late.text)
    assert late.status_code == 422
    assert "accepted already" in said
    assert "Accepted by curator" in said
    claims = [e for e in sender.entries() if e.payload.get("suggestion") == item.key]
    assert len(claims) == 1


def test_of_many_who_decide_at_once_one_decides(sender: Sender) -> None:
    key = queue(sender)[0].key
    case = open_case(sender.folder, clock)  # loaded by all before anybody decides
    told: list[str] = []

    def accept(name: str) -> None:
        try:
            if name.endswith("0"):
                reject_suggestion(case, clock, key, by=name, reason="no")
            else:
                accept_suggestion(case, clock, key, by=name)
        except InputError as error:
            told.append(error.what)

    threads = [threading.Thread(target=accept, args=(f"p{n}",)) for n in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 4
    claims = [e for e in sender.entries() if e.payload.get("suggestion") == key]
    assert len(claims) == 1


def test_an_upload_is_kept_and_queued(sender: Sender) -> None:
    text = REPORT.replace("12 countries", "15 countries") + "Another end.\n"
    done = hand_in(sender, "../../evil/../second.txt", text.encode())
    assert done.status_code == 200
    assert "suggestions queued" in words_of(done.text)
    assert "It reads like" in words_of(done.text)
    names = {path.name for path in (sender.folder / "documents").iterdir()}
    assert any(name.endswith("-second.txt") for name in names)
    assert not any("evil" in name for name in names)


def test_pasted_text_is_a_report_too(sender: Sender) -> None:
    token = sender.start("/inbox/upload")["form_token"]
    text = "France and Chad signed an agreement on water in Geneva."
    done = sender.client.post("/inbox/upload", data={"form_token": token, "text": text})
    assert "1 suggestion queued" in words_of(done.text)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b"", "no report is handed in"),
        ("noise.bin", bytes(range(256)) * 20, "binary"),
        ("broken.pdf", b"%PDF-1.7\nnothing of it", ""),
        ("broken.docx", b"PK\x03\x04nothing", ""),
    ],
)
def test_a_report_that_cannot_be_read_is_told(
    sender: Sender, name: str, data: bytes, word: str
) -> None:
    before = (sender.folder / "queue.jsonl").read_bytes()
    done = hand_in(sender, name, data)
    assert done.status_code == 422
    assert word in words_of(done.text)
    assert 'role="alert"' in done.text
    assert (sender.folder / "queue.jsonl").read_bytes() == before


def test_a_report_that_is_too_large_is_refused(sender: Sender) -> None:
    done = hand_in(sender, "large.txt", b"word " * 4_100_000)
    assert done.status_code in (413, 422)


def test_hostile_reports_stay_words(sender: Sender) -> None:
    done = hand_in(sender, f"{HOSTILE}.html", HTML.encode(), address="javascript:x()")
    assert wrong_in(without_keys(done.text)) == []
    assert wrong_in(without_keys(sender.get("/inbox").text)) == []
    for item in queue(sender):
        page = without_keys(sender.get(f"/inbox/{item.key}").text)
        assert wrong_in(page) == []
    looked = sender.send(f"/inbox/{queue(sender)[-1].key}")
    assert wrong_in(without_keys(looked.text)) == []


def test_a_contributor_hands_in_and_decides_nothing(sender: Sender) -> None:
    contributor = Sender(sender.folder, person(Role.CONTRIBUTOR))
    assert contributor.get("/inbox").status_code == 403
    assert contributor.get(f"/inbox/{queue(sender)[0].key}").status_code == 403
    done = hand_in(contributor, "more.txt", (REPORT + "More.\n").encode())
    assert "A reviewer decides" in words_of(done.text)


def test_the_inbox_is_not_of_one_delegation(sender: Sender) -> None:
    french = Sender(sender.folder, person(Role.REVIEWER, reader="FR", delegation="FR"))
    assert french.get("/inbox").status_code == 404
    assert french.get(f"/inbox/{queue(sender)[0].key}").status_code == 404


def test_what_is_on_record_for_others_is_not_in_the_inbox(sender: Sender) -> None:
    first, second, *_ = queue(sender)
    accept_suggestion(
        open_case(sender.folder, clock), clock, first.number, by="taras", marks=["FR"]
    )
    reviewer = Sender(sender.folder, person(Role.REVIEWER))
    assert f"/inbox/{second.key}" not in reviewer.get("/inbox").text
    assert reviewer.get(f"/inbox/{second.key}").status_code == 404


def test_a_number_stays_when_one_before_it_is_taken_out(sender: Sender) -> None:
    from vigens.desk.copies_kept import forget_queued

    first, second, *_ = queue(sender)
    assert forget_queued(sender.folder, (), [first.key]) == 1
    again = queue(sender)
    assert second.key == again[0].key
    assert second.number == again[0].number == 2
    case = open_case(sender.folder, clock)
    with pytest.raises(InputError, match="no suggestion 1"):
        find_suggested(case, 1)
    assert find_suggested(case, second.key[:12]).number == 2
    assert first.key not in (sender.folder / "queue.jsonl").read_text("utf-8")
    assert fields_in(sender.get(f"/inbox/{second.key}").text)["statement"]


def test_a_passage_that_no_rule_found_is_queued_by_hand(sender: Sender) -> None:
    sha256 = queue(sender)[0].document["sha256"]
    path = f"/document/{sha256}/passage"
    assert "this is needed" in words_of(sender.send(path).text)
    wrong = sender.send(path, quote="words that are not there")
    assert wrong.status_code == 422
    assert "do not stand" in words_of(wrong.text)
    done = sender.send(path, quote="officers to the lock")
    assert done.status_code == 303
    page = sender.get(done.headers["location"])
    assert '<mark id="passage">officers to the lock</mark>' in page.text
    assert len(list((sender.folder / "documents").glob("[!.]*"))) == 1


def test_the_page_of_a_passage_is_named(sender: Sender) -> None:
    data = make_pdf([["Two shores"], [REPORT.split("\n")[4]]])
    hand_in(sender, "report.pdf", data)
    item = queue(sender)[-1]
    page = sender.get(f"/inbox/{item.key}").text
    assert "page 2 · to the passage" in words_of(page)
    assert "page 2" in words_of(sender.get("/inbox").text)
    ukrainian = sender.get(f"/inbox/{item.key}?lang=uk").text
    assert "сторінка 2" in words_of(ukrainian)
