"""Each file under `<topic>/good` and `<topic>/bad` prints what it says it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.agreements.casefile import read_case
from tests.agreements.run import build, run

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "src" / "vigens"
PATHS = sorted(HERE.glob("*/good/*.md")) + sorted(HERE.glob("*/bad/*.md"))
CODE = re.compile(r'"([A-Z]\d{3})"')


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.relative_to(HERE).as_posix())
def test_case_prints_what_it_says(path: Path, tmp_path: Path, *, accept: bool) -> None:
    case = read_case(path)
    build(case, tmp_path)
    outputs = [run(step.command, tmp_path) for step in case.steps]
    if accept:
        path.write_bytes(case.with_outputs(outputs).encode())
    else:
        assert outputs == [step.expected for step in case.steps]


def test_every_finding_code_has_a_bad_case() -> None:
    codes = {
        code
        for path in SOURCE.rglob("*.py")
        for code in CODE.findall(path.read_text("utf-8"))
    }
    shown = {
        code
        for path in PATHS
        if path.parent.name == "bad"
        for step in read_case(path).steps
        for code in re.findall(r"(?:error|warning|note) ([A-Z]\d{3}):", step.expected)
    }
    assert sorted(codes - shown) == []


def test_good_cases_have_no_error() -> None:
    wrong = [
        path.name
        for path in PATHS
        if path.parent.name == "good"
        for step in read_case(path).steps
        if re.search(r"\berror [A-Z]\d{3}:|Traceback", step.expected)
    ]
    assert wrong == []
