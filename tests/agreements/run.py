"""Runs the commands of a case file and gives what they print.

The words are those of the command line, the answers those of `vigens.desk`; what is
printed is shorter, so that a case shows the matter and not the surface.
"""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from tests.agreements.casefile import CaseFile
from tests.agreements.damage import damage
from tests.agreements.journal import NOW, write_journal
from vigens.base import Finding, VigensError, has_errors, render_finding
from vigens.desk import (
    Answer,
    Case,
    Looking,
    Session,
    check_case,
    check_journal,
    convert_ceasefires,
    import_bundle,
    make_lens,
    open_case,
    read_counts,
    read_duty,
    read_step,
    read_timeline,
    verify_file,
    walk,
)
from vigens.desk.rows import import_table
from vigens.desk.treaties import convert_treaties, read_standing
from vigens.engine import DutyReport, Node, Verdict, what_is_missing
from vigens.journal import fsck
from vigens.lang import Page, compile_pages
from vigens.law import law_pages

#: Ids depend on every field; a case shows only that there is one.
_ID = re.compile(r"\b[0-9a-f]{12,64}\b")


def build(case: CaseFile, folder: Path) -> None:
    """Lay a case out as a folder."""
    (folder / "agreements").mkdir()
    (folder / "case.toml").write_text(case.settings, "utf-8")
    (folder / "agreements" / "a.md").write_bytes(case.agreement.encode())
    for name, text in case.editions:
        (folder / "agreements" / f"{name}.md").write_bytes(text.encode())
    write_journal(folder / "journal.jsonl", case.journal)
    for name, text in case.tables:
        (folder / name).write_bytes(text.encode())
    damage(folder, case.damage)


def run(command: str, folder: Path) -> str:
    """Run one command and give what it prints."""
    words = shlex.split(command)
    assert words[0] == "vigens", command
    if words[1] == "convert":
        return "\n".join(_convert(words[2:], folder)) + "\n"
    if words[1] == "import" and "--columns" in words:
        return _told_rows(words[2:], folder)
    if words[1] in ("verify", "import"):
        return _masked(_PROOFS[words[1]](words[2:], folder), folder)
    arguments = _parser().parse_args(words[1:])
    try:
        lines = [
            line
            for part in _RUN[arguments.verb](arguments, folder)
            for line in part.splitlines()
        ]
    except VigensError as error:
        lines = [*str(error).splitlines(), f"exit status {error.exit_status}"]
    return _masked(iter(lines), folder)


def _masked(lines: Iterator[str], folder: Path) -> str:
    text = "\n".join(line.rstrip() for part in lines for line in part.splitlines())
    return _ID.sub("<id>", text.replace(f"{folder}/", "")) + "\n"


def _verify(words: list[str], folder: Path) -> Iterator[str]:
    """Check a file, against an earlier one if it is named after --since."""
    since = folder / words[2] if "--since" in words else None
    try:
        checked = verify_file(folder / words[0], trust=None, since=since)
    except VigensError as error:
        yield str(error)
        yield f"exit status {error.exit_status}"
        return
    yield from _told(tuple(checked.findings))
    yield from (f"shown: {sentence}" for sentence in checked.shown)


def _import(words: list[str], folder: Path) -> Iterator[str]:
    """Take a bundle in, and say what does not fit."""
    assert words[0] == "CASE", words
    done = import_bundle(folder, folder / words[1], lambda: NOW, by="courier")
    yield from _told(done.findings)
    said = "refused" if done.is_refused else f"{done.n_new} new"
    yield f"{said}, {done.n_present} present, {done.n_heads} heads"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("verb", choices=sorted(_RUN))
    parser.add_argument("case", choices=["CASE"])
    parser.add_argument("questions", nargs="*")
    for name in ("--as-of", "--known-at", "--policy", "--reader"):
        parser.add_argument(name)
    for name in ("--reading", "--suppose"):
        parser.add_argument(name, action="append", default=[])
    parser.add_argument("--assume-no-other-change", action="store_true")
    return parser


def _check(_: argparse.Namespace, folder: Path) -> Iterator[str]:
    if len(list((folder / "agreements").iterdir())) > 1:
        yield from _told(check_case(folder, lambda: NOW).findings)
        return
    text = (folder / "agreements" / "a.md").read_bytes().decode()
    pages = [*(Page(*page) for page in law_pages()), Page("a.md", text)]
    yield from _told(compile_pages(pages).findings)


def _fsck(_: argparse.Namespace, folder: Path) -> Iterator[str]:
    database = folder / "journal.db"
    text = folder / "journal.jsonl"
    if database.exists() and text.exists():
        yield from _told(fsck(database))
    else:
        yield from _told(check_journal(folder)[1])


def _told_rows(words: list[str], folder: Path) -> str:
    """Import rows.csv as mapping.toml says, dry or not."""
    assert words[:4] == ["CASE", "rows.csv", "--columns", "mapping.toml"], words
    done = import_table(
        folder,
        folder / "rows.csv",
        folder / "mapping.toml",
        lambda: NOW,
        by="curator",
        is_dry="--dry-run" in words,
        skips_bad="--skip-bad-rows" in words,
    )
    lines = [
        line.rstrip()
        for finding in done.findings
        for line in render_finding(finding).splitlines()
    ]
    counts = f"{done.n_taken} new, {done.n_present} present, {done.n_bad} bad"
    lines.append(f"{done.n_rows} rows: {counts}, {done.n_idle} idle")
    made = ", ".join(f"{number} {kind}" for kind, number in done.kinds.items())
    lines.append(f"{made or 'nothing'}{' refused' if done.is_refused else ''}")
    return _ID.sub("<id>", "\n".join(lines)) + "\n"


