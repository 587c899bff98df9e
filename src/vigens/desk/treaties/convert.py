"""From a folder of treaties in tables to a case that every command can read."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vigens.base import Finding, InputError, OutsideError, Severity
from vigens.chrono import parse_edtf
from vigens.desk.treaties.acts import Act, act_of, acts_of
from vigens.desk.treaties.names import Names, Party, identifier, name_parties
from vigens.desk.treaties.pages import Around, parties_page, treaty_page, weights_page
from vigens.desk.treaties.reading import ACTIONS, Folder, Treaty, read_folder
from vigens.desk.treaties.wording import Wording
from vigens.journal import PUBLIC, Draft, open_journal
from vigens.lang import Page, compile_pages
from vigens.law import law_pages

#: Grades of what a depositary's table says, and of what others added to it.
GRADE, GRADE_ADDED = "A2", "C3"
#: Words of conditions, which no treaty may be called.
_WORDS = (
    *("and", "as", "at", "because", "begins", "by", "component", "each", "ends", "for"),
    *("happens", "in", "initially", "is", "least", "more", "not", "null", "number"),
    *("of", "on", "or", "party", "some", "state", "stated", "times", "unstated"),
    *("upon", "when", "while", "within", "parties"),
)
_EARLIEST = "1900-01-01"
_COLUMNS = (
    "treaty",
    "party",
    "act",
    "date",
    "known_from",
    "printed",
    "row",
    "provenance",
)


@dataclass(frozen=True, slots=True)
class Converted:
    """What a folder of treaties became.

    Attributes:
        case: The folder of the case.
        n_treaties: How many pages.
        n_parties: How many parties.
        n_acts: How many acts.
        n_rows: How many rows the table of acts has that could be read.
        findings: What could not be read, or is to be looked at.
        is_dry: Whether nothing was written.
    """

    case: Path
    n_treaties: int
    n_parties: int
    n_acts: int
    n_rows: int
    findings: tuple[Finding, ...]
    is_dry: bool


def convert_treaties(
    folder: str | Path,
    case: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str = "curator",
    is_dry: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Converted:
    """Turn a folder of treaties in tables into a case.

    Args:
        folder: Holds treaties.json, actions.csv and the files of weights.
        case: The folder to write; it must not exist, or be empty.
        clock: For the journal.
        by: Who records.
        is_dry: Go through everything, write nothing.
        tell: Is told how it goes.

    Returns:
        What was written, with findings.

    Raises:
        InputError: A file is missing or cannot be read, or the case is there already.
        OutsideError: The disk does not let it be written.
    """
    place = Path(case)
    _refuse_present(place)
    found = read_folder(folder)
    tell(f"read {len(found.treaties)} treaties and {len(found.actions)} acts")
    made = _Made(found)
    if not is_dry:
        _write(place, made, clock, by)
        tell(f"wrote {place}")
    return Converted(
        place,
        len(found.treaties),
        len(made.names.parties),
        len(made.acts),
        len(found.actions),
        tuple(found.findings),
        is_dry,
    )


class _Made:
    """Everything that the case will hold."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.names = _names(folder)
        taken = {word.casefold() for word in _words_in_use()}
        taken |= {party.casefold() for party in self.names.parties}
        self.treaty_names: dict[str, str] = {}
        for treaty in folder.treaties:
            name = identifier(treaty.id, taken, small=False)
            taken.add(name.casefold())
            self.treaty_names[treaty.id] = name
            if name != treaty.id:
                folder.note(
                    "V105",
                    f'the id "{treaty.id[:60]}" is no name in rules; it is {name}',
                    "nothing, if that will do",
                    line=treaty.line,
                    severity=Severity.NOTE,
                )
        self.weights: dict[str, list[tuple[str, str]]] = {}
        self.weight_names: dict[str, tuple[str, str]] = {}
        for file in folder.weights:
            self._weigh(file, taken)
        pairs = {t.id: (t, self.treaty_names[t.id]) for t in folder.treaties}
        self.acts = acts_of(folder, pairs, self.names)
        self.ended = tuple(_ended(folder, self.names))
        self._note_lists()

    def _weigh(self, file: str, taken: set[str]) -> None:
        """Name the weights of a file; organisations have some where they count."""
        rules = [t.rule for t in self.folder.treaties if t.rule.weights == file]
        is_open = any(rule.has_organisations for rule in rules)
        found: list[tuple[str, str]] = []
        for printed, amount in self.folder.weights[file].items():
            party = self.names.parties[self.names.by_printed[printed]]
            if party.is_organisation and not is_open:
                self.folder.note(
                    "V104",
                    f'"{printed[:60]}" is no state, and its weight is not counted',
                    "nothing, if that is so",
                    file=file,
                    severity=Severity.NOTE,
                )
            else:
                found.append((party.id, amount))
        if found:
            name = identifier(Path(file).stem, taken)
            taken.add(name.casefold())
            self.weights[file] = found
            self.weight_names[file] = (name, "party" if is_open else "state")

    def _note_lists(self) -> None:
        """Note what a treaty names that the folder does not hold."""
        acting = {(act.treaty, act.party) for act in self.acts}
        for treaty in self.folder.treaties:
            name = self.treaty_names[treaty.id]
            for other in treaty.rule.requires:
                if other not in self.treaty_names:
                    self.folder.note(
                        "V107",
                        f'{treaty.id} waits for "{other[:60]}", which is not here; '
                        "whether that one is in force is left open",
                        "add that treaty to the folder",
                        line=treaty.line,
                    )
            for printed in treaty.rule.listed:
                if (name, self.names.by_printed[printed]) not in acting:
                    self.folder.note(
                        "V107",
                        f'{treaty.id} needs "{printed[:60]}", of which no act is here',
                        "look whether the table prints that name otherwise",
                        line=treaty.line,
                        severity=Severity.NOTE,
                    )

    def pages(self) -> Iterator[tuple[str, str]]:
        """Write every page: file name and text."""
        taken = {"parties"}
        yield "parties.md", parties_page(self.names)
        for file, named in self.weight_names.items():
            stem = identifier(f"weights_{named[0]}", taken)
            taken.add(stem.casefold())
            yield f"{stem}.md", weights_page(named, file, self.weights[file])
        titles = {treaty.id: treaty.title for treaty in self.folder.treaties}
        requires = _required(self.folder.treaties)
        n_acts: dict[str, int] = {}
        for act in self.acts:
            n_acts[act.treaty] = n_acts.get(act.treaty, 0) + 1
        for treaty in self.folder.treaties:
            name = self.treaty_names[treaty.id]
            stem = identifier(name.replace(":", "-"), taken, small=False)
            taken.add(stem.casefold())
            wording = Wording(
                name,
                self.names.by_printed.__getitem__,
                self.treaty_names.get,
                self.weight_names.get,
            )
            around = Around(
                requires[treaty.id],
                titles,
                any(treaty.id in found for found in requires.values()),
                n_acts.get(name, 0),
            )
            yield f"{stem}.md", treaty_page(treaty, wording, around)


