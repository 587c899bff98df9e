"""`vigens account CASE ACTION [NAME]`."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, UsageError, nearest
from vigens.cli.options import add_json
from vigens.cli.output import dump, say, say_wrapped

if TYPE_CHECKING:
    from vigens.people import Account, People, Token

ACTIONS = ("add", "list", "change", "password", "end", "resume", "tokens", "log")

_EPILOG = """\
Accounts lie in people.db beside the journal, in a file that you alone can read; they
are in no export, bundle or backup. A password is typed at a prompt or read as one line
from stdin, never taken from the command line. docs/accounts.md tells how a desk begins.

  add NAME      make an account           change NAME   change what it may do
  list          list all of them          password NAME set a new password
  end NAME      nobody can use it again   resume NAME   it can be used again
  tokens NAME   list tokens, make or end one            log [NAME]    who came in
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    parser.add_argument("case", metavar="CASE", help="the case folder")
    parser.add_argument("action", metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("name", metavar="NAME", nargs="?", help="of the account")
    what = parser.add_argument_group("what an account may do")
    what.add_argument("--title", metavar="TEXT", help="as shown (default: its name)")
    what.add_argument(
        "--role",
        metavar="ROLE",
        help="viewer, contributor, reviewer, coordinator or auditor (default: viewer)",
    )
    what.add_argument(
        "--delegation",
        metavar="PARTY",
        help="speaks for this party, sees with its eyes, changes its sheet alone; "
        "`none` takes it away",
    )
    what.add_argument(
        "--reader",
        metavar="NAME",
        help="sees as this reader; `any`: as each address names (default: the "
        "delegation, else public, of coordinators and auditors any)",
    )
    what.add_argument(
        "--level",
        action="append",
        metavar="L",
        help="decides on the approval ladder as ministers, leaders or parliament; may "
        "be repeated; `none` takes all away",
    )
    what.add_argument(
        "--issuer", metavar="URL", help="a provider that vouches for this person"
    )
    what.add_argument("--subject", metavar="ID", help="the person's name there")
    what.add_argument(
        "--no-password", action="store_true", help="a provider alone vouches"
    )
    what.add_argument(
        "--first",
        action="store_true",
        help="the password must be changed at the first sign-in",
    )
    tokens = parser.add_argument_group("tokens")
    tokens.add_argument("--make", metavar="TEXT", help="make one, called this")
    tokens.add_argument("--days", type=int, default=90, help="until it ends (90)")
    tokens.add_argument(
        "--calendar", action="store_true", help="it opens calendar and feed alone"
    )
    tokens.add_argument("--end", metavar="NUMBER", help="end one")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Make, change and end accounts."""
    from vigens.desk import read_settings
    from vigens.people import find_people

    folder = Path(args.case)
    settings = read_settings(folder)  # a folder that is no case is told here
    if args.action not in ACTIONS:
        meant = nearest(args.action, ACTIONS)
        raise UsageError(
            f'an account cannot be asked to "{args.action[:40]}"',
            "vigens account",
            f'did you mean "{meant}"? ' * bool(meant)
            + f"actions: {', '.join(ACTIONS)}",
        )
    args.zone = settings.zone
    if args.action == "add":
        return _add(folder, args)
    people = find_people(folder)
    if people is None:
        raise InputError(
            "this case has no accounts",
            str(folder),
            "vigens account CASE add NAME --role coordinator",
        )
    try:
        return _DEEDS[args.action](people, args)
    finally:
        people.close()


def _named(args: argparse.Namespace) -> str:
    if not args.name:
        raise UsageError(
            "of which account?", f"vigens account {args.action}", "name it at the end"
        )
    return str(args.name)


def _add(folder: Path, args: argparse.Namespace) -> int:
    """Make an account, and the file of accounts once nothing is wrong with it."""
    from vigens.people import Account, Role, make_people, parse_role

    name = _named(args)
    role = parse_role(args.role) if args.role else Role.VIEWER
    drafted = _changed(Account(name, args.title or name, role, None), args, is_new=True)
    password = None if args.no_password else _read_password(name)
    people = make_people(folder)
    try:
        drafted = replace(drafted, must_change=args.first)
        made = people.add(drafted, password, _now(args))
        _note(people, args, f"made {made.name} ({made.role})")
    finally:
        people.close()
    return _tell(made, args, "made")


def _change(people: People, args: argparse.Namespace) -> int:
    changed = people.update(_changed(people.get(_named(args)), args, is_new=False))
    _note(people, args, f"changed {changed.name} ({changed.role})")
    return _tell(changed, args, "changed")


def _changed(account: Account, args: argparse.Namespace, *, is_new: bool) -> Account:
    """Give an account with what the options say of it."""
    from vigens.people import default_reader, parse_role

    role = parse_role(args.role) if args.role else account.role
    delegation = account.delegation
    if args.delegation is not None:
        delegation = None if args.delegation == "none" else args.delegation
    if args.reader is not None:
        reader = None if args.reader == "any" else args.reader
    elif is_new or delegation != account.delegation:
        reader = default_reader(role, delegation)
    else:
        reader = account.reader
    levels = account.levels
    if args.level is not None:
        levels = frozenset(args.level) - {"none"}
    if (args.issuer is None) != (args.subject is None):
        raise UsageError(
            "a provider is named with the person's name there",
            "vigens account",
            "give both --issuer and --subject",
        )
    return replace(
        account,
        title=args.title or account.title,
        role=role,
        delegation=delegation,
        reader=reader,
        levels=levels,
        issuer=args.issuer or account.issuer,
        subject=args.subject or account.subject,
    )


def _password(people: People, args: argparse.Namespace) -> int:
    name = _named(args)
    people.get(name)
    people.set_password(name, _read_password(name), must_change=args.first)
    _note(people, args, f"password of {name}")
    return _tell(people.get(name), args, "has a new password; its sessions have ended")


def _end(people: People, args: argparse.Namespace) -> int:
    ended = people.update(replace(people.get(_named(args)), is_active=False))
    _note(people, args, f"ended {ended.name}")
    return _tell(ended, args, "ended, with its sessions and tokens")


def _resume(people: People, args: argparse.Namespace) -> int:
    resumed = people.update(replace(people.get(_named(args)), is_active=True))
    _note(people, args, f"resumed {resumed.name}")
    return _tell(resumed, args, "can be used again")


def _list(people: People, args: argparse.Namespace) -> int:
    accounts = people.accounts()
    if args.json:
        dump([_form(account) for account in accounts])
        return 0
    for account in accounts:
        _say(account)
    if not accounts:
        say("no account yet: vigens account CASE add NAME --role coordinator")
    return 0


def _tokens(people: People, args: argparse.Namespace) -> int:
    from vigens.people import Purpose, end_token, list_tokens, make_token

    account, now = people.get(_named(args)), _now(args)
    if args.end:
        if not end_token(people, account.name, args.end):
            raise InputError(
                f"{account.name} has no token {args.end[:20]}",
                "tokens",
                "`vigens account CASE tokens NAME` lists them",
            )
        _note(people, args, f"ended token {args.end} of {account.name}")
        say(f"token {args.end} ended")
        return 0
    if args.make:
        from vigens.people import parse_role

        token, secret = make_token(
            people,
            account,
            args.make,
            now=now,
            role=parse_role(args.role) if args.role else None,
            days=args.days,
            purpose=Purpose.CALENDAR if args.calendar else Purpose.API,
        )
        _note(people, args, f"made token {token.number} of {account.name}")
        if args.json:
            dump({**_token_form(token), "secret": secret})
            return 0
        say(secret)
        say_wrapped("it is shown this once; keep it like a password", "  ")
        return 0
    tokens = list_tokens(people, account.name, now)
    if args.json:
        dump([_token_form(token) for token in tokens])
        return 0
    for token in tokens:
        used = f"used {_day(token.used_at)}" if token.used_at else "never used"
        say(
            f"{token.number}  {token.title}: {token.purpose}, {token.role}, "
            f"ends {_day(token.ends_at)}, {used}"
        )
    if not tokens:
        say(f"{account.name} has no token")
    return 0


def _log(people: People, args: argparse.Namespace) -> int:
    from vigens.people import read_access

    lines = read_access(people, account=args.name or "")
    if args.json:
        dump(
            [
                {
                    "number": one.number,
                    "at": one.at,
                    "what": one.what,
                    "account": one.account,
                    "address": one.address,
                    "detail": one.detail,
                    "times": one.times,
                }
                for one in lines
            ]
        )
        return 0
    for one in lines:
        times = f" × {one.times}" if one.times > 1 else ""
        parts = (_moment(one.at), one.what + times, one.account, one.address)
        say("  ".join(part for part in (*parts, one.detail) if part))
    if not lines:
        say("nothing is noted")
    return 0


_DEEDS = {
    "list": _list,
    "change": _change,
    "password": _password,
    "end": _end,
    "resume": _resume,
    "tokens": _tokens,
    "log": _log,
}


def _read_password(name: str) -> str:
    """Read a password from who sits here, twice, or one line from stdin."""
    from vigens.people import check_password

    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        return check_password(line, name)
    password = check_password(getpass.getpass(f"password for {name}: "), name)
    if getpass.getpass("once more: ") != password:
        raise InputError("the two passwords differ", "password", "type both again")
    return password


def _tell(account: Account, args: argparse.Namespace, word: str) -> int:
    if args.json:
        dump(_form(account))
        return 0
    say(f"account {account.name} {word}")
    _say(account)
    return 0


def _say(account: Account) -> None:
    state = "" if account.is_active else ", ended"
    speaks = f", speaks for {account.delegation}" if account.delegation else ""
    levels = f", decides as {', '.join(sorted(account.levels))}" * bool(account.levels)
    say_wrapped(
        f"{account.title}: {account.role}, sees as {account.reader or 'any reader'}"
        f"{speaks}{levels}{state}",
        f"{account.name}  ",
    )


def _form(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "title": account.title,
        "role": account.role.value,
        "reader": account.reader,
        "delegation": account.delegation,
        "levels": sorted(account.levels),
        "active": account.is_active,
        "must_change": account.must_change,
        "made_at": account.made_at,
        "issuer": account.issuer,
        "subject": account.subject,
        "has_password": account.has_password,
    }


def _token_form(token: Token) -> dict[str, Any]:
    return {
        "number": token.number,
        "account": token.account,
        "title": token.title,
        "role": token.role.value,
        "purpose": token.purpose.value,
        "made_at": token.made_at,
        "ends_at": token.ends_at,
        "used_at": token.used_at,
    }


def _now(args: argparse.Namespace) -> int:
    return int(args.clock().timestamp())


def _note(people: People, args: argparse.Namespace, detail: str) -> None:
    from vigens.people import Happening, note

    note(
        people,
        Happening.ACCOUNT,
        now=_now(args),
        account="",
        address="command line",
        detail=detail,
    )


def _moment(instant: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%d %H:%MZ")


def _day(instant: int) -> str:
    return _moment(instant)[:10]
