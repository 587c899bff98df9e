"""Calendars (RFC 5545): an uncertain date is a range of whole days, and tentative.

An instant that is known to the second is an event at that instant. Anything less
exact covers every civil day on which it may be, and says so; no day is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from vigens.chrono import civil_date

#: Octets of a line before it is folded (RFC 5545, 3.1).
LONGEST_LINE = 75

#: A range longer than this is no date that a calendar could show.
MOST_DAYS = 370


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a date: a deadline, a meeting, a planned step.

    Attributes:
        uid: Stays the same as long as it is the same thing.
        title: In words.
        first: Earliest instant that it may be, UTC seconds.
        last: Latest instant that it may be, UTC seconds, included.
        words: More about it.
        kind: Category, such as `deadline`.
        url: Where more is said.
        is_sure: Whether it surely takes place; else it is tentative, exact or not.
    """

    uid: str
    title: str
    first: int
    last: int
    words: str = ""
    kind: str = ""
    url: str = ""
    is_sure: bool = True


def write_calendar(
    title: str, events: Iterable[Dated], *, zone: str, at: int, lens: str = ""
) -> str:
    """Write a calendar.

    Args:
        title: Of the calendar.
        events: Those whose range is longer than a year are left out, and counted in
            the description.
        zone: IANA name, whose civil days count.
        at: When this was known, UTC seconds: the stamp of every event.
        lens: What the calendar depends on, in words.
    """
    every = tuple(events)
    shown = [each for each in every if _days(each, zone) <= MOST_DAYS]
    left = len(every) - len(shown)
    about = lens + (
        f" ({left} without a date that a calendar can show)" if left else ""
    )
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vigens//Vigens//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
        f"X-WR-CALDESC:{_text(about)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for each in shown for line in _event(each, zone, at, lens)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _days(each: Dated, zone: str) -> int:
    return (civil_date(each.last, zone) - civil_date(each.first, zone)).days + 1


def _event(each: Dated, zone: str, at: int, lens: str) -> list[str]:
    is_exact = each.first == each.last
    first, last = civil_date(each.first, zone), civil_date(each.last, zone)
    is_day = first == last
    if is_exact:
        when = [f"DTSTART:{_moment(each.first)}"]
    else:
        after = last + timedelta(days=1)
        when = [
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        ]
    status = "CONFIRMED" if each.is_sure and (is_exact or is_day) else "TENTATIVE"
    words = [each.words, _range(first, last) if not is_day else "", lens]
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(each.uid)}",
        f"DTSTAMP:{_moment(at)}",
        *when,
        f"SUMMARY:{_text(each.title)}",
        f"DESCRIPTION:{_text(chr(10).join(word for word in words if word))}",
        *([f"CATEGORIES:{_text(each.kind)}"] if each.kind else []),
        *([f"URL:{_address(each.url)}"] if each.url else []),
        f"STATUS:{status}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _range(first: date, last: date) -> str:
    return f"The day is not known: it is between {first} and {last}."


def _moment(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Escape text (RFC 5545, 3.3.11); what steers is left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign == "\n" or sign.isprintable())
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(sign, written)
    return kept


def _address(url: str) -> str:
    return "".join(sign for sign in url if sign.isprintable() and sign != " ")


def _fold(line: str) -> str:
    """Fold a line at 75 octets, never inside a character."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part += sign
        size += width
    return "\r\n".join([*parts, part])
