"""Roles, permissions and moments in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vigens.board.tongues import N_, _
from vigens.people import LEVELS, Role

if TYPE_CHECKING:
    from vigens.people import Account

_ROLES = {
    Role.VIEWER: N_("viewer: reads"),
    Role.CONTRIBUTOR: N_("contributor: reads and records"),
    Role.REVIEWER: N_("reviewer: records and judges what others recorded"),
    Role.COORDINATOR: N_("coordinator: all that a reviewer may, groups and accounts"),
    Role.AUDITOR: N_("auditor: reads, and sees who did what; records nothing"),
}

_LEVELS = {
    "ministers": N_("ministers"),
    "leaders": N_("leaders"),
    "parliament": N_("parliament"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What an account may do, in words."""

    name: str
    title: str
    role: str
    eyes: str
    delegation: str
    levels: str


def show_facts(account: Account) -> Facts:
    """Say what an account may do."""
    return Facts(
        account.name,
        account.title,
        role_words(account.role),
        account.reader or _("any reader, as each address names it"),
        account.delegation or _("none: held to no party"),
        ", ".join(level_words(each) for each in LEVELS if each in account.levels),
    )


def role_words(role: Role) -> str:
    """Say what a role may do."""
    return _(_ROLES[role])


def level_words(level: str) -> str:
    """Name a level of the approval ladder."""
    return _(_LEVELS.get(level, level))


def moment(instant: int | None) -> str:
    """Write a moment to the minute (ISO 8601, UTC); empty for never."""
    if instant is None:
        return ""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%MZ")
