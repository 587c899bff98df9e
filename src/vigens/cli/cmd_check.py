"""`vigens check [CASE | FILE...]`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import Severity, UsageError, findings_form, has_errors
from vigens.cli.options import add_json
from vigens.cli.output import (
    dump,
    heading,
    say,
    say_wrapped,
    show_findings,
    table,
)

if TYPE_CHECKING:
    from vigens.desk import Checked


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "places",
        metavar="CASE | FILE",
        nargs="*",
        help="a case folder, or agreement files (default: the folder one is in)",
    )
    parser.add_argument(
        "--specificity",
        action="store_true",
        help="also say which places of each promise the text fills: who, what, how "
        "much, by when, on what condition, checked by whom",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print findings, and how much was checked."""
    from vigens.desk import check_case, check_files

    places = args.places or ["."]
    folders = [place for place in places if Path(place).is_dir()]
    if folders and len(places) > 1:
        raise UsageError(
            "a case is checked by itself",
            "vigens check",
            "name one case folder, or only files",
        )
    checked = (
        check_case(places[0], args.clock)
        if folders or not args.places
        else check_files(places)
    )
    if args.json:
        dump(
            {
                "pages": checked.n_pages,
                "entries": checked.n_entries,
                "declared": dict(checked.counts),
                "findings": findings_form(checked.findings),
                **(_specificity_form(checked) if args.specificity else {}),
            }
        )
    else:
        show_findings(checked.findings)
        say(_summary(checked))
        if args.specificity:
            _say_specificity(checked)
    return 1 if has_errors(checked.findings) else 0


def _specificity_form(checked: Checked) -> dict[str, Any]:
    return {
        "specificity": [
            {
                "obligation": promise.obligation,
                "title": promise.title,
                "modality": promise.modality,
                "place": promise.place,
                "n_stated": promise.n_stated,
                "slots": [
                    {"slot": slot.name, "is": str(slot.fill), "words": list(slot.words)}
                    for slot in promise.slots
                ],
            }
            for promise in checked.specificity
        ]
    }


def _say_specificity(checked: Checked) -> None:
    from vigens.rules import SLOTS, Fill

    heading("Specificity")
    if not checked.specificity:
        say("  no obligation is declared on these pages")
        return
    signs = {Fill.STATED: "stated", Fill.UNSTATED: "unstated", Fill.EMPTY: "-"}
    rows = [["", *SLOTS]]
    rows += [
        [promise.obligation, *(signs[slot.fill] for slot in promise.slots)]
        for promise in checked.specificity
    ]
    for line in table(rows, indent="  "):
        say(line)
    say()
    for name in range(len(SLOTS)):
        slots = [promise.slots[name] for promise in checked.specificity]
        numbers = ", ".join(
            f"{n} {fill}" for fill in Fill if (n := sum(s.fill is fill for s in slots))
        )
        say_wrapped(numbers, f"  {SLOTS[name]}  ")
    heading("What the texts leave open")
    for promise in checked.specificity:
        for slot in promise.slots:
            if slot.fill is Fill.UNSTATED:
                words = "; ".join(slot.words)
                say_wrapped(f"{slot.name}: {words}", f"  {promise.obligation}  ")


def _summary(checked: Checked) -> str:
    parts = []
    for severity in Severity:
        number = sum(found.severity is severity for found in checked.findings)
        if number or severity is Severity.ERROR:
            parts.append(f"{number or 'no'} {severity}{'s' * (number != 1)}")
    declared = ", ".join(
        f"{number} {noun if number != 1 else noun[:-1]}"
        for noun, number in checked.counts
    )
    pages = f"{checked.n_pages} agreement file{'s' * (checked.n_pages != 1)}"
    entries = f", {checked.n_entries} entries" if checked.n_entries else ""
    return f"{', '.join(parts)} in {pages}{entries} (with the general law: {declared})"
