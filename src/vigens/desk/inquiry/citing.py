"""How a view is cited: one address that pins the whole lens, and short texts for it.

A citation says what the board said. It holds the day asked about, what was known and
recorded by when, the reader, the policy, readings and hypotheses; the digest of the
rules and the engine's version tell whether a later answer was made in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vigens.chrono import civil_date, format_instant
from vigens.model import describe_lens

if TYPE_CHECKING:
    from vigens.desk.case import Case
    from vigens.model import Lens

_UNSAFE = re.compile(r"[{}\\%$&#_^~]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A view as it is cited.

    Attributes:
        lens: With every time of it given.
        pairs: The lens as an address carries it, in order.
        plain: One sentence.
        apa: In the manner of the social sciences' journals.
        bibtex: One record.
    """

    lens: Lens
    pairs: tuple[tuple[str, str], ...]
    plain: str
    apa: str
    bibtex: str


def pin(lens: Lens, now: int) -> Lens:
    """Give a lens whose times are all fixed: nothing recorded later changes it.

    Args:
        lens: As it was looked through.
        now: The present, UTC seconds: what was recorded by now counts.
    """
    recorded_at = now if lens.recorded_at is None else lens.recorded_at
    return replace(lens, recorded_at=recorded_at)


def cite(case: Case, lens: Lens, title: str, place: str, now: int) -> Citation:
    """Write the citation of a view.

    Args:
        case: That was looked at.
        lens: Through which.
        title: Of the page.
        place: Its address without the lens; a path where the case names no address.
        now: The present, UTC seconds: the day on which it is cited.
    """
    from urllib.parse import quote, urlencode

    pinned = pin(lens, now)
    pairs = tuple(_pairs(pinned))
    glue = "&" if "?" in place else "?"
    address = f"{place}{glue}{urlencode(pairs, quote_via=quote, safe='(),:/')}"
    words = describe_lens(pinned)
    day = civil_date(now, lens.zone).isoformat()
    case_title = case.settings.title
    publisher = case.settings.publication.publisher
    year = day[:4]
    by = publisher or case_title
    rest = f"{case_title}. " if publisher else ""
    return Citation(
        pinned,
        pairs,
        f"“{title}”, {case_title} ({words}), {address}, read {day}.",
        f"{by}. ({year}). {title} [{words}]. {rest}Retrieved {day}, from {address}",
        _bibtex(title, by, case_title, words, address, day),
    )


def _bibtex(
    title: str, by: str, case_title: str, words: str, address: str, day: str
) -> str:
    key = "vigens" + "".join(sign for sign in day if sign.isdigit())
    return "\n".join(
        (
            f"@misc{{{key},",
            f"  title        = {{{_tex(title)}}},",
            f"  author       = {{{{{_tex(by)}}}}},",
            f"  year         = {{{day[:4]}}},",
            f"  howpublished = {{\\url{{{address.replace('}', '%7D')}}}}},",
            f"  note         = {{{_tex(case_title)}; {_tex(words)}}},",
            f"  urldate      = {{{day}}}",
            "}",
        )
    )


def _tex(text: str) -> str:
    return _UNSAFE.sub(
        lambda found: "" if found[0] in "{}\\" else f"\\{found[0]}", text
    )


def _pairs(lens: Lens) -> list[tuple[str, str]]:
    recorded = lens.recorded_at
    found = [
        ("as_of", _exactly(lens.as_of, lens.zone)),
        ("known_at", _exactly(lens.known_at, lens.zone)),
        ("recorded_at", "" if recorded is None else _exactly(recorded, lens.zone)),
        ("reader", lens.reader),
        ("policy", lens.policy),
    ]
    found += [("reading", f"{variant}.{name}") for variant, name in lens.readings]
    found += [("suppose", str(hypothesis)) for hypothesis in lens.hypotheses]
    return [*found, ("assume", "yes")] if lens.assume_no_other_change else found


def _exactly(instant: int, zone: str) -> str:
    """Write an instant as a lens reads it: a day stands for its last second.

    The first second of a day is written with its hour, lest it be read as the last.
    """
    following = format_instant(instant + 1, zone)
    if "T" not in following:
        return civil_date(instant, zone).isoformat()
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
