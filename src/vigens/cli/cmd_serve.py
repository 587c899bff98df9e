"""`vigens serve CASE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vigens.cli.options import add_case
from vigens.cli.output import dump_line, say

PORT = 8765


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    add_address(parser)
    parser.add_argument(
        "--reader",
        metavar="NAME",
        help="show the board of this reader alone (default: each address chooses)",
    )
    parser.add_argument("--json", action="store_true", help="print the address as JSON")


def add_address(parser: argparse.ArgumentParser) -> None:
    """Add where the board listens."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="HOST",
        help="a loopback address; no other is served without accounts "
        "(default: 127.0.0.1)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=PORT,
        metavar="N",
        help=f"0 picks a free one (default: {PORT})",
    )


def run(args: argparse.Namespace) -> int:
    """Show the board until Ctrl-C."""
    from vigens.board import serve

    def ready(address: str) -> None:
        if args.json:
            dump_line({"address": address, "case": args.case})
        else:
            say(f"{args.case} is at {address} (Ctrl-C ends it)")
        sys.stdout.flush()

    serve(
        Path(args.case),
        host=args.host,
        port=args.port,
        clock=args.clock,
        read_only=True,
        reader=args.reader,
        on_ready=ready,
    )
    return 0
