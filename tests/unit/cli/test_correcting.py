"""Corrections, confirmations, joins and approvals, and what they change."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_recording import entries
from tests.unit.cli.tiny import make, recording
from vigens.journal import Draft, open_journal

NOW = ("--as-of", "2026-02-01", "--known-at", "2026-03-31")


def ref(case: Path, title: str, kind: str = "occurrence") -> str:
    found = [
        entry["id"]
        for entry in entries(case)
        if entry["kind"] == kind
        and title in (entry["payload"].get("title"), entry["payload"].get("row"))
    ]
    return str(found[-1])


def record(case: Path, *drafts: Draft) -> list[str]:
    with open_journal(case / "journal.jsonl", recording) as store:
        return [entry.id for entry in store.append(drafts)]


def verdict(run: Run, case: Path, question: str = "lock_open") -> str:
    words = ("status", case, question, *NOW, "--json")
    return str(run(*words).json["results"][0]["answers"][0]["answer"])


def test_a_dry_run_shows_the_change_and_records_nothing(run: Run, case: Path) -> None:
    opening, before = ref(case, "The lock opens"), entries(case)
    words = ("rectify", case, opening[:8], "--event", "shuts", "--dry-run")
    found = run(*words)
    assert found.status == 0
    assert "would record occurrence" in found.out
    assert "YES → NO" in found.out or "NOT KNOWN → NO" in found.out, found.out
    assert "lock_open" in found.out
    assert entries(case) == before
    told = run(*words, "--json").json
    assert told["dry_run"] is True
    assert told["entries"][0]["rectifies"] == opening
    assert told["changes"]["states"]


def test_a_rectification_holds_for_the_past_and_keeps_its_clock(
    run: Run, case: Path
) -> None:
    opening = ref(case, "The lock opens")
    done = run(
        "rectify", case, opening, "--set", "happened=2026-01-08", "--reason", "x"
    )
    assert done.status == 0, done.err
    last = entries(case)[-1]
    assert last["happened"] == "2026-01-08"
    assert last["known_from"] is None
    assert last["payload"]["changed_because"] == "x"
    assert last["rectifies"] == opening
    early = run(
        "why", case, "lock_open", "--as-of", "2026-01-20", "--known-at", "2026-01-20"
    )
    assert "2026-01-08" in early.out


def test_who_may_see_it_is_said_anew_alone(run: Run, case: Path) -> None:
    opening = ref(case, "The lock opens")
    done = run("rectify", case, opening, "--mark", "FR", "--mark", "DE")
    assert done.status == 0, done.err
    made = entries(case)[-1]
    assert (made["rectifies"], sorted(made["marks"])) == (opening, ["DE", "FR"])
    again = run("rectify", case, made["id"], "--mark", "DE", "--mark", "FR")
    assert again.status != 0
    assert "nothing would change" in again.err
    unknown = run("rectify", case, made["id"], "--mark", "XX")
    assert unknown.status != 0
    assert "XX" in unknown.err
    assert run("rectify", case, made["id"], "--mark", "none").status == 0
    assert entries(case)[-1]["marks"] == []


def test_news_leave_the_past_as_it_was_known(run: Run, case: Path) -> None:
    opening = ref(case, "The lock opens")
    run("supersede", case, opening, "--withdraw", "--reason", "it was another lock")
    assert entries(case)[-1]["supersedes"] == opening
    assert verdict(run, case) != "YES"
    then = ("--as-of", "2026-02-01", "--known-at", "2026-02-01", "--json")
    before = run("status", case, "lock_open", *then).json["results"][0]["answers"][0][
        "answer"
    ]
    assert before == "YES"


def test_undo_says_again_what_was_replaced(run: Run, case: Path) -> None:
    opening = ref(case, "The lock opens")
    assert verdict(run, case) == "YES"
    run("rectify", case, opening, "--withdraw", "--reason", "never so")
    assert verdict(run, case) != "YES"
    note = entries(case)[-1]["id"]
    done = run("rectify", case, note, "--undo")
    assert done.status == 0, done.err
    assert entries(case)[-1]["kind"] == "occurrence"
    assert verdict(run, case) == "YES"


def test_rivals_are_settled_by_the_command_that_the_finding_gives(
    run: Run, case: Path
) -> None:
    opening = ref(case, "The lock opens")
    payload = {"event": "opens", "args": [], "title": "The lock opens early"}
    one = make("occurrence", payload, happened="2026-01-07", rectifies=opening)
    other = make("occurrence", payload, happened="2026-01-06", rectifies=opening)
    first, second = (record(case, each)[0] for each in (one, other))
    assert verdict(run, case) == "NOT KNOWN"
    told = run("check", case).err
    command = f"vigens rectify CASE {first[:12]} --over {second[:12]}"
    assert command in " ".join(told.split())
    again = run("rectify", case, opening, "--set", "title=x")
    assert again.status == 1
    assert "corrected already" in again.err
    _, verb, _, *rest = command.split()
    done = run(verb, case, *rest)
    assert done.status == 0, done.err
    assert "J012" not in run("check", case).err
    assert verdict(run, case) == "YES"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 1, "nothing would change"),
        (("--set", "title=The lock opens"), 1, "nothing would change"),
        (("--set", "title"), 2, "NAME=VALUE"),
        (("--drop", "titel"), 2, 'did you mean "title"?'),
        (("--set", "args=oops"), 2, "as JSON"),
        (("--set", "source.address=x"), 1, "0 sources"),
        (("--set", "happened=soon"), 1, "happened"),
        (("--set", "title="), 1, "title"),
        (("--withdraw",), 2, "needs a reason"),
        (("--undo", "--set", "title=x"), 2, "one at a time"),
        (("--undo",), 1, "nothing to restore"),
        (("--event", "nothing"), 2, "declared event"),
        (("--about", "feedfeed"), 1, "feedfeed"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    run: Run, case: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    before = entries(case)
    found = run("rectify", case, ref(case, "The lock opens"), *words)
    assert found.status == status, found.out + found.err
    assert said in found.err
    assert "mend:" in found.err
    assert entries(case) == before


def test_a_source_is_corrected_in_place(run: Run, case: Path) -> None:
    claim = ref(case, "r-1", "claim")
    done = run(
        "rectify",
        case,
        claim,
        "--set",
        "source.address=https://right.example/",
        "--set",
        "statement=The lock opened.",
    )
    assert done.status == 0, done.err
    (source,) = entries(case)[-1]["sources"]
    assert source["address"] == "https://right.example/"
    assert source["title"] == "The gazette"
    wrong = run("rectify", case, "r-3", "--set", "source.colour=blue")
    assert wrong.status == 2


def test_four_eyes_wait_are_listed_and_confirmed(run: Run, case: Path) -> None:
    settings = case / "case.toml"
    settings.write_text(
        settings.read_text("utf-8") + '\n[four_eyes]\nevents = ["opens"]\n', "utf-8"
    )
    opening = ref(case, "The lock opens")
    assert verdict(run, case) == "NOT KNOWN"
    assert "waits for a second person" in run("status", case, "lock_open", *NOW).out
    listed = run("confirm", case)
    assert opening[:12] in listed.out
    assert run("confirm", case, "--json").json["waiting"][0]["entry"] == opening
    alone = run("confirm", case, opening, "--by", "curator")
    assert alone.status == 1
    assert "second person" in alone.err
    done = run("confirm", case, opening, "--by", "second")
    assert "NOT KNOWN → YES" in done.out, done.out
    assert "nothing" in run("confirm", case).out
    waits = run("supersede", case, opening, "--set", "happened=2026-01-10")
    assert "waits for a second person" in waits.out
    confirmation = next(e["id"] for e in entries(case) if e["kind"] == "confirmation")
    undone = run(
        "supersede", case, confirmation, "--withdraw", "--reason", "I mistook it"
    )
    assert undone.status == 0, undone.err


def test_what_counts_anyway_is_not_confirmed(run: Run, case: Path) -> None:
    note = next(e["id"] for e in entries(case) if e["kind"] == "note")
    found = run("confirm", case, note, "--by", "second")
    assert found.status == 1
    assert "counts without confirmation" in found.err


def test_copies_are_one_origin_until_it_is_taken_back(run: Run, case: Path) -> None:
    done = run("same-origin", case, "r-3", "r-4", "--reason", "same words")
    assert done.status == 0, done.err
    joined = entries(case)[-1]
    assert joined["kind"] == "same_origin"
    assert len(joined["about"]) == 2
    assert run("same-origin", case, "r-3", "r-3").status == 1
    matter = run("same-origin", case, "r-3", ref(case, "The lock opens"))
    assert "has no origin" in matter.err
    undone = run("supersede", case, joined["id"], "--withdraw", "--reason", "no")
    assert undone.status == 0, undone.err


def offer(**fields: object) -> Draft:
    payload = {
        "party": "FR",
        "title": "France offers ships",
        "stance": "offer",
        "domains": ["sea", "air"],
        "conditions": [],
        "gates": [],
        **fields,
    }
    return make("offer", payload, happened="2026-01-12")


def test_an_approval_is_claimed_and_climbs_one_rung(run: Run, case: Path) -> None:
    (offered,) = record(case, offer())
    words = ("approve", case, offered[:10], "--level", "parliament", "--domain", "sea")
    plain = run(*words, "--on", "2026-02-10", "--source", "https://a.example/")
    assert plain.status == 0, plain.err
    assert [e["kind"] for e in entries(case)[-2:]] == ["approval", "claim"]
    rung = "offer_mandated(FR, sea)"
    then = ("--as-of", "2026-02-20", "--json")
    before = run("status", case, rung, *then).json["results"][0]["answers"][0]["answer"]
    assert before == "NO"
    graded = run(*words, "--on", "2026-02-10", "--graded", "B2", "--who", "Assembly")
    assert "NOT KNOWN" in graded.out or "YES" in graded.out
    after = {
        question: run("status", case, question, *then).json["results"][0]["answers"][0][
            "answer"
        ]
        for question in (rung, "offer_mandated(FR, air)", "offer_approved(FR, sea)")
    }
    assert after[rung] == "YES"
    assert after["offer_mandated(FR, air)"] == "NO"
    assert after["offer_approved(FR, sea)"] != "YES"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--domain", "land"), "it offers sea, air"),
        (("--on", "soon"), "soon"),
        (("--graded", "Z9"), "Z9"),
    ],
)
def test_an_approval_that_does_not_fit(
    run: Run, case: Path, words: tuple[str, ...], said: str
) -> None:
    (offered,) = record(case, offer())
    found = run("approve", case, offered, "--level", "leaders", *words)
    assert found.status == 1
    assert said in found.err


def test_only_an_offer_with_a_domain_is_approved(run: Run, case: Path) -> None:
    (empty,) = record(case, offer(domains=[]))
    assert "no domain" in run("approve", case, empty, "--level", "leaders").err
    found = run("approve", case, ref(case, "The lock opens"), "--level", "leaders")
    assert "only offers climb the ladder" in found.err
    assert run("approve", case, empty, "--level", "friends").status == 2


def test_a_terminal_is_asked_first(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keys(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("vigens.cli.acting.is_terminal", lambda: True)
    before = entries(case)
    words = ("rectify", case, ref(case, "The lock opens"), "--set", "title=Opens")
    monkeypatch.setattr("sys.stdin", Keys("n\n"))
    refused = run(*words)
    assert "nothing is recorded" in refused.out
    assert entries(case) == before
    monkeypatch.setattr("sys.stdin", Keys("y\n"))
    agreed = run(*words)
    assert "would record" in agreed.out
    assert len(entries(case)) == len(before) + 1
    monkeypatch.setattr("sys.stdin", Keys(""))
    assert run(*words[:2], entries(case)[-1]["id"], "--undo").status == 0
    assert len(entries(case)) == len(before) + 1
