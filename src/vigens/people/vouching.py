"""A provider's word for a person, and the account that it opens.

An account is bound to the name that a person has at the provider. A rule of the board's
own file binds it, or makes it for whoever is in a group, for as long as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, Message
from vigens.people.accounts import LONGEST_TITLE, Account, default_reader
from vigens.people.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vigens.people.store import People


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of who may come in by a provider's word.

    Attributes:
        claim: What the provider says of a person, such as `groups`.
        value: What it must be, or hold.
        name: The account that it opens; none makes one for each person.
        role: Of an account that is made.
        delegation: For whom it speaks.
        reader: As whom it sees; by default as accounts of this kind do.
        levels: Of the ladder, on which it decides.
    """

    claim: str
    value: str
    name: str | None = None
    role: Role = Role.VIEWER
    delegation: str | None = None
    reader: str | None = None
    levels: frozenset[str] = frozenset()

    def fits(self, claims: Mapping[str, Any]) -> bool:
        """Say whether a provider says this of a person; of an address, verified."""
        said = claims.get(self.claim)
        if self.claim == "email" and claims.get("email_verified") is not True:
            return False
        if isinstance(said, list):
            return self.value in said
        return isinstance(said, str) and said == self.value

    @property
    def words(self) -> str:
        """Say the rule, as it is kept with what it made."""
        return f"{self.claim}={self.value}"


def find_vouched(
    people: People,
    issuer: str,
    claims: Mapping[str, Any],
    rules: Sequence[Rule],
    now: int,
) -> Account:
    """Give the account of a person for whom a provider vouches.

    Args:
        people: The open file.
        issuer: Of the provider.
        claims: What it says, checked already; `sub` is the person's name there.
        rules: Of the board, the first that fits counts.
        now: UTC seconds.

    Raises:
        InputError: No account is open to this person.
        OutsideError: The file cannot be written.
    """
    subject = str(claims["sub"])
    account = people.find_subject(issuer, subject)
    fitting = next((rule for rule in rules if rule.fits(claims)), None)
    if account is None:
        account = _bound(people, issuer, subject, fitting)
    if account is None and fitting is not None and fitting.name is None:
        drawn = _drawn(people, claims, fitting)
        bound = replace(drawn, issuer=issuer, subject=subject)
        return people.add(bound, None, now)
    if account is None or not account.is_active:
        raise _closed(subject)
    if not account.granted:
        return account
    if fitting is None or fitting.name is not None:
        raise _closed(subject)
    granted = _granted(account, fitting)
    return account if granted == account else people.update(granted)


def _bound(
    people: People, issuer: str, subject: str, rule: Rule | None
) -> Account | None:
    """Bind the account that a rule names, unless it is somebody else's already."""
    if rule is None or rule.name is None:
        return None
    account = people.find(rule.name)
    if account is None or account.subject is not None or not account.is_active:
        return None
    return people.update(replace(account, issuer=issuer, subject=subject))


def _granted(account: Account, rule: Rule) -> Account:
    reader = rule.reader or default_reader(rule.role, rule.delegation)
    return replace(
        account,
        role=rule.role,
        delegation=rule.delegation,
        reader=reader,
        levels=rule.levels,
        granted=rule.words,
    )


def _drawn(people: People, claims: Mapping[str, Any], rule: Rule) -> Account:
    """Draft an account with a name that nobody has or had."""
    wanted = str(claims.get("preferred_username") or claims.get("email") or "")
    plain = re.sub(r"[^a-z0-9._-]+", "-", wanted.partition("@")[0].casefold())
    base = plain.strip("._-")[:50] or "person"
    name, number = base, 1
    while people.find(name) is not None:
        number += 1
        name = f"{base}-{number}"
    said = "".join(c for c in str(claims.get("name") or "") if c.isprintable())
    title = " ".join(said.split())[:LONGEST_TITLE] or name
    return _granted(Account(name, title, rule.role, None), rule)


def _closed(subject: str) -> InputError:
    return InputError(
        Message("the provider vouches for you, and no account here is open to you"),
        subject[:80],
        Message("ask a coordinator of this desk"),
    )
