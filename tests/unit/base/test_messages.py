"""Messages are text, and remember how they were made."""

from __future__ import annotations

import copy
import json
import pickle

import orjson
import pytest

from vigens.base import Joined, Message, say

WORDS = {
    "nobody has looked since {day}": "dернuis {day}",
    "{a} and {b}": "{b} et {a}",
    "it is disputed": "contesté",
}


def translate(template: str) -> str:
    return WORDS.get(template, template)


def test_a_message_is_text_for_whoever_wants_text() -> None:
    said = Message("{a} and {b}", a="FR", b="UA")
    assert said == "FR and UA"
    assert {said: 1} == {"FR and UA": 1}
    assert json.dumps(said) == '"FR and UA"'
    assert orjson.dumps({"why": said}) == b'{"why":"FR and UA"}'


@pytest.mark.parametrize(
    "said",
    [
        Message("{a} and {b}", a="FR", b=Message("it is disputed")),
        Joined("; ", [Message("it is disputed"), "plain"]),
        Message("it is disputed"),
    ],
)
def test_it_outlives_being_copied_and_kept(said: Message) -> None:
    for other in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert (other, say(other, translate)) == (said, say(said, translate))


def test_a_message_within_a_message_is_translated_too() -> None:
    inner = Message("nobody has looked since {day}", day="2026-03-07")
    outer = Message("{a} and {b}", a=inner, b=Message("it is disputed"))
    assert say(outer, translate) == "contesté et dернuis 2026-03-07"
    assert say(Joined("; ", [inner, "x"]), translate) == "dернuis 2026-03-07; x"


def test_facts_are_never_read_as_templates() -> None:
    said = Message("{a} and {b}", a="{b.__class__}", b="%(c)s {")
    assert say(said, translate) == "%(c)s { et {b.__class__}"
    assert Message("100 % {sure}") == "100 % {sure}"


def test_the_same_may_be_said_of_something_else() -> None:
    said = Message("{a} and {b}", a="France", b=Message("{x} looks", x="France"))
    assert said.swapped("France", "a state") == "a state and a state looks"
    assert Joined(", ", ["x", said]).swapped("France", "y") == "x, y and y looks"
