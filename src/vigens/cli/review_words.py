"""A suggestion in words, and accepting one: shared by the actions and the keys."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from vigens.cli.output import dump, say, say_wrapped

if TYPE_CHECKING:
    from vigens.desk import Case, Suggested
    from vigens.journal import Entry

#: Kinds of suggestion that may tell of an act or event.
_ACTS = frozenset({"instrument", "ceasefire"})


def fields_of(args: argparse.Namespace) -> dict[str, Any]:
    """Give what a person set instead of what was proposed."""
    from vigens.desk import FIELDS

    found = {name: getattr(args, name) for name in FIELDS}
    if args.actors is not None:
        names = [name.strip() for name in args.actors.split(",")]
        found["actors"] = [name for name in names if name]
    return {name: value for name, value in found.items() if value is not None}


def say_suggested(case: Case, item: Suggested, *, is_by_key: bool = False) -> None:
    """Print one suggestion whole: what it would record, and its passage.

    Args:
        case: Of the queue.
        item: The suggestion.
        is_by_key: Whether keys are asked for next.
    """
    from vigens.desk import Likenesses, matter_of, place_words, statement_of

    row, document = item.row, item.document
    say_wrapped(
        statement_of(item), f"{item.number}  {row['kind']}, {item.state}  ", "   "
    )
    kind, payload = matter_of(case, item)
    title = document.get("title") or document["name"]
    report = f"{title}, {document.get('published') or 'no date'}"
    cues = ", ".join(row["why"]) or "no cue"
    spot = place_words(row)
    place = f"[{row['start']}:{row['end']}]{f', {spot}' if spot else ''}"
    facts = [
        ("would record", f"{_one(kind)}: {_payload_words(payload)}{_mute(kind)}"),
        ("happened", item.edits.get("happened") or row.get("date") or "no date"),
        ("modality", row["modality"]),
        ("polarity", item.edits.get("polarity") or row["polarity"]),
        ("passage", f"“{' '.join(row['quote'].split())}” {place}"),
        ("report", report),
        ("address", document.get("address") or document["name"]),
        ("proposed by", f"{row['rule']} ({cues}), strength {row['strength']}"),
    ]
    if item.edits:
        facts.append(("edited", ", ".join(sorted(item.edits))))
    if item.decided:
        facts.append(("decided by", item.decided[:12]))
    for name, value in facts:
        say_wrapped(str(value), f"   {name.ljust(12)}  ")
    for like in Likenesses(case).of(item) if item.state == "waiting" else ():
        name = "contradicts" if like.contradicts else "like"
        when = f" ({like.happened})" if like.happened else ""
        words = f"{like.said}: {like.kind} {like.ref[:12]} {like.title[:120]}{when}"
        say_wrapped(words, f"   {name.ljust(12)}  ")
        if not like.contradicts:
            how = "m joins it" if is_by_key else f"--about {like.ref[:12]} joins it"
            say_wrapped(how, " " * 17)


def accept(args: argparse.Namespace, number: int | str) -> int:
    """Accept one suggestion with what the options set."""
    from vigens.cli.cmd_grade import effect_of, say_effect
    from vigens.desk import NO_EFFECT, accept_suggestion, open_case

    case = open_case(args.case, args.clock)
    done = accept_suggestion(
        case,
        args.clock,
        number,
        by=args.by,
        fields=fields_of(args),
        about=args.about,
        known_from=args.known_from,
        grade=args.graded,
        marks=args.mark,
        is_own=args.own_origin,
        copy_of=args.copy_of,
    )
    matters = effect_of(args, done.claim.about) if done.grade else ()
    if args.json:
        dump(
            {
                "number": number,
                "matter": done.matter.id,
                "kind": done.matter.kind,
                "claim": done.claim.id,
                "grade": done.grade.id if done.grade else None,
                "recorded": [entry.id for entry in done.entries],
                "effect": None if done.grade else NO_EFFECT,
            }
        )
        return 0
    grade = f", graded {args.graded.upper()}" if done.grade else f": {NO_EFFECT}"
    say(f"accepted {number} as claim {done.claim.id[:12]}{grade}")
    say_wrapped(
        done.matter.title, f"  about {done.matter.kind} {done.matter.id[:12]}  "
    )
    if any(entry.kind == "same_origin" for entry in done.entries):
        say(
            "  its report is a copy: the two count as one (--own-origin if they are not)"
        )
    if done.matter.payload.get("measure") == "unassigned":
        say("  it has no measure, so no list of counts shows it (--measure names one)")
    if done.matter.kind == "occurrence" and done.matter.happened is None:
        say("  it has no date, so when it was is NOT KNOWN (--happened names one)")
    if done.matter.kind == "statement" and done.item.row["kind"] in _ACTS:
        say("  no rule reads a statement, so no state changes (--event names an act)")
    say_effect(matters)
    if not done.grade:
        say(f"  grade it: vigens grade {args.case} {done.claim.id[:12]} B2")
    return 0


def take_back_decision(
    args: argparse.Namespace, item: Suggested, reason: str | None = None
) -> None:
    """Take back what was decided of a suggestion, and say what the journal holds now."""
    from vigens.desk import open_case
    from vigens.desk.writing import take_back

    case = open_case(args.case, args.clock)
    done = take_back(case, args.clock, item, by=args.by, reason=reason)
    if args.json:
        dump(
            {
                "number": item.number,
                "withdrawn": [entry.id for entry in done.withdrawn],
                "kept": [entry.id for entry in done.kept],
                "recorded": [entry.id for entry in done.entries],
            }
        )
        return
    say(f"taken back: suggestion {item.number} waits again")
    said = ", ".join(_named(entry) for entry in done.withdrawn)
    how = "it counts" if len(done.withdrawn) == 1 else "they count"
    say_wrapped(f"withdrawn: {said}; {how} no longer, and the journal keeps all", "  ")
    for entry in done.kept:
        say_wrapped(f"{_named(entry)} stays: something else rests on it", "  ")


def _named(entry: Entry) -> str:
    kind = "rejection" if entry.kind == "note" else entry.kind.replace("_", " ")
    return f"{kind} {entry.id[:12]}"


def _one(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"


def _mute(kind: str) -> str:
    return "; no rule reads it (--event names an act)" if kind == "statement" else ""


def _payload_words(payload: dict[str, Any]) -> str:
    parts = []
    for name, value in payload.items():
        shown = value
        if name == "attendance":
            shown = " ".join(seat["actor"] for seat in value)
        elif isinstance(value, list):
            shown = " ".join(map(str, value))
        if name != "title" and shown not in (None, ""):
            parts.append(f"{name} {shown}")
    return ", ".join(parts) or payload.get("title", "")


def form_of(item: Suggested) -> dict[str, Any]:
    """Give a suggestion as JSON has it."""
    return {
        "number": item.number,
        "key": item.key,
        "state": item.state,
        "decided": item.decided or None,
        "document": dict(item.document),
        "suggestion": dict(item.row),
        "edits": dict(item.edits),
    }
