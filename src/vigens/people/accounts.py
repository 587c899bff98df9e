"""An account: what a person may do here, with whose eyes, and for whom they speak."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from vigens.base import InputError, Message, UsageError, nearest
from vigens.people.roles import Person, Role

#: The levels of the approval ladder on which somebody may decide.
LEVELS = ("ministers", "leaders", "parliament")

#: Reads as whatever reader each address names; for who must see all.
ANY_READER = None

LONGEST_TITLE = 120

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_READER = re.compile(r"[^\s,;/?#&]{1,80}")


@dataclass(frozen=True, slots=True)
class Account:
    """One account, without its password.

    Attributes:
        name: Signs entries; never given to another person.
        title: As shown.
        role: What it is there for.
        reader: The one reader whose eyes these are; none may take any reader's.
        delegation: The party for which this person speaks; their eyes are its eyes.
        levels: Levels of the approval ladder on which this person decides.
        is_active: Whether one can still sign in with it.
        must_change: Whether its password was set by another, and must be changed.
        made_at: UTC seconds.
        issuer: Address of the provider that vouches for this person, if one does.
        subject: The person's name there.
        granted: The rule by which a provider's word made it; empty where a person did.
        has_password: Whether one can sign in with a password.
    """

    name: str
    title: str
    role: Role
    reader: str | None = "public"
    delegation: str | None = None
    levels: frozenset[str] = frozenset()
    is_active: bool = True
    must_change: bool = False
    made_at: int = 0
    issuer: str | None = None
    subject: str | None = None
    granted: str = ""
    has_password: bool = False

    def person(self, role: Role | None = None) -> Person:
        """Give the person, who may do nothing yet if the password must be changed.

        Args:
            role: A lesser role, as of a token; by default the account's own.
        """
        may = None if self.must_change else role or self.role
        return Person(
            self.name, self.title, may, self.reader, self.delegation, self.levels
        )


def default_reader(role: Role, delegation: str | None) -> str | None:
    """Say whose eyes an account has if nobody says otherwise.

    A delegation sees as itself; who coordinates or audits may see as anybody; all
    others see what is public.
    """
    if delegation is not None:
        return delegation
    return ANY_READER if role in (Role.COORDINATOR, Role.AUDITOR) else "public"


def parse_role(word: str) -> Role:
    """Read a role.

    Raises:
        UsageError: There is no such role.
    """
    try:
        return Role(word)
    except ValueError as error:
        names = [str(role) for role in Role]
        meant = nearest(word, names)
        raise UsageError(
            Message('there is no role "{word}"', word=word[:40]),
            "role",
            f'did you mean "{meant}"? ' * bool(meant) + f"roles: {', '.join(names)}",
        ) from error


def check_account(account: Account) -> Account:
    """See that an account can be kept as it is.

    Raises:
        InputError: Its name, title, reader, delegation or levels cannot be used.
    """
    if not _NAME.fullmatch(account.name):
        raise InputError(
            Message(
                '"{name}" cannot be the name of an account', name=account.name[:40]
            ),
            "name",
            Message(
                "use up to 63 small letters a-z, digits, dot, dash and underscore, "
                "beginning with a letter or digit"
            ),
        )
    title = account.title
    steering = any(unicodedata.category(sign) in ("Cc", "Cf") for sign in title)
    if not title.strip() or len(title) > LONGEST_TITLE or steering:
        raise InputError(
            Message("this cannot be shown as the name of a person"),
            "title",
            Message(
                "write 1 to {longest_title} letters on one line",
                longest_title=LONGEST_TITLE,
            ),
        )
    for where, word in (
        ("reader", account.reader),
        ("delegation", account.delegation),
    ):
        if word is not None and not _READER.fullmatch(word):
            raise InputError(
                Message('"{word}" is no {where}', word=word[:40], where=where),
                where,
                Message("name a party or release group as the case names it"),
            )
    if account.delegation is not None and account.reader != account.delegation:
        raise InputError(
            Message(
                "who speaks for {delegation} sees with its eyes",
                delegation=account.delegation,
            ),
            "reader",
            Message("leave the reader out, or name no delegation"),
        )
    for level in account.levels:
        if level not in LEVELS:
            raise UsageError(
                Message('there is no level "{level}"', level=level[:40]),
                "levels",
                Message("levels: {names}", names=", ".join(LEVELS)),
            )
    return account
