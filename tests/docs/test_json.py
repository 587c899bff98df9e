"""The page of the JSON answers says what is printed, field by field."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli import tiny as river
from tests.unit.cli.tiny import claim, grade, make, present, recording, write_case
from vigens.cli import main
from vigens.journal import Passage, Source, open_journal

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "json.md"
PARIS = ROOT / "examples" / "paris"
LEAVES: dict[str, Any] = {"text": str, "number": int, "flag": bool, "object": dict}


@lru_cache(maxsize=1)
def forms() -> dict[str, dict[str, str]]:
    """Give each form of the page: field to how it is written."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    name = ""
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:]
        elif row := re.match(r"\| `([^`]+)` \| (\S+) \| \S", line):
            found[name][row[1]] = row[2]
    return dict(found)


POLICIES = ("--policy", "..open-ear")
NO_STATES = ("contribute", "tier_1_action", "tier_1_warning", "set_up_monitoring")


class Checker:
    """Compares values with forms, and remembers which fields it has met filled."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.met: set[tuple[str, str]] = set()

    def check(self, value: Any, written: str, at: str) -> None:
        if written.endswith("?"):
            if value is not None:
                self.check(value, written[:-1], at)
        elif written.startswith("["):
            if not isinstance(value, list):
                self.wrong.append(f"{at}: no list")
                return
            for each in value:
                self.check(each, written[1:-1], at)
        elif written in LEAVES:
            if type(value) is not LEAVES[written]:
                self.wrong.append(f"{at}: {type(value).__name__}, not {written}")
        else:
            self.form(value, written, at)

    def form(self, value: Any, name: str, at: str) -> None:
        fields = forms()[name]
        known = {field.rstrip("?"): written for field, written in fields.items()}
        needed = {field for field in fields if not field.endswith("?")}
        self.wrong += [
            f"{at}: not documented: {key}" for key in set(value) - set(known)
        ]
        self.wrong += [f"{at}: not printed: {key}" for key in needed - set(value)]
        for key in set(value) & set(known):
            if value[key] not in (None, []):
                self.met.add((name, key))
            self.check(value[key], known[key], f"{at}.{key}")


DAY = ("--as-of", "2026-02-25", "--known-at", "2026-02-25")
WHY = [
    ("activation_condition", *DAY),
    ("endorsed(paris, force, _)", *DAY),
    ("contribute", *DAY),
    ("tier_1_warning", *DAY),
    ("set_up_monitoring", *DAY),
    ("tier_1_action", "--suppose", "breach.happens(i-1) on 2026-02-10", *DAY),
    ("ceasefire(general)", "--as-of", "2026-08-01"),
    ("signed(trilateral, _)", *DAY, "--policy", "open-ear"),
    ("activation_condition", "--suppose", "ceasefire.begins(general) on 2026-02-10"),
    ("contributor(_)", *DAY, "--reading", "tier3_clock.at"),
]


TALLIES = """
```vigens
vigens 1
tally floods(incident) "floods"
  counts  flood(incident)
tally openings "openings"
  counts  opens
```
"""


def add_a_flood(case: Path) -> None:
    """Add an occurrence with a quoted, copied, denied and reviewed claim."""
    passage = Passage("seed:1", 0, 5, "Flood")
    quoted = Source("https://q.example/p", "Quoted", "press", "2026-02-01", passage)
    flood = {"event": "flood", "args": ["f-1"], "title": "A flood"}
    said = {"polarity": "pos", "statement": "Flood", "actors": [], "voice": "FR"}
    drafts = [
        make("occurrence", flood, happened="2026-02", handle="f"),
        make("claim", said, about=("@f",), sources=(quoted,), handle="f-1"),
        grade("B", 2, "@f-1"),
        claim("No flood.", "@f", "gazette", "f-2"),
        grade("B", 2, "@f-2"),
        make("same_origin", {}, about=("@f-1", "@f-2")),
        make("review", {"verdict": "unconfirmed"}, about=("@f-1",)),
    ]
    with open_journal(case / "journal.jsonl", recording) as store:
        store.append(drafts)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    import contextlib
    import io
    import json

    folder = tmp_path_factory.mktemp("json") / "case"
    tiny = write_case(folder, river.PAGE + TALLIES)
    add_a_flood(tiny)
    checker = Checker()

    def printed(*words: object) -> Any:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            assert main([str(word) for word in words], present) == 0, words
        return json.loads(out.getvalue())

    def check(form: str, *words: object) -> None:
        checker.check(printed(*words), form, str(words[2]))

    for words in WHY:
        check("why document", "why", PARIS, *words, "--json")
        if words[0] not in NO_STATES:
            check("missing document", "missing", PARIS, *words, "--json")
    for question in ("help", "boats", "survey", "open_river"):
        check("why document", "why", tiny, question, "--json")
    seen = ("--recorded-at", "2026-03-02", "--reading", "start.flood")
    check("why document", "why", tiny, "help", *seen, "--json")
    days = ("--as-of", "2026-01-05..2026-02-20", "--known-at", "2026-01-05..2026-02-20")
    flood = ("--suppose", "flood(n) on 2026-02-10")
    check("compare document", "compare", tiny, "lock_open", *days, *flood, "--json")
    sys_compare = sys.modules["vigens.desk.comparing"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys_compare, "MOST_TOLD", 1)
        patch.setattr(sys_compare, "MOST_LOOKED_AT", 20)
        check("compare document", "compare", PARIS, *DAY[:2], *POLICIES, "--json")
    found = printed("check", PARIS, "--specificity", "--json")
    checker.check(found["specificity"], "[promise]", "specificity")
    return checker


def test_what_is_printed_is_what_is_documented(checker: Checker) -> None:
    assert not checker.wrong, "\n".join(checker.wrong[:20])


def test_every_form_of_the_page_is_met(checker: Checker) -> None:
    assert set(forms()) == {name for name, _ in checker.met} | {
        "why document",
        "missing document",
        "compare document",
    }


def test_hardly_a_field_is_never_filled(checker: Checker) -> None:
    every = {
        (name, field.rstrip("?"))
        for name, fields in forms().items()
        for field in fields
    }
    assert every - checker.met == set()
