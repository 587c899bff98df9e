"""Which places of a promise the text fills, and which it leaves."""

from __future__ import annotations

import pytest

from vigens.lang import Page, compile_pages
from vigens.rules import SLOTS, Fill, Specificity, read_specificity

HEAD = """```vigens
vigens 1
party FR "France"
party DE "Germany"
body court "The court"
event asked(party) "{party} is asked"
event paid(party, amount: number) "{party} pays {amount}"
event found(party) "the court finds against {party}"
  power  court
event certified(party) "the court certifies the work of {party}"
  power  court
event signed_off(party) "{party} signs off"
  power  FR
event complained(party) "somebody complains of {party}"
fluent helper(party) "{party} helps"
  initiated by asked(party)
"""


def read(*clauses: str) -> Specificity:
    text = "\n".join([HEAD, 'obligation o "A promise"', *clauses, "```\n"])
    compiled = compile_pages([Page("a.md", text)])
    errors = [f for f in compiled.findings if f.severity == "error"]
    assert errors == [], errors
    return read_specificity(compiled.program, compiled.program.obligations["o"])


def slot(found: Specificity, name: str) -> tuple[str, tuple[str, ...]]:
    each = found.slots[SLOTS.index(name)]
    assert each.name == name
    return each.fill, each.words


FULL = (
    "  modality     shall",
    "  obligor      FR",
    "  trigger      on asked(obligor)",
    "  performance  on paid(obligor, 100)",
    "  within       30 days",
    "  found        on found(obligor)",
)


def test_a_promise_may_fill_every_place() -> None:
    found = read(*FULL)
    assert [each.fill for each in found.slots] == [Fill.STATED] * 6
    assert found.n_stated == 6
    assert slot(found, "who") == ("stated", ("France",))
    assert slot(found, "what")[1] == ("paid(obligor, 100)",)
    assert slot(found, "how much")[1] == ("amount 100",)
    assert slot(found, "by when")[1] == ("within 30 days",)
    assert slot(found, "on what condition")[1] == ("asked(obligor)",)
    assert slot(found, "checked by whom")[1] == ("The court",)
    assert (found.modality, found.place) == ("shall", "a.md:18")


@pytest.mark.parametrize(
    ("name", "old", "new", "fill", "words"),
    [
        ("who", FULL[1], '  obligor unstated "which state"', "unstated", "which state"),
        ("who", FULL[1], "  obligor each helper", "stated", "each helper"),
        ("what", FULL[3], '  performance unstated "how"', "unstated", "how"),
        ("what", FULL[3], "  performance helper(DE)", "stated", "helper(DE)"),
        ("how much", FULL[3], "  performance on asked(DE)", "empty", ""),
        ("how much", FULL[3], '  performance unstated "how"', "empty", ""),
        (
            "how much",
            FULL[3],
            "  performance at least 2 of party: helper(party)",
            "stated",
            "2 of party",
        ),
        ("by when", FULL[4], '  within unstated "no date"', "unstated", "no date"),
        (
            "by when",
            FULL[4],
            "  at 1 month after asked(obligor)",
            "stated",
            "at 1 month after asked(obligor)",
        ),
        ("on what condition", FULL[2], "", "empty", ""),
        (
            "on what condition",
            FULL[2],
            '  trigger unstated "when it is due"',
            "unstated",
            "when it is due",
        ),
        ("on what condition", FULL[2], "  while helper(DE)", "stated", "helper(DE)"),
        ("checked by whom", FULL[5], "", "empty", ""),
        (
            "checked by whom",
            FULL[5],
            "  alleged on complained(obligor)",
            "empty",
            "",
        ),
        (
            "checked by whom",
            FULL[5],
            "  found on complained(obligor)",
            "stated",
            "complained(obligor)",
        ),
    ],
)
def test_a_place_is_stated_unstated_or_empty(
    name: str, old: str, new: str, fill: str, words: str
) -> None:
    clauses = [new if each == old else each for each in FULL]
    found = read(*(each for each in clauses if each))
    assert slot(found, name) == (fill, (words,) if words else ())


def test_whose_act_alone_shows_the_performance_checks_it() -> None:
    clauses = [each for each in FULL if each not in (FULL[3], FULL[5])]
    found = read(*clauses, "  performance on certified(obligor)")
    assert slot(found, "checked by whom") == ("stated", ("The court",))
    own = read(*clauses, "  performance on signed_off(obligor)")
    assert slot(own, "checked by whom") == ("empty", ())


def test_what_is_stated_goes_before_what_is_left_open() -> None:
    clauses = [each for each in FULL if each != FULL[2]]
    found = read(*clauses, '  trigger helper(DE) and unstated "how many ask"')
    assert slot(found, "on what condition") == ("stated", ("helper(DE)",))
