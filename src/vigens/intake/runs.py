"""Where a person's name begins and ends, once a model has marked its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vigens.intake.cues import Hits
from vigens.intake.persons import CONTEXT
from vigens.intake.tokens import Token, is_close, is_close_at

_OPEN = frozenset('"«„“')
_CLOSED = frozenset('"»”“')


def context(hits: Hits) -> dict[int, list[str]]:
    """Give the classes of cues that tell a name from other words, word by word."""
    found: dict[int, list[str]] = {}
    for name in CONTEXT:
        for hit in hits.get(name, ()):
            for at in range(hit.first, hit.last):
                found.setdefault(at, []).append(name)
    return found


def runs_of(
    view: str, tokens: Sequence[Token], marks: Sequence[bool], taken: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Give the stretches of words that a model marked, cut at punctuation."""
    start: int | None = None
    for at in range(len(tokens) + 1):
        inside = at < len(tokens) and marks[at] and not taken[at]
        if start is not None and (
            not inside or not is_close(view, tokens[at - 1], tokens[at])
        ):
            yield start, at
            start = None
        if inside and start is None:
            start = at


def widened(
    view: str,
    tokens: Sequence[Token],
    runs: Iterator[tuple[int, int]],
    particles: Sequence[str],
) -> Iterator[tuple[int, int]]:
    """Take initials into a name, and join what stands around "von der"."""
    held: tuple[int, int] | None = None
    for first, end in runs:
        start, stop = first, end
        if held and first < held[1]:
            continue  # the name before went on so far
        while (
            start
            and _is_initial(view, tokens[start - 1])
            and is_close_at(view, tokens, start)
        ):
            start -= 1
        alone = end - first == 1 or _is_initial(view, tokens[end - 1])
        while (
            alone
            and stop < len(tokens)
            and _is_initial(view, tokens[stop])
            and is_close_at(view, tokens, stop)
        ):
            stop += 1
        between = tokens[held[1] : start] if held else ()
        stop = _past_particles(view, tokens, stop, particles)
        if _is_title(view, tokens[start], tokens[stop - 1]):
            continue
        if held and between and all(t.form in particles for t in between):
            held = held[0], stop
            continue
        if held:
            yield held
        held = start, stop
    if held:
        yield held


def _past_particles(
    view: str, tokens: Sequence[Token], stop: int, particles: Sequence[str]
) -> int:
    """Give where a name ends that goes on after "von der", or with "al-Sisi"."""
    at = stop
    while is_close_at(view, tokens, at) and tokens[at].form in particles:
        at += 1
    if at > stop and is_close_at(view, tokens, at) and tokens[at].capital:
        return at + 1
    if is_close_at(view, tokens, stop):
        head, hyphen, _ = tokens[stop].form.partition("-")
        begins = tokens[stop].start + len(head) + 1
        if hyphen and head in particles and view[begins : begins + 1].isupper():
            return stop + 1
    return stop


def _is_title(view: str, first: Token, last: Token) -> bool:
    """Say whether words fill quotation marks, as a ship or a book is named."""
    return view[max(0, first.start - 1) : first.start] in _OPEN and (
        view[last.end : last.end + 1] in _CLOSED
    )


def _is_initial(view: str, token: Token) -> bool:
    """Say whether a word stands for given names: a letter or two, each with a stop."""
    letters = all(len(part) == 1 for part in token.form.split("."))
    return (
        token.capital
        and letters
        and view[token.end : token.end + 2].lstrip()[:1] == "."
    )
