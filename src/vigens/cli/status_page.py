"""The first page of a case, as text: what a duty officer asks first comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Severity
from vigens.cli.output import heading, say, say_wrapped, styled, table
from vigens.cli.wording import (
    deadline_words,
    instance_words,
    say_answer,
    say_counts,
    say_last_look,
    say_lens,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import (
        Answer,
        Duty,
        Matrix,
        MatrixRow,
        Session,
        Status,
        Unknown,
    )
    from vigens.engine import DutyReport

#: Rows of a section that are shown unless everything is asked for.
MOST_ROWS = 12


def say_status(
    session: Session,
    status: Status,
    unknowns: tuple[Unknown, ...],
    *,
    is_whole: bool,
) -> None:
    """Print the whole page.

    Args:
        session: The case through its lens.
        status: Its status.
        unknowns: What nobody knows.
        is_whole: Whether nothing is summed up.
    """
    say(styled("title", status.title))
    say_lens(status.lens)
    if status.headline is not None:
        say()
        say_answer(session, status.headline)
        looked = status.headline.last_looked
        if looked is not None:
            day = session.day(looked - 1)
            say_wrapped(f"the case as it was last looked at: --as-of {day}", "  ")
    else:
        say_last_look(session)
    _say_texts(session)
    if status.matrix is not None:
        _say_matrix(session, status.matrix, is_whole=is_whole)
    if status.duties:
        heading("Duties")
        _say_duties(session, status.duties)
    if status.steps:
        heading("Planned steps")
        for step in status.steps:
            say_wrapped(step.sentence.removeprefix("planned step: "), "- ")
    _say_measures(status, is_whole=is_whole)
    _say_unknowns(unknowns, is_whole=is_whole)
    _say_findings(status)
    say()
    say_wrapped(
        "No legal opinion. Every word above is as known through the lens; "
        "`vigens why CASE QUESTION` unfolds it down to the sources.",
    )


def _say_texts(session: Session) -> None:
    texts = session.texts()
    if not texts:
        return
    heading("Texts")
    rows = [[text.name, text.kind, f"text {text.text_status}", ""] for text in texts]
    width = max(map(len, lines := table(rows, indent="  ")))
    for text, line in zip(texts, lines, strict=True):
        say_wrapped(text.title, line.ljust(width) + "  ")


_SIGNS = {"YES": "YES", "NO": "no", "NOT KNOWN": "?"}


def _say_matrix(session: Session, matrix: Matrix, *, is_whole: bool) -> None:
    text = matrix.instrument
    heading(f"Who endorses what: {text.short or text.title}")
    say("  YES endorsed · no not endorsed · ? NOT KNOWN · * disputed")
    names = [part.name for part in text.components]
    if not matrix.rows:
        say("  no state is known to endorse any part, nor possible to")
        return
    shown = matrix.rows
    if not is_whole:
        shown = tuple(
            row
            for row in matrix.rows
            if any(cell.verdict.word != "NOT KNOWN" for cell in row.cells)
        )
    if shown:
        rows = [["", "", "member", *names]]
        rows += [
            [row.party, row.title, *map(_sign, (row.membership, *row.cells))]
            for row in shown
        ]
        for line in table(rows, indent="  "):
            say(line)
    named = {row.party for row in shown}
    rest = tuple(row for row in matrix.rows if row.party not in named)
    if rest:
        _say_rest(session, rest, is_all=not shown)


def _say_rest(session: Session, rest: Sequence[MatrixRow], *, is_all: bool) -> None:
    """Sum up the rows of which nothing is known, with why."""
    from vigens.desk import in_general

    causes: dict[str, int] = {}
    for row in rest:
        for cell in row.cells:
            for cause in cell.causes[:1]:
                words = in_general(session, cell, cause.text)
                causes[words] = causes.get(words, 0) + 1
    more = f"{len(rest)} states" if is_all else f"and {len(rest)} more"
    said = f"{more}, NOT KNOWN in every part: "
    say_wrapped(said + " ".join(row.party for row in rest), "  ")
    for words in sorted(causes, key=lambda words: -causes[words])[:3]:
        say_wrapped(words, "    because  ")
    say("    (--all lists them)")


def _sign(answer: Answer) -> str:
    word = answer.verdict.word
    mark = "*" if any("disputed" in note for note in answer.notes) else ""
    return styled(word, _SIGNS[word]) + mark


def _say_duties(session: Session, duties: tuple[Duty, ...]) -> None:
    groups: dict[tuple[str, ...], list[tuple[Duty, list[DutyReport]]]] = {}
    for duty in duties:
        own: dict[tuple[str, ...], list[DutyReport]] = {}
        for report in duty.instances:
            own.setdefault(report.states, []).append(report)
        for states, reports in own.items():
            groups.setdefault(states, []).append((duty, reports))
    for states, found in groups.items():
        said = " or ".join(states)
        say_wrapped(said if len(states) == 1 else f"NOT KNOWN which: {said}", "  ")
        for duty, reports in found:
            _say_group(session, duty, reports)


def _say_group(session: Session, duty: Duty, reports: list[DutyReport]) -> None:
    owed = duty.obligation
    if len(reports) == 1:
        who = instance_words(session, reports[0])
        if not reports[0].obligor:
            who = "not stated" if owed.obligor_unstated else "nobody is known yet"
    else:
        who = " ".join(dict.fromkeys(r.obligor or "nobody named" for r in reports))
    caveat = f" · {duty.caveat}" * bool(duty.caveat)
    title = f"{styled('title', owed.name)}  {owed.title}"
    say_wrapped(f"{title} · owed by: {who}{caveat}", "    - ", " " * 6)
    lines = dict.fromkeys(
        line
        for report in reports
        for line in deadline_words(session, report.deadlines, duty.caveat)
        if "no date: " not in line
    )
    for line in lines:
        say_wrapped(line, " " * 8, " " * 10)


def _say_measures(status: Status, *, is_whole: bool) -> None:
    known = [counts for counts in status.counts if counts.counts]
    if not status.counts:
        return
    heading("Counts, by measure (never summed)")
    for counts in known:
        if is_whole:
            say_counts(counts)
        else:
            numbers = ", ".join(
                dict.fromkeys(f"{count.number:,}" for count in counts.counts)
            )
            say_wrapped(f"{counts.sentence} ({numbers})", "- ")
    n_none = len(status.counts) - len(known)
    if n_none:
        say(f"  and {n_none} measures without a count known by then")


def _say_unknowns(unknowns: tuple[Unknown, ...], *, is_whole: bool) -> None:
    if not unknowns:
        return
    heading("What nobody knows")
    shown = unknowns if is_whole else unknowns[:MOST_ROWS]
    for unknown in shown:
        n_hanging = len(unknown.questions)
        hanging = f" ({n_hanging} answers of this page hang on it)"
        say_wrapped(unknown.text + (hanging if n_hanging > 1 else ""), "- ")
    if len(shown) < len(unknowns):
        say(f"  and {len(unknowns) - len(shown)} more (--all lists them)")


def _say_findings(status: Status) -> None:
    findings = status.findings
    if not findings:
        return
    heading("Findings")
    for severity in Severity:
        found = [each for each in findings if each.severity is severity]
        for each in found[:5]:
            where = f"{each.spans[0].text}" if each.spans else ""
            say_wrapped(f"{each.severity} {each.code}: {each.message} [{where}]", "- ")
        if len(found) > 5:
            say(f"  and {len(found) - 5} more of them: `vigens check CASE` lists all")
