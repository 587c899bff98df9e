"""The arguments of events and states: each asked for by what the agreements declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.board.forms.fields import Field, Option
from vigens.board.tongues import N_, tell
from vigens.engine import term_words
from vigens.rules import Constant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.forms.fields import Filled
    from vigens.board.forms.writing import Writing
    from vigens.rules import Variable

#: What no name of an argument holds; rules would read something else. So they would
#: of a line alone, which stands for anything.
_SIGNS = "(), "


def argument_fields(
    writing: Writing,
    params: Sequence[Variable],
    part: str,
    *,
    values: Sequence[str] = (),
    stem: str = "arg_",
) -> tuple[Field, ...]:
    """Ask for each argument of an event or state, with the names that are declared.

    Args:
        writing: Who writes.
        params: Of the event or state.
        part: Legend of the group of fields.
        values: What they hold at first.
        stem: How the names of the fields begin.
    """
    program = writing.case.program
    fields = []
    for number, param in enumerate(params, 1):
        options = tuple(
            Option(value, tell(term_words(program, Constant(value), param.sort)))
            for value in writing.lens_values(param.sort)
        )
        fields.append(
            Field(
                f"{stem}{number}",
                tell(Message(param.name)).replace("_", " "),
                "open",
                N_("a name of the agreements: choose or type") if options else "",
                options,
                tuple(values[number - 1 : number]),
                is_required=True,
                longest=120,
                part=part,
            )
        )
    return tuple(fields)


def arguments_of(
    params: Sequence[Variable], filled: Filled, stem: str = "arg_"
) -> list[str]:
    """Give the arguments as filled in.

    Raises:
        InputError: One of them is no name.
    """
    values = []
    for number in range(1, len(params) + 1):
        value = filled.one(f"{stem}{number}")
        if value == "_" or any(sign in value for sign in _SIGNS):
            raise InputError(
                Message('"{value}" is no name that rules know', value=value[:60]),
                f"{stem}{number}",
                Message("choose one of the names that are proposed"),
            )
        values.append(value)
    return values


def atom(name: str, values: Sequence[str]) -> str:
    """Write an event or state with its arguments, as rules do."""
    return f"{name}({', '.join(values)})" if values else name
