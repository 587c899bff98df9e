"""A folder of treaties becomes a whole case, or nothing; what it lacks is said."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vigens.base import InputError, OutsideError, has_errors
from vigens.cli.main import main
from vigens.desk import Looking, Session, check_case, make_lens, open_case
from vigens.desk.treaties import convert_treaties, read_standing

TREATY: dict[str, Any] = {
    "id": "pact",
    "title": 'Pact of *friendship* "for all" `now`',
    "adopted": "2001-01-01",
    "source": "a table",
    "source_as_of": "2020-12-31",
    "entry_into_force": {
        "article": "9",
        "rule": {
            "kind": "count",
            "instruments": 2,
            "who_counts": "states only",
            "delay": {"kind": "after_deposit", "add_days": 30},
        },
    },
    "party_entry_into_force": {
        "anchor": "completing_instrument",
        "delay": {"kind": "after_deposit", "add_days": 30},
    },
    "withdrawal": {"add_months": 3, "article": "12"},
}
ACTS = """\
treaty_id,party,action,date,effective,provenance
pact,France,signature,2001-06-01,,source
pact,France,ratification,2002-01-01,,source
pact,Yugoslavia (former),ratification,1990-01-01,,end note (dissolved state)
pact,European Union,approval,2002-01-15,,source
pact,"Germany, Federal Republic of",accession,2002-02-01,,source
pact,Poland,accession,2002-02-20,,added from general knowledge
pact,France,withdrawal,2010-01-15,2010-04-15,source
pact,Freedonia,definitive signature,2002-01,,source
"""


def clock() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "tables"
    place.mkdir()
    (place / "treaties.json").write_text(json.dumps([TREATY]), "utf-8")
    (place / "actions.csv").write_text(ACTS, "utf-8")
    return place


def test_the_case_answers_as_the_tables_say(folder: Path, tmp_path: Path) -> None:
    done = convert_treaties(folder, tmp_path / "case", clock)
    assert (done.n_treaties, done.n_acts, done.n_rows) == (1, 8, 8)
    assert not has_errors(check_case(done.case, clock).findings)
    case = open_case(done.case, clock)
    looking = Looking(now=int(clock().timestamp()), as_of="2020-12-31")
    (found,) = read_standing(Session(case, make_lens(case, looking)))
    # A day of January, and Yugoslavia before it: the second is Freedonia or France.
    assert found.entry_into_force == "2002-01-31"
    assert [(w.party, w.effective) for w in found.withdrawals] == [("FR", "2010-04-15")]
    spans = {m.party: (m.since, m.until) for m in found.memberships}
    assert spans["FR"] == ("2002-01-31", "2010-04-15")
    assert spans["DE"] == ("2002-03-03", None)
    assert "yugoslavia_former" not in spans


def test_a_withdrawal_that_is_taken_back_has_no_effect(
    folder: Path, tmp_path: Path
) -> None:
    with (folder / "actions.csv").open("a", encoding="utf-8") as file:
        file.write("pact,Poland,withdrawal,2011-01-15,2012-01-15,source\n")
        file.write("pact,Poland,cancellation of withdrawal,2011-06-01,,source\n")
        file.write("pact,Poland,withdrawal of reservation,2011-07-01,,source\n")
    done = convert_treaties(folder, tmp_path / "case", clock)
    assert "does not change who is bound" in done.findings[-1].message
    case = open_case(done.case, clock)
    looking = Looking(now=int(clock().timestamp()), as_of="2020-12-31")
    (found,) = read_standing(Session(case, make_lens(case, looking)))
    assert [w.party for w in found.withdrawals] == ["FR"]
    assert {m.party: m.until for m in found.memberships}["PL"] is None


def test_every_row_is_there_and_only_added_ones_stand_apart(
    folder: Path, tmp_path: Path
) -> None:
    done = convert_treaties(folder, tmp_path / "case", clock)
    rows = []
    for name in ("acts.csv", "acts_added.csv"):
        with (done.case / name).open(encoding="utf-8") as file:
            rows.append(list(csv.DictReader(file)))
    assert len(rows[0]) == 7
    assert [row["party"] for row in rows[1]] == ["PL"]
    assert {row["printed"] for row in rows[0]} >= {"Germany, Federal Republic of"}
    with (done.case / "states.csv").open(encoding="utf-8") as file:
        assert [row["party"] for row in csv.DictReader(file)] == ["yugoslavia_former"]


def test_markup_in_a_title_stays_text(folder: Path, tmp_path: Path) -> None:
    done = convert_treaties(folder, tmp_path / "case", clock)
    page = (done.case / "agreements" / "pact.md").read_text("utf-8")
    assert page.startswith('# Pact of \\*friendship\\* "for all" \\`now\\`\n')
    assert open_case(done.case, clock).program.instruments["pact"].title == (
        "Pact of *friendship* ”for all” `now`"
    )


def test_a_folder_with_an_odd_name_is_a_title(folder: Path, tmp_path: Path) -> None:
    odd = folder.rename(tmp_path / 'of "old"\n\\times')
    done = convert_treaties(odd, tmp_path / "case", clock)
    assert open_case(done.case, clock).settings.title == "Treaties of of ”old” /times"


def test_a_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    done = convert_treaties(folder, tmp_path / "case", clock, is_dry=True)
    assert done.is_dry
    assert done.n_acts == 8
    assert not (tmp_path / "case").exists()


def test_what_is_there_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "case"
    place.mkdir()
    convert_treaties(folder, place, clock)  # an empty folder will do
    before = sorted(path.name for path in place.iterdir())
    with pytest.raises(InputError, match="not overwritten"):
        convert_treaties(folder, place, clock)
    assert sorted(path.name for path in place.iterdir()) == before


def test_the_same_tables_give_the_same_pages(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        convert_treaties(folder, tmp_path / name, clock)
    for path in (tmp_path / "one").rglob("*.*"):
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("treaties.json", "[{", "no JSON"),
        ("treaties.json", "[" * 100_000, "JSON"),
        ("treaties.json", '"pact"', "no list of treaties"),
        ("treaties.json", "[]", "no treaty"),
        ("treaties.json", '[{"title": "x"}]', "no treaty"),
        ("actions.csv", "treaty_id,party\n", "lacks action, date"),
        ("actions.csv", 'treaty_id,party,action,date\n"a', "CSV|cells|row"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(
    folder: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    if said == "CSV|cells|row":  # an open quotation mark swallows the rest: one row
        done = convert_treaties(folder, tmp_path / "case", clock)
        assert [f.code for f in done.findings] == ["V103"]
        return
    with pytest.raises(InputError, match=said) as caught:
        convert_treaties(folder, tmp_path / "case", clock)
    assert name in caught.value.where
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize("name", ["treaties.json", "actions.csv"])
def test_a_missing_table_is_named(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(InputError) as caught:
        convert_treaties(folder, tmp_path / "case", clock)
    assert name in caught.value.where


def test_a_place_that_cannot_be_written_leaves_nothing(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutsideError):
        convert_treaties(folder, tmp_path / "file" / "case", clock)
    assert (tmp_path / "file").read_text() == "in the way"


def test_weights_outside_the_folder_are_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("party,n\nFrance,1\n")
    part = json.loads(json.dumps(TREATY))
    part["entry_into_force"]["rule"] |= {
        "weight_at_least_percent": 50,
        "weights_file": "../w.csv",
    }
    (folder / "treaties.json").write_text(json.dumps([part]))
    done = convert_treaties(folder, tmp_path / "case", clock)
    assert [f.code for f in done.findings] == ["V104"]


def test_the_command_says_what_became_of_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "case")
    assert main(["convert", "treaties", str(folder), place, "--json"], clock) == 0
    assert json.loads(capsys.readouterr().out)["acts"] == 8
    asked = ["treaties", place, "pact", "--as-of", "2002-01-30", "--json"]
    assert main(asked, clock) == 0
    (found,) = json.loads(capsys.readouterr().out)["treaties"]
    assert (found["in_force"], found["entry_into_force"]) == ("NO", None)
    assert found["lacking"][0]["needed"] == 2
    assert main(["treaties", place, "--as-of", "2020-12-31"], clock) == 0
    assert "France withdrew on 2010-04-15" in capsys.readouterr().out
    assert main(["treaties", place, "pakt"], clock) == 2
    assert 'did you mean "pact"' in capsys.readouterr().err
    assert main(["convert", "treatise", str(folder), place], clock) == 2
    assert 'did you mean "treaties"' in capsys.readouterr().err
