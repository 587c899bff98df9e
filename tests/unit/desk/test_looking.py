from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import NOW, Writer
from vigens.base import UsageError, VigensError
from vigens.desk import Looking, make_lens
from vigens.desk.looking import parse_hypothesis

PRESENT = int(NOW.timestamp())


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def test_a_bare_day_means_its_end_in_the_zone_of_the_case(writer: Writer) -> None:
    lens = make_lens(writer.case(), Looking(PRESENT, as_of="2026-02-01"))
    assert lens.as_of == 1_769_983_199  # 23:59:59 in Kyiv
    assert lens.known_at == PRESENT
    assert lens.recorded_at is None
    later = make_lens(writer.case(), Looking(PRESENT, recorded_at="2026-02-01"))
    assert (later.as_of, later.recorded_at) == (PRESENT, lens.as_of)


def test_two_readings_of_one_variant_are_no_choice(writer: Writer) -> None:
    case = writer.case()
    lens = make_lens(case, Looking(0, readings=("when.soon", "when.soon")))
    assert lens.readings == (("when", "soon"),)
    with pytest.raises(UsageError, match='two readings of "when"'):
        make_lens(case, Looking(0, readings=("when.soon", "when.late")))


@pytest.mark.parametrize(
    ("looking", "said"),
    [
        (Looking(0, policy="lax"), 'no policy "lax"'),
        (Looking(0, readings=("when.never",)), 'no reading "when.never"'),
        (Looking(0, readings=("whose.mine",)), 'no reading "whose.mine"'),
        (Looking(0, as_of="2026-02-30"), "impossible date"),
        (Looking(0, suppose=("floods",)), "needs a date"),
        (Looking(0, suppose=("flods on 2026-02-01",)), "cannot be read"),
        (Looking(0, suppose=("signs(pact, _) on 2026-02-01",)), "cannot be read"),
        (Looking(0, suppose=("floods on soon",)), "impossible date"),
    ],
)
def test_what_cannot_be_looked_at_is_said(
    writer: Writer, looking: Looking, said: str
) -> None:
    with pytest.raises(VigensError, match=said):
        make_lens(writer.case(), looking)


def test_an_hour_may_be_supposed(writer: Writer) -> None:
    found = parse_hypothesis(writer.case(), "floods at 2026-02-01T10:00Z")
    assert str(found) == "floods on 2026-02-01T10:00Z"


def test_a_reader_nobody_knows_is_refused(writer: Writer) -> None:
    with pytest.raises(UsageError, match='no reader "spy"'):
        writer.session("2026-02-01", reader="spy")
