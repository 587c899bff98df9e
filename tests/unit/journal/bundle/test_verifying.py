"""What a bundle shows, and that nothing in it can be changed unseen."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.unit.journal.bundle.conftest import MOMENT, REPORT, Bundle, note, redact
from vigens.base import VigensError
from vigens.journal import Store
from vigens.journal.bundle import (
    BundleError,
    Document,
    check_proof,
    head_line,
    receipt_line,
    receipt_of,
    sign_logs,
)
from vigens.journal.proof import Signer, fingerprint, hand_over


def codes(path: Path, **options: Any) -> list[str]:
    return [finding.code for finding in check_proof(path, **options).findings]


def parts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def lay(path: Path, values: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in values), "utf-8")
    return path


def test_a_bundle_holds_what_its_reader_may_see_and_nothing_else(
    journal: Store, bundle: Bundle
) -> None:
    checked = check_proof(bundle())
    assert checked.is_sound, checked.findings
    seen = [entry for entry in journal.entries() if "public" in entry.marks]
    assert checked.entries == seen
    assert b"three" not in bundle().read_bytes()
    assert b"four" not in bundle().read_bytes()
    assert list(checked.heads) == ["public"]
    both = check_proof(bundle(marks=("public", "UA")))
    assert both.is_sound
    assert len(both.entries) == 4
    whole = check_proof(bundle(marks=None))
    assert whole.is_sound
    assert tuple(whole.entries) == journal.entries()


def test_a_bundle_gives_no_key_away(journal: Store, bundle: Bundle) -> None:
    text = bundle(marks=None).read_text("utf-8")
    for entry in journal.entries():
        key = journal.key_of(entry.id)
        assert key is not None
        assert key.hex() not in text


def test_what_was_shown_is_said_in_words(bundle: Bundle, signer: Signer) -> None:
    checked = check_proof(bundle())
    assert checked.shown == [
        (
            'The log "public" is here whole: the 3 entries that were signed for on '
            "2026-03-09 10:00 UTC, none changed, none left out, none added."
        )
    ]
    assert checked.not_shown[0].startswith("Whose key signed: its fingerprint is")
    key = fingerprint(signer.public)
    known = check_proof(bundle(), trusted={key: "The ministry"})
    assert (
        f"The key {key[:12]} signed, which is trusted as The ministry." in known.shown
    )
    assert len(known.not_shown) == len(checked.not_shown) - 1


def test_documents_go_along_where_an_entry_tells_of_them(bundle: Bundle) -> None:
    from hashlib import sha256

    sha = sha256(REPORT).hexdigest()
    checked = check_proof(bundle(documents=[Document("r.txt", sha, REPORT)]))
    assert checked.is_sound
    assert [each.content for each in checked.documents] == [REPORT]
    other = sha256(b"\xff\0").hexdigest()
    for wrong in (
        Document("r.txt", sha, b"another"),
        Document("s.txt", sha, REPORT),
        Document("r.txt", other, b"\xff\0"),
    ):
        assert codes(bundle(documents=[wrong])) == ["J036", "J037"]


def test_a_redacted_entry_leaves_its_place_and_the_fact(
    journal: Store, bundle: Bundle
) -> None:
    target = journal.entries()[1]
    fact = redact(journal, target)
    path = bundle(marks=("public", "UA"))
    checked = check_proof(path)
    assert checked.is_sound, checked.findings
    (gone,) = checked.redacted
    assert (gone.fact, gone.numbers) == (fact.id, {"public": 2, "UA": 1})
    assert "1 of them was redacted" in checked.shown[0]
    assert target.id not in {entry.id for entry in checked.entries}
    without = [each for each in parts(path) if "redacted" not in each]
    assert codes(lay(path, without)) == ["J033", "J033", "J037"]


def test_one_fact_of_redaction_hides_no_other_entry(
    journal: Store, bundle: Bundle
) -> None:
    redact(journal, journal.entries()[1])
    path = bundle()
    values = parts(path)
    gone = next(each for each in values if "redacted" in each)
    victim = values[2]
    number = victim["in"]["public"][0]
    values.remove(victim)
    values.insert(-1, {"redacted": {"public": number}, "fact": gone["fact"]})
    values[-1]["end"] |= {"entries": values[-1]["end"]["entries"] - 1, "redacted": 2}
    assert "J033" in codes(lay(path, values))


def test_a_fact_that_was_not_carried_out_hides_nothing(
    journal: Store, bundle: Bundle
) -> None:
    path = bundle()
    target = journal.entries()[0]
    fact = redact(journal, target, is_done=False)
    values = parts(bundle())
    victim = values[3]
    assert victim["entry"]["id"] != target.id
    values.remove(victim)
    number = victim["in"]["public"][0]
    values.insert(-1, {"redacted": {"public": number}, "fact": fact.id})
    values[-1]["end"] |= {"entries": values[-1]["end"]["entries"] - 1, "redacted": 1}
    assert "J033" in codes(lay(path, values))


def test_a_redaction_that_nobody_seconded_is_none(
    journal: Store, bundle: Bundle
) -> None:
    redact(journal, journal.entries()[0], second="curator")
    assert codes(bundle()) == ["J033", "J033", "J037"]


def test_a_log_that_grew_is_shown_to_have_grown(
    journal: Store, bundle: Bundle, signer: Signer
) -> None:
    old = bundle("old.bundle")
    journal.append([note("five", "public")])
    new = bundle("new.bundle")
    assert any("grew from 3 to 4" in each for each in check_proof(new, since=old).shown)
    same = check_proof(new, since=new).shown
    assert any("is as it was" in each for each in same)
    back = check_proof(old, since=new)
    assert any("is the beginning" in each for each in back.shown)
    (state,) = sign_logs(journal, ["public"], signer, MOMENT)
    head = new.with_name("head.json")
    head.write_bytes(head_line(state.head))
    assert codes(head) == []
    assert codes(new, since=head) == []
    assert codes(head, since=old) == ["J035"], "a head alone cannot show it"
    assert codes(bundle(marks=None), since=old) == ["J035"]


def test_a_log_with_two_histories_is_found(
    journal: Store, bundle: Bundle, tmp_path: Path, clock: Any
) -> None:
    from vigens.journal import open_journal

    copy = tmp_path / "copy.db"
    journal.backup(copy)
    journal.append([note("told to one", "public")])
    here = bundle("here.bundle")
    with open_journal(copy, clock) as other:
        other.append([note("told to another", "public")])
        there = bundle("there.bundle", store=other)
        other.append([note("and more", "public")])
        longer = bundle("longer.bundle", store=other)
    assert codes(here) == codes(there) == []
    assert codes(there, since=here) == ["J034"]
    assert codes(longer, since=here) == ["J034"]
    assert codes(here, since=longer) == ["J034"]
    assert check_proof(there, since=here).shown == []


def test_a_bundle_is_of_one_moment_while_others_write(
    journal: Store, bundle: Bundle
) -> None:
    is_over, has_written = threading.Event(), threading.Event()

    def write() -> None:
        n = 0
        while not is_over.is_set():
            n += 1
            journal.append([note(f"meanwhile {n}", *("public", "UA", "FR")[: n % 4])])
            has_written.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [bundle("0", marks=("public", "UA", "FR"))]
        for _ in range(3):  # one of three is seen by all
            has_written.clear()
            assert has_written.wait(60)
        made += [bundle(f"{n}", marks=("public", "UA", "FR")) for n in range(1, 12)]
    finally:
        is_over.set()
        writer.join()
    assert [codes(path) for path in made] == [[]] * 12
    for old, new in pairwise(made[-3:]):
        assert codes(new, since=old) == []
    assert len(check_proof(made[-1]).entries) > len(check_proof(made[0]).entries)


def test_a_receipt_shows_one_entry(
    journal: Store, signer: Signer, tmp_path: Path, bundle: Bundle
) -> None:
    entry = journal.entries()[1]
    (state,) = sign_logs(journal, ["UA"], signer, MOMENT)
    path = tmp_path / "receipt.json"
    path.write_bytes(receipt_line(receipt_of(journal, entry, state)))
    checked = check_proof(path, trusted={fingerprint(signer.public): "us"})
    assert checked.is_sound
    assert checked.entries == [entry]
    assert "is number 1 of the 2" in checked.shown[0]
    assert codes(bundle(marks=["UA"]), since=path) == []
    (value,) = parts(path)
    changes: list[dict[str, Any]] = [
        {"place": [2, value["place"][1]]},
        {"place": [1, "0" * 64]},
        {"path": []},
        {"path": ["0" * 64]},
    ]
    for change in changes:
        assert codes(lay(path, [value | change])) == ["J032"]
    with pytest.raises(VigensError, match="not in the log"):
        receipt_of(journal, journal.entries()[0], state)
    value["entry"]["payload"]["text"] = "another"
    with pytest.raises(BundleError, match="does not fit its hash"):
        check_proof(lay(path, [value]))


def test_a_key_that_is_not_trusted_is_found_and_a_successor_goes_along(
    bundle: Bundle, signer: Signer
) -> None:
    other = Signer.new()
    trusted = {fingerprint(signer.public): "The ministry"}
    path = bundle(by=other)
    assert codes(path) == []
    assert codes(path, trusted=trusted) == ["J030"]
    assert codes(path, trusted={}) == ["J030"]
    word = hand_over(signer, other, MOMENT)
    followed = check_proof(bundle(by=other, handed_over=[word]), trusted=trusted)
    assert followed.is_sound
    assert any("a trusted key handed over" in each for each in followed.shown)


def drop(values: list[dict[str, Any]]) -> None:
    del values[2]


def swap(values: list[dict[str, Any]]) -> None:
    values[2]["in"], values[3]["in"] = values[3]["in"], values[2]["in"]


def twice(values: list[dict[str, Any]]) -> None:
    values.insert(3, values[2])


def other_leaf(values: list[dict[str, Any]]) -> None:
    values[1]["hashes"][1] = "0" * 64


def fewer(values: list[dict[str, Any]]) -> None:
    values[1]["hashes"].pop()


def far(values: list[dict[str, Any]]) -> None:
    values[2]["in"]["public"][0] = 2**40


def nowhere(values: list[dict[str, Any]]) -> None:
    values[2]["in"] = {}


def other_log(values: list[dict[str, Any]]) -> None:
    values[2]["in"]["UA"] = values[2]["in"]["public"]


def resigned(values: list[dict[str, Any]]) -> None:
    values[0]["heads"][0]["size"] = 2


def two_heads(values: list[dict[str, Any]]) -> None:
    values[0]["heads"] *= 2


def claims_redaction(values: list[dict[str, Any]]) -> None:
    fact = values[2]["entry"]["id"]
    values[3] = {"redacted": {"public": 2}, "fact": fact}
    values.insert(3, values.pop(4))


def counts(values: list[dict[str, Any]]) -> None:
    values[-1]["end"]["entries"] = 9


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (drop, "J033"),
        (swap, "J032"),
        (twice, "J032"),
        (other_leaf, "J031"),
        (fewer, "J031"),
        (far, "J032"),
        (nowhere, "J032"),
        (other_log, "J032"),
        (resigned, "J030"),
        (two_heads, "J031"),
        (claims_redaction, "J033"),
        (counts, "J037"),
    ],
)
def test_a_changed_bundle_is_found(
    bundle: Bundle, damage: Callable[[list[dict[str, Any]]], None], code: str
) -> None:
    path = bundle()
    values = parts(path)
    damage(values)
    assert code in codes(lay(path, values))
    assert check_proof(path).shown == []
