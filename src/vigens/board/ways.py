"""A way into the board: a path, what answers it, and what it asks of who takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Answered, Visit
from vigens.people import Permission

if TYPE_CHECKING:
    from starlette.datastructures import FormData

#: What answers a request that only reads.
View = Callable[[Visit], Answered]

#: What answers a form that was sent: the visit, and the fields of the form.
Act = Callable[[Visit, "FormData"], Answered]


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the route table. A way without a rule cannot be written.

    Attributes:
        path: As Starlette reads it, such as `/entry/{id}`.
        needs: What whoever takes it must be allowed.
        view: Answers GET.
        act: Answers POST; none where nothing can be sent. It needs a board that
            records, a form token of this board, and `to_act` or else `needs`.
        to_act: What sending the form asks for, where that is more than to see it.
        room: The room of the navigation where it stands; empty in none.
        title: Its name there.
        is_kept: Whether its page may be kept for who comes next under the same lens;
            no for pages that show what is not in the journal.
        is_apart: Whether it is of accounts and not of the case: answered without
            holding the case, and its forms also where nothing is recorded.
    """

    path: str
    needs: Permission
    view: View
    act: Act | None = None
    to_act: Permission | None = None
    room: str = ""
    title: str = ""
    is_kept: bool = True
    is_apart: bool = False

    def asks(self, method: str) -> Permission:
        """Give what a method of this way asks for."""
        return (self.to_act or self.needs) if method == "POST" else self.needs
