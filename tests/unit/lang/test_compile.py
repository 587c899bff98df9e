from __future__ import annotations

import time
from pathlib import Path

import pytest

from vigens.lang import Page, compile_pages, parse_question
from vigens.lang.grammar import CLAUSES, FAMILIES, MODALITIES, TEXT_STATUS, UNITS
from vigens.rules import Atom, Constant, Variable

ROOT = Path(__file__).resolve().parents[3]
ANY = Variable("_", "_")

HOSTILE = {
    "empty": "",
    "blank": " \n\t\n",
    "nul": '```vigens\nvigens 1\nparty F\0R "\0"\n```\n',
    "crlf": '```vigens\r\nvigens 1\r\nparty FR "France"\r\n```\r\n',
    "old mac": "```vigens\rvigens 1\rparty FR\r```\r",
    "bom": "\ufeff```vigens\nvigens 1\nparty FR\n```\n",
    "tildes": "~~~vigens\nvigens 1\nparty FR\n~~~\n",
    "surrogate": '```vigens\nvigens 1\nparty FR "\ud800"\n```\n',
    "quote": '```vigens\nvigens 1\nparty FR "' + "x" * 100_000 + "\n```\n",
    "quotes": "```vigens\nvigens 1\n" + '"' * 100_001 + "\n```\n",
    "brackets": "```vigens\nvigens 1\nfluent x\n  holds while " + "(" * 9_000 + "\n```",
    "arguments": "```vigens\nvigens 1\nevent e(" + "a, " * 9_000 + ")\n```\n",
    "fences": "```vigens\n" * 9_000,
    "long name": "```vigens\nvigens 1\n" + "x" * 100_000 + "\n```\n",
    "dashes": "```vigens\nvigens 1\nparty a" + "-" * 100_000 + "\n```\n",
    "dots": "```vigens\nvigens 1\nparty a" + ".b" * 50_000 + "\n```\n",
    "digits": "```vigens\nvigens 1\nstep s\n  due " + "9" * 10_000 + " days\n```\n",
    "year": "```vigens\nvigens 1\nstep s\n  due 9999-12-31~\n```\n",
    "reserved": "```vigens\nvigens 1\nparty not\nfluent unstated\n  holds while and\n```",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strange_page_gives_findings_only(name: str, law: tuple[Page, ...]) -> None:
    compiled = compile_pages([*law, Page("a.md", HOSTILE[name])])
    assert all(finding.spans and finding.mend for finding in compiled.findings)


def test_line_ends_of_other_systems_are_line_ends(law: tuple[Page, ...]) -> None:
    for name in ("crlf", "old mac", "tildes"):
        compiled = compile_pages([*law, Page("a.md", HOSTILE[name])])
        assert compiled.findings == ()
        assert list(compiled.program.actors) == ["FR"]


def test_a_page_without_pages_is_an_empty_program() -> None:
    compiled = compile_pages([])
    assert compiled.is_usable
    assert compiled.program.fluents == {}


LONG = {
    "parties": [f'party P{n} "Party {n}"' for n in range(10_000)],
    "unknown words": [f"partie P{n}" for n in range(10_000)],
    "unknown parties": [
        *(f'party P{n} "Party {n}"' for n in range(1_500)),
        *(f"fluent f{n}\n  holds while deployed(Q{n})" for n in range(1_500)),
    ],
    "one long clause": [
        "fluent x",
        "  holds while requested(FR)",
        *("    and not requested(FR)" for _ in range(10_000)),
    ],
    "a chain": [
        line
        for n in range(5_000)
        for line in (f"fluent f{n}", f"  holds while f{n + 1}")
    ],
}


@pytest.mark.parametrize("name", LONG)
def test_a_very_long_block_is_read(
    name: str, law: tuple[Page, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n".join(["```vigens", "vigens 1", *LONG[name], "```", ""])
    start = time.perf_counter()
    compiled = compile_pages([*law, Page("a.md", text)])
    seconds = time.perf_counter() - start
    with capsys.disabled():
        print(f"\n  {name}: {len(text.splitlines())} lines in {seconds:.2f} s")  # noqa: T201 - shown, not asserted
    assert compiled.program.fluents or compiled.program.actors


def test_the_general_law_has_no_finding(law: tuple[Page, ...]) -> None:
    assert compile_pages(law).findings == ()


def test_the_law_stands_without_any_agreement(law: tuple[Page, ...]) -> None:
    program = compile_pages(law).program
    assert {"endorsed", "in_force", "ceasefire", "mandate"} <= set(program.fluents)


def test_every_block_of_the_language_page_is_one_sound_program(
    law: tuple[Page, ...],
) -> None:
    text = (ROOT / "docs" / "language.md").read_text("utf-8")
    compiled = compile_pages([*law, Page("docs/language.md", text)])
    assert compiled.findings == ()
    assert len(compiled.program.obligations) >= 3


def test_the_language_page_teaches_every_word() -> None:
    text = (ROOT / "docs" / "language.md").read_text("utf-8")
    words = {*CLAUSES, *(clause for part in CLAUSES.values() for clause in part)}
    words |= {*FAMILIES, *MODALITIES, *TEXT_STATUS, *UNITS}
    assert sorted(word for word in words if word not in text) == []


def test_the_digest_tells_pages_apart_by_name_and_text() -> None:
    one = compile_pages([Page("a", "bc"), Page("d", "e")]).program.digest
    assert one == compile_pages([Page("d", "e"), Page("a", "bc")]).program.digest
    assert one != compile_pages([Page("a", "b"), Page("cd", "e")]).program.digest
    assert one != compile_pages([Page("ab", "c"), Page("d", "e")]).program.digest


def test_a_page_read_before_means_what_its_fellows_make_of_it() -> None:
    """What is kept of a page is what stands there, without what names come to."""
    head = "```vigens\nvigens 1\n"
    state = Page("a.md", f'{head}fluent off "off"\n  holds while  not on\n```\n')
    other = Page("b.md", f'{head}fluent on "on"\n  initially\n```\n')
    alone = compile_pages([state])
    assert [finding.code for finding in alone.findings] == ["N002"]
    assert compile_pages([state, other]).findings == ()
    assert compile_pages([state]) == alone


@pytest.mark.parametrize("more", [0, 60_000])
def test_a_page_gives_the_same_findings_each_time(more: int) -> None:
    lines = "\n".join(f'partie P{n} "x"' for n in range(150))
    page = Page("a.md", f"```vigens\nvigens 1\n{lines}\n```\n{'x' * more}")
    found = [compile_pages([page]) for _ in range(3)]
    assert found[0] == found[1] == found[2]
    assert found[0].findings[-1].code == "L008"


def test_findings_come_in_the_order_of_the_pages() -> None:
    bad = "```vigens\nvigens 1\nlaw b\nlaw a\n```\n"
    found = compile_pages([Page("b.md", bad), Page("a.md", bad)]).findings
    assert [finding.spans[0].where for finding in found] == [
        "a.md:3:1",
        "a.md:4:1",
        "b.md:3:1",
        "b.md:4:1",
    ]


def test_a_page_without_a_block_is_shown_by_its_first_words() -> None:
    (finding,) = compile_pages([Page("a.md", "\n\n  Hello.\n")]).findings
    assert (finding.code, finding.spans[0].text) == ("L001", "  Hello.")


@pytest.mark.parametrize(
    ("text", "atom"),
    [
        ("credible_cessation", Atom("credible_cessation")),
        ("ceasefire(general)", Atom("ceasefire", (Constant("general"),))),
        ("ceasefire(_)", Atom("ceasefire", (ANY,))),
        ("  ceasefire ( _ ) -- please", Atom("ceasefire", (ANY,))),
        ("(ceasefire(general))", Atom("ceasefire", (Constant("general"),))),
        ('breach_found("a b")', Atom("breach_found", (Constant("a b"),))),
        ("breach_found(_)", Atom("breach_found", (ANY,))),
    ],
)
def test_a_question_is_one_atom(text: str, atom: Atom, law: tuple[Page, ...]) -> None:
    assert parse_question(text, compile_pages(law).program) == (atom, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "P003"),
        ("   ", "P003"),
        ("-- nothing", "P003"),
        ("ceasefire(general", "P003"),
        ("ceasefire(general) ceasefire(partial)", "P003"),
        ("ceasefire(general) and ceasefire(partial)", "P003"),
        ("not ceasefire(general)", "P003"),
        ('unstated "x"', "P003"),
        ("ceasefire(scope)", "N006"),
        ("ceasefire(total)", "N004"),
        ("ceasefyre(general)", "N002"),
        ("ceasefire.begins(general)", "N002"),
        ("ceasefire()", "T001"),
        ("some scope: ceasefire(scope)", "P003"),
        ("ceasefire(general)\nceasefire(partial)", "L005"),
        ('ceasefire("general', "P004"),
        ("ceasefire(\u201cgeneral\u201d)", "L005"),
        ("(" * 5_000, "P003"),
    ],
)
def test_a_question_that_cannot_be_read_is_told(
    text: str, code: str, law: tuple[Page, ...]
) -> None:
    atom, findings = parse_question(text, compile_pages(law).program)
    assert atom is None
    assert code in {finding.code for finding in findings}


def test_a_supposition_is_an_event_and_names_everything(law: tuple[Page, ...]) -> None:
    program = compile_pages(law).program
    atom, findings = parse_question("ceasefire.begins(general)", program, is_event=True)
    assert findings == ()
    assert atom == Atom("ceasefire.begins", (Constant("general"),))
    for text in ("ceasefire(general)", "breach.happens(_)", "deploys(_)"):
        atom, findings = parse_question(text, program, is_event=True)
        assert atom is None
        assert findings


def test_a_question_keeps_the_families_of_texts_apart(law: tuple[Page, ...]) -> None:
    page = "```vigens\nvigens 1\ninstrument i\n  kind declaration\n  components c\n```"
    program = compile_pages([*law, Page("a.md", page)]).program
    _, findings = parse_question("in_force(i)", program)
    assert [finding.code for finding in findings] == ["T003"]
    atom, _ = parse_question("endorsed(i, c, _)", program)
    assert atom is not None