def _convert(words: list[str], folder: Path) -> Iterator[str]:
    """Go through a conversion; the tables of the case file are what is read."""
    if words == ["treaties", "FOLDER", "CASE"]:
        yield from _convert_treaties(folder)
        return
    assert words == ["ceasefires", "FOLDER", "CASE", "--dry-run"], words
    done = convert_ceasefires(folder, folder / "converted", is_dry=True)
    for finding in done.findings:
        yield from (line.rstrip() for line in render_finding(finding).splitlines())
    yield f"{done.n_ceasefires} ceasefires, {done.n_events} events"


def _told(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        yield render_finding(finding)
    if not findings:
        yield "no findings"
    elif has_errors(findings):
        yield "exit status 1"


def _session(arguments: argparse.Namespace, folder: Path) -> Session:
    case: Case = open_case(folder, lambda: NOW)
    looking = Looking(
        now=int(NOW.timestamp()),
        as_of=arguments.as_of,
        known_at=arguments.known_at,
        reader=arguments.reader or "public",
        policy=arguments.policy,
        readings=tuple(arguments.reading),
        suppose=tuple(arguments.suppose),
        assume_no_other_change=arguments.assume_no_other_change,
    )
    return Session(case, make_lens(case, looking))


def _status(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    session = _session(arguments, folder)
    program = session.case.program
    for question in arguments.questions:
        if question in program.obligations:
            yield from _duty(session, question)
        elif question in program.steps:
            yield read_step(session, question).sentence
        elif question in program.measures:
            counts = read_counts(session, question)
            yield counts.sentence
            for count in counts.counts:
                yield f"  {count.comparison} {count.number}, {count.speaker}"
        else:
            for answer in session.ask(question):
                yield _told_answer(session, answer)
    found = (
        *session.case.journal_findings(session.lens),
        *session.case.tables.findings,
        *session.assembled.view.findings,
        *session.assembled.findings,
    )
    for finding in found:
        yield render_finding(finding)


def _told_answer(session: Session, answer: Answer) -> str:
    """Say an answer as word, begin and causes; the sentence of a surface says more."""
    text = f"{answer.question}: {answer.word}"
    if answer.verdict is Verdict.OPEN and answer.since is not None:
        text += f" since {session.date(answer.since)}"
    causes = dict.fromkeys(f"{cause.kind}: {cause.text}" for cause in answer.causes)
    caveats = dict.fromkeys(n.caveat for n in walk(answer.node) if n.caveat)
    said = "; ".join([*causes, *caveats])
    return f"{text} ({said})" if said else text


def _duty(session: Session, name: str) -> Iterator[str]:
    duty = read_duty(session, name)
    caveat = f" ({duty.caveat})" if duty.caveat else ""
    yield f"{duty.obligation.title}: {duty.obligation.modality}{caveat}"
    for report in duty.instances:
        who = report.obligor or duty.obligation.obligor_unstated or "nobody named"
        said = ", ".join(f"{key} {value}" for key, value in report.binding)
        reading = f" [{report.reading}]" if report.reading else ""
        yield f"  {who}{f' ({said})' if said else ''}{reading}: " + " or ".join(
            report.states
        )
        yield from _deadlines(session, report)


def _deadlines(session: Session, report: DutyReport) -> Iterator[str]:
    for deadline in report.deadlines:
        reading = f" [{deadline.reading}]" if deadline.reading else ""
        if deadline.earliest is None:
            yield f"    {deadline.relation}{reading}: {deadline.open_because}"
        else:
            ends = dict.fromkeys(
                session.date(end) for end in (deadline.earliest, deadline.latest)
            )
            yield f"    {deadline.relation}{reading} {' to '.join(ends)}"


def _why(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    session = _session(arguments, folder)
    for question in arguments.questions:
        for answer in session.ask(question):
            yield _told_answer(session, answer)
            yield from _node(answer.node, "  ")


def _node(node: Node, margin: str) -> Iterator[str]:
    word = f"{node.verdict.word}: " if node.verdict else ""
    yield f"{margin}{word}{node.text}"
    for child in node.children:
        yield from _node(child, margin + "  ")


def _missing(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    session = _session(arguments, folder)
    for question in arguments.questions:
        for atom in session.atoms(question):
            found = what_is_missing(session.evaluation, atom, session.lens.as_of)
            for needs in found.alternatives:
                yield " and ".join(need.text for need in needs) or "nothing"
            if not found.is_exhaustive:
                yield "not exhaustive"


def _timeline(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    session = _session(arguments, folder)
    for pattern in arguments.questions:
        for part in read_timeline(session, pattern):
            said = f"({', '.join(part.arguments)})" if part.arguments else ""
            start = session.date(part.start) or ".."
            end = session.date(part.end) or ".."
            yield f"{part.fluent}{said} {part.bound} {start} to {end}"


def _convert_treaties(folder: Path) -> Iterator[str]:
    """Convert the treaties that lie in the case, and check what they become."""
    done = convert_treaties(folder, folder / "converted", lambda: NOW)
    yield from _told(done.findings)
    yield f"{done.n_treaties} treaties, {done.n_parties} parties, {done.n_acts} acts"
    wrong = check_case(folder / "converted", lambda: NOW).findings
    yield from (render_finding(finding) for finding in wrong)
    session = Session(
        case := open_case(folder / "converted", lambda: NOW),
        make_lens(case, Looking(int(NOW.timestamp()))),
    )
    for standing in read_standing(session):
        yield (
            f"{standing.instrument.name}: completed {standing.completed}, "
            f"in force {standing.entry_into_force}, short by {standing.short_by}"
        )


_PROOFS = {"verify": _verify, "import": _import}
_RUN = {
    "check": _check,
    "fsck": _fsck,
    "missing": _missing,
    "status": _status,
    "timeline": _timeline,
    "why": _why,
}
