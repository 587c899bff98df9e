"""Reports in several languages: which stretch is in which, and a reading of each.

A stretch is some lines together, long enough that their words tell. A quotation or a name
in other letters is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.intake.document import Document, Region
from vigens.intake.language import likeliest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Characters of a stretch at least, and the score from which on its language is sure.
_LEAST, _SURE = 250, 0.12

#: How many stretches of a text are looked at; of more, the longer ones they make up.
_MOST = 400


def tongues_of(
    view: str, regions: Iterable[Region], language: str
) -> tuple[tuple[int, int, str], ...]:
    """List the stretches of an article in another language than most of it is.

    Args:
        view: Of the document.
        regions: Of the document.
        language: In which most of it is.

    Returns:
        Start, end and code of each.
    """
    body = [region for region in regions if region.role == "body"]
    size = sum(region.end - region.start for region in body)
    if language == "und" or size < 2 * _LEAST:
        return ()
    found: list[tuple[int, int, str]] = []
    for start, end in _stretches(view, body, max(_LEAST, size // _MOST)):
        code, score = likeliest(view[start:end])
        if code in (language, "und") or score < _SURE:
            continue
        if found and found[-1][2] == code and not view[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end, code)
        else:
            found.append((start, end, code))
    return tuple(found)


def _stretches(
    view: str, body: Iterable[Region], least: int
) -> Iterator[tuple[int, int]]:
    """Put the lines of an article together, in stretches that are long enough."""
    start = end = -1
    for region in body:
        at = region.start
        while at < region.end:
            stop = view.find("\n", at, region.end)
            stop = region.end if stop < 0 else stop
            start, end = (at if start < 0 else start), stop
            if end - start >= least:
                yield start, end
                start = -1
            at = stop + 1
    if 0 <= start < end and end - start >= _LEAST:
        yield start, end


def by_language(document: Document) -> tuple[Document, ...]:
    """Give a document once for each of its languages, with the article in that one.

    What stands around the article goes with the language that most of it is in.
    """
    if not document.tongues:
        return (document,)
    codes = list(dict.fromkeys(code for _, _, code in document.tongues))
    rest = tuple(_without(document.regions, document.tongues))
    own = replace(document, regions=rest, tongues=())
    return (
        own,
        *(
            replace(
                document,
                language=code,
                regions=tuple(
                    Region(start, end, "body")
                    for start, end, other in document.tongues
                    if other == code
                ),
                tongues=(),
            )
            for code in codes
        ),
    )


def _without(
    regions: Iterable[Region], holes: Iterable[tuple[int, int, str]]
) -> Iterator[Region]:
    """Cut stretches out of the regions of an article."""
    for region in regions:
        at = region.start
        if region.role == "body":
            for start, end, _ in holes:
                if start < region.end and end > at:
                    if start > at:
                        yield Region(at, start, "body")
                    at = max(at, end)
        if at < region.end:
            yield Region(at, region.end, region.role)
