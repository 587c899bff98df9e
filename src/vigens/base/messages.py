"""Messages: sentences of ours that a surface may say in another language.

A message is plain English text wherever text is wanted. It remembers the template and
the facts it was made of, so that who shows it can put a translated template in the
place of ours. Texts of agreements, quotes and names are facts: they stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Self

#: Gives the translation of a template, or the template itself.
Translate = Callable[[str], str]


class Message(str):
    """A sentence with the template and the facts it was made of.

    Example:
        >>> said = Message("nobody has looked since {day}", day="2026-03-07")
        >>> said
        'nobody has looked since 2026-03-07'
        >>> said.say({"nobody has looked since {day}": "depuis le {day}"}.get)
        'depuis le 2026-03-07'
    """

    __slots__ = ("facts", "template")

    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, /, **facts: Any) -> Self:
        """Fill a template, written in the code, with facts.

        Args:
            template: As `str.format` reads it, with named places only.
            facts: What goes there; a message among them is translated in its place.
        """
        made = super().__new__(cls, template.format(**facts) if facts else template)
        made.template = template
        made.facts = facts
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Let it be copied and kept as it was made."""
        return (self.template,), self.facts

    def say(self, translate: Translate) -> str:
        """Say it with translated templates."""
        template = translate(self.template) or self.template
        if not self.facts:
            return template
        return template.format(**{k: say(v, translate) for k, v in self.facts.items()})

    def swapped(self, fact: str, other: str) -> str:
        """Give the same sentence about something else."""
        if not self.facts:
            return self
        facts = {
            name: value.swapped(fact, other)
            if isinstance(value, Message)
            else (other if value == fact else value)
            for name, value in self.facts.items()
        }
        return type(self)(self.template, **facts)


class Joined(Message):
    """Messages and other texts in a row, with the same separator between them.

    Example:
        >>> Joined("; ", ["it is disputed", "two days late"])
        'it is disputed; two days late'
    """

    __slots__ = ()

    def __new__(cls, separator: str, parts: Iterable[str]) -> Self:
        """Join parts; the separator is no word and stays as it is."""
        kept = tuple(parts)
        made = str.__new__(cls, separator.join(kept))
        made.template = separator
        made.facts = {"parts": kept}
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, Any], dict[str, Any]]:  # type: ignore[override]  # as __new__
        """Let it be copied and kept as it was made."""
        return (self.template, self.facts["parts"]), {}

    def say(self, translate: Translate) -> str:
        """Say each part with translated templates."""
        return self.template.join(say(p, translate) for p in self.facts["parts"])

    def swapped(self, fact: str, other: str) -> str:
        """Give the same row about something else."""
        return Joined(
            self.template,
            (
                p.swapped(fact, other) if isinstance(p, Message) else p
                for p in self.facts["parts"]
            ),
        )


class Dated(Message):
    """A date as it is written (EDTF), which a surface may say in words.

    Who translates is handed the date itself in the place of a template.

    Example:
        >>> said = Message("since {day}", day=Dated("2026-03-07"))
        >>> said
        'since 2026-03-07'
        >>> said.say(lambda t: "7 March 2026" if isinstance(t, Dated) else t)
        'since 7 March 2026'
    """

    __slots__ = ()

    def __new__(cls, text: str | date, /) -> Self:
        """Take a date as written, or a civil day."""
        return super().__new__(cls, str(text))

    def say(self, translate: Translate) -> str:
        """Say the date."""
        return translate(self) or self


class Numbered(Message):
    """A number, which a surface may write in its own way.

    Example:
        >>> said = Message("{n} troops", n=Numbered(15000))
        >>> said
        '15 000 troops'
        >>> said.say(lambda t: f"{t.value:,}" if isinstance(t, Numbered) else t)
        '15,000 troops'
    """

    __slots__ = ("value",)

    value: int

    def __new__(cls, value: int, /) -> Self:
        """Take a number."""
        made = super().__new__(cls, f"{value:,}".replace(",", " "))
        made.value = value
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[Any], dict[str, Any]]:
        """Let it be copied and kept as it was made."""
        return (self.value,), {}

    def say(self, translate: Translate) -> str:
        """Say the number."""
        return translate(self) or self


def say(text: Any, translate: Translate) -> str:
    """Say a message with translated templates, or a civil day; all else as it is."""
    if isinstance(text, date):
        text = Dated(text)
    return text.say(translate) if isinstance(text, Message) else str(text)
