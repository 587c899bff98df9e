"""Each construct of the language stands in a good case, and each clause in a bad one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from tests.agreements.casefile import read_case
from tests.agreements.test_agreements import PATHS
from vigens.lang import Page, compile_pages
from vigens.lang.grammar import CLAUSES, LINKS, STATES, UNITS
from vigens.lang.literate import find_blocks
from vigens.lang.parser import parse_block
from vigens.law import law_pages
from vigens.rules import (
    Comparison,
    Count,
    Edge,
    Frequency,
    Happens,
    InState,
    Linked,
    Ordered,
    Persisted,
    Quantified,
    Same,
    Stated,
    Tallied,
    Unstated,
)

GOOD = [path for path in PATHS if path.parent.name == "good"]
BAD = [path for path in PATHS if path.parent.name == "bad"]
CLAUSES_OF_ALL = [
    f"{keyword}: {clause}" for keyword, found in CLAUSES.items() for clause in found
]
CONDITIONS = [
    *("is", "happens", "begins", "ends", "for", "times within"),
    *("stated", "unstated", "each", "some", "at least number", "more than share"),
    *("at least share", "at least weight", "share of weight", "in a state", "in ()"),
    *("component of", "number of", "number of weights", "tally", "tally of arguments"),
    *(f"comparison {sign}" for sign in (">=", ">", "<=", "<", "=")),
    *(f"text {link}" for link in LINKS),
    *(f"duty {state}" for state in STATES),
    *(f"after {unit}" for unit in UNITS),
    *(f"within {unit}" for unit in UNITS),
    *(f"lasts {unit}" for unit in UNITS),
    *(
        f"first day of {span}"
        for span in ("month", "following month", "following quarter", "following year")
    ),
    *(f"end of {span}" for span in ("day", "month", "quarter", "year")),
]


@lru_cache(maxsize=1)
def clauses_in_good() -> frozenset[str]:
    found = set()
    for path in GOOD:
        for block in find_blocks(path.name, read_case(path).agreement)[0]:
            for declaration in parse_block(block)[0]:
                for clause in declaration.clauses:
                    found.add(f"{declaration.keyword}: {clause.keyword}")
    return frozenset(found)


@lru_cache(maxsize=1)
def clauses_told_in_bad() -> frozenset[str]:
    """List the clauses of bad cases on whose lines a finding points."""
    found = set()
    for path in BAD:
        case = read_case(path)
        told = {
            int(line)
            for step in case.steps
            for line in re.findall(r"^a\.md:(\d+):", step.expected, re.MULTILINE)
        }
        for block in find_blocks(path.name, case.agreement)[0]:
            for declaration in parse_block(block)[0]:
                for clause in declaration.clauses:
                    if clause.span.line in told:
                        found.add(f"{declaration.keyword}: {clause.keyword}")
    return frozenset(found)


@lru_cache(maxsize=1)
def constructs_in_good() -> frozenset[str]:
    law = [Page(name, text) for name, text in law_pages()]
    found = set()
    for path in GOOD:
        pages = [Page("a.md", read_case(path).agreement)]
        if "vigens" in pages[0].text:
            program = compile_pages([*law, *pages]).program
            for named in (
                program.fluents,
                program.events,
                program.provisions,
                program.obligations,
                program.tallies,
                program.measures,
                program.steps,
            ):
                for one in named.values():
                    if not str(one.place).startswith("law/"):
                        found |= set(_constructs(one))
    return frozenset(found)


def _constructs(value: object) -> Iterator[str]:
    """Name what stands in a part of a program, however deep."""
    yield from _named(value)
    if isinstance(value, tuple | list):
        for part in value:
            yield from _constructs(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _constructs(getattr(value, field.name))


def _named(value: object) -> Iterator[str]:
    match value:
        case Edge():
            yield "begins" if value.is_begin else "ends"
        case Comparison():
            yield f"comparison {value.relation}"
        case Count():
            yield "number of weights" if value.weights else "number of"
        case Tallied():
            yield "tally of arguments" if value.terms else "tally"
        case InState():
            yield f"duty {value.state}"
        case Linked():
            yield f"text {value.relation}"
        case Quantified():
            yield from _ranging(value)
        case _:
            for kind, name in _KINDS.items():
                if isinstance(value, kind):
                    yield name
    yield from _timed(value)


_KINDS: dict[type, str] = {
    Same: "is",
    Ordered: "order of numbers",
    Happens: "happens",
    Persisted: "for",
    Frequency: "times within",
    Stated: "stated",
    Unstated: "unstated",
}


def _ranging(value: Quantified) -> Iterator[str]:
    if value.owner is not None:
        yield "component of"
    if value.guard is not None:
        is_state = type(value.guard).__name__ == "Atom"
        yield "in a state" if is_state else "in ()"
    if value.share is not None:
        if value.weights:
            yield "share of weight"
        yield "more than share" if value.is_more else "at least share"
    elif value.weights:
        yield "at least weight"
    elif value.at_least is None:
        yield "each"
    else:
        yield "some" if value.at_least == 1 else "at least number"


def _timed(value: object) -> Iterator[str]:
    unit = getattr(value, "unit", None)
    kinds = {"Delay": "after", "Deadline": "within", "Lasting": "lasts"}
    kind = kinds.get(type(value).__name__)
    if unit and kind:
        yield f"{kind} {unit}"
    first_of = getattr(value, "first_of", None)
    if first_of:
        is_end = first_of.startswith("end of")
        yield first_of if is_end else f"first day of {first_of}"


@pytest.mark.parametrize("clause", CLAUSES_OF_ALL)
def test_a_clause_stands_in_a_good_case(clause: str) -> None:
    assert clause in clauses_in_good()


@pytest.mark.parametrize("clause", CLAUSES_OF_ALL)
def test_a_clause_stands_in_a_bad_case(clause: str) -> None:
    assert clause in clauses_told_in_bad()


@pytest.mark.parametrize("construct", CONDITIONS)
def test_a_construct_stands_in_a_good_case(construct: str) -> None:
    assert construct in constructs_in_good()


def test_the_folder_of_cases_is_where_it_was() -> None:
    assert GOOD
    assert all(Path(path).is_file() for path in (*GOOD, *BAD))
