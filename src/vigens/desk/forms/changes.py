"""What differs between two lenses, and what recording changes, as plain JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.desk.forms.changing import (
    CarriedForm,
    ChangedCountForm,
    ChangedTallyForm,
    ChangesForm,
    PairForm,
    SideForm,
)
from vigens.desk.forms.duties import instance_form, step_form
from vigens.desk.forms.evidence import entry_form
from vigens.desk.forms.parts import answer_form, exact

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.desk.carrying import Carried
    from vigens.desk.comparing import ChangedAnswer, Changes, Side
    from vigens.desk.status import Count
    from vigens.desk.tallied import ChangedTally


def changes_form(changes: Changes) -> ChangesForm:
    """Give everything that differs."""
    before, after = changes.before, changes.after
    return {
        "headline": pair_form(changes, changes.headline) if changes.headline else None,
        "answers": [pair_form(changes, pair) for pair in changes.answers],
        "states": [
            {
                "state": str(state.atom),
                "before": _side_form(before, state.before),
                "after": _side_form(after, state.after),
            }
            for state in changes.states
        ],
        "further": [
            {
                "fluent": more.fluent,
                "before": more.before,
                "after": more.after,
                "number": more.number,
            }
            for more in changes.further
        ],
        "not_looked_at": [
            {"fluent": name, "number": number} for name, number in changes.not_looked_at
        ],
        "duties": [
            {
                "name": changed.duty.obligation.name,
                "title": changed.duty.obligation.title,
                "caveat": changed.duty.caveat,
                "before": instance_form(before, changed.before, is_whole=True)
                if changed.before
                else None,
                "after": instance_form(after, changed.after, is_whole=True)
                if changed.after
                else None,
            }
            for changed in changes.duties
        ],
        "steps": [
            {
                "before": step_form(before, step.before) if step.before else None,
                "after": step_form(after, step.after) if step.after else None,
            }
            for step in changes.steps
        ],
        "counts": [
            {
                "measure": changed.measure,
                "title": changed.title,
                "before": [_count_form(count) for count in changed.before],
                "after": [_count_form(count) for count in changed.after],
            }
            for changed in changes.counts
        ],
        "tallies": [_tally_form(changed) for changed in changes.tallies],
    }


def pair_form(changes: Changes, pair: ChangedAnswer) -> PairForm:
    """Give one question with its answer through either lens."""
    return {
        "before": answer_form(changes.before, pair.before),
        "after": answer_form(changes.after, pair.after),
    }


def _side_form(session: Session, side: Side) -> SideForm:
    return {
        "answer": side.word,
        "since": exact(session, side.since) or None,
        "sentence": side.sentence,
    }


def _count_form(count: Count) -> ChangedCountForm:
    return {
        "entry": count.ref,
        "number": count.number,
        "comparison": count.comparison,
        "unit": count.unit,
        "title": count.title,
        "speaker": count.speaker,
        "happened": count.happened,
        "weight": str(count.weight),
    }


def _tally_form(changed: ChangedTally) -> ChangedTallyForm:
    return {
        "tally": changed.tally.name,
        "title": changed.tally.title,
        "values": list(changed.values),
        "before": changed.before,
        "after": changed.after,
    }


def carried_form(done: Carried) -> CarriedForm:
    """Give what was recorded and what it changes."""
    return {
        "dry_run": done.is_dry,
        "entries": [entry_form(entry) for entry in done.entries],
        "waiting": [entry.id for entry in done.waiting],
        "changes": changes_form(done.changes) if done.changes else None,
    }
