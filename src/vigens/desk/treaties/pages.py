"""The pages of a case of treaties: one for each treaty, one for the parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vigens.desk.treaties.clauses import Late, Notice, Rule
from vigens.desk.treaties.names import Names
from vigens.desk.treaties.reading import Treaty
from vigens.desk.treaties.wording import (
    Wording,
    date_in_words,
    late_in_words,
    notice_in_words,
    quoted,
    rule_in_words,
    wait_in_rules,
)

_FENCE = "```"
_NO_LATE = (
    "The source says nothing of them. So each is bound from its own deposit, and not "
    "before the treaty itself (VCLT article 24(3))."
)
_NO_NOTICE = (
    "The source gives no rule for it. A notice therefore takes effect on the day that "
    "the source gives, and otherwise not by itself (VCLT articles 54 and 56)."
)
_PARTIES = (
    "Whoever is named in the tables. That a name stands here is no consent to anything. "
    "States have their ISO 3166-1 code where their name is known; whatever is not known "
    "keeps a name of its own. The title is how the newest table prints it."
)


def plain(text: str) -> str:
    """Make a text of the source safe in Markdown: it is text and no markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))


def block(lines: Iterable[str]) -> str:
    """Put rules into a block."""
    return "\n".join([f"{_FENCE}vigens", "vigens 1", *lines, _FENCE])


@dataclass(frozen=True, slots=True)
class Around:
    """What a treaty's page says of other things.

    Attributes:
        requires: Ids of the treaties that it waits for, and of those that these wait
            for.
        titles: Id of each treaty of the folder to its title.
        is_required: Whether another one waits for it.
        n_acts: How many of its acts stand in the table.
    """

    requires: Sequence[str]
    titles: Mapping[str, str]
    is_required: bool
    n_acts: int


def treaty_page(treaty: Treaty, wording: Wording, around: Around) -> str:
    """Write the page of one treaty.

    Args:
        treaty: As read.
        wording: For its names.
        around: What it has to do with others.
    """
    rule = treaty.rule
    others = [around.titles.get(other, other) for other in rule.requires]
    adopted = f"Adopted on {date_in_words(treaty.adopted)}. " if treaty.adopted else ""
    state = f", as of {date_in_words(treaty.as_of)}" if treaty.as_of else ""
    acts = (
        f"{adopted}{around.n_acts} acts of its parties stand in the table acts.csv, "
        f"taken from {plain(treaty.source)}{state}."
    )
    parts = [
        f"# {plain(treaty.title)}",
        acts,
        block(_instrument(treaty, wording.name)),
        f"## Entry into force{_article(rule.article)}",
        plain(rule_in_words(rule, others)),
        block(_entry(rule, wording, around)),
    ]
    if treaty.late is not None:
        parts += [
            "## Those who come late",
            plain(late_in_words(treaty.late)),
        ]
        if not treaty.late.wait.is_none:
            parts.append(block(_late(treaty.late, wording.name)))
    else:
        parts += ["## Those who come late", _NO_LATE]
    if treaty.notice is not None:
        parts += [
            f"## Withdrawal{_article(treaty.notice.article)}",
            plain(notice_in_words(treaty.notice)),
            block(_withdrawal(treaty.notice, wording.name)),
        ]
    else:
        parts += ["## Withdrawal", _NO_NOTICE]
    return "\n\n".join(parts) + "\n"


def _article(article: str) -> str:
    return f" (article {plain(article)})" if article else ""


def _instrument(treaty: Treaty, name: str) -> list[str]:
    lines = [
        f'instrument {name} "{quoted(treaty.title)}"',
        "  kind        treaty",
        "  binding     legally",
        "  text        published",
    ]
    if treaty.adopted:
        lines.append(f"  adopted     {_date(treaty.adopted)}")
    return [*lines, f'  source      "{quoted(treaty.source)}"']


def _date(text: str) -> str:
    return text if re.fullmatch(r"[\d:TZ~?%-]+", text) else f'"{text}"'


def _provision(name: str, title: str, lines: Iterable[str], article: str) -> list[str]:
    source = [f'  source      "article {quoted(article)}"'] if article else []
    return [f'provision {name} "{title}"', *lines, *source]


