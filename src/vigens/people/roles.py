"""Roles and what each may do: one table, asked by every surface."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a way into the board asks of who takes it.

    Attributes:
        ENTER: Nothing: the way is open before anybody has signed in.
        READ: See the pages, through one's own eyes.
        RECORD: Put claims, sources and looks on record; seal and open offers.
        REVIEW: Judge what others recorded: grade, accept, confirm, correct.
        COORDINATE: Groups, marks, totals, approvals of the cell, redactions.
        AUDIT: See who did what: the journal's proofs, sessions, refusals.
        ADMINISTER: Make and end accounts.
    """

    ENTER = "enter"
    READ = "read"
    RECORD = "record"
    REVIEW = "review"
    COORDINATE = "coordinate"
    AUDIT = "audit"
    ADMINISTER = "administer"


class Role(StrEnum):
    """What an account is there for."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"

    @property
    def permissions(self) -> frozenset[Permission]:
        """Give what this role may do."""
        return _ROLES[self]


_READ = frozenset({Permission.ENTER, Permission.READ})
_RECORD = _READ | {Permission.RECORD}
_REVIEW = _RECORD | {Permission.REVIEW}

_ROLES = {
    Role.VIEWER: _READ,
    Role.CONTRIBUTOR: _RECORD,
    Role.REVIEWER: _REVIEW,
    Role.COORDINATOR: _REVIEW | {Permission.COORDINATE, Permission.ADMINISTER},
    Role.AUDITOR: _READ | {Permission.AUDIT},
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: by what name, with whose eyes, for which delegation.

    Attributes:
        name: Of the account, as entries are signed; empty for who did not sign in.
        title: As shown.
        role: What the account is there for; none for who has no account.
        reader: The one reader whose eyes these are; none may take any reader's.
        delegation: The party for which this person speaks, and whose sheet alone
            they may change; none is held to no party.
        levels: Levels of the approval ladder on which this person may decide.
        is_alone: Whether this is the one user of a board on loopback.
    """

    name: str
    title: str
    role: Role | None = None
    reader: str | None = None
    delegation: str | None = None
    levels: frozenset[str] = frozenset()
    is_alone: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        """Give everything that this person may do."""
        if self.is_alone:
            return frozenset(Permission)
        if self.role is None:
            return frozenset({Permission.ENTER})
        return self.role.permissions

    def may(self, permission: Permission) -> bool:
        """Say whether this person may take a way that asks for a permission."""
        return permission in self.permissions

    def may_speak_for(self, party: str) -> bool:
        """Say whether this person may change the sheet of a party."""
        return self.delegation in (None, party)

    def may_decide(self, level: str, party: str) -> bool:
        """Say whether this person decides on a level of the ladder of a party."""
        is_entitled = self.is_alone or level in self.levels
        return is_entitled and self.may(Permission.RECORD) and self.may_speak_for(party)


#: The one user of a board on loopback, where nobody else can come in.
ALONE = Person("", "you", is_alone=True)

#: Who has not signed in.
ONLOOKER = Person("", "not signed in")

#: Who has not signed in on a board that shows what is public to anybody.
PUBLIC_READER = Person("", "not signed in", Role.VIEWER, reader="public")
