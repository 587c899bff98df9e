"""`vigens grade CASE CLAIM GRADE`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.base import has_errors
from vigens.cli.options import add_by, add_case, add_json
from vigens.cli.output import dump, say, say_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.desk import MatterView


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "claim", metavar="CLAIM", help="its id, the first 6 digits of it, or its row"
    )
    parser.add_argument(
        "grade",
        metavar="GRADE",
        help="such as B2: A to F for the source, 1 to 6 for what it says",
    )
    parser.add_argument(
        "--known-from",
        metavar="DATE",
        help="from when the grade counts; `claim`: as early as the claim, judged on "
        "what was known then (default: now)",
    )
    parser.add_argument("--reason", metavar="TEXT", help="the rule or reason for it")
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Record a grade, and say what the claim comes to with it."""
    from vigens.desk import grade_claim, open_case

    case = open_case(args.case, args.clock)
    done = grade_claim(
        case,
        args.clock,
        args.claim,
        args.grade,
        by=args.by,
        known_from=args.known_from,
        reason=args.reason,
    )
    matters = effect_of(args, done.claim.about)
    if args.json:
        dump(
            {
                "grade": done.grade.id,
                "claim": done.claim.id,
                "effect": [
                    {"entry": m.ref, "weight": str(m.weight), "reason": m.reason}
                    for m in matters
                ],
            }
        )
        return 0
    say(f"graded {args.grade.upper()}: claim {done.claim.id[:12]}")
    say_wrapped(done.claim.title, "  ")
    say_effect(matters)
    return 0


def effect_of(
    args: argparse.Namespace, targets: Iterable[str]
) -> tuple[MatterView, ...]:
    """Look again at some matters, as they count now under the case's policy."""
    from vigens.desk import open_case, read_effect

    case = open_case(args.case, args.clock)
    if has_errors(case.compiled.findings):
        return ()
    return read_effect(case, int(args.clock().timestamp()), targets)


def say_effect(matters: tuple[MatterView, ...]) -> None:
    """Say how what a claim is about counts now."""
    said = {
        "sure": "counts surely",
        "possible": "counts possibly",
        "denied": "counts as denied",
    }
    for matter in matters:
        effect = said.get(str(matter.weight), "has no effect")
        say_wrapped(
            f"{matter.kind} {matter.ref[:12]} now {effect}: {matter.reason}", "  "
        )
