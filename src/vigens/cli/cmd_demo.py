"""`vigens demo`: the Paris case, from its check to its board."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import vigens
from vigens.base import InputError, OutsideError, has_errors
from vigens.cli.cmd_serve import PORT, add_address
from vigens.cli.output import dump, say, say_wrapped, show_findings, tell

if TYPE_CHECKING:
    from vigens.board import Reached

#: Where the example lies: beside the package in a checkout, in it when installed.
_PLACES = ("../../examples/paris", "examples/paris")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--no-serve", action="store_true", help="print the status and end"
    )
    add_address(parser)
    parser.set_defaults(port=None)  # the demo may take another port than its own
    parser.add_argument(
        "--json", action="store_true", help="print JSON, and serve nothing"
    )


def run(args: argparse.Namespace) -> int:
    """Check the Paris case, print its status, open its board.

    The example is read where it lies; nothing is written to it. The board shows a copy.
    """
    from vigens.cli.status_page import say_status
    from vigens.desk import (
        Looking,
        Session,
        check_case,
        make_lens,
        open_case,
        read_status,
        read_unknowns,
    )

    folder = find_example()
    checked = check_case(folder, args.clock)
    show_findings(checked.findings)
    if has_errors(checked.findings):
        return 1
    case = open_case(folder, args.clock)
    lens = make_lens(case, Looking(int(args.clock().timestamp())))
    session = Session(case, lens)
    status = read_status(session)
    if args.json:
        from vigens.desk.forms import lens_form

        dump(
            {
                "case": str(folder),
                "lens": lens_form(lens),
                "headline": status.headline_sentence,
                "entries": len(session.assembled.view.shown),
            }
        )
        return 0
    unknowns = read_unknowns(session, status)
    say_status(session, status, unknowns, is_whole=False)
    say()
    shown = _near(folder)
    say_wrapped(
        f"vigens status {shown} --as-of 2026-01-07 --known-at 2026-01-07", "try  "
    )
    say_wrapped(f"vigens why {shown} 'endorsed(paris, force, CZ)'", "     ")
    if args.no_serve:
        return 0
    return _serve(args, folder)


def find_example() -> Path:
    """Give the folder of the Paris case.

    Raises:
        InputError: This installation has none.
    """
    home = Path(vigens.__file__).resolve().parent
    for place in _PLACES:
        folder = (home / place).resolve()
        if (folder / "case.toml").is_file():
            return folder
    raise InputError(
        "this installation holds no example",
        str(home),
        "run it from a checkout of the project, or show a case of your own with "
        "`vigens serve CASE`",
    )


def _serve(args: argparse.Namespace, folder: Path) -> int:
    """Show the board of a copy, so that its forms can be tried."""
    with tempfile.TemporaryDirectory(prefix="vigens-demo-") as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy)
        return _serve_copy(args, copy)


def _serve_copy(args: argparse.Namespace, folder: Path) -> int:
    from vigens.board import serve

    def ready(at: Reached) -> None:
        say()
        say(f"The board is at {at.here} (Ctrl-C ends it)")
        say_wrapped("it shows a copy: what is recorded there is gone at the end", "")
        sys.stdout.flush()
        if _has_desktop():
            _open(at.here)

    def show(port: int) -> None:
        serve(
            folder,
            host=args.host,
            port=port,
            clock=args.clock,
            read_only=False,
            on_ready=ready,
        )

    if args.port is not None:
        show(args.port)
        return 0
    try:
        show(PORT)
    except OutsideError as error:
        tell(f"{error.what} ({error.where}); the demo takes a free one")
        show(0)
    return 0


def _has_desktop() -> bool:
    is_person = sys.stdout.isatty() and os.environ.get("CI") != "true"
    is_desktop = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return is_person and (is_desktop or sys.platform == "darwin")


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        tell("no browser could be opened; open the address yourself")


def _near(folder: Path) -> str:
    try:
        return str(folder.relative_to(Path.cwd()))
    except ValueError:
        return str(folder)
