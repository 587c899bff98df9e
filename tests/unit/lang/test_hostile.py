"""No input, however long or deeply nested, crashes, hangs or exhausts memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from vigens.base import render_finding
from vigens.lang import Page, compile_pages, format_page
from vigens.lang.bounds import LONGEST_LINE, LONGEST_RULES, MOST_FINDINGS

ROOT = Path(__file__).resolve().parents[3]
#: Characters of each input, and the longest time for it: far more than it takes.
SIZE, SECONDS = 40_000, 30


def folded(text: str) -> str:
    """Break long lines as an editor could, so that they are read."""
    lines = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > 9_000:
            lines.append(rest[:9_000])
            rest = "    " + rest[9_000:]
        lines.append(rest)
    return "\n".join(("```vigens", "vigens 1", *lines, "```", ""))


def many(line: str, size: int = SIZE) -> str:
    return "".join(line.replace("#", str(n)) for n in range(size // len(line)))


HELD = "fluent x\n  holds while "
HOSTILE = {
    "brackets": HELD + "(" * SIZE,
    "negations": HELD + "not " * (SIZE // 4),
    "quantifiers": HELD + "some party: " * (SIZE // 12),
    "counts": HELD + "(number of party: " * (SIZE // 18),
    "guards": HELD + "some party in (" * (SIZE // 15),
    "alternatives": HELD + "x" + " or x" * (SIZE // 5),
    "durations": HELD + "x" + " for 1 day" * (SIZE // 10),
    "digits": HELD + "at least " + "9" * SIZE,
    "share": HELD + "at least 1/" + "9" * SIZE,
    "decimals": "weights w of party\n  of FR 0." + "1" * SIZE,
    "quotes": 'party FR "' + "x" * SIZE,
    "bidi": 'party FR "' + "\u202e\u2066" * (SIZE // 2) + '"',
    "controls": "party FR " + "\x00\x1b\x07" * (SIZE // 3),
    "parameters": "event e(" + "a, " * (SIZE // 3),
    "arguments": HELD + "deployed(" + "FR, " * (SIZE // 4),
    "one name": many("party FR\n"),
    "parties": many("party P#\n"),
    "unknown words": many("partie P#\n"),
    "unknown states": many("fluent f#\n  holds while g#(x)\n"),
    "one clause": "fluent x\n" + many("  holds while x\n"),
    "clauses": "instrument i\n" + many("  source s\n"),
    "values": "values v\n  of " + many("v#, "),
    "weights": "weights w of party\n  of " + many("P# 1, "),
    "duties": many("obligation o#\n  trigger on requests(party)\n  within 1 day\n"),
    "provisions": "event e\n" + many("provision p#\n  brings e\n  upon e\n"),
    "one circle": many("fluent f#\n  initiated by begins f#\n"),
    "long circle": "".join(
        f"fluent f{n}\n  holds while f{(n + 1) % 1_500}\n" for n in range(1_500)
    ),
    "long chain": "".join(
        f"fluent f{n}\n  holds while f{n + 1}\n" for n in range(1_500)
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_rules_give_findings_in_bounded_time(
    name: str, law: tuple[Page, ...]
) -> None:
    for text in (folded(HOSTILE[name]), f"```vigens\nvigens 1\n{HOSTILE[name]}\n```\n"):
        page = Page("a.md", text)
        start = time.process_time()
        compiled = compile_pages([*law, page])
        laid_out = format_page(page)
        assert time.process_time() - start < SECONDS
        assert compiled.findings or name in ("duties", "parties", "values")
        assert len(compiled.findings) <= 3 * (MOST_FINDINGS + 1)
        assert all(finding.spans and finding.mend for finding in compiled.findings)
        assert sum(len(render_finding(each)) for each in compiled.findings) < 2_000_000
        assert format_page(Page("a.md", laid_out.text)).text == laid_out.text


def test_a_line_up_to_the_bound_is_read_and_no_longer_one(
    law: tuple[Page, ...],
) -> None:
    for more, codes in ((0, []), (1, ["L007"])):
        title = "x" * (LONGEST_LINE - len('party FR ""') + more)
        text = f'```vigens\nvigens 1\nparty FR "{title}"\n```\n'
        found = compile_pages([*law, Page("a.md", text)]).findings
        assert [finding.code for finding in found] == codes


def test_the_rules_of_a_page_have_a_bound_over_all_blocks(
    law: tuple[Page, ...],
) -> None:
    lines = "-" * 99 + "\n"
    block = f"```vigens\nvigens 1\n{lines * (LONGEST_RULES // 250)}party P#\n```\n"
    text = "".join(block.replace("#", str(n)) for n in range(3))
    compiled = compile_pages([*law, Page("a.md", text)])
    assert [finding.code for finding in compiled.findings] == ["L007"]
    assert list(compiled.program.actors) == ["P0", "P1"]


def test_after_too_many_findings_one_says_so(law: tuple[Page, ...]) -> None:
    text = folded("\n".join(f"partie P{n}" for n in range(MOST_FINDINGS + 5)))
    found = compile_pages([*law, Page("a.md", text)]).findings
    assert [each.code for each in found] == ["P001"] * MOST_FINDINGS + ["L008"]


def test_the_longest_page_needs_little_memory() -> None:
    program = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, resource.RLIM_INFINITY))
from vigens.lang import Page, compile_pages
for line in ("(" * 9_000, "a " * 4_500, "a, " * 3_000):
    text = ("    " + line + "\\n") * 440
    page = Page("a.md", "```vigens\\nvigens 1\\nfluent x\\n  holds while a\\n" + text + "```\\n")
    assert compile_pages([page]).findings
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_damaged_files_keep_every_promise() -> None:
    done = subprocess.run(
        [sys.executable, "tools/fuzz.py", "--rounds", "80", "--seed", "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "80 inputs of seed 3 gave findings only" in done.stdout
