from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from vigens.base import Finding, InputError, Severity
from vigens.chrono import day_start
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.desk.case import Case
from vigens.model import ASIDE, POSSIBLE, SURE, EventColumns

RULES = """\
# Calm

```vigens
vigens 1
party FR "France"
party PL "Poland"
values village "a village" open
event calm(party) "{party} is calm"
event shelled(village, deaths: number) "{village} is shelled"
act   pledged(party) "{party} pledges"
act   named(party, village) "{party} names {village}"
```
"""
HEAD = 'title = "Small"\nzone = "Europe/Kyiv"\nbegins = "2026-01-01"\n'
TABLE = '[[tables]]\nfile = "t.csv"\nhappened = "day"\ngrade = "B2"\n'
CALM = '[tables.events.calm]\nvalues = ["who"]\n'
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Folder:
    """A case folder that a test fills."""

    def __init__(self, place: Path) -> None:
        self.place = place
        (place / "agreements").mkdir(parents=True)
        (place / "agreements" / "a.md").write_text(RULES, "utf-8")

    def write(self, settings: str, **files: str | bytes) -> Folder:
        (self.place / "case.toml").write_text(HEAD + settings, "utf-8")
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (self.place / name.replace("_", ".")).write_bytes(data)
        return self

    def open(self) -> Case:
        return open_case(self.place, lambda: NOON)

    def session(self, **words: str) -> Session:
        case = self.open()
        looking = Looking(int(NOON.timestamp()), **words)  # type: ignore[arg-type]  # dates and a policy
        return Session(case, make_lens(case, looking))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "case")


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found]


def one(case: Case) -> EventColumns:
    (found,) = case.tables.events
    return found.columns


def rows(columns: EventColumns) -> list[tuple[str, ...]]:
    words = [[v.words[c] for c in v.codes] for v in columns.values]
    return list(zip(*words, strict=True))


def midnight(text: str) -> int:
    return day_start(date.fromisoformat(text), "Europe/Kyiv")


def test_a_day_is_a_range_for_an_event(folder: Folder) -> None:
    folder.write(TABLE + CALM, t_csv="day,who\n2026-02-03,FR\n2026-03-29,PL\n")
    found = one(folder.open())
    assert found.first.tolist() == [midnight("2026-02-03"), midnight("2026-03-29")]
    assert found.last.tolist() == [
        midnight("2026-02-04") - 1,
        midnight("2026-03-30") - 1,
    ]
    assert rows(found) == [("FR",), ("PL",)]
    assert found.rows.tolist() == [2, 3]


def test_a_day_is_its_beginning_for_an_act(folder: Folder) -> None:
    act = '[tables.events.pledged]\nvalues = ["who"]\n'
    text = "day,who\n2026-02-03,FR\n2026-02,PL\n2026-02-03T21:30Z,PL\n"
    found = one(folder.write(TABLE + act, t_csv=text).open())
    first, last = found.first.tolist(), found.last.tolist()
    assert (first[0], last[0]) == (midnight("2026-02-03"), midnight("2026-02-03"))
    assert (first[1], last[1]) == (midnight("2026-02-01"), midnight("2026-02-28"))
    assert (first[2], last[2]) == (midnight("2026-02-03"), midnight("2026-02-03"))


def test_whole_numbers_count_from_an_origin(folder: Folder) -> None:
    unit = 'unit = "hour"\norigin = "2026-01-01T00:00Z"\n'
    found = one(
        folder.write(TABLE + unit + CALM, t_csv="day,who\n2,FR\n-1,PL\n").open()
    )
    start = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    assert found.first.tolist() == [start + 7200, start - 3600]
    assert found.last is found.first


def test_a_whole_number_of_days_is_a_civil_day(folder: Folder) -> None:
    unit = 'unit = "day"\norigin = "2026-03-28"\n'
    found = one(folder.write(TABLE + unit + CALM, t_csv="day,who\n1,FR\n").open())
    assert found.first.tolist() == [midnight("2026-03-29")]
    assert found.last.tolist() == [midnight("2026-03-30") - 1]  # 23 hours later


