"""What a case of treaties will hold: names, pages, acts, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vigens.base import Severity
from vigens.desk.treaties.acts import act_of, acts_of
from vigens.desk.treaties.names import Names, Party, identifier, name_parties
from vigens.desk.treaties.pages import Around, parties_page, treaty_page, weights_page
from vigens.desk.treaties.reading import ACTIONS, Folder, Treaty
from vigens.desk.treaties.wording import Wording
from vigens.lang import Page, compile_pages
from vigens.law import law_pages

#: Words of conditions, which no treaty may be called.
_WORDS = (
    *("and", "as", "at", "because", "begins", "by", "component", "each", "ends", "for"),
    *("happens", "in", "initially", "is", "least", "more", "not", "null", "number"),
    *("of", "on", "or", "party", "some", "state", "stated", "times", "unstated"),
    *("upon", "when", "while", "within", "parties"),
)


class Made:
    """Everything that the case will hold.

    Attributes:
        folder: As read; more findings are noted there.
        names: Of parties.
        treaty_names: Id of each treaty to its name in rules.
        weight_names: File of weights to their name in rules and the sort they weigh.
        weights: File of weights to parties in rules and amounts.
        acts: In the words of the general law.
        ended: States that ceased to exist.
    """

    def __init__(self, folder: Folder) -> None:
        """Name everything, and note what the folder names and does not hold."""
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
            if treaty.id in treaty.rule.requires:
                self.folder.note(
                    "V107",
                    f"{treaty.id} waits for itself, so it never enters into force",
                    "take it out of `requires_in_force`",
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
            title = self.folder.weight_titles.get(file) or file
            stem = identifier(f"weights_{named[0]}", taken)
            taken.add(stem.casefold())
            yield f"{stem}.md", weights_page(named, file, self.weights[file], title)
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
