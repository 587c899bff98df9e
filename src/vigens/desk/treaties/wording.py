"""Clauses in the words of rules, and in plain words for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vigens.desk.treaties.clauses import Late, Notice, Rule, Wait

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def counted(number: int, unit: str) -> str:
    """Write "1 month", "3 months"."""
    return f"{number} {unit[:-1] if number == 1 else unit}"


def wait_in_rules(wait: Wait) -> list[str]:
    """Give the clause of a delay; none where it comes at once, or is not understood."""
    if wait.unread:
        return []
    if wait.first_of == "month":
        month = ordinal(wait.amount)
        return [f"  on          the first day of the {month} month after the month"]
    span = counted(wait.amount, wait.unit)
    if wait.first_of is not None:
        return [f"  after       {span}, on the first day of the {wait.first_of}"]
    return [] if wait.is_none else [f"  after       {span}"]


def wait_in_words(wait: Wait, since: str) -> str:
    """Say when it is, counted from something."""
    if wait.unread:
        return f"at a time that was not understood ({wait.unread}), after {since}"
    if wait.first_of == "month":
        month = ordinal(wait.amount)
        return f"on the first day of the {month} month after the month of {since}"
    span = counted(wait.amount, wait.unit)
    if wait.first_of is not None:
        following = wait.first_of.removeprefix("following ")
        return (
            f"on the first day of the {following} that follows the end of {span} from "
            f"{since}"
        )
    return f"{span} after {since}" if wait.amount else f"on the day of {since}"


def date_in_words(text: str | None) -> str:
    """Write a date as people do, where it is a day; else as it stands."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        return str(text)
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True, slots=True)
class Wording:
    """Names that a treaty's rules use.

    Attributes:
        name: The treaty's name in rules.
        party: Printed name to name in rules.
        treaty: Id of a treaty to its name in rules, or none where it is not there.
        weights: File to the name of its weights and the sort that they weigh, or none
            where it holds none.
    """

    name: str
    party: Callable[[str], str]
    treaty: Callable[[str], str | None]
    weights: Callable[[str], tuple[str, str] | None]

    def needed(self, rule: Rule) -> str:
        """Give the condition that completes a treaty."""
        who = "party" if rule.has_organisations else "state"
        atom = f"consented({self.name}, {who})"
        named = [f"consented({self.name}, {self.party(p)})" for p in rule.listed]
        parts = named
        if rule.of_listed is not None:
            chosen = " or ".join(f"party is {self.party(p)}" for p in rule.listed)
            asked = f"consented({self.name}, party)"
            parts = [f"(at least {rule.of_listed} of party in ({chosen}): {asked})"]
        if rule.count is not None:
            parts.append(f"(at least {rule.count} of {who}: {atom})")
        if rule.share is not None or rule.amount is not None:
            weights = self.weights(rule.weights) if rule.weights else None
            if weights is None:
                parts.append('unstated "which weight each party has"')
            else:
                scale, who = weights
                for much in (rule.share and _share(rule.share), rule.amount):
                    if much is not None:
                        asked = f"at least {much} of {scale} of {who}"
                        parts.append(f"({asked}: consented({self.name}, {who}))")
        parts += [f'unstated "{quoted(words)}"' for words in rule.unread[:1]]
        if len(parts) == 1 and parts[0].startswith("("):
            return parts[0][1:-1]
        return "\n               and ".join(parts)

    def others(self, requires: Iterable[str]) -> list[str]:
        """Give the conditions that other treaties are: that their time has come.

        Of a treaty that waits for others itself, these stand among them.
        """
        return [
            f"entry_due({name})"
            if (name := self.treaty(other)) is not None
            else f'unstated "{quoted(f"whether {other} is in force")}"'
            for other in requires
        ]


def _share(share: tuple[int, int]) -> str:
    parts, whole = share
    if 100 % whole == 0:
        return f"{parts * (100 // whole)}%"
    return f"{parts}/{whole}"


def quoted(text: str) -> str:
    """Make a text fit between straight marks on one line."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.replace('"', "”").split())


def rule_in_words(rule: Rule, titles: Sequence[str]) -> str:
    """Say in a sentence when a treaty enters into force.

    Args:
        rule: Of the treaty.
        titles: Of the treaties that it requires.
    """
    needs = []
    who = "states and organisations" if rule.has_organisations else "states"
    if rule.count is not None:
        needs.append(
            f"{rule.count} {who if rule.count > 1 else 'state'} have consented"
        )
    if rule.share is not None:
        parts, whole = rule.share
        needs.append(
            f"those that have consented hold at least {100 * parts / whole:g} percent of "
            "the weight"
        )
    if rule.amount is not None:
        needs.append(
            f"those that have consented have a weight of {rule.amount} or more"
        )
    if rule.of_listed is not None:
        number, of = rule.of_listed, ", ".join(rule.listed)
        has = "has" if number == 1 else "have"
        needs.append(f"at least {number} of these {has} consented: {of}")
    elif rule.listed:
        has = "has" if len(rule.listed) == 1 else "have"
        needs.append(f"{_all(rule.listed)} {has} consented")
    needs += [f"(not understood: {words})" for words in rule.unread]
    when = wait_in_words(rule.wait, "that day").replace("the day of that", "that")
    text = f"It has what it needs on the day on which {' and '.join(needs)}. "
    text += f"It enters into force {when}"
    if rule.not_before:
        text += f", but not before {date_in_words(rule.not_before)}"
    if titles:
        text += f", and not before {_all(titles)} {'is' if len(titles) == 1 else 'are'} in force"
    text += "."
    if not rule.has_organisations:
        text += " Instruments of organisations are not counted."
    return text


def late_in_words(late: Late) -> str:
    """Say in a sentence when a treaty binds those who come late."""
    first = (
        "An instrument that is deposited before the treaty is in force takes effect "
        "with it"
        if late.after_entry
        else "The instruments up to the completing one take effect with the treaty"
    )
    then = wait_in_words(late.wait, "its own deposit")
    return (
        f"{first}. A later one takes effect {then}, and not before the treaty itself."
    )


def notice_in_words(notice: Notice) -> str:
    """Say in a sentence when a withdrawal takes effect."""
    text = f"A withdrawal takes effect {wait_in_words(notice.wait, 'the notice')}"
    return f"{text}, unless: {notice.unless}." if notice.unless else f"{text}."


def _all(names: Iterable[str]) -> str:
    found = list(names)
    if len(found) == 1:
        return found[0]
    return f"{', '.join(found[:-1])} and {found[-1]}"
