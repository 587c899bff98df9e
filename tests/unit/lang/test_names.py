from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.lang import Compiled

Codes = Callable[..., list[str]]
Read = Callable[..., Compiled]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("party x", "party x"),
        ("party x", "group x"),
        ("party x", "instrument x"),
        ("event x", "act x"),
        ("measure x", "fluent x"),
        ("obligation x", "event x"),
        ("step x", "fluent x"),
        ("values x open", "values x open"),
        ("variant x", "variant x"),
    ],
)
def test_a_name_is_declared_once_in_its_space(
    read: Read, first: str, second: str
) -> None:
    found = [f for f in read(first, second).findings if f.code == "N001"]
    assert [span.line for f in found for span in f.spans] == [4, 3]


@pytest.mark.parametrize(
    ("first", "second"),
    [("party x", "event x"), ("values x open", "party x"), ("variant x", "measure x")],
)
def test_spaces_do_not_meet(codes: Codes, first: str, second: str) -> None:
    assert "N001" not in codes(first, second)


@pytest.mark.parametrize("sort", ["party", "group", "body", "instrument", "component"])
def test_a_sort_of_the_language_stays_closed(codes: Codes, sort: str) -> None:
    assert codes(f"values {sort} open") == ["N001"]


def test_two_parameters_need_two_names(codes: Codes) -> None:
    assert codes("event met(party, party)") == ["N001"]
    assert codes("event met(a: party, b: party)") == []


def test_an_untitled_party_is_no_proposal_for_everything(read: Read) -> None:
    lines = ("party FR", "fluent x", "  holds while deployed(qqqqqqqqqqqq)")
    (finding,) = read(*lines).findings
    assert finding.mend == "declare it with `party`"


def test_a_title_leads_to_its_name(read: Read) -> None:
    lines = ('party FR "France"', "fluent x", "  holds while deployed(Frence)")
    (finding,) = read(*lines).findings
    assert finding.mend.startswith('write "FR"')


def test_quotation_marks_make_no_party(codes: Codes) -> None:
    head = ("party FR", "fluent x")
    assert codes(*head, '  holds while deployed("Nowhere")') == ["N003"]
    assert codes(*head, '  holds while deployed("party")') == ["N003"]
    assert codes(*head, '  holds while deployed("FR")') == []


def test_an_open_sort_takes_any_value(codes: Codes) -> None:
    for value in ("b1", '"a breach at dawn"', "17", "2026-01-06"):
        assert codes("fluent x", f"  holds while breach_found({value})") == []


@pytest.mark.parametrize("where", ["breach_found(_)", "deployed(_)", "ceasefire(_)"])
def test_any_value_is_for_questions_only(codes: Codes, where: str) -> None:
    assert codes("fluent x", f"  holds while {where}") == ["N006"]


@pytest.mark.parametrize(
    ("kind", "atom", "code"),
    [
        ("kind treaty", "in_force(i)", None),
        ("kind declaration", "in_force(i)", "T003"),
        ("kind treaty", "endorsed(i, c, FR)", "T003"),
        ("kind declaration of intent", "endorsed(i, c, FR)", None),
        ("kind unstated", "in_force(i)", None),
        ('kind unstated "nobody says"', "in_force(i)", None),
        ("text published", "in_force(i)", None),
    ],
)
def test_words_of_the_other_family_are_told(
    codes: Codes, kind: str, atom: str, code: str | None
) -> None:
    lines = ("party FR", "instrument i", f"  {kind}", "  components c", "fluent x")
    assert codes(*lines, f"  holds while {atom}") == ([code] if code else [])


def test_after_many_findings_nothing_is_proposed(read: Read) -> None:
    wrong = [f"fluent x{n}\n  holds while deployed(FRR)" for n in range(60)]
    findings = read("party FR", *wrong).findings
    assert len(findings) == 60
    assert 'write "FR"' in findings[0].mend
    assert 'write "FR"' not in findings[-1].mend
