from __future__ import annotations

from vigens.lang import Page, compile_pages
from vigens.rules import Reading, Sort

PAGE = """```vigens
vigens 1
party FR "France"
party DE
group friends "Friends"
values level "level"
  of low, high
instrument pledge "A long pledge"
  short Pledge
  kind declaration
  components aid "Aid", watch
instrument pact "The pact"
  kind treaty
  components watch "Watching", guard
```
"""
PROGRAM = compile_pages([Page("a.md", PAGE.replace("short Pledge", 'short "Pledge"'))])


def test_values_come_in_order_of_declaration() -> None:
    program = PROGRAM.program
    assert PROGRAM.findings == ()
    assert program.values_of("party") == ("FR", "DE")
    assert program.values_of("instrument") == ("pledge", "pact")
    assert program.values_of("level") == ("low", "high")
    assert program.values_of("body") == ()


def test_a_component_of_two_texts_is_listed_once() -> None:
    assert PROGRAM.program.values_of("component") == ("aid", "watch", "guard")


def test_a_value_without_a_title_is_called_by_its_name() -> None:
    program = PROGRAM.program
    assert program.title_of("FR") == "France"
    assert program.title_of("DE") == "DE"
    assert program.title_of("aid") == "Aid"
    assert program.title_of("friends") == "Friends"
    assert program.title_of("nobody") == "nobody"
    assert program.title_of("pact") == "The pact"


def test_a_reading_is_written_with_its_variant() -> None:
    assert str(Reading("clock", "deed")) == "clock.deed"


def test_a_sort_says_whether_it_is_open() -> None:
    assert PROGRAM.program.sorts["level"] == Sort(
        "level", "level", ("low", "high"), is_open=False, place="a.md:6"
    )
