"""`vigens serve CASE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.cli.options import add_case
from vigens.cli.output import dump_line, say, tell

if TYPE_CHECKING:
    from vigens.board import Reached

PORT = 8765

_EPILOG = """\
Without accounts the board is for whoever sits at this machine: one user, who may do
everything, on loopback. With accounts (`vigens account CASE add`) everybody signs in,
and it may listen elsewhere, behind https: with --certificate and --key, or behind a
proxy of your own. A shared desk is for unclassified and exercise use.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    add_case(parser)
    parser.add_argument(
        "--read-only", action="store_true", help="show no form and record nothing"
    )
    add_address(parser)
    _add_people(parser)
    parser.add_argument("--json", action="store_true", help="print the address as JSON")


def add_address(parser: argparse.ArgumentParser) -> None:
    """Add where the board listens."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="HOST",
        help="address to listen on; any but loopback needs accounts "
        "(default: 127.0.0.1)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=PORT,
        metavar="N",
        help=f"0 picks a free one (default: {PORT})",
    )


def _add_people(parser: argparse.ArgumentParser) -> None:
    who = parser.add_argument_group("who may come in")
    who.add_argument(
        "--accounts",
        action=argparse.BooleanOptionalAction,
        help="people sign in (default: if the case has accounts)",
    )
    who.add_argument(
        "--reader",
        metavar="NAME",
        help="without accounts: show the board of this reader alone (default: each "
        "address chooses)",
    )
    who.add_argument(
        "--public",
        action="store_true",
        help="with accounts: who has not signed in reads what is public",
    )
    who.add_argument(
        "--provider",
        metavar="FILE",
        help="let an OpenID provider vouch for persons too, as this file says",
    )
    way = parser.add_argument_group("how it is reached")
    way.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="a name under which browsers call it; may be repeated",
    )
    way.add_argument("--certificate", metavar="FILE", help="serve https with this")
    way.add_argument("--key", metavar="FILE", help="key of the certificate")
    way.add_argument(
        "--behind-proxy",
        nargs="?",
        const="127.0.0.1",
        metavar="ADDRESS",
        help="a proxy at this address ends https, and says who asks (default address: "
        "127.0.0.1)",
    )
    way.add_argument(
        "--plain-http",
        action="store_true",
        help="let passwords cross the network unguarded, as in a closed exercise",
    )


def run(args: argparse.Namespace) -> int:
    """Show the board until Ctrl-C."""
    from vigens.board import Sharing, serve

    def ready(at: Reached) -> None:
        if args.json:
            dump_line({"address": at.here, "others": at.others, "case": args.case})
        else:
            say(f"{args.case} is at {at.here} (Ctrl-C ends it)")
            for address in at.others:
                say(f"  others open {address}")
        for note in at.notes:
            tell(f"  {note}")
        sys.stdout.flush()

    serve(
        Path(args.case),
        host=args.host,
        port=args.port,
        clock=args.clock,
        read_only=args.read_only,
        reader=args.reader,
        sharing=Sharing(
            args.accounts,
            args.public,
            tuple(args.name),
            args.behind_proxy,
            _file(args.certificate),
            _file(args.key),
            args.plain_http,
            _file(args.provider, "name the file with issuer and client_id"),
        ),
        on_ready=ready,
    )
    return 0


def _file(word: str | None, mend: str = "name the file in PEM form") -> Path | None:
    """Give a file that is there, or none that was asked for."""
    if word is None:
        return None
    if not Path(word).is_file():
        from vigens.base import OutsideError

        raise OutsideError("this file is not there", word, mend)
    return Path(word)
