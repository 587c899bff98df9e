"""The door of the command line: choose a command, run it, end calmly."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

from vigens import __version__
from vigens.base import OutsideError, UsageError, VigensError, nearest
from vigens.cli.letters import mend_options
from vigens.cli.output import STOPPED, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Each command with one line on what it answers.
COMMANDS = {
    "demo": "show the Paris case: its status here, then the board",
    "new": "begin a case: settings, a first page, an empty journal",
    "status": "what holds, what is due, what nobody knows; or answer questions",
    "why": "unfold an answer down to its sources",
    "missing": "say what would have to happen for an answer to be YES",
    "whatif": "suppose an event and see what changes",
    "treaties": "say of each treaty whether it is in force, since when, and for whom",
    "compare": "say what differs between two days, policies, readers or readings",
    "brief": "write the hand-over brief of a shift: Markdown, HTML or PDF",
    "cite": "write the citation of an answer or a page, with the whole lens pinned",
    "timeline": "list every interval in which something surely or possibly holds",
    "log": "list the entries of the journal, or show one whole",
    "read": "find quoted suggestions in reports",
    "propose": "ask your own language model for passages of a report",
    "review": "accept, edit or reject suggestions, one by one",
    "record": "record what a source says happened, or was seen to hold",
    "grade": "grade a claim: reliability of the source, credibility of the content",
    "rectify": "mend a clerical fault of an entry: it was never so",
    "supersede": "record news that takes the place of an entry",
    "confirm": "confirm an entry as a second person, or list what waits for one",
    "same-origin": "say that claims are copies of one story and count once",
    "approve": "record that ministers, leaders or a parliament approved an offer",
    "redact": "destroy what an entry says: two persons and a reason",
    "release": "record a group of readers, and who is in it or no longer",
    "check": "find what is wrong in agreement files and in the use of their names",
    "weave": "lay agreement files out as HTML: prose and rules side by side",
    "format": "lay out the rule blocks of agreement files; nothing else is changed",
    "journal": "prepare a database on a server for the journal of a team",
    "backup": "write a whole copy of a journal",
    "restore": "make a journal of a backup",
    "salvage": "save what is whole in a damaged journal, and list what is lost",
    "fsck": "derive every hash and link of a journal again",
    "import": "take over the entries of another journal or bundle",
    "export": "write a journal as text, without loss, or a bundle with proofs",
    "seal": "record that an offer was made, and not what it says",
    "open": "show what was sealed",
    "total": "add up sealed offers without giving a single one away",
    "verify": "check a bundle, a receipt or a head, without its journal",
    "receipt": "prove that an entry is in the journal",
    "head": "sign how a log of the journal stands now",
    "key": "show the journal's signing key, or put a new one in its place",
    "convert": "turn a folder of treaties or ceasefires in tables into a case",
    "serve": "open the board of a case in the browser",
    "notify": "tell subscribers of webhooks what changed, once",
    "account": "make, change and end the accounts of a board that several people use",
}

_GONE = (
    "nothing is deleted: `vigens rectify CASE ENTRY --withdraw` takes an entry "
    "out of what counts, `vigens redact CASE ENTRY` destroys what it says"
)
_FOUND = (
    "`vigens serve CASE` opens the board, whose search finds states, duties, "
    "texts and claims; `vigens log CASE` lists the journal"
)

#: What people type for want of the command's name, and what does it.
OTHER_WORDS = {
    "add": "`vigens record CASE` records what a source says",
    "board": "`vigens serve CASE` opens the board",
    "create": "`vigens new FOLDER` begins a case",
    "delete": _GONE,
    "diff": "`vigens compare CASE` says what differs between two days or texts",
    "edit": "`vigens rectify CASE ENTRY` mends a slip, `vigens supersede CASE ENTRY` "
    "records news",
    "init": "`vigens new FOLDER` begins a case; `vigens journal init CASE` prepares a "
    "database on a server",
    "list": "`vigens log CASE` lists the journal, `vigens status CASE` what holds",
    "login": "`vigens account CASE add NAME` makes an account; the board signs it in",
    "remove": "nothing is removed: `vigens rectify CASE ENTRY --withdraw` takes an entry "
    "out of what counts, `vigens redact CASE ENTRY` destroys what it says",
    "run": "`vigens serve CASE` opens the board",
    "search": _FOUND,
    "find": _FOUND,
    "show": "`vigens status CASE` says what holds, `vigens log CASE ID` shows an entry",
    "test": "`vigens check CASE` finds what is wrong in agreement files",
    "undo": "`vigens rectify CASE CORRECTION --undo` takes a correction back, `vigens "
    "rectify CASE ENTRY --withdraw` an entry; `vigens log CASE --last 5` has their ids",
    "validate": "`vigens check CASE` finds what is wrong in agreement files",
}

#: 128 and the number of the signal, as shells have it.
PIPE_CLOSED = 141

_EPILOG = """\
A CASE is a folder with case.toml, agreements/*.md and journal.jsonl or journal.db.
`vigens COMMAND --help` shows a command's options. Data goes to stdout, findings to
stderr. Exit status: 0 no error, 1 errors in what was handed in, 2 usage, 3 the world
outside (disk, port, permission).
"""


class Parser(argparse.ArgumentParser):
    """A parser that reports a wrong word as every other fault is reported."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command's words.

        Raises:
            UsageError: Always.
        """
        raise UsageError(
            message.replace("\n", " "),
            self.prog,
            f"`{self.prog} --help` lists what may stand here",
        )


def read_clock() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def main(
    argv: Sequence[str] | None = None, clock: Callable[[], datetime] = read_clock
) -> int:
    """Run a command.

    Args:
        argv: The words after `vigens`; by default those of the process.
        clock: Gives the present moment.

    Returns:
        The exit status.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _stand_in()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(words, clock)
        sys.stdout.flush()
    except VigensError as error:
        return _fail(error)
    except BrokenPipeError:
        _abandon_output()
        return PIPE_CLOSED
    except OSError as error:
        return _fail(_outside(error))
    except KeyboardInterrupt:
        tell("vigens: stopped; what was recorded before is safe")
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last handler: no traceback for users
        return _fail(_fault(error))
    return status


def _stand_in() -> None:
    """Write to nowhere where the caller closed a stream: no file may take its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))


def _run(words: list[str], clock: Callable[[], datetime]) -> int:
    name = words[0] if words and not words[0].startswith("-") else None
    if name is not None and name not in COMMANDS:
        raise UsageError(f'there is no command "{name[:40]}"', "vigens", _instead(name))
    try:
        if name is None:
            parser = _front()
            parser.parse_args(words)
            parser.print_help()
            return 0
        module = importlib.import_module(f"vigens.cli.cmd_{name.replace('-', '_')}")
        own = _parser(f"vigens {name}", COMMANDS[name])
        module.configure(own)
        # Words and options may stand in any order: CASE --as-of DATE QUESTION.
        args = own.parse_intermixed_args(words[1:])
    except SystemExit as stop:  # --help and --version have printed what was asked
        return int(stop.code or 0)
    mend_options(args)
    args.clock = clock
    status: int = module.run(args)
    return status


def _instead(name: str) -> str:
    """Say which command does what somebody wanted who typed another word."""
    known = OTHER_WORDS.get(name.casefold())
    if known is not None:
        return known
    meant = nearest(name, COMMANDS)
    return f'did you mean "{meant}"? ' * bool(meant) + "`vigens --help` lists them"


def _front() -> Parser:
    """Make the parser that knows --help and --version, and lists the commands."""
    parser = Parser(
        prog="vigens",
        description="What is in force, active, due, kept or breached, for whom, why, "
        "and what is not known.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"vigens {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, purpose in COMMANDS.items():
        commands.add_parser(name, help=purpose, add_help=False)
    return parser


def _parser(program: str, purpose: str) -> Parser:
    return Parser(
        prog=program,
        description=purpose[0].upper() + purpose[1:] + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _fail(error: VigensError) -> int:
    if os.environ.get("VIGENS_DEBUG") == "1":
        import traceback

        tell("".join(traceback.format_exception(error)))
    tell(f"vigens: {error}")
    _abandon_output()
    return error.exit_status


def _outside(error: OSError) -> VigensError:
    found = OutsideError(
        f"the output or a file failed ({error.strerror or error})",
        str(error.filename or "the place that output goes to"),
        "look at the disk and who may write there; what was recorded before is safe",
    )
    found.__cause__ = error
    return found


def _fault(error: Exception) -> VigensError:
    found = OutsideError(
        f"a fault of this program: {type(error).__name__}: {error}",
        "inside Vigens; no entry was lost",
        "run it again with VIGENS_DEBUG=1 and report what it prints",
    )
    found.__cause__ = error
    return found


def _abandon_output() -> None:
    """Let go of what cannot be written, so that nothing is said of it at the end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
        except (OSError, ValueError):  # a stream without a number, as in tests
            return
