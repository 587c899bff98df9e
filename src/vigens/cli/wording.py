"""Answers, duties, steps and counts in lines of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.cli.output import say, say_wrapped, styled, table

if TYPE_CHECKING:
    from vigens.desk import Answer, Counts, Duty, PlannedStep, Session, Tally, TallyRead
    from vigens.engine import DutyDeadline, DutyReport
    from vigens.model import Lens

#: Answers of one kind and cause that are listed before the rest is summed up.
MOST_ALIKE = 12

_COMPARISONS = {
    "eq": "",
    "more_than": "more than ",
    "less_than": "less than ",
    "about": "about ",
    "up_to": "up to ",
    "at_least": "at least ",
}


def say_last_look(session: Session) -> None:
    """Say how far anybody looked, where that is not the day asked about."""
    from vigens.desk.inquiry import last_look

    looked = last_look(session)
    if looked is not None:
        day = session.day(looked)
        said = f"nobody has looked since {day}; the case as of then: --as-of {day}"
        say_wrapped(said, "note  ")


def say_lens(lens: Lens) -> None:
    """Print the lens that an answer was seen through."""
    from vigens.model import describe_lens

    say_wrapped(describe_lens(lens), styled("faint", "lens") + "  ")


def word_of(answer: Answer) -> str:
    """Give the word of an answer, marked for showing."""
    return styled(answer.verdict.word, answer.word)


def say_answer(session: Session, answer: Answer) -> None:
    """Print one answer with everything that belongs beside it."""
    say_wrapped(styled("title", answer.text), word_of(answer) + "  ")
    rows = [("asked", answer.question)]
    rows += [("because", text) for text in dict.fromkeys(c.text for c in answer.causes)]
    if answer.reason:
        rows.append(("because", answer.reason))
    if answer.rule:
        rows.append(("rule", answer.rule))
    if answer.since is not None:
        rows.append(("since", session.date(answer.since)))
    if answer.last_looked is not None:
        rows.append(("last looked", session.day(answer.last_looked - 1)))
    if answer.last_evidence is not None:
        found = answer.last_evidence
        day = session.date(found.instant)
        rows.append(("last direct evidence", f"{day}: {found.text}"))
    rows += [("note", note) for note in answer.notes if note not in answer.reason]
    if answer.policy:
        title = session.case.settings.policies[answer.policy].title
        rows.append(("policy", f"{answer.policy}: {title}"))
    if answer.is_supposed:
        said = "; ".join(str(each) for each in session.lens.hypotheses)
        assumed = session.lens.assume_no_other_change
        rows.append(("hypothesis", said + (", and no other change" if assumed else "")))
    _say_facts(rows)


def say_answers(
    session: Session, answers: tuple[Answer, ...], *, is_whole: bool
) -> None:
    """Print the answers to a question with `_`: a line each, the like ones together."""
    if len(answers) == 1:
        say_answer(session, answers[0])
        return
    varying = _varying(answers)
    groups: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        reason = _in_general(session, answer, _reason(answer), varying)
        groups.setdefault((answer.verdict.word, reason), []).append(answer)
    order = ("YES", "NOT KNOWN", "NO")
    for (word, reason), alike in sorted(
        groups.items(), key=lambda item: order.index(item[0][0])
    ):
        if len(alike) > MOST_ALIKE and len(varying) == 1 and not is_whole:
            _say_together(alike, varying[0])
        else:
            _say_rows(session, alike, is_whole=is_whole)
        own = _reason(alike[0]) if len(alike) == 1 else reason
        if own:
            say_wrapped(own, " " * len(word) + "  because  ")
    if answers and answers[0].policy:
        say(f"under the policy {answers[0].policy}")


def _say_rows(session: Session, alike: list[Answer], *, is_whole: bool) -> None:
    is_short = is_whole or len(alike) <= MOST_ALIKE + 3
    shown = alike if is_short else alike[:MOST_ALIKE]
    rows = [
        [word_of(a), a.question, f"since {session.date(a.since)}" * bool(a.since)]
        for a in shown
    ]
    for line in table(rows):
        say(line)
    if len(shown) < len(alike):
        rest = len(alike) - len(shown)
        word = alike[0].verdict.word
        say(f"… and {rest} more, all {word} for the same reason (--all lists them)")


def _say_together(alike: list[Answer], position: int) -> None:
    """Name many answers in one line where only one of their values differs."""
    name, values = _split(alike[0].question)
    values[position] = "_"
    found = [_split(answer.question)[1][position] for answer in alike]
    head = f"{word_of(alike[0])}  {name}({', '.join(values)}), {len(found)} of them: "
    say_wrapped(head + " ".join(found), "", " " * 4)


def _varying(answers: tuple[Answer, ...]) -> tuple[int, ...]:
    """Give the places at which the values of answers to one question differ."""
    columns = zip(*(_split(answer.question)[1] for answer in answers), strict=True)
    return tuple(i for i, column in enumerate(columns) if len(set(column)) > 1)


def _in_general(
    session: Session, answer: Answer, words: str, varying: tuple[int, ...]
) -> str:
    """Say a reason without the values that differ, so that like reasons meet."""
    values = _split(answer.question)[1]
    titles = {session.case.program.title_of(values[place]) for place in varying}
    for title in sorted(titles, key=len, reverse=True):
        words = words.replace(title, "…")
    return words


def _split(question: str) -> tuple[str, list[str]]:
    name, _, arguments = question.rstrip(")").partition("(")
    return name, arguments.split(", ") if arguments else []


def _reason(answer: Answer) -> str:
    causes = list(dict.fromkeys(cause.text for cause in answer.causes))[:2]
    own = [answer.reason] if answer.reason and not causes else []
    rule = [f"rule: {answer.rule}"] if answer.rule and not causes else []
    notes = [note for note in answer.notes if note not in answer.reason]
    return " · ".join([*causes, *own, *rule, *notes])


def _say_facts(rows: list[tuple[str, str]]) -> None:
    width = max(len(name) for name, _ in rows)
    last = ""
    for name, text in rows:
        label = "" if name == last else name
        say_wrapped(text, f"  {styled('faint', label.ljust(width))}  ")
        last = name


def say_duty(session: Session, duty: Duty) -> None:
    """Print one obligation: what it is, then every instance with its deadlines."""
    owed = duty.obligation
    say_wrapped(styled("title", owed.title), f"{owed.name}  ")
    facts = [("modality", owed.modality)]
    if owed.obligor_unstated:
        facts.append(("who owes it", f"not stated: {owed.obligor_unstated}"))
    if duty.caveat:
        facts.append(("caveat", duty.caveat))
    facts.append(("rule", owed.place))
    _say_facts(facts)
    supposed = " (hypothesis)" if session.lens.hypotheses else ""
    for report in duty.instances:
        words = f"{state_words(report)}{supposed}"
        say_wrapped(words, f"  {instance_words(session, report)}: ", " " * 4)
        say_parts(session, report)
        for line in deadline_words(session, report.deadlines, duty.caveat):
            say_wrapped(line, "      ", " " * 8)


def say_parts(session: Session, report: DutyReport) -> None:
    """Print what an instance rests on: its own trigger and its own conditions."""
    from vigens.desk.forms import rests_on

    for role, answer in rests_on(session, report):
        cause = f": {answer.causes[0].text}" if answer.causes else ""
        say_wrapped(
            f"{role}  {word_of(answer)}  {answer.question}{cause}", "      ", " " * 8
        )


def instance_words(session: Session, report: DutyReport) -> str:
    """Name an instance: who owes, about what, under which reading."""
    words = report.obligor or "nobody named"
    if report.obligor:
        title = session.case.program.title_of(report.obligor)
        words = title if title == report.obligor else f"{title} ({report.obligor})"
    about = ", ".join(value for _, value in report.binding)
    words += f", {about}" * bool(about)
    words += f", reading {report.reading}" * bool(report.reading)
    if report.obligor_verdict.word == "NOT KNOWN":
        words += ", whose role is NOT KNOWN"
    return words


def state_words(report: DutyReport) -> str:
    """Say the state of an instance; several mean that it is not known which."""
    said = " or ".join(report.states)
    return said if len(report.states) == 1 else f"NOT KNOWN which: {said}"


def deadline_words(
    session: Session, deadlines: tuple[DutyDeadline, ...], caveat: str | None
) -> list[str]:
    """Say every deadline of every reading; nothing where none was triggered."""
    lines = []
    for found in deadlines:
        reading = f"reading {found.reading}: " if found.reading else ""
        if found.earliest is None or found.latest is None:
            if found.open_because != "not triggered":
                lines.append(f"{reading}no date: {found.open_because}")
            continue
        limit = "not before" if found.relation == "at" else "not after"
        when = session.date(found.earliest)
        if found.latest != found.earliest:
            when += f" at the earliest, {session.date(found.latest)} at the latest"
        said = f"{reading}{limit} {when}"
        said += f" ({found.anchor})" * bool(found.anchor)
        lines.append(said + (f", {caveat}" if caveat else ""))
    return lines


def say_step(step: PlannedStep) -> None:
    """Print one planned step."""
    say_wrapped(step.sentence, f"{step.step.name}  ")


def say_counts(counts: Counts) -> None:
    """Print every count with one measure, each with its speaker, date and source."""
    say_wrapped(counts.sentence, f"{counts.measure}  ")
    for count in counts.counts:
        number = f"{_COMPARISONS.get(count.comparison, '')}{count.number:,}"
        said = f"{number} {count.unit}".rstrip()
        weight = {"sure": "", "possible": " · counts possibly only"}.get(
            str(count.weight), " · set aside"
        )
        when = count.happened or "no date given"
        say_wrapped(
            f"{said}: {count.speaker}, {when}{weight} · {count.source or count.title}",
            "  - ",
            " " * 4,
        )
        if count.address:
            say(f"    {count.address}")


def say_found(
    session: Session,
    found: tuple[Answer, ...] | Duty | PlannedStep | Tally | TallyRead,
    *,
    is_whole: bool,
) -> None:
    """Print whatever a question led to."""
    from vigens.desk import Duty, PlannedStep, Tally, TallyRead

    match found:
        case Duty():
            say_duty(session, found)
        case PlannedStep():
            say_step(found)
        case Tally():
            if len(found.groups) > 1:
                say_wrapped(found.sentence, f"{found.pattern}  ")
            for group in found.groups:
                say_counts(group)
        case TallyRead():
            say_tallied(found)
        case _:
            say_answers(session, found, is_whole=is_whole)


def say_tallied(found: TallyRead) -> None:
    """Print what a declared tally has come to, and where it began."""
    if not found.rows:
        say_wrapped(f"{found.tally.title}: nothing is counted", "")
    for row, words in zip(found.rows, found.sentences, strict=True):
        say_wrapped(words, "")
        first = row.first_sure or row.first_possible
        if first:
            say_wrapped(f"counted from {first} on", "  ")
