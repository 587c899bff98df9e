"""Making a lens from what a person asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError, has_errors, render_finding
from vigens.chrono import parse_edtf, parse_moment
from vigens.lang import parse_question
from vigens.model import Hypothesis, Lens

if TYPE_CHECKING:
    from vigens.desk.case import Case

#: Version of the engine's semantics; a change of any answer raises it.
ENGINE_VERSION = "0.1"


@dataclass(frozen=True, slots=True)
class Looking:
    """What a person asked for, as they wrote it; `None` takes the default.

    Attributes:
        now: The present, read by the command line or the board (UTC seconds).
        as_of: EDTF; the end of it counts. Default: now.
        known_at: EDTF; the end of it counts. Default: now.
        recorded_at: EDTF; the end of it counts. Default: all records.
        reader: Whose eyes.
        policy: Name of an evidence policy. Default: the case's.
        readings: Each `VARIANT.READING`.
        suppose: Each `EVENT(ARGS) on DATE`.
        assume_no_other_change: Take silence after the last look as quiet.
    """

    now: int
    as_of: str | None = None
    known_at: str | None = None
    recorded_at: str | None = None
    reader: str = "public"
    policy: str | None = None
    readings: tuple[str, ...] = ()
    suppose: tuple[str, ...] = ()
    assume_no_other_change: bool = False


def make_lens(case: Case, looking: Looking) -> Lens:
    """Make the lens through which a case is seen; its rules are the edition known then.

    Raises:
        VigensError: A date, reader, policy, reading or hypothesis is not known.
    """
    zone = case.settings.zone
    known_at = _moment(looking.known_at, zone, looking.now)
    case = case.known_at(known_at)
    policy = looking.policy or case.settings.policy
    if policy not in case.settings.policies:
        raise UsageError(
            Message('there is no policy "{policy}"', policy=policy),
            "--policy",
            Message("this case has {names}", names=", ".join(case.settings.policies)),
        )
    recorded_at = (
        None if looking.recorded_at is None else parse_moment(looking.recorded_at, zone)
    )
    case.readers(known_at, recorded_at).clearance(looking.reader)
    return Lens(
        program=case.program.digest,
        as_of=_moment(looking.as_of, zone, looking.now),
        known_at=known_at,
        recorded_at=recorded_at,
        reader=looking.reader,
        policy=policy,
        readings=_readings(case, looking.readings),
        hypotheses=tuple(parse_hypothesis(case, text) for text in looking.suppose),
        assume_no_other_change=looking.assume_no_other_change,
        zone=zone,
        engine=ENGINE_VERSION,
    )


def _moment(text: str | None, zone: str, default: int) -> int:
    return default if text is None else parse_moment(text, zone)


def parse_hypothesis(case: Case, text: str) -> Hypothesis:
    """Read `ceasefire.begins(general) on 2026-12-01`.

    Raises:
        UsageError: No such event, or no date.
    """
    said, separator, date = text.rpartition(" on ")
    if not separator:
        said, separator, date = text.rpartition(" at ")
    if not separator:
        raise UsageError(
            Message('a hypothesis needs a date: "{text}"', text=text[:80]),
            "--suppose",
            Message('write "ceasefire.begins(general) on 2026-12-01"'),
        )
    atom, findings = parse_question(said.strip(), case.program, is_event=True)
    if atom is None or has_errors(findings):
        shown = "\n".join(render_finding(finding) for finding in findings)
        raise UsageError(
            Message("this hypothesis cannot be read\n{shown}", shown=shown),
            "--suppose",
            Message("mend the event"),
        )
    if not atom.is_ground:
        raise UsageError(
            Message('a hypothesis names every argument: "{said}"', said=said),
            "--suppose",
            Message("write a value for each, as in ceasefire.begins(general)"),
        )
    parse_edtf(date.strip())
    return Hypothesis(atom.name, atom.values, date.strip())


def _readings(case: Case, texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    chosen: dict[str, str] = {}
    for variant, name in (_reading(case, text) for text in texts):
        if chosen.setdefault(variant, name) != name:
            raise UsageError(
                Message(
                    'two readings of "{variant}": {chosen} and {name}',
                    variant=variant,
                    chosen=chosen[variant],
                    name=name,
                ),
                "--reading",
                Message("choose one; without any, every answer says what hangs on it"),
            )
    return tuple(sorted(chosen.items()))


def _reading(case: Case, text: str) -> tuple[str, str]:
    variant, _, name = text.partition(".")
    declared = case.program.variants.get(variant)
    if declared is None or name not in dict(declared.readings):
        known = [
            f"{v.name}.{reading}"
            for v in case.program.variants.values()
            for reading, _ in v.readings
        ]
        raise UsageError(
            Message('there is no reading "{text}"', text=text[:60]),
            "--reading",
            Message("this case has {value}", value=", ".join(known) or "no variants"),
        )
    return variant, name
