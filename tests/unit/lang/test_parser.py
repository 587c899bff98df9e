from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.base import Finding
from vigens.lang.literate import Block
from vigens.lang.parser import parse_block
from vigens.lang.syntax import Declaration

Codes = Callable[..., list[str]]


def parse(*lines: str) -> tuple[list[Declaration], list[Finding]]:
    return parse_block(Block("a.md", 1, lines, "A heading"))


def test_an_empty_block_says_nothing_and_lacks_nothing() -> None:
    assert parse() == ([], [])
    assert parse("", "-- nothing yet") == ([], [])


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("party FR", "L003"),
        ("vigens", "L004"),
        ("vigens 2", "L004"),
        ("vigens 1 2", "L004"),
        ("vigens one", "L004"),
        ("vigens 01", "L004"),
    ],
)
def test_the_version_must_be_named_and_known(first: str, code: str) -> None:
    declarations, findings = parse(first, "party DE")
    assert [finding.code for finding in findings] == [code]
    assert declarations[-1].name.text == "DE"


def test_a_declaration_keeps_its_parts() -> None:
    (found,), findings = parse(
        "vigens 1",
        'fluent allied(a: party, b: party) "{a} and {b}" -- why not',
        "  initiated by x(a)",
        "    when y",
        "  holds while z",
        "  initiated by w",
    )
    assert findings == []
    assert (found.keyword, found.name.text, found.title) == (
        "fluent",
        "allied",
        "{a} and {b}",
    )
    assert [(p.name.text, p.sort.text) for p in found.params] == [
        ("a", "party"),
        ("b", "party"),
    ]
    assert [clause.keyword for clause in found.clauses] == [
        "initiated by",
        "holds while",
        "initiated by",
    ]
    assert [t.text for t in found.clauses[0].tokens] == [
        "x",
        "(",
        "a",
        ")",
        "when",
        "y",
    ]
    assert len(found.all_of("initiated by")) == 2
    assert found.first("terminated by") is None
    assert (found.place, found.heading) == ("a.md:2", "A heading")


def test_the_longest_keyword_of_a_clause_is_meant() -> None:
    (found,), _ = parse(
        "vigens 1", "fluent x", "  perhaps terminated by y", "  rule z", "  under q"
    )
    assert [clause.keyword for clause in found.clauses] == [
        "perhaps terminated by",
        "rule",
        "under",
    ]


def test_what_carries_an_unreadable_clause_on_goes_with_it() -> None:
    (found,), findings = parse(
        "vigens 1", "fluent x", "  holds while a", "  wrong", "    and b", "  rule c"
    )
    assert [finding.code for finding in findings] == ["P002"]
    assert [t.text for t in found.clauses[0].tokens] == ["a"]


def test_a_first_clause_that_is_indented_further_is_no_continuation() -> None:
    (found,), findings = parse("vigens 1", "fluent x", "    holds while a", "  rule c")
    assert findings == []
    assert [clause.keyword for clause in found.clauses] == ["holds while", "rule"]


@pytest.mark.parametrize(
    "line",
    [
        "party",
        'party "France"',
        "party 12",
        "party FR(",
        "party FR()",
        "event e(a b:)",
        "event e(5)",
        "event e(a: )",
        'event e("a")',
        "event e(",
        "event e(a",
        'event e "x" "y"',
        "measure m more",
        "fluent f holds while g",
        'instrument i "I" kind treaty',
        "values v closed",
        "values v open again",
        "party FR state big",
        "party FR state status",
        "party FR status planned status planned",
    ],
)
def test_a_head_that_does_not_fit_is_told(line: str) -> None:
    assert "P003" in {finding.code for finding in parse("vigens 1", line)[1]}


@pytest.mark.parametrize(
    "line",
    [
        "party FR",
        'party FR "France"',
        'party FR "France" state',
        "party EU organisation status existing",
        "body b status planned",
        "values v open",
        'values v "V" open',
        "event e",
        'event e "e"',
        "event e()",
        "event e(a, b: c,)",
    ],
)
def test_a_head_that_fits_is_read(line: str) -> None:
    declarations, findings = parse("vigens 1", line)
    assert findings == []
    assert len(declarations) == 1


@pytest.mark.parametrize(
    ("written", "meant"), [("fluant", "fluent"), ("obligations", "obligation")]
)
def test_the_nearest_keyword_is_proposed(written: str, meant: str) -> None:
    _, (finding,) = parse("vigens 1", f"{written} x")
    assert finding.code == "P001"
    assert f'write "{meant}"' in finding.mend


def test_a_word_far_from_every_clause_is_told_with_their_list() -> None:
    _, (finding,) = parse("vigens 1", "measure x", "  because y")
    assert finding.mend == "its clauses are counts"


def test_a_sign_in_a_list_of_words_is_told() -> None:
    for clause in ("of a = b", "of a, (b)", "of a: b", "of _"):
        _, (finding,) = parse("vigens 1", "values x", f"  {clause}")
        assert finding.code == "P003"


def test_a_state_with_values_has_their_sort_behind_a_colon() -> None:
    (one, two, plain), findings = parse(
        "vigens 1", 'fluent a(b): c "{c}"', "fluent d: to: c", "fluent e(b: c)"
    )
    assert findings == []
    named = [[(p.name.text, p.sort.text) for p in d.params] for d in (one, two, plain)]
    assert named == [[("b", "b"), ("c", "c")], [("to", "c")], [("b", "c")]]
    assert [each.has_values for each in (one, two, plain)] == [True, True, False]
    assert one.title == "{c}"


def test_a_clause_goes_on_over_many_lines() -> None:
    more = [f"    p{n}," for n in range(3)]
    (declaration,), findings = parse("vigens 1", "values x", "  of a,", *more)
    assert findings == []
    words = [token.text for token in declaration.clauses[0].tokens]
    assert words == ["a", ",", "p0", ",", "p1", ",", "p2", ","]


@pytest.mark.parametrize(
    "clause", ["while a", "performance b", "obligor c", "source d"]
)
def test_a_clause_that_may_stand_once_stands_once(clause: str) -> None:
    lines = ("vigens 1", "obligation o", f"  {clause}", f"  {clause}")
    _, findings = parse(*lines, f"  {clause}")
    assert [finding.code for finding in findings] == ["P007", "P007"]
    assert [span.line for span in findings[0].spans] == [4, 3]


@pytest.mark.parametrize("clause", ["trigger a", "within 1 day", "at 1 day"])
def test_alternatives_may_stand_again(clause: str) -> None:
    _, findings = parse("vigens 1", "obligation o", f"  {clause}", f"  {clause}")
    assert findings == []


def test_tabs_indent_too(codes: Codes) -> None:
    assert codes("fluent x", "\tholds while ceasefire(general)") == []