def _required(treaties: Iterable[Treaty]) -> dict[str, list[str]]:
    """List for each treaty those that it waits for, and those that these wait for."""
    direct = {treaty.id: treaty.rule.requires for treaty in treaties}
    found: dict[str, list[str]] = {}
    for name, first in direct.items():
        seen: dict[str, None] = dict.fromkeys(first)
        waiting = list(first)
        while waiting:
            for other in direct.get(waiting.pop(), ()):
                if other not in seen:
                    seen[other] = None
                    waiting.append(other)
        seen.pop(name, None)
        found[name] = list(seen)
    return found


def _words_in_use() -> Iterator[str]:
    """List what a treaty cannot be called: words of the language and of its law."""
    law = compile_pages([Page(name, text) for name, text in law_pages()]).program
    for names in (law.sorts, law.events, law.fluents, law.measures, law.variants):
        yield from names
    for sort in law.sorts.values():
        yield from sort.values
    yield from _WORDS


def _names(folder: Folder) -> Names:
    """Name the parties; the newest table says how they are called."""
    order = sorted(folder.treaties, key=lambda treaty: treaty.as_of or "")
    tables: dict[str, dict[str, None]] = {treaty.id: {} for treaty in order}
    confirming = set()
    for action in folder.actions:
        tables[action.treaty][action.party] = None
        if act_of(action.action) == "confirms.formally":
            confirming.add(action.party)
    lone = [name for treaty in order for name in treaty.rule.listed]
    lone += [name for amounts in folder.weights.values() for name in amounts]
    names = name_parties(tables.values(), lone, confirming)
    for one, other in names.apart:
        folder.note(
            "V105",
            f'"{one[:60]}" and "{other[:60]}" look like one state and stand side by side '
            "in a table; they are kept apart",
            "use one name for one state",
            file=ACTIONS,
        )
    return names


@dataclass(frozen=True, slots=True)
class Ending:
    """One row of states.csv: between which days a state ceased to exist."""

    party: str
    first: str
    last: str
    known_from: str
    provenance: str


def _ended(folder: Folder, names: Names) -> Iterator[Ending]:
    """Find the states that ceased to exist, and when, as far as the tables go."""
    as_of = {treaty.id: treaty.as_of for treaty in folder.treaties}
    for party in names.parties.values():
        rows = [a for a in folder.actions if a.party in party.printed]
        marked = [a for a in rows if "dissolved" in a.provenance.lower()]
        if not rows or not (marked or party.ended):
            continue
        latest = max(row.date[:10] for row in rows)
        seen = min((as_of[row.treaty] or "" for row in marked or rows), default="")
        yield _ending(party, latest, seen or latest, is_marked=bool(marked))


def _ending(party: Party, latest: str, seen: str, *, is_marked: bool) -> Ending:
    first, _, last = (party.ended or "").partition("/")
    if first and latest <= (last or first) <= seen:
        said = "from general knowledge"
        return Ending(party.id, max(first, latest), last or first, seen, said)
    said = "marked as dissolved" if is_marked else "named as a former state"
    return Ending(party.id, latest, seen, seen, f"{said}; the day is not given")