def test_a_range_has_both_ends_and_an_empty_end_leaves_the_date(folder: Folder) -> None:
    until = 'until = "end"\n'
    text = "day,end,who\n2026-02-03,2026-02-05,FR\n2026-02-03,,PL\n"
    found = one(folder.write(TABLE + until + CALM, t_csv=text).open())
    assert found.last.tolist() == [
        midnight("2026-02-06") - 1,
        midnight("2026-02-04") - 1,
    ]


def test_where_and_unless_choose_rows(folder: Folder) -> None:
    chosen = 'where = { kind = ["a", "b"], n = 1 }\nunless = { who = "" }\n'
    text = "day,kind,n,who\n" + "".join(
        f"2026-02-0{i},{row}\n"
        for i, row in enumerate(("a,1,FR", "b,1,PL", "c,1,FR", "a,2,FR", "a,1,"), 1)
    )
    case = folder.write(TABLE + CALM + chosen, t_csv=text).open()
    assert rows(one(case)) == [("FR",), ("PL",)]
    assert one(case).rows.tolist() == [2, 3]
    assert case.tables.findings == ()


def test_values_are_fixed_or_put_together(folder: Folder) -> None:
    events = (
        '[tables.events.named]\nvalues = ["=FR", "=v{a}-{b}"]\n'
        '[tables.events.shelled]\nvalues = ["=v{a}", "=3"]\n'
    )
    text = "day,a,b\n2026-02-01,1,x\n2026-02-02,2,x\n2026-02-03,1,{a}\n2026-02-04,,x\n"
    case = folder.write(TABLE + events, t_csv=text).open()
    named, shelled = (found.columns for found in case.tables.events)
    assert rows(named) == [("FR", "v1-x"), ("FR", "v2-x"), ("FR", "v1-{a}")]
    assert rows(shelled) == [("v1", "3"), ("v2", "3"), ("v1", "3")]
    assert codes(case.tables.findings) == ["B004", "B004"]


@pytest.mark.parametrize("kind", ["gz", "parquet", "typed"])
def test_other_formats_say_the_same(folder: Folder, kind: str) -> None:
    plain = Folder(folder.place / "plain")
    text = "day,who,n\n2026-02-03,FR,1\n2026-02-04,PL,2\n"
    wanted = one(plain.write(TABLE + CALM, t_csv=text).open())
    name = "t.csv.gz" if kind == "gz" else "t.parquet"
    folder.write(TABLE.replace("t.csv", name) + CALM)
    days: list[object] = ["2026-02-03", "2026-02-04"]
    if kind == "gz":
        (folder.place / name).write_bytes(gzip.compress(text.encode()))
    else:
        if kind == "typed":
            days = [date(2026, 2, 3), date(2026, 2, 4)]
        who = pa.array(["FR", "PL"]).dictionary_encode()
        table = pa.table({"day": days, "who": who, "n": [1, 2]})
        parquet.write_table(table, folder.place / name)
    found = one(folder.open())
    assert rows(found) == rows(wanted)
    assert np.array_equal(found.first, wanted.first)
    assert np.array_equal(found.last, wanted.last)


def test_a_parquet_timestamp_is_an_instant(folder: Folder) -> None:
    folder.write(TABLE.replace("t.csv", "t.parquet") + CALM)
    moment = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    table = pa.table({"day": [moment], "who": ["FR"]})
    parquet.write_table(table, folder.place / "t.parquet")
    assert one(folder.open()).first.tolist() == [int(moment.timestamp())]


