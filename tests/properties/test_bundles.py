"""Laws of bundles: whole for their audience, silent to others, and merged once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.bundle_checker import check_bundle
from tests.unit.journal.bundle.conftest import redact
from vigens.journal import (
    Draft,
    Entry,
    Here,
    SignedHead,
    Store,
    bundle_lines,
    check_proof,
    fsck,
    logs_for,
    open_journal,
    plan_merge,
    sign_logs,
)
from vigens.journal.proof import Signer

MOMENT = "2026-03-09T10:00:00.000000Z"
SIGNER = Signer.new()
MARKS = ("public", "UA", "FR", "core")

marks = st.lists(st.sampled_from(MARKS), unique=True, max_size=3).map(tuple)
steps = st.lists(
    st.tuples(
        st.sampled_from(["note", "note", "note", "mend", "about", "redact"]),
        marks,
        st.integers(0, 30),
    ),
    min_size=1,
    max_size=14,
)
audiences = st.none() | st.sets(st.sampled_from(MARKS), min_size=1).map(tuple)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 8, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def play(store: Store, story: list[tuple[str, tuple[str, ...], int]]) -> None:
    """Record a story; a number points back at what was recorded."""
    made: list[Entry] = []
    for n, (step, seen_by, back) in enumerate(story):
        target = made[back % len(made)] if made else None
        fields: dict[str, object] = {}
        if target is None or step == "note":
            pass
        elif step == "redact":
            made.remove(target)
            redact(store, target)
            continue
        elif step == "mend":
            fields = {"rectifies": target.id}
        else:
            fields = {"about": (target.id,)}
        draft = Draft("note", {"text": f"n{n}"}, "me", marks=seen_by, **fields)  # type: ignore[arg-type] # one of two links
        made += store.append([draft])


def write(store: Store, path: Path, seen: tuple[str, ...] | None) -> Path:
    states = sign_logs(store, logs_for(store, seen), SIGNER, MOMENT)
    path.write_bytes(b"".join(bundle_lines(store, states, reader="x", made=MOMENT)))
    return path


def whole(store: Store) -> list[Entry]:
    gone = store.redacted()
    return [entry for entry in store.entries() if entry.id not in gone]


@given(steps, audiences)
@settings(max_examples=60, deadline=None)
def test_a_bundle_is_whole_for_its_audience_and_says_nothing_of_others(
    story: list[tuple[str, tuple[str, ...], int]], seen: tuple[str, ...] | None
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "journal.db"
        with open_journal(place, Clock(), create=True) as store:
            play(store, story)
            expected = [
                entry
                for entry in whole(store)
                if seen is None or set(entry.marks) & set(seen)
            ]
            hidden = [entry for entry in whole(store) if entry not in expected]
            keys = [store.key_of(entry.id) for entry in whole(store)]
            path = write(store, Path(folder) / "b", seen)
        checked = check_proof(path)
        assert checked.is_sound, checked.findings
        assert checked.entries == expected
        check_bundle(path)
        text = path.read_text("utf-8")
        assert not any(key is None or key.hex() in text for key in keys)
        for entry in hidden:
            shown = f'"text":"{entry.payload.get("text")}"'
            assert shown not in text or entry.kind != "note"
        assert not any(
            finding.severity == "error" and finding.code != "J007"
            for finding in fsck(place)
        )


@given(steps, steps, audiences)
@settings(max_examples=40, deadline=None)
def test_a_log_grows_from_each_of_its_bundles(
    first: list[tuple[str, tuple[str, ...], int]],
    then: list[tuple[str, tuple[str, ...], int]],
    seen: tuple[str, ...] | None,
) -> None:
    with TemporaryDirectory() as folder:
        with open_journal(Path(folder) / "j.db", Clock(), create=True) as store:
            play(store, first)
            old = write(store, Path(folder) / "old", seen)
            play(store, then)
            new = write(store, Path(folder) / "new", seen)
        checked = check_proof(new, since=old)
        assert not [each for each in checked.findings if each.code != "J035"]
        assert all(head.size <= checked.heads[log].size for log, head in heads(old))


def heads(path: Path) -> list[tuple[str, SignedHead]]:
    return list(check_proof(path).heads.items())


@given(steps, steps, st.booleans())
@settings(max_examples=30, deadline=None)
def test_two_bundles_come_to_the_same_in_either_order_and_once(
    first: list[tuple[str, tuple[str, ...], int]],
    second: list[tuple[str, tuple[str, ...], int]],
    is_public: bool,
) -> None:
    seen = ("public",) if is_public else None
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = []
        for number, story in enumerate((first, second)):
            place = folder / f"{number}.db"
            with open_journal(place, Clock(), create=True) as store:
                play(store, [*story, ("note", (*MARKS, str(number)), 0)])
                paths.append(write(store, folder / f"{number}.bundle", seen))
        results = []
        for order in (paths, paths[::-1]):
            place = folder / f"to-{order[0].stem}.db"
            with open_journal(place, Clock(), create=True) as store:
                for path in (*order, *order):
                    take(store, path)
                results.append({entry.id for entry in contents(store)})
        assert results[0] == results[1]


def take(store: Store, path: Path) -> None:
    checked = check_proof(path)
    merge = plan_merge(checked, Here(store.entries(), store.redacted()))
    size = store.size()
    store.adopt(merge.new, "b", missing=merge.missing)
    if merge.heads:
        store.append(merge.witnesses("me"))
    again = plan_merge(checked, Here(store.entries(), store.redacted()))
    assert (again.new, again.heads) == ((), ())
    assert bool(merge.new or merge.heads) == (store.size() > size)


def contents(store: Store) -> list[Entry]:
    return [entry for entry in whole(store) if entry.kind not in ("batch", "witness")]
