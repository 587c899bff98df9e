"""Pledges as activities of the IATI standard, 2.03; what lacks a field is not made up.

A pledge of money is an activity with one transaction of type 12 (outgoing pledge). Who
is only said to pledge is the participating organisation, never the reporting one. A
promise is not work under way: the activity is in the pipeline, and the standard's
mandatory start carries the day of the pledge, with words that it is no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

VERSION = "2.03"

#: Codes of the standard: in the pipeline; funding; planned start; outgoing pledge.
_STATUS, _FUNDS, _PLANNED, _PLEDGE = "1", "1", "1", "12"

#: What the day in place of a start is.
_NO_START = "the day of the pledge; when anything is to start is not known"

_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge as somebody reports it.

    Attributes:
        id: Names it, within the reporter.
        title: In words.
        words: How it is known, and what it hangs on.
        by: Who pledges, as the case names them.
        by_title: Their name.
        country: ISO 3166-1 alpha-2 of who receives; empty if that is not said.
        amount: How much.
        currency: ISO 4217.
        day: ISO date on which it was said.
        comparison: `eq`, or how the amount is only bounded.
    """

    id: str
    title: str
    words: str
    by: str
    by_title: str
    country: str
    amount: int | None
    currency: str
    day: str
    comparison: str = "eq"


def pledge_faults(pledge: Pledge) -> tuple[str, ...]:
    """Say what a pledge lacks to be an activity of the standard."""
    faults = []
    if pledge.amount is None:
        faults.append("no amount")
    if not _CURRENCY.fullmatch(pledge.currency):
        faults.append("no currency")
    if not _DAY.fullmatch(pledge.day):
        faults.append("no exact day")
    return tuple(faults)


def write_activities(
    pledges: Iterable[Pledge],
    *,
    reporter: str,
    reporter_title: str,
    at: int,
    lens: str,
) -> str:
    """Write pledges as activities.

    Args:
        pledges: Those that lack what the standard needs are left out, each with a
            comment that says what it lacks.
        reporter: Identifier of who reports, as the standard registers organisations.
        reporter_title: Their name.
        at: When this was known, UTC seconds.
        lens: What it depends on, in words.
    """
    moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<!-- {_comment(lens)} -->",
        f'<iati-activities version="{VERSION}" generated-datetime="{moment}">',
    ]
    for pledge in pledges:
        faults = pledge_faults(pledge)
        if faults:
            lacking = f"left out {pledge.id}: {', '.join(faults)}"
            lines.append(f"<!-- {_comment(lacking)} -->")
        else:
            lines += _activity(pledge, reporter, reporter_title, moment)
    return "\n".join([*lines, "</iati-activities>", ""])


def _activity(
    pledge: Pledge, reporter: str, reporter_title: str, moment: str
) -> list[str]:
    bound = "" if pledge.comparison == "eq" else pledge.comparison.replace("_", " ")
    about = f"{pledge.title} ({bound} the amount given)" if bound else pledge.title
    return [
        (
            f'<iati-activity default-currency="{pledge.currency}" '
            f'last-updated-datetime="{moment}" xml:lang="en">'
        ),
        f"<iati-identifier>{_xml(reporter)}-{_xml(pledge.id)}</iati-identifier>",
        f'<reporting-org ref="{_xml(reporter)}" type="90" secondary-reporter="1">',
        f"{_narrative(reporter_title)}</reporting-org>",
        f"<title>{_narrative(about)}</title>",
        f'<description type="1">{_narrative(pledge.words or about)}</description>',
        f'<participating-org role="{_FUNDS}">',
        f"{_narrative(pledge.by_title)}</participating-org>",
        f'<activity-status code="{_STATUS}"/>',
        f'<activity-date type="{_PLANNED}" iso-date="{pledge.day}">',
        f"{_narrative(_NO_START)}</activity-date>",
        *(
            [f'<recipient-country code="{_xml(pledge.country)}" percentage="100"/>']
            if pledge.country
            else []
        ),
        "<transaction>",
        f'<transaction-type code="{_PLEDGE}"/>',
        f'<transaction-date iso-date="{pledge.day}"/>',
        (
            f'<value currency="{pledge.currency}" value-date="{pledge.day}">'
            f"{pledge.amount}</value>"
        ),
        f"<description>{_narrative(about)}</description>",
        f"<provider-org>{_narrative(pledge.by_title)}</provider-org>",
        "</transaction>",
        "</iati-activity>",
    ]


def _narrative(text: str) -> str:
    return f"<narrative>{_xml(text)}</narrative>"


def _xml(text: str) -> str:
    return escape("".join(sign for sign in text if sign.isprintable()), quote=True)


def _comment(text: str) -> str:
    return _xml(text).replace("--", "- -")