def _refuse_present(place: Path) -> None:
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise InputError(
            "there is something at this place already, and it is not overwritten",
            str(place),
            "name a new folder, or empty this one",
        )


def _write(place: Path, made: _Made, clock: Callable[[], datetime], by: str) -> None:
    """Write the case beside its place first, so that it is there whole or not at all."""
    part = place.with_name(f".{place.name}.part")
    try:
        if part.exists():
            shutil.rmtree(part)
        (part / "agreements").mkdir(parents=True)
        for name, text in made.pages():
            (part / "agreements" / name).write_text(text, encoding="utf-8")
        tables = _tables(part, made)
        begins = _begins(made)
        (part / "case.toml").write_text(
            _settings(made.folder, tables, begins), encoding="utf-8"
        )
        with open_journal(part / "journal.jsonl", clock, create=True) as store:
            drafts = list(_coverage(made, begins, by))
            if drafts:
                store.append(drafts)
        if place.exists():
            place.rmdir()
        part.rename(place)
    except OSError as error:
        raise OutsideError(
            f"the case could not be written ({error.strerror or error})",
            str(error.filename or place),
            "look at the disk and who may write there; nothing is half written",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _tables(part: Path, made: _Made) -> list[str]:
    """Write the bulk tables, and give what case.toml says of them."""
    found: list[str] = []
    sides = (
        ("acts.csv", GRADE, [act for act in made.acts if not act.is_added]),
        ("acts_added.csv", GRADE_ADDED, [act for act in made.acts if act.is_added]),
    )
    for file, grade, acts in sides:
        if not acts:
            continue
        rows = [
            [
                act.treaty,
                act.party,
                act.act,
                act.date,
                act.known_from,
                act.printed,
                str(act.row),
                act.provenance,
            ]
            for act in acts
        ]
        (part / file).write_text(_csv(_COLUMNS, rows), encoding="utf-8")
        found.append(_mapping(file, grade, acts))
    if made.ended:
        rows = [
            [e.party, e.first, e.last, e.known_from, e.provenance] for e in made.ended
        ]
        columns = ("party", "first", "last", "known_from", "provenance")
        (part / "states.csv").write_text(_csv(columns, rows), encoding="utf-8")
        found.append(_ENDED)
    rows = [[p.id, name] for p in made.names.parties.values() for name in p.printed]
    (part / "parties.csv").write_text(
        _csv(("party", "printed"), rows), encoding="utf-8"
    )
    return found


_ENDED = f"""\
# States that ceased to exist, each between two days.
[[tables]]
file = "states.csv"
source = "States that ceased to exist"
grade = "{GRADE_ADDED}"
happened = "first"
until = "last"
known_from = "known_from"
[tables.events."state.ends"]
values = ["party"]
"""


def _mapping(file: str, grade: str, acts: Iterable[Act]) -> str:
    lines = [
        "[[tables]]",
        f'file = "{file}"',
        'source = "Table of acts"',
        f'grade = "{grade}"',
        'happened = "date"',
        'known_from = "known_from"',
    ]
    for act in dict.fromkeys(act.act for act in acts):
        lines += [
            f'[tables.events."{act}"]',
            'values = ["treaty", "party"]',
            f'where = {{ act = "{act}" }}',
        ]
    return "\n".join(lines) + "\n"


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _begins(made: _Made) -> str:
    """Give the first day of all: nothing unrecorded happened before."""
    dates = [treaty.adopted for treaty in made.folder.treaties if treaty.adopted]
    dates += [act.date for act in made.acts]
    days = [day for text in dates if (day := parse_edtf(text).first_day) is not None]
    return min(days).isoformat() if days else _EARLIEST


def _settings(folder: Folder, tables: list[str], begins: str) -> str:
    title = f"Treaties of {folder.path.resolve().name}".replace("\\", "/")
    head = [
        f'title = "{title.replace(chr(34), chr(39))}"',
        'zone = "UTC"',
        f'begins = "{begins}"',
        "",
        "# The grades of these tables are a first judgement; set them as you see fit.",
    ]
    return "\n".join(head) + "\n" + "\n".join(tables)


def _coverage(made: _Made, begins: str, by: str) -> Iterator[Draft]:
    """Say where the tables looked: each treaty up to the day of its source."""
    days: dict[str, list[str]] = {}
    for treaty in made.folder.treaties:
        if treaty.as_of is not None:
            days.setdefault(treaty.as_of, []).append(made.treaty_names[treaty.id])
    for as_of, treaties in sorted(days.items()):
        payload = {
            "audience": PUBLIC,
            "events": ["*"],
            "keys": treaties,
            "note": f"Acts on the treaties of the tables, as of {as_of}",
        }
        yield Draft(
            "coverage", payload, by, f"{begins}/{as_of}", as_of, marks=(PUBLIC,)
        )
    if days:
        last = max(days)
        payload = {
            "audience": PUBLIC,
            "events": ["state.ends"],
            "note": "States that ceased to exist, as the tables mark them",
        }
        yield Draft("coverage", payload, by, f"{begins}/{last}", last, marks=(PUBLIC,))
