"""What is hidden from a reader does not move a plain entry out of his columns."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.properties.hidden import run_command
from tests.unit.cli.tiny import PAGE, SETTINGS
from vigens.journal import Draft, Entry, Source, open_journal

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PUBLIC = ("public",)

HIDDEN: dict[str, dict[str, Any]] = {
    "review": {"verdict": "contradicted", "reason": "It did not."},
    "same_origin": {"reason": "one agency"},
    "grade": {"reliability": "A", "credibility": 1},
    "claim": {"polarity": "neg", "statement": "No.", "actors": []},
    "membership": {"group": "cell", "member": "FR", "is_member": True},
}

#: Event, day, and the grade of the one claim about it.
plain = st.tuples(
    st.sampled_from(["opens", "shuts"]),
    st.integers(2, 28),
    st.sampled_from([("B", 2), ("E", 4), None]),
)
hidden = st.tuples(st.sampled_from(sorted(HIDDEN)), st.integers(0, 9))


def plain_drafts(
    number: int, event: str, day: int, grade: tuple[str, int] | None
) -> list[Draft]:
    known = f"2026-01-{day:02}"
    rest: dict[str, Any] = {"known_from": known, "marks": PUBLIC}
    drafts = [
        Draft(
            "occurrence",
            {"event": event, "args": [], "title": f"{event} {number}"},
            "me",
            happened=known,
            handle=f"o{number}",
            **rest,
        ),
        Draft(
            "claim",
            {"polarity": "pos", "statement": f"It {event}.", "actors": []},
            "me",
            about=(f"@o{number}",),
            handle=f"c{number}",
            sources=(Source(f"https://{number}.example/"),),
            **rest,
        ),
    ]
    if grade is not None:
        payload = {"reliability": grade[0], "credibility": grade[1]}
        drafts.append(Draft("grade", payload, "me", about=(f"@c{number}",), **rest))
    return drafts


def hidden_drafts(log: tuple[Entry, ...], said: list[tuple[str, int]]) -> list[Draft]:
    found: dict[object, Draft] = {}
    for kind, number in said:
        wanted = "occurrence" if kind == "claim" else "claim"
        fitting = [entry.id for entry in log if entry.kind == wanted]
        at = number % len(fitting)
        about: tuple[str, ...] = (fitting[at],)
        if kind == "same_origin":
            about = tuple(dict.fromkeys((fitting[at], fitting[at - 1])))
            if len(about) < 2:
                continue
        if kind == "membership":
            about = ()
        found[kind, about] = Draft(kind, HIDDEN[kind], "me", marks=("FR",), about=about)
    return list(found.values())


def say(folder: Path, *more: str) -> list[Any]:
    words = ["status", str(folder), "lock_open", "--as-of", "2026-02-10", *more]
    with mock.patch("vigens.desk.largejournal.LARGE", 0):
        return [run_command([*words, *form], lambda: NOW) for form in ([], ["--json"])]


@given(
    st.lists(plain, min_size=1, max_size=4),
    st.lists(hidden, min_size=1, max_size=4),
    st.sampled_from([[], ["--policy", "open-ear"]]),
)
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_hidden_entries_do_not_shape_what_columns_say(
    rows: list[tuple[str, int, tuple[str, int] | None]],
    said: list[tuple[str, int]],
    policy: list[str],
) -> None:
    with TemporaryDirectory(prefix="vigens-") as place:
        folder = Path(place) / "case"
        (folder / "agreements").mkdir(parents=True)
        (folder / "case.toml").write_text(SETTINGS, "utf-8")
        (folder / "agreements" / "pact.md").write_text(PAGE, "utf-8")
        with open_journal(folder / "journal.db", lambda: NOW, create=True) as store:
            drafts = [d for n, row in enumerate(rows) for d in plain_drafts(n, *row)]
            looked = {"events": ["*"], "audience": "public"}
            span = "2026-01-01/2026-02-28"
            drafts.append(Draft("coverage", looked, "me", happened=span, marks=PUBLIC))
            store.append(drafts)
        before = say(folder, *policy)
        with open_journal(folder / "journal.db", lambda: NOW) as store:
            store.append(hidden_drafts(store.entries(), said))
        assert say(folder, *policy) == before