def test_many_instants_are_read_as_few_are(folder: Folder) -> None:
    moments = [
        f"2026-02-03T{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}Z" for i in range(3000)
    ]
    text = "day,who\n" + "".join(f"{moment},FR\n" for moment in moments)
    found = one(folder.write(TABLE + CALM, t_csv=text).open())
    start = int(datetime(2026, 2, 3, tzinfo=UTC).timestamp())
    assert found.first.tolist() == list(range(start, start + 3000))
    odd = text + "2026-02-30T00:00:00Z,FR\n"
    case = folder.write(TABLE + CALM, t_csv=odd).open()
    assert codes(case.tables.findings) == ["B003"]
    assert one(case).first.tolist() == found.first.tolist()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "t.csv",
            "day,who\n2026-02-03,Fran\xe7ois\n".encode("latin-1"),
            "not UTF-8 .*line 2",
        ),
        ("t.csv", "day,who\n".encode("utf-16"), "not UTF-8"),
        ("t.csv", b"", "the table is empty"),
        ("t.csv", b"x" * 900_000, "the line of names cannot be read"),
        ("t.csv", b'day,who\n2026-02-03,"' + b"x" * 9_000_000, "longer than 4 MB"),
        (
            "t.csv.gz",
            gzip.compress(b"day,who\n" + b"2026-02-03,FR\n" * 999, mtime=0)[:-20],
            "cut off",
        ),
        ("t.csv.gz", b"day,who\n", "damaged or cut off"),
        ("t.parquet", b"PAR1 and nothing else PAR1", "no Parquet"),
        ("t.parquet", b"", "no Parquet"),
        ("t.xlsx", b"PK", "no table that can be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding(
    folder: Folder, name: str, data: bytes, said: str
) -> None:
    folder.write(TABLE.replace("t.csv", name) + CALM)
    (folder.place / name).write_bytes(data)
    case = folder.open()
    (found,) = case.tables.findings
    assert (found.code, found.severity) == ("B001", Severity.ERROR)
    with pytest.raises(InputError, match=said):
        folder.session()


def test_a_truncated_parquet_is_a_finding(folder: Folder) -> None:
    folder.write(TABLE.replace("t.csv", "t.parquet") + CALM)
    path = folder.place / "t.parquet"
    parquet.write_table(pa.table({"day": ["2026-02-03"], "who": ["FR"]}), path)
    path.write_bytes(path.read_bytes()[:-30])
    assert codes(folder.open().tables.findings) == ["B001"]


def test_a_table_outside_the_case_is_refused(folder: Folder) -> None:
    outside = folder.place.parent / "outside.csv"
    outside.write_text("day,who\n2026-02-03,FR\n", "utf-8")
    (folder.place / "link.csv").symlink_to(outside)
    for name in ("../outside.csv", str(outside), "link.csv"):
        folder.write(TABLE.replace("t.csv", name) + CALM)
        (found,) = folder.open().tables.findings
        assert "outside the case" in found.message


def test_lines_stay_right_after_crooked_and_blank_rows(folder: Folder) -> None:
    text = "day,who\n\n2026-02-01,FR\n2026-02-02\n2026-02-03,PL\n"
    case = folder.write(TABLE + CALM, t_csv=text).open()
    assert one(case).rows.tolist() == [3, 5]
    assert codes(case.tables.findings) == ["B005"]
    assert case.tables.findings[0].spans[0].line == 4


def test_many_bad_rows_are_counted(folder: Folder) -> None:
    text = "day,who\n" + "2026-02-31,FR\n" * 1000
    found = folder.write(TABLE + CALM, t_csv=text).open().tables.findings
    assert codes(found) == ["B003"] * 6
    assert "and 995 more" in found[5].message


def test_a_policy_weighs_a_table_as_one_source(folder: Folder) -> None:
    policies = (
        'policy = "plain"\n[policies.plain]\n[policies.two]\norigins = 2\n'
        '[policies.strict]\nconsideration = "A1"\nstandard = "A1"\n'
    )
    folder.write(policies + TABLE + CALM, t_csv="day,who\n2026-02-03,FR\n")
    for policy, weight in (("plain", SURE), ("two", POSSIBLE), ("strict", ASIDE)):
        (found,) = folder.session(policy=policy).assembled.world.bulk["calm"]
        assert found.weights == weight
        assert bool(found.reason) is (weight != SURE)


def test_an_ungraded_table_counts_for_nothing_and_says_so(folder: Folder) -> None:
    folder.write(
        TABLE.replace('grade = "B2"\n', "") + CALM, t_csv="day,who\n2026-02-03,FR\n"
    )
    session = folder.session()
    (found,) = session.assembled.world.bulk["calm"]
    assert found.weights == ASIDE
    assert codes(session.assembled.findings) == ["B006"]


