"""A form as a value: what it asks and makes, and its pages with what is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.forms.fields import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vigens.board.forms.effects import ShownEffect, ShownSince
    from vigens.board.forms.fields import Fault, Field, Filled, Row
    from vigens.board.forms.writing import Writing
    from vigens.desk import Carried
    from vigens.journal import Draft, Entry
    from vigens.people import Permission

#: Empty rows that a group of fields begins with.
_FIRST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of entry that a person makes.

    Attributes:
        path: Of its page; `{id}` names the entry that it is about.
        title: What one does with it.
        lead: One or two sentences for who does it for the first time.
        needs: What it asks of a person.
        lay: Gives its fields.
        draft: Makes drafts of what is filled in, signed by a name.
        kinds: Kinds of entries that it can be about; empty where it is about none, or
            about any.
        places: Names of fields by what an error of the desk calls its place.
        warning: Words before what cannot be taken back.
        after: What else is done once its entries are recorded.
        record: Records its drafts, where more is to be checked than a draft tells.
        then: Gives what the address of the receipt carries besides.
        foresee: Says what its drafts lead to later, where that is more than what they
            change once they are recorded, and what is to be thought of before.
    """

    path: str
    title: str
    lead: str
    needs: Permission
    lay: Callable[[Writing], tuple[Field, ...]]
    draft: Callable[[Writing, Filled, str], Sequence[Draft]]
    kinds: frozenset[str] = frozenset()
    places: Mapping[str, str] | None = None
    warning: str = ""
    after: Callable[[Writing, Sequence[Entry]], None] | None = None
    record: Callable[[Writing, Sequence[Draft]], tuple[Entry, ...]] | None = None
    then: Callable[[Writing], dict[str, str]] | None = None
    foresee: (
        Callable[[Writing, Sequence[Draft]], tuple[Carried, tuple[str, ...]]] | None
    ) = None


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that belong together."""

    legend: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form as it is shown: empty, or with what was filled in and is wrong.

    Attributes:
        form: What it is.
        action: Where it is sent.
        parts: Its fields.
        filled: What they hold.
        faults: What is wrong in them.
        target: The entry that it is about.
        target_href: Of that entry.
        subject: The event or state that is recorded, in words and by its name, and
            where another is chosen; none where the form is of neither.
        signed: Who signs; empty where a field asks for it.
        asked: The group of fields of which one row more was asked for, and how many
            rows it is to have.
    """

    form: Form
    action: str
    parts: tuple[Part, ...]
    filled: Filled
    faults: tuple[Fault, ...]
    target: Entry | None
    target_href: str
    signed: str
    subject: tuple[str, str, str] | None = None
    asked: tuple[str, int] = ("", 0)

    def faults_of(self, name: str) -> tuple[Fault, ...]:
        """Give what is wrong with one field."""
        return tuple(fault for fault in self.faults if fault.name == name)

    @property
    def has_rows(self) -> bool:
        """Say whether some fields can be asked for once more."""
        return any(field.columns for part in self.parts for field in part.fields)

    def rows_of(self, field: Field) -> list[Row]:
        """Give the rows of a group of fields, with at least one to be filled in."""
        found = list(self.filled.rows(field.name))
        wanted = self.asked[1] if self.asked[0] == field.name else _FIRST_ROWS
        n_empty = max(1, wanted - len(found))
        start = {column.name: "".join(column.default) for column in field.columns}
        return [*found, *([start] * n_empty)][:MOST_ROWS]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What an entry would change, before it is recorded.

    Attributes:
        form: Of the entry.
        action: Where it is sent.
        filled: What was filled in.
        effect: What would be recorded, and what it changes.
        own: Fields of the form itself.
        since: What others recorded meanwhile, where that stands in the way.
        signed: Who signs.
        warnings: What is to be thought of before.
    """

    form: Form
    action: str
    filled: tuple[tuple[str, str], ...]
    effect: ShownEffect
    own: tuple[tuple[str, str], ...]
    since: ShownSince | None
    signed: str
    warnings: tuple[str, ...] = ()
