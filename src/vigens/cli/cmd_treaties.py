"""`vigens treaties CASE [TREATY...]`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from vigens.base import UsageError, nearest
from vigens.cli.options import add_case, add_json, add_lens, open_session
from vigens.cli.output import dump, say, say_wrapped, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import Session
    from vigens.desk.treaties import Lacking, Standing


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "treaties", metavar="TREATY", nargs="*", help="only these; by default all"
    )
    add_json(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """Say of each treaty whether it is in force, since when, and for whom."""
    from vigens.cli.wording import say_last_look, say_lens
    from vigens.desk.forms import lens_form
    from vigens.desk.treaties import read_standing

    session = open_session(args)
    _require(session, args.treaties)
    found = read_standing(session, args.treaties or None)
    if args.json:
        dump(
            {
                "lens": lens_form(session.lens),
                "treaties": [_form(standing) for standing in found],
            }
        )
        return 0
    for standing in found:
        _say(standing)
    say()
    say_last_look(session)
    say_lens(session.lens)
    return 0


def _require(session: Session, names: Sequence[str]) -> None:
    known = {text.name for text in session.texts() if text.family == "treaty"}
    for name in names:
        if name not in known:
            meant = nearest(name, known)
            raise UsageError(
                f'there is no treaty "{name[:60]}" in this case',
                "the command",
                f'did you mean "{meant}"?' if meant else "leave it out for all",
            )


def _form(standing: Standing) -> dict[str, Any]:
    return {
        "treaty": standing.instrument.name,
        "title": standing.instrument.title,
        "in_force": standing.in_force.word,
        "entry_into_force": standing.entry_into_force,
        "entry_into_force_possibly": standing.entry_possibly,
        "completing_instrument": standing.completed,
        "short_by": standing.short_by,
        "lacking": [
            {
                "what": part.what,
                "needed": part.needed,
                "surely": part.surely,
                "possibly": part.possibly,
                "short_by": part.short_by,
            }
            for part in standing.lacking
        ],
        "parties": list(standing.n_parties),
        "contracting": list(standing.n_contracting),
        "memberships": [
            {
                "party": each.party,
                "title": each.title,
                "since": each.since,
                "since_possibly": each.since_possibly,
                "until": each.until,
            }
            for each in standing.memberships
        ],
        "withdrawals": [
            {
                "party": each.party,
                "title": each.title,
                "effective": each.effective,
                "sure": each.is_sure,
            }
            for each in standing.withdrawals
        ],
    }


def _say(standing: Standing) -> None:
    word = standing.in_force.word
    title = f"{standing.instrument.name}  {standing.instrument.title}"
    say_wrapped(styled("title", title), styled(word, word) + "  ")
    parts = []
    if standing.entry_into_force:
        parts.append(f"in force since {standing.entry_into_force}")
    if standing.completed:
        parts.append(f"completed on {standing.completed}")
    if standing.completed is None and standing.in_force.word != "YES":
        parts += [_lack(part) for part in standing.lacking if part.short_by]
    parts.append(f"{_range(standing.n_parties)} parties")
    if standing.n_contracting != standing.n_parties:
        parts.append(f"{_range(standing.n_contracting)} have consented")
    say_wrapped("; ".join(parts), "     ")
    for each in standing.withdrawals:
        sure = "" if each.is_sure else ", perhaps"
        say_wrapped(f"{each.title} withdrew on {each.effective}{sure}", "     ")


def _lack(part: Lacking) -> str:
    if part.is_party:
        return f"without the instrument of {part.what}"
    if part.what.startswith("percent"):
        return f"{part.surely} of {part.needed} {part.what}"
    n = part.short_by
    return f"{n} instrument{'' if n == 1 else 's'} short of {part.needed}"


def _range(number: tuple[int, int]) -> str:
    return str(number[0]) if number[0] == number[1] else f"{number[0]} to {number[1]}"
