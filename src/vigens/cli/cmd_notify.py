"""`vigens notify CASE`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vigens.cli.options import add_case, add_json
from vigens.cli.output import dump, say, tell


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = (
        "Subscriptions are made on the board's page Webhooks. A board that records "
        "sends by itself; this\ncommand is for where none runs, as from a timer."
    )
    add_case(parser)
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="send into private networks too, as within one's own",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Notice what changed for each subscription, and send what is due, once."""
    from vigens.desk import read_settings
    from vigens.desk.hooks import Hooks, notify_now

    folder = Path(args.case)
    read_settings(folder)
    done = notify_now(folder, args.clock, is_private_allowed=args.allow_private)
    state = Hooks(folder).read()
    if args.json:
        dump(
            {
                "subscriptions": len(state.hooks),
                "noticed": done.noticed,
                "sent": done.sent,
                "failed": done.failed,
                "waiting": len(state.waiting),
                "stopped": [hook.title for hook in state.hooks if hook.stopped_at],
            }
        )
        return 0
    if not state.hooks:
        say("nobody is told: subscriptions are made on the board's page Webhooks")
        return 0
    say(
        f"{done.noticed} new messages, {done.sent} sent, {done.failed} not reached, "
        f"{len(state.waiting)} waiting"
    )
    for hook in state.hooks:
        if hook.stopped_at:
            tell(
                f'"{hook.title}" stopped by itself: nothing arrived\n'
                '  mend: press "Go on" on the board\'s page Webhooks when the receiver '
                "is back"
            )
    return 0
