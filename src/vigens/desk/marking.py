"""Release marks of what is recorded: a sensible default, and none that leaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError, nearest
from vigens.desk.records import unfiltered
from vigens.journal import ALL, PUBLIC, RELEASE_GROUP, Draft, is_reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.desk.case import Case
    from vigens.journal import Entry, Readers

#: What `--mark` says for no mark at all: seen by `all` alone.
NONE = "none"


def marks_for(
    case: Case,
    now: int,
    given: Sequence[str] | None,
    targets: Iterable[Entry] = (),
) -> tuple[str, ...]:
    """Choose the marks of something that is recorded.

    What nothing is said of bears the marks that all it is about share, or else those of
    `case.toml`. Nobody may see what is about something that is kept from him.

    Args:
        case: Whose readers may be named.
        now: What is known by then decides who is in a group, UTC seconds.
        given: Names of readers, or `none` alone; `None` where nothing is said.
        targets: What it is about.

    Raises:
        UsageError: There is no such reader.
        InputError: A reader would see it and not what it is about.
    """
    about = tuple(targets)
    if given is None and about:
        return _shared(about)
    readers = case.readers(now, None)
    if given is None:
        for mark in case.settings.marks:
            _require(readers, mark)
        return case.settings.marks
    marks = tuple(sorted({mark for mark in given if mark != NONE}))
    for mark in marks:
        _require(readers, mark)
        clearance = readers.clearance(mark)
        for entry in about:
            if not clearance.sees(entry.marks):
                raise InputError(
                    f"{mark} may not see the {entry.kind} that this is about",
                    f"entry {entry.id[:12]}",
                    f"leave --mark {mark} out, or record it about what {mark} may see",
                )
    return marks


def mark_drafts(
    case: Case, now: int, drafts: Sequence[Draft], given: Sequence[str] | None
) -> tuple[Draft, ...]:
    """Put other marks on drafts; as they are where nothing is said.

    Raises:
        UsageError: There is no such reader.
        InputError: A reader would see one and not what it is about.
    """
    if given is None:
        return tuple(drafts)
    wanted = {target for draft in drafts for target in draft.about}
    about = [entry for entry in unfiltered(case.records) if entry.id in wanted]
    return tuple(
        replace(
            draft,
            marks=marks_for(
                case, now, given, (e for e in about if e.id in draft.about)
            ),
        )
        for draft in drafts
    )


def group_draft(
    case: Case,
    now: int,
    name: str,
    *,
    title: str,
    by: str,
    marks: Sequence[str] | None = None,
) -> Draft:
    """Draft a release group, so that things can be released to its members together.

    Args:
        case: Where it is used.
        now: Present, UTC seconds.
        name: What marks and readers call it.
        title: What people call it.
        by: Who records it.
        marks: Who may see that there is such a group; by default as in `case.toml`.

    Raises:
        InputError: The name is none, or is taken.
        UsageError: There is no such reader.
    """
    if not is_reader_name(name) or name == NONE:
        raise InputError(
            f'"{name[:60]}" is no name of a reader',
            "the group",
            "use letters, digits and _ - . :",
        )
    if case.readers(now, None).knows(name):
        raise InputError(
            f'there is a reader "{name}" already',
            "the group",
            "choose another name; a delegation is a reader without being recorded",
        )
    given = None if marks is None else [mark for mark in marks if mark != name]
    chosen = set(marks_for(case, now, given))
    if marks is not None and name in marks:
        chosen.add(name)  # its members may see that they are one
    payload = {"group": name, "title": title}
    return Draft(RELEASE_GROUP, payload, by, marks=tuple(sorted(chosen)))


def membership_draft(
    case: Case,
    now: int,
    group: str,
    member: str,
    *,
    is_member: bool,
    by: str,
    span: str | None = None,
    known_from: str | None = None,
    marks: Sequence[str] | None = None,
) -> Draft:
    """Draft that a reader is in a release group, or is no longer.

    Args:
        case: Of the group.
        now: Present, UTC seconds.
        group: Its name.
        member: A delegation, or another group; membership is never handed on.
        is_member: Whether it is in.
        by: Who records it.
        span: EDTF from when until when; by default until it is taken back.
        known_from: EDTF; by default when it is recorded.
        marks: Who may see it; by default the members.

    Raises:
        InputError: No such group, or nothing to take back.
        UsageError: There is no such reader.
    """
    readers = case.readers(now, None)
    if group not in readers.groups:
        meant = nearest(group, readers.groups)
        raise InputError(
            f'there is no release group "{group[:60]}"',
            "the group",
            f'did you mean "{meant}"?'
            if meant
            else f"record it: vigens release CASE group {group[:60]} --title TEXT",
        )
    _require(readers, member)
    if member in (PUBLIC, group):
        raise InputError(
            f"{member} cannot be in {group}", "the member", "name a delegation"
        )
    pair = (group, member)
    standing = [
        entry
        for entry in readers.standing
        if (entry.payload["group"], entry.payload["member"]) == pair
    ]
    if not is_member and not standing:
        raise InputError(
            f"{member} is in {group} by no record that stands",
            "the member",
            "`vigens log CASE --kind membership --reader all` lists who is in what",
        )
    if marks is None:
        chosen = standing[-1].marks if standing else (group,)
    else:
        chosen = marks_for(case, now, marks)
    return Draft(
        "membership",
        {"group": group, "member": member, "is_member": is_member},
        by,
        happened=span,
        known_from=known_from,
        marks=chosen,
        supersedes=standing[-1].id if standing else None,
    )


def _require(readers: Readers, name: str) -> None:
    if name == ALL:
        raise UsageError(
            "all is no mark: that reader sees everything",
            "--mark",
            f"write --mark {NONE} for what only all may see",
        )
    readers.clearance(name)


def _shared(entries: Sequence[Entry]) -> tuple[str, ...]:
    first, *others = entries
    return tuple(
        mark for mark in first.marks if all(mark in other.marks for other in others)
    )
