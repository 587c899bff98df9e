"""Answers to questions: status, whys, what is missing, what differs, proofs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError
from vigens.board.api.endpoints import Told
from vigens.board.api.problems import ApiError, absent
from vigens.board.api.proofshapes import ConsistencyForm, HeadsForm, InclusionForm
from vigens.board.api.shapes import (
    AnswersForm,
    ComparedForm,
    GridForm,
    LackingForm,
    MeasureForm,
    ObligationForm,
    WhyForm,
)
from vigens.board.lensform import make_looking
from vigens.desk import (
    as_atom,
    compare,
    prove_growth,
    prove_inclusion,
    read_counts,
    read_duty,
    read_log_entry,
    read_matrix,
    read_matter,
    read_meant,
    read_missing,
    read_question,
    read_status,
    read_unknowns,
    refuse_crowd,
    signed_heads,
    standing_logs,
    why,
)
from vigens.desk.forms import (
    StatusForm,
    answer_form,
    changes_form,
    counts_form,
    duty_form,
    lens_form,
    matrix_form,
    matter_form,
    missing_form,
    question_form,
    status_form,
    why_form,
)

if TYPE_CHECKING:
    from vigens.board.api.asking import Query
    from vigens.desk import Session

#: How deep a why is unfolded where nothing is said, and at most.
MOST_DEEP = 30


def tell_status(query: Query) -> Told:
    """Tell the status of the case."""
    session = query.session
    status = read_status(session)
    form: StatusForm = status_form(session, status, read_unknowns(session, status))
    return Told(form)


def tell_answers(query: Query) -> Told:
    """Answer questions of any kind."""
    session = query.session
    found = [read_question(session, text) for text in query.many("q")]
    form: AnswersForm = {"results": [question_form(session, each) for each in found]}
    return Told(form)


def tell_why(query: Query) -> Told:
    """Unfold every answer to a question."""
    session, text = query.session, query.text("q")
    questions, matters = read_meant(session, text)
    refuse_crowd(session, questions)
    depth = query.whole("depth")
    shown: dict[int, int] = {}
    form: WhyForm = {
        "schema": "vigens.why/1",
        "results": [
            {
                "sentence": each.sentence,
                "answer": answer_form(session, each.answer),
                "why": why_form(session, each.tree, depth, shown=shown),
            }
            for each in why(session, *questions)
        ],
        "matters": [matter_form(session, matter) for matter in matters],
    }
    program = session.case.program
    if text.strip() in (*program.obligations, *program.steps):
        named = question_form(session, read_question(session, text))
        if "obligation" in named:
            form["obligation"] = named["obligation"]
        if "step" in named:
            form["step"] = named["step"]
    return Told(form)


def tell_missing(query: Query) -> Told:
    """Say what would have to happen for an answer to be YES."""
    session = query.session
    found = read_missing(session, as_atom(session, query.text("q")))
    form: LackingForm = {
        "schema": "vigens.missing/1",
        "results": [missing_form(session, each) for each in found],
    }
    return Told(form)


def tell_obligation(query: Query) -> Told:
    """Tell one obligation with what each instance rests on."""
    session, name = query.session, query.name("name")
    known = session.case.program.obligations
    if name not in known:
        raise _no("obligation", name, "/obligations")
    duty = duty_form(session, read_duty(session, name), is_whole=True)
    form: ObligationForm = {"obligation": duty}
    return Told(form)


def tell_matrix(query: Query) -> Told:
    """Tell who endorses which component."""
    session = query.session
    matrix = read_matrix(session)
    form: GridForm = {"matrix": matrix_form(session, matrix) if matrix else None}
    return Told(form)


def tell_measure(query: Query) -> Told:
    """Tell one measure with the claims behind each count."""
    session, name = query.session, query.name("measure")
    if name not in session.case.program.measures:
        raise _no("measure", name, "/counts")
    counts = read_counts(session, name)
    form: MeasureForm = {
        "counts": counts_form(counts),
        "matters": [
            matter_form(session, read_matter(session, count.ref))
            for count in counts.counts
        ],
    }
    return Told(form)


def tell_compared(query: Query) -> Told:
    """Say what differs between two lenses, of which this answer's is the later one."""
    after = query.session
    before = _before(query)
    asked = [as_atom(after, text) for text in query.many("q")]
    form: ComparedForm = {
        "schema": "vigens.compare/1",
        "before": lens_form(before.lens),
        "after": lens_form(after.lens),
        **changes_form(compare(before, after, asked, is_whole=True)),
    }
    return Told(form)


def tell_heads(query: Query) -> Told:
    """Say how the logs stand that the reader may check."""
    visit, lens = query.visit, query.lens
    clock = visit.casebook.clock
    form: HeadsForm = {
        "logs": [
            {"log": one.log, "size": one.size, "root": one.root}
            for one in standing_logs(visit.case, clock, lens)
        ],
        "signed": [
            {
                "log": head.log,
                "origin": head.origin,
                "size": head.size,
                "root": head.root,
                "moment": head.moment,
                "public": head.public,
                "signature": head.signature,
            }
            for head in signed_heads(visit.case, clock, lens)
        ],
    }
    return Told(form)


def tell_inclusion(query: Query) -> Told:
    """Prove that an entry is in a log."""
    visit, lens = query.visit, query.lens
    entry = read_log_entry(visit.case, lens, query.text("entry")).line.entry
    log = query.text("log") or "public"
    found = prove_inclusion(visit.case, visit.casebook.clock, lens, entry.id, log)
    form: InclusionForm = {
        "log": found.standing.log,
        "size": found.standing.size,
        "root": found.standing.root,
        "entry": entry.id,
        "number": found.number,
        "salt": found.salt,
        "leaf": found.leaf,
        "path": list(found.path),
    }
    return Told(form)


def tell_consistency(query: Query) -> Told:
    """Prove that a log only grew."""
    visit, first = query.visit, query.whole("first")
    assert first is not None, "it is needed"
    log = query.text("log") or "public"
    clock = visit.casebook.clock
    old, new, path = prove_growth(visit.case, clock, query.lens, log, first)
    form: ConsistencyForm = {
        "log": log,
        "first": old.size,
        "first_root": old.root,
        "size": new.size,
        "root": new.root,
        "path": list(path),
    }
    return Told(form)


def _before(query: Query) -> Session:
    """Open the lens that is compared against: this one, but for what is said of it."""
    visit = query.visit
    asked = visit.asked
    other = replace(
        asked,
        as_of=query.text("from_as_of") or asked.as_of,
        known_at=query.text("from_known_at") or asked.known_at,
        recorded_at=query.text("from_recorded_at") or asked.recorded_at,
        policy=query.text("from_policy") or asked.policy,
        suppose=(),
    )
    if other == asked:
        raise UsageError(
            "both sides are the same lens",
            "from_as_of",
            "write from_as_of, from_known_at, from_recorded_at, from_policy, or suppose",
        )
    case = visit.casebook.case()
    return visit.casebook.session(case, make_looking(other, visit.now))


def _no(what: str, name: str, path: str) -> ApiError:
    return absent(
        f'there is no {what} "{name[:60]}"', "the path", f"GET {path} lists them"
    )


def refused(error: InputError | UsageError) -> ApiError:
    """Say of an error in what was asked that it cannot be answered."""
    return ApiError(422, error.what, error.where, error.mend)
