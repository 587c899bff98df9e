from __future__ import annotations

import json

from vigens.base import Finding, Severity, Span, findings_form, render_finding

LINE = '  obligor Freedonya  "x"'


def finding(*spans: Span, message: str = 'unknown party "Freedonya"') -> Finding:
    return Finding("N003", Severity.ERROR, message, spans, 'write "Freedonia"')


def test_the_mark_stands_below_the_word() -> None:
    assert render_finding(finding(Span("a.md", 41, 11, 9, LINE))).splitlines() == [
        'a.md:41:11: error N003: unknown party "Freedonya"',
        '   41 |   obligor Freedonya  "x"',
        "      |           ^^^^^^^^^",
        '   mend: write "Freedonia"',
    ]


def test_a_conflict_shows_both_places() -> None:
    shown = render_finding(
        finding(Span("a.md", 2, 1, 5, "party"), Span("b.md", 7, 1, 5, "party"))
    )
    assert "a.md:2:1: error" in shown
    assert "   see also b.md:7:1\n    7 | party\n      | ^^^^^\n" in shown


def test_a_finding_without_a_place_has_no_source_line() -> None:
    assert render_finding(finding()) == (
        'error N003: unknown party "Freedonya"\n   mend: write "Freedonia"'
    )


def test_a_span_past_the_end_of_its_line_keeps_one_mark() -> None:
    shown = render_finding(finding(Span("a.md", 1, 9, 30, "short")))
    assert shown.splitlines()[2] == "      |         ^"


def test_a_tab_takes_one_column_so_that_the_mark_fits() -> None:
    shown = render_finding(finding(Span("a.md", 1, 2, 5, "\tparty")))
    assert shown.splitlines()[1:3] == ["    1 |  party", "      |  ^^^^^"]


def test_a_place_far_out_in_a_long_line_is_shown() -> None:
    line = "x" * 9_000 + "WRONG" + "y" * 9_000
    shown = render_finding(finding(Span("a.md", 1, 9_001, 5, line))).splitlines()
    at = shown[2].index("^")
    assert shown[1][at : at + 5] == "WRONG"
    assert max(map(len, shown)) < 300


def test_no_control_sign_reaches_the_terminal() -> None:
    line = 'party FR "\x1b[31m\u202eecnarF\x00"'
    message = "unknown \x1b[2J"
    shown = render_finding(finding(Span("a.md", 1, 10, 3, line), message=message))
    assert not set(shown) & {"\x1b", "\x00", "\u202e"}
    shown = render_finding(finding(message=message))
    assert "\x1b" not in shown


def test_json_carries_every_field() -> None:
    (found,) = findings_form([finding(Span("a.md", 41, 11, 9, LINE))])
    assert json.loads(json.dumps(found)) == {
        "code": "N003",
        "severity": "error",
        "message": 'unknown party "Freedonya"',
        "places": [
            {"source": "a.md", "line": 41, "column": 11, "length": 9, "text": LINE}
        ],
        "mend": 'write "Freedonia"',
    }
