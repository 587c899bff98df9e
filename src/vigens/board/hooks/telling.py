"""Who is told of changes: subscriptions, a test, the log of what was sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError, VigensError
from vigens.board.contexts import Elsewhere, Page
from vigens.board.tongues import _
from vigens.desk import Looking, make_lens
from vigens.desk.hooks import (
    Courier,
    Hooks,
    Subscription,
    check_address,
    new_secret,
    private_allowed,
)
from vigens.journal import ALL, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData

    from vigens.board.contexts import Answered, Visit
    from vigens.desk.hooks import Delivery, Noted, State

#: Most subscriptions of a board, and longest name of one.
MOST_HOOKS, LONGEST_TITLE = 50, 60


@dataclass(frozen=True, slots=True)
class ShownHook:
    """One subscription.

    Attributes:
        waiting: How many messages wait.
        next_at: When one of them is tried again after it did not arrive; empty where
            none was tried.
        stopped_at: When it stopped by itself; empty where it did not.
    """

    id: str
    title: str
    url: str
    reader: str
    policy: str
    made_by: str
    is_active: bool
    waiting: int
    next_at: str
    stopped_at: str


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One line of the log."""

    at: str
    title: str
    message: str
    outcome: str
    is_sent: bool


@dataclass(frozen=True, slots=True)
class HooksPage:
    """The page.

    Attributes:
        hooks: Every subscription.
        notes: The log, newest first.
        readers: Through whose eyes somebody may be told.
        policies: Evidence policies to choose from.
        secret: Of a subscription just made, shown this once.
        problem: What was not done, and why.
        filled: What was filled in, where that is so.
    """

    hooks: tuple[ShownHook, ...]
    notes: tuple[ShownNote, ...]
    readers: tuple[str, ...]
    policies: tuple[str, ...]
    secret: str = ""
    problem: VigensError | None = None
    filled: tuple[tuple[str, str], ...] = ()

    def was(self, name: str) -> str:
        """Give what was filled in."""
        return dict(self.filled).get(name, "")


def show_hooks(visit: Visit) -> Page:
    """Show subscriptions and what was sent."""
    return _page(visit)


def act_hooks(visit: Visit, form: FormData) -> Answered:
    """Add a subscription, test one, stop one, or end it."""
    does = str(form.get("do") or "")
    hooks = Hooks(visit.casebook.folder)
    if does == "add":
        try:
            hook = _new(visit, form)
            with hooks.change() as state:
                _add(state, hook)
        except (InputError, UsageError) as error:
            names = ("title", "url", "reader", "policy")
            filled = tuple((name, _text(form, name)) for name in names)
            return _page(visit, problem=error, filled=filled, status=422)
        return _page(visit, secret=hook.secret)
    name = _text(form, "id")
    if does == "test":
        Courier(visit.casebook.folder, visit.casebook.clock).test(name)
    else:
        with hooks.change() as state:
            found = state.hook(name)
            if found is not None and does == "end":
                state.hooks.remove(found)
                state.waiting = [one for one in state.waiting if one.hook != name]
            elif found is not None and does == "stop":
                found.stop()
            elif found is not None and does == "go":
                state.resume(found, int(visit.casebook.clock().timestamp()))
    return Elsewhere(visit.link("/hooks"))


def _add(state: State, hook: Subscription) -> None:
    if len(state.hooks) >= MOST_HOOKS:
        raise InputError(
            _("there are too many subscriptions"), _("webhooks"), _("end some first")
        )
    state.hooks.append(hook)


def _new(visit: Visit, form: FormData) -> Subscription:
    """Read a subscription out of a form.

    Raises:
        InputError: A field cannot be used.
        UsageError: There is no such reader or policy.
    """
    title, url = _text(form, "title"), _text(form, "url")
    reader, policy = _text(form, "reader") or PUBLIC, _text(form, "policy")
    if not 1 <= len(title) <= LONGEST_TITLE or not title.isprintable():
        raise InputError(
            _("a subscription needs a name"),
            _("name"),
            _("say in a few words who is told"),
        )
    only = visit.person.reader
    if only not in (None, ALL) and reader not in (only, PUBLIC):
        raise InputError(
            _("these eyes tell nobody what %(reader)s sees") % {"reader": reader[:40]},
            _("reader"),
            _("choose another reader"),
        )
    check_address(url, is_private_allowed=private_allowed())
    now = int(visit.casebook.clock().timestamp())
    looking = Looking(now, reader=reader, policy=policy or None)
    make_lens(visit.casebook.case(), looking)
    return Subscription(
        secrets.token_hex(6),
        title,
        url,
        reader,
        policy,
        new_secret(),
        visit.person.name or visit.person.title,
        now,
    )


def _page(
    visit: Visit,
    *,
    secret: str = "",
    problem: VigensError | None = None,
    filled: tuple[tuple[str, str], ...] = (),
    status: int = 200,
) -> Page:
    state = Hooks(visit.casebook.folder).read()
    case, only = visit.casebook.case(), visit.person.reader
    readers = case.readers(visit.now, None).named
    if only not in (None, ALL):
        readers = tuple(dict.fromkeys((PUBLIC, only or PUBLIC)))
    titles = {hook.id: hook.title for hook in state.hooks}
    page = HooksPage(
        tuple(_shown(hook, state.waiting) for hook in state.hooks),
        tuple(_noted(one, titles) for one in reversed(state.noted)),
        readers,
        tuple(case.settings.policies),
        secret,
        problem,
        filled,
    )
    return Page("hooks.html", _("Webhooks"), page, status)


def _shown(hook: Subscription, waiting: Sequence[Delivery]) -> ShownHook:
    own = [one for one in waiting if one.hook == hook.id]
    tried = [one.next_at for one in own if one.attempts and hook.is_active]
    return ShownHook(
        hook.id,
        hook.title,
        hook.url,
        hook.reader,
        hook.policy,
        hook.made_by,
        hook.is_active,
        len(own),
        _moment(min(tried)) if tried else "",
        _moment(hook.stopped_at) if hook.stopped_at else "",
    )


def _noted(noted: Noted, titles: dict[str, str]) -> ShownNote:
    title = titles.get(noted.hook, noted.hook)
    return ShownNote(
        _moment(noted.at), title, noted.message, noted.outcome, noted.is_sent
    )


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[:600] if isinstance(value, str) else ""
