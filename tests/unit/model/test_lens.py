from __future__ import annotations

from dataclasses import replace

from vigens.chrono import end_of, parse_moment
from vigens.model import Hypothesis, Lens, describe_lens

LENS = Lens(
    program="0123456789abcdef",
    as_of=end_of("2026-02-25", "Europe/Paris"),
    known_at=end_of("2026-02", "Europe/Paris"),
    recorded_at=None,
    reader="public",
    policy="standard",
    readings=(),
    hypotheses=(),
    assume_no_other_change=False,
    zone="Europe/Paris",
    engine="0.1",
)


def test_the_end_of_a_day_is_written_as_the_day() -> None:
    assert describe_lens(LENS) == (
        "as of 2026-02-25 · known at 2026-02-28 · reader public · policy standard · "
        "rules 01234567 · engine 0.1"
    )


def test_everything_that_an_answer_depends_on_is_said() -> None:
    lens = replace(
        LENS,
        as_of=parse_moment("2026-02-25T10:00Z", "Europe/Paris"),
        recorded_at=parse_moment("2026-03-01T10:00:01Z", "Europe/Paris"),
        readings=(("clock", "deed"),),
        hypotheses=(Hypothesis("ceasefire.begins", ("general",), "2026-12-01"),),
        assume_no_other_change=True,
    )
    words = describe_lens(lens)
    assert words.startswith("as of 2026-02-25T10:00Z · ")
    assert "recorded by 2026-03-01T10:00:01Z" in words
    assert "reading clock.deed" in words
    assert "supposing ceasefire.begins(general) on 2026-12-01" in words
    assert "assuming no other change" in words


def test_a_hypothesis_without_arguments_has_no_brackets() -> None:
    assert str(Hypothesis("talks.open", (), "2026-12")) == "talks.open on 2026-12"


def test_a_partial_view_is_said_by_who_reads() -> None:
    assert " · reader GB (what is released to it) · " in describe_lens(
        replace(LENS, reader="GB")
    )
    assert " · reader all · " in describe_lens(replace(LENS, reader="all"))


def test_equal_lenses_are_one_key() -> None:
    assert hash(LENS) == hash(replace(LENS))
    assert replace(LENS, reader="all") != LENS