@pytest.mark.parametrize(
    ("known_from", "known_at", "seen"),
    [
        ("", "2026-02-02", []),
        ("", "2026-02-03", ["FR"]),
        ("", "2026-02-28", ["FR", "PL"]),
        ('known_from = "2026-02-20"\n', "2026-02-19", []),
        ('known_from = "2026-02-20"\n', "2026-02-20", ["FR", "PL"]),
        ('known_from = "said"\n', "2026-02-09", ["FR"]),
        ('known_from = "said"\n', "2026-02-07", []),
        ('known_from = "said"\n', "2026-02-28", ["FR", "PL"]),
    ],
)
def test_what_was_known_only_later_does_not_count(
    folder: Folder, known_from: str, known_at: str, seen: list[str]
) -> None:
    text = "day,who,said\n2026-02-03,FR,2026-02-11;2026-02-08\n2026-02-10,PL,\n"
    folder.write(TABLE + known_from + CALM, t_csv=text)
    bulk = folder.session(known_at=known_at).assembled.world.bulk
    found = [value for columns in bulk.get("calm", ()) for (value,) in rows(columns)]
    assert sorted(found) == seen


def test_what_is_dated_after_its_report_is_announced_ahead(folder: Folder) -> None:
    text = (
        "day,who,said\n2026-02-03,FR,2026-02-01\n2026-02-03,PL,2026-02-01;2026-02-03\n"
    )
    folder.write(TABLE + 'known_from = "said"\n' + CALM, t_csv=text)
    found = folder.session().assembled.world.bulk["calm"]
    weights = {rows(columns)[0][0]: columns.weights for columns in found}
    assert weights == {"FR": POSSIBLE, "PL": SURE}


def test_coverage_reaches_to_what_was_known(folder: Folder) -> None:
    covers = 'covers = "2026-01-01/2026-06-30"\n'
    folder.write(TABLE + covers + CALM, t_csv="day,who\n2026-02-03,FR\n")
    world = folder.session(known_at="2026-02-28").assembled.world
    (found,) = world.coverage
    assert found.events == {"calm"}
    assert (found.start, found.end) == (midnight("2026-01-01"), midnight("2026-03-01"))


def test_coverage_reaches_to_further_events(folder: Folder) -> None:
    covers = 'covers = "2026-01-01/2026-06-30"\nalso_covers = ["pledged"]\n'
    folder.write(TABLE + covers + CALM, t_csv="day,who\n2026-02-03,FR\n")
    (found,) = folder.session().assembled.world.coverage
    assert found.events == {"calm", "pledged"}
    folder.write(TABLE + covers.replace("pledged", "pledges") + CALM)
    assert codes(folder.open().tables.findings) == ["B002"]


def test_without_coverage_a_table_is_covered_to_its_last_row(folder: Folder) -> None:
    folder.write(TABLE + CALM, t_csv="day,who\n2026-02-03,FR\n")
    assembled = folder.session().assembled
    assert assembled.world.coverage[0].end == midnight("2026-02-04")
    assert "covered to its last record" in assembled.coverage_note


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("tables = 3\n", "`tables` is no list"),
        ('[[tables]]\nfile = "t.csv"\n', "without events says nothing"),
        (TABLE + "wher = 3\n" + CALM, 'did you mean "where"|no setting "wher"'),
        (TABLE.replace('happened = "day"\n', "") + CALM, "`happened` is missing"),
        (TABLE + 'unit = "fortnight"\n' + CALM, 'no unit "fortnight"'),
        (TABLE + 'origin = "2026-01-01"\n' + CALM, "there is no `unit`"),
        (TABLE + 'unit = "hour"\norigin = "2026"\n' + CALM, "a day or an instant"),
        (TABLE + 'covers = "2026~"\n' + CALM, "`covers` is rough"),
        (TABLE + 'delimiter = ",,"\n' + CALM, "one sign"),
        (TABLE.replace("B2", "Z9") + CALM, "is no grade"),
        (TABLE + "[tables.events.calm]\nvalues = 3\n", "`values` is a list of texts"),
        (TABLE + "[tables.events.calm]\nwhere = { who = 1.5 }\n", "a text or a list"),
        (TABLE + "[tables.events]\ncalm = 3\n", "an event is a table"),
    ],
)
def test_a_wrong_map_is_refused(folder: Folder, settings: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        folder.write(settings).open()


def test_a_case_without_a_table_still_needs_a_journal(folder: Folder) -> None:
    with pytest.raises(InputError, match="this case has no journal"):
        folder.write("").open()
