"""Who writes, on which view of the case, and what may be chosen there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vigens.base import InputError, Message, VigensError
from vigens.board.forms.fields import (
    Field,
    Option,
    ours,
)
from vigens.board.tongues import N_, code_words
from vigens.chrono import civil_date, parse_edtf
from vigens.desk import (
    Looking,
    make_lens,
    marks_for,
)
from vigens.desk.writing import (
    own_case,
)
from vigens.journal import ALL, PUBLIC
from vigens.people import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData

    from vigens.board.contexts import Visit
    from vigens.desk import Case
    from vigens.journal import Entry
    from vigens.model import Lens

#: No mark at all: seen by `all` alone.
NONE = "none"

#: The field that asks the one user of a board without accounts for a name.
BY = "recorded_by"

_LONGEST_NAME = 80

#: How many sources are proposed to be named again.
MOST_SOURCES = 40


@dataclass(frozen=True)
class Writing:
    """One person at one form: the case as those eyes see it, and the present.

    Attributes:
        visit: The request.
        target: The entry that the form is about, if it is about one.
        sent: What was sent, for forms that ask for more after an answer; none where
            the form is only shown.
    """

    visit: Visit
    target: Entry | None = None
    sent: FormData | None = None

    @cached_property
    def whole(self) -> Case:
        """Give the case as it stands now, to be recorded in; nothing answers from it."""
        return self.visit.casebook.case()

    @cached_property
    def now(self) -> int:
        """Give the present, UTC seconds, or the last record if that is later."""
        present = int(self.visit.casebook.clock().timestamp())
        return max(present, self.whole.latest_record(self.reader, present) or present)

    @property
    def reader(self) -> str:
        """Say whose eyes these are."""
        return self.visit.person.reader or self.visit.asked.reader or PUBLIC

    @cached_property
    def looking(self) -> Looking:
        """Say how the person looks: own eyes, chosen policy and readings, today."""
        asked = self.visit.asked
        return Looking(
            self.now,
            reader=self.reader,
            policy=asked.policy or None,
            readings=asked.readings,
        )

    @cached_property
    def lens(self) -> Lens:
        """Give the lens of now."""
        return make_lens(self.whole, self.looking)

    @cached_property
    def case(self) -> Case:
        """Give the case as this person knows it, of which drafts are made."""
        return own_case(self.whole, self.lens)

    @cached_property
    def shown(self) -> tuple[Entry, ...]:
        """List what this person may see of the journal."""
        return self.whole.seen(self.lens).shown

    @property
    def today(self) -> str:
        """Give today's date in the case's zone."""
        return civil_date(self.now, self.whole.settings.zone).isoformat()

    @property
    def is_alone(self) -> bool:
        """Say whether nobody signed in, so that a name is asked for."""
        return not self.visit.person.name

    def may(self, permission: Permission) -> bool:
        """Say whether this person may do more than the form asks for."""
        return self.visit.person.may(permission)

    def entry(self, reference: str) -> Entry:
        """Find an entry that this person may see.

        Raises:
            InputError: None or several are meant.
        """
        wanted = reference.strip().lower()
        found = [
            entry
            for entry in self.shown
            if (len(wanted) >= 6 and entry.id.startswith(wanted))
            or entry.payload.get("row") == reference.strip()
        ]
        if len(found) != 1:
            many = f"{len(found)} entries" if found else "no entry of this view"
            raise InputError(
                (
                    Message(
                        '{many} fit "{reference}"', many=many, reference=reference[:64]
                    )
                    if found
                    else Message(
                        '{many} fits "{reference}"', many=many, reference=reference[:64]
                    )
                ),
                Message("the entry"),
                Message(
                    "write the first 6 digits of its id or more, as its page shows them"
                ),
            )
        return found[0]

    def signed(self) -> tuple[Field, ...]:
        """Ask for a name where nobody signed in."""
        if not self.is_alone:
            return ()
        last = self.visit.casebook.last_name
        name = last or os.environ.get("VIGENS_BY") or "curator"
        return (
            Field(
                BY,
                N_("Your name"),
                hint=N_("as the entry is signed; a second person signs otherwise"),
                default=(name,),
                is_required=True,
                longest=_LONGEST_NAME,
                part=N_("Who records it"),
            ),
        )

    def marked(self, targets: Sequence[Entry] = ()) -> tuple[Field, ...]:
        """Ask who may see what is recorded; by default as what it is about."""
        readers = self.case.readers(self.now, None)
        try:
            usual = marks_for(self.case, self.now, None, targets)
        except InputError:
            usual = ()
        names = [name for name in readers.named if name != ALL]
        if self.visit.person.reader not in (None, ALL):
            cleared = readers.clearance(self.reader).marks or frozenset()
            names = [name for name in names if name in cleared]
        shown = dict.fromkeys((*usual, *names))
        options = [Option(name, self.title(name)) for name in shown]
        none = ours(NONE, N_("nobody but who sees everything"))
        return (
            Field(
                "mark",
                N_("Who may see it"),
                "many",
                N_("a delegation or group sees what bears its mark"),
                (*options, none),
                usual or (NONE,),
                is_required=True,
                part=N_("Who may see it"),
            ),
        )

    def title(self, name: str) -> str:
        """Give the words for a reader, a party or a group, with its code."""
        title = self.case.readers(self.now, None).groups.get(name)
        title = title or self.case.program.title_of(name)
        return code_words(name) if title == name else f"{title} ({name})"

    def actors(self) -> tuple[Option, ...]:
        """List everybody whom the agreements name, with their names."""
        actors = self.case.program.actors.values()
        return tuple(Option(actor.name, actor.title) for actor in actors)

    def parties(self) -> tuple[Option, ...]:
        """List the parties that this person may speak for, with their names."""
        program = self.case.program
        return tuple(
            Option(actor.name, actor.title)
            for actor in program.actors.values()
            if actor.sort == "party" and self.visit.person.may_speak_for(actor.name)
        )

    def lens_values(self, sort: str) -> tuple[str, ...]:
        """List the names of one sort that the agreements declare, or evidence gave."""
        try:
            return self.visit.session.values(sort)
        except (KeyError, VigensError):
            return ()

    def last_source(self) -> tuple[str, str, str]:
        """Give address, title and type of the source that this person used last, today.

        An older one, or somebody else's, would more often be wrong than right.
        """
        name = self.visit.person.name or self.visit.casebook.last_name
        for entry in reversed(self.shown):
            if entry.kind == "claim" and entry.sources and entry.recorded_by == name:
                if entry.recorded_at[:10] != self.today:
                    break
                source = entry.sources[0]
                return source.address, source.title or "", source.type or ""
        return "", "", ""

    def sources(self) -> tuple[Option, ...]:
        """List the sources that claims named last, to be chosen again."""
        found: dict[str, str] = {}
        for entry in reversed(self.shown):
            for source in entry.sources if entry.kind == "claim" else ():
                found.setdefault(source.address, source.title or "")
            if len(found) >= MOST_SOURCES:
                break
        return tuple(Option(address, title) for address, title in found.items())


def date_field(
    name: str, label: str, hint: str, default: str = "", part: str = ""
) -> Field:
    """Ask for a date in EDTF."""
    return Field(
        name,
        label,
        hint=hint,
        default=(default,) if default else (),
        check=parse_edtf,
        part=part,
    )
