"""The journal of the Paris case against the table it was made from, and by itself."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from vigens.chrono import end_of
from vigens.journal import (
    MATTERS,
    PUBLIC_ONLY,
    Entry,
    View,
    fsck,
    open_journal,
    visible,
)
from vigens.lang import Page, compile_pages
from vigens.law import law_pages
from vigens.rules import Program

if TYPE_CHECKING:
    from pathlib import Path

ZONE = "Europe/Paris"
N_ROWS = 167
LAST_LOOK = "2026-03-07"
GRADES = {
    "issuer": "B2",
    "press": "C3",
    "secondary": "D3",
    "party_media": "D4",
    "untraceable": "F6",
}


@pytest.fixture(scope="module")
def case(root: Path) -> Path:
    return root / "examples" / "paris"


@pytest.fixture(scope="module")
def entries(case: Path) -> tuple[Entry, ...]:
    with open_journal(case / "journal.jsonl", lambda: datetime.now(UTC)) as journal:
        return journal.entries()


@pytest.fixture(scope="module")
def by_id(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    return {entry.id: entry for entry in entries}


@pytest.fixture(scope="module")
def claims(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    found = [entry for entry in entries if entry.kind == "claim"]
    assert len({claim.payload["row"] for claim in found}) == len(found)
    return {str(claim.payload["row"]): claim for claim in found}


@pytest.fixture(scope="module")
def program(case: Path) -> Program:
    law = [Page(name, text) for name, text in law_pages()]
    own = [
        Page(path.name, path.read_text(encoding="utf-8"))
        for path in sorted((case / "agreements").glob("*.md"))
    ]
    compiled = compile_pages([*law, *own])
    assert compiled.findings == ()
    return compiled.program


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    table = shared / "data" / "paris-facts" / "facts.csv"
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seen(entries: tuple[Entry, ...], day: str) -> View:
    return visible(
        entries,
        known_at=end_of(day, ZONE),
        recorded_at=None,
        clearance=PUBLIC_ONLY,
        zone=ZONE,
    )


def matters_of(claim: Entry, by_id: dict[str, Entry]) -> list[Entry]:
    return [by_id[target] for target in claim.about]


# --- against the table


def test_every_row_of_the_table_is_a_claim(
    rows: list[dict[str, str]], claims: dict[str, Entry]
) -> None:
    assert sorted(row["id"] for row in rows) == sorted(claims)


def test_clocks_address_and_words_equal_the_table(
    rows: list[dict[str, str]], claims: dict[str, Entry]
) -> None:
    for row in rows:
        claim = claims[row["id"]]
        (source,) = claim.sources
        assert claim.happened == row["date"], row["id"]
        assert claim.known_from == row["reported_on"], row["id"]
        assert source.address == row["source_address"], row["id"]
        assert source.title == row["source_title"], row["id"]
        assert (source.type or "") == row["source_type"], row["id"]
        assert claim.payload["statement"] == row["statement"], row["id"]
        assert claim.payload["topic"] == row["instrument"], row["id"]
        assert ";".join(claim.payload["actors"]) == row["actors"], row["id"]
        for name in ("kind", "quantity", "unit", "condition", "contradiction_key"):
            assert str(claim.payload.get(name, "")) == row[name], (row["id"], name)


def test_hindsight_of_the_table_is_in_reviews(
    rows: list[dict[str, str]], entries: tuple[Entry, ...], by_id: dict[str, Entry]
) -> None:
    wanted = {
        r["id"]: r["claim_status"] for r in rows if r["claim_status"] != "reported"
    }
    found = {
        by_id[target].payload["row"]: entry.payload["verdict"]
        for entry in entries
        if entry.kind == "review"
        for target in entry.about
    }
    assert found == wanted


def test_every_actor_of_the_table_is_declared(shared: Path, program: Program) -> None:
    table = shared / "data" / "paris-facts" / "actors.csv"
    with table.open(encoding="utf-8", newline="") as file:
        wanted = {row["id"] for row in csv.DictReader(file)}
    also = {alias for actor in program.actors.values() for alias in actor.aliases}
    assert wanted <= set(program.actors) | also


def test_agreement_files_name_only_addresses_of_the_table(
    rows: list[dict[str, str]], case: Path
) -> None:
    known = {row["source_address"] for row in rows}
    for path in sorted((case / "agreements").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for part in text.split("](")[1:]:
            address = part.split(")")[0]
            if address.startswith("http"):
                assert address in known, (path.name, address)


# --- by itself


def test_all_rows_are_there(claims: dict[str, Entry]) -> None:
    assert sorted(claims) == [f"pf-{number:03d}" for number in range(1, N_ROWS + 1)]


def test_the_journal_is_sound(case: Path) -> None:
    assert not fsck(case / "journal.jsonl")


def test_every_claim_points_at_a_matter(
    claims: dict[str, Entry], by_id: dict[str, Entry]
) -> None:
    for row, claim in claims.items():
        assert claim.about, row
        assert {entry.kind for entry in matters_of(claim, by_id)} <= MATTERS, row
        assert set(claim.payload.get("denies", ())) <= set(claim.about), row


def test_polarity_fits_what_is_denied(claims: dict[str, Entry]) -> None:
    for row, claim in claims.items():
        denied, about = set(claim.payload.get("denies", ())), set(claim.about)
        wanted = "pos" if not denied else "neg" if denied == about else "mixed"
        assert claim.payload["polarity"] == wanted, row


def test_every_matter_is_claimed_and_known_with_its_first_claim(
    entries: tuple[Entry, ...], claims: dict[str, Entry]
) -> None:
    first: dict[str, int] = {}
    for claim in claims.values():
        known = end_of(claim.known_from or "", ZONE)
        for target in claim.about:
            first[target] = min(known, first.get(target, known))
    for entry in entries:
        if entry.kind in MATTERS:
            assert end_of(entry.known_from or "", ZONE) == first[entry.id], entry.title


def test_matters_use_declared_names(
    entries: tuple[Entry, ...], program: Program
) -> None:
    known = {**program.actors, **program.instruments}
    for entry in entries:
        payload = entry.payload
        if entry.kind == "occurrence":
            event = program.events[payload["event"]]
            assert len(event.params) == len(payload["args"]), entry.title
        elif entry.kind == "observation":
            fluent = program.fluents[payload["fluent"]]
            assert len(fluent.params) == len(payload["args"]), entry.title
        elif entry.kind == "count":
            assert payload["measure"] in program.measures, entry.title
        elif entry.kind in ("text", "rule"):
            assert payload["instrument"] in program.instruments, entry.title
        elif entry.kind == "step":
            assert payload["step"] in program.steps, entry.title
        elif entry.kind in ("statement", "funding"):
            assert set(payload["by"]) <= set(known), entry.title
        elif entry.kind in ("offer", "position"):
            assert payload["party"] in known, entry.title
        elif entry.kind == "institution":
            assert payload["body"] in known, entry.title
        elif entry.kind == "meeting":
            seats = (*payload["attendance"], *payload.get("guests", ()))
            assert {seat["actor"] for seat in seats} <= set(known), entry.title


def test_readings_named_in_the_journal_are_declared(
    entries: tuple[Entry, ...], program: Program
) -> None:
    for entry in entries:
        reading = entry.payload.get("reading")
        if reading is not None:
            variant, _, name = reading.partition(".")
            declared = dict(program.variants[variant].readings)
            assert name in declared, entry.title


def test_grades_follow_from_the_source_type_alone(
    entries: tuple[Entry, ...], claims: dict[str, Entry], by_id: dict[str, Entry]
) -> None:
    graded = Counter[str]()
    for entry in entries:
        if entry.kind != "grade":
            continue
        (target,) = entry.about
        claim = by_id[target]
        graded[claim.payload["row"]] += 1
        written = f"{entry.payload['reliability']}{entry.payload['credibility']}"
        assert written == GRADES[claim.sources[0].type or ""]
        assert entry.payload["rule"] == "paris-grading-1"
        assert entry.known_from == claim.known_from
    assert set(graded) == set(claims) - {"pf-164"}
    assert set(graded.values()) == {1}


def test_hindsight_is_invisible_before_its_day(entries: tuple[Entry, ...]) -> None:
    for day in ("2026-01-07", "2026-03-08", "2026-11-21"):
        shown = {entry.kind for entry in seen(entries, day).entries}
        assert not shown & {"review", "note"}, day
    shown_later = Counter(e.kind for e in seen(entries, "2026-11-22").entries)
    assert shown_later["review"] == 26


def test_a_source_dated_to_the_month_is_seen_at_its_end(
    entries: tuple[Entry, ...], claims: dict[str, Entry]
) -> None:
    late = {claims["pf-088"].id, claims["pf-090"].id}
    assert not late & {e.id for e in seen(entries, "2026-01-30").entries}
    assert late <= {e.id for e in seen(entries, "2026-01-31").entries}


def test_two_pages_of_one_story_are_one_origin(
    entries: tuple[Entry, ...], claims: dict[str, Entry]
) -> None:
    (same,) = [entry for entry in entries if entry.kind == "same_origin"]
    assert set(same.about) == {claims["pf-149"].id, claims["pf-150"].id}
    assert same.known_from == "2026-02-17"
    assert claims["pf-149"].about == claims["pf-150"].about


def test_the_signature_of_the_united_states_is_one_matter_with_two_sides(
    entries: tuple[Entry, ...], by_id: dict[str, Entry]
) -> None:
    (matter,) = [
        entry
        for entry in entries
        if entry.kind == "occurrence"
        and tuple(entry.payload["args"]) == ("paris", "US")
    ]
    for day, wanted in (
        ("2026-01-05", {}),
        ("2026-01-07", {"pf-087": True, "pf-089": False}),
        (
            "2026-01-31",
            {"pf-087": True, "pf-088": True, "pf-089": False, "pf-090": False},
        ),
    ):
        sides = {
            claim.payload["row"]: matter.id in claim.payload.get("denies", ())
            for claim in seen(entries, day).about(matter.id)
        }
        assert sides == wanted, day


def test_coverage_ends_with_the_last_look(
    entries: tuple[Entry, ...], program: Program
) -> None:
    covered: set[str] = set()
    for entry in entries:
        if entry.kind == "coverage":
            assert entry.happened == f"2025-02-17/{LAST_LOOK}"
            assert entry.payload["audience"] == "public"
            covered |= set(entry.payload["events"])
    assert covered <= set(program.events)
    assert not any(program.events[name].is_secret for name in covered)
    assert not covered & {"offer.announced", "gate.named", "body.set_up"}


def test_a_state_that_considers_an_offer_has_made_none(
    entries: tuple[Entry, ...],
) -> None:
    offers = [entry.payload for entry in entries if entry.kind == "offer"]
    for payload in offers:
        if payload["stance"] == "possible":
            assert not payload["domains"], payload["title"]
        else:
            assert "considered" not in payload, payload["title"]


def test_guests_and_organisations_sit_at_the_table_but_make_no_members(
    entries: tuple[Entry, ...],
) -> None:
    for entry in entries:
        if entry.kind == "meeting" and "group" in entry.payload:
            seats = {seat["actor"] for seat in entry.payload["attendance"]}
            assert "US" not in seats, entry.title
            assert not any(actor.startswith("org:") for actor in seats), entry.title


def test_the_readme_counts_what_is_there(
    case: Path, entries: tuple[Entry, ...], claims: dict[str, Entry]
) -> None:
    text = (case / "README.md").read_text(encoding="utf-8")
    pointed = Counter(target for claim in claims.values() for target in claim.about)
    n_shared = sum(count > 1 for count in pointed.values())
    total = f"| **{len(pointed)}** | **{pointed.total()}** | **{n_shared}** |"
    assert f"| {len(entries)} entries |" in text
    assert total in text
