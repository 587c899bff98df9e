"""Decisions of the inbox taken back on the board: nothing is deleted, it waits again."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.unit.board.conftest import clock
from tests.unit.board.queued import of_kind, queue, sender_of
from tests.unit.board.sender import Sender, person, without_keys, words_of
from tests.unit.board.test_hostile import wrong_in
from vigens.desk import (
    accept_suggestion,
    find_suggested,
    open_case,
    reject_suggestion,
)
from vigens.people import Role


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return sender_of(tmp_path)


def undo(sender: Sender, key: str, **values: Any) -> Any:
    token = sender.start(f"/inbox/{key}")["form_token"]
    sent = {"form_token": token, **values}
    return sender.client.post(f"/inbox/{key}/undo", data=sent)


def test_a_decision_is_taken_back_and_the_suggestion_waits_again(
    sender: Sender,
) -> None:
    item = of_kind(sender, "meeting")
    path = f"/inbox/{item.key}"
    receipt = sender.record(path, reliability="B", credibility="2")
    assert "Take the decision back" in words_of(receipt.text)
    assert f'action="{path}/undo"' in receipt.text
    n_before = len(sender.entries())
    done = undo(sender, item.key, reason="a slip")
    assert done.status_code == 303
    page = sender.get(done.headers["location"])
    assert "it waits again" in words_of(page.text)
    assert find_suggested(open_case(sender.folder, clock), item.key).state == "waiting"
    notes = sender.entries()[n_before:]
    assert [note.payload["text"] for note in notes] == ["withdrawn: a slip"] * 4
    changed = page.text.partition('role="status">↺')[2].partition('href="')[2]
    told = sender.get(unescape(changed.partition('"')[0]))
    assert told.status_code == 200
    assert "withdrawn: a slip" in words_of(told.text)
    assert undo(sender, item.key).headers["location"] == path  # sent twice
    assert len(sender.entries()) == n_before + 4
    assert "Accept: see what it changes" in words_of(sender.get(path).text)


def test_after_a_rejection_the_next_page_offers_to_take_it_back(sender: Sender) -> None:
    item, other, *_ = queue(sender)
    token = sender.start(f"/inbox/{item.key}")["form_token"]
    sent = {"form_token": token, "reason": "off topic"}
    done = sender.client.post(f"/inbox/{item.key}/reject", data=sent)
    onward = done.headers["location"]
    assert other.key in onward
    page = sender.get(onward).text
    assert f"Suggestion {item.number}: rejected." in words_of(page)
    assert f'action="/inbox/{item.key}/undo"' in page
    assert undo(sender, item.key).status_code == 303
    assert f'action="/inbox/{item.key}/undo"' not in sender.get(onward).text


def test_the_last_decision_of_all_is_offered_on_the_empty_list(sender: Sender) -> None:
    for item in queue(sender)[1:]:
        case = open_case(sender.folder, clock)
        reject_suggestion(case, clock, item.number, by="vira", reason="old")
    first = queue(sender)[0]
    token = sender.start(f"/inbox/{first.key}")["form_token"]
    sent = {"form_token": token, "reason": "off topic"}
    done = sender.client.post(f"/inbox/{first.key}/reject", data=sent)
    page = sender.get(done.headers["location"]).text
    assert f'action="/inbox/{first.key}/undo"' in page


def test_who_does_not_see_a_decision_is_not_offered_to_take_it_back(
    sender: Sender,
) -> None:
    first, second, *_ = queue(sender)
    for item, marks in ((first, ["public"]), (second, ["FR"])):
        case = open_case(sender.folder, clock)
        accept_suggestion(case, clock, item.number, by="taras", marks=marks)
    reviewer = Sender(sender.folder, person(Role.REVIEWER))
    hidden = reviewer.get(f"/inbox/{second.key}").text
    assert f"/inbox/{second.key}/undo" not in hidden
    token = reviewer.start("/record/note")["form_token"]
    n_before = len(sender.entries())
    done = reviewer.client.post(f"/inbox/{second.key}/undo", data={"form_token": token})
    assert done.status_code == 404
    assert len(sender.entries()) == n_before
    assert undo(reviewer, first.key).status_code == 303


@pytest.mark.parametrize("last", ["<x>", "zz", "0" * 64, "'\"><script>"])
def test_an_odd_last_decision_in_the_address_is_passed_over(
    sender: Sender, last: str
) -> None:
    for path in ("/inbox", f"/inbox/{queue(sender)[0].key}"):
        page = sender.client.get(path, params={"last": last, "taken": last})
        assert page.status_code == 200
        assert "/undo" not in page.text
        assert wrong_in(without_keys(page.text)) == []