def _entry(rule: Rule, wording: Wording, around: Around) -> list[str]:
    name = wording.name
    under = f"  under       {name}"
    complete = f"  upon        instruments.complete({name})"
    found = _provision(
        f"{name}.complete",
        "It has the instruments that it needs",
        [
            under,
            f"  brings      instruments.complete({name})",
            f"  once        {wording.needed(rule)}",
        ],
        rule.article,
    )
    others = wording.others(around.requires)
    when = [complete, *wait_in_rules(rule.wait)]
    if rule.not_before:
        when.append(f"  not before  {_date(rule.not_before)}")
    if others or around.is_required:
        lines = [under, f"  brings      entry.due({name})", *when]
        found += _provision(f"{name}.due", "Its own time is over", lines, rule.article)
    if others:
        when = [f"  once        {' and '.join([f'entry_due({name})', *others])}"]
    lines = [under, f"  brings      enters.into.force({name})", *when]
    return found + _provision(f"{name}.enters", "Entry into force", lines, rule.article)


def _late(late: Late, name: str) -> list[str]:
    when = f"instruments_complete({name})"
    if late.after_entry:
        when += f" and (in_force({name}) or happens enters.into.force({name}))"
    takes = [
        f"  under       {name}",
        f"  brings      consent.wait.ends({name}, party)",
        f"  upon        consent.established({name}, party)",
        *wait_in_rules(late.wait),
    ]
    if late.wait.unread:
        takes.append(f'  perhaps     because "{quoted(late.wait.unread)}"')
    return [
        *_provision(
            f"{name}.late",
            "A later instrument waits",
            [
                f"  under       {name}",
                f"  brings      consent.waits({name}, party)",
                f"  upon        consent.established({name}, party)",
                f"  when        {when}",
            ],
            "",
        ),
        *_provision(
            f"{name}.late.effect", "The time of an instrument is over", takes, ""
        ),
    ]


def _withdrawal(notice: Notice, name: str) -> list[str]:
    lines = [
        f"  under       {name}",
        f"  brings      denounces({name}, party)",
        f"  upon        notifies.withdrawal({name}, party)",
        *wait_in_rules(notice.wait),
    ]
    unless = f"withdrawal_revoked({name}, party)"
    if notice.unless:
        unless += f' or unstated "{quoted(notice.unless)}"'
    lines.append(f"  unless      {unless}")
    if notice.wait.unread:
        lines.append(f'  perhaps     because "{quoted(notice.wait.unread)}"')
    return _provision(
        f"{name}.withdrawal", "Withdrawal takes effect", lines, notice.article
    )


def parties_page(names: Names) -> str:
    """Write the page of the parties, with every way in which they are printed."""
    states = [p for p in names.parties.values() if not p.is_organisation]
    bodies = [p for p in names.parties.values() if p.is_organisation]
    states.sort(key=lambda p: p.id)
    bodies.sort(key=lambda p: p.id)
    parts = [
        "# Parties",
        _PARTIES,
        "## States",
        block(f'party {p.id} "{quoted(p.title)}"' for p in states),
    ]
    if bodies:
        lines = [f'party {p.id} "{quoted(p.title)}" organisation' for p in bodies]
        parts += ["## Organisations", block(lines)]
    several = [p for p in (*states, *bodies) if len(p.printed) > 1]
    if several:
        rows = [f"| `{p.id}` | {plain('; '.join(p.printed))} |" for p in several]
        parts += [
            "## Printed in several ways",
            "\n".join(["| In rules | In the tables |", "| --- | --- |", *rows]),
        ]
    return "\n\n".join(parts) + "\n"


def weights_page(
    named: tuple[str, str], file: str, amounts: Sequence[tuple[str, str]], title: str
) -> str:
    """Write the page of one table of weights.

    Args:
        named: Their name in rules, and the sort that they weigh.
        file: Where they come from.
        amounts: Party in rules, and its amount as written.
        title: What they are.
    """
    total = sum(Decimal(amount) for _, amount in amounts)
    listed = ",\n      ".join(f"{party} {amount}" for party, amount in amounts)
    head = f'weights {named[0]} "{quoted(title)}" of {named[1]}'
    said = (
        f"{len(amounts)} parties with {total} in all, from the file {plain(file)}. "
        "Shares are counted of that sum."
    )
    parts = [f"# Weights: {plain(title)}", said, block([head, f"  of  {listed}"])]
    return "\n\n".join(parts) + "\n"
