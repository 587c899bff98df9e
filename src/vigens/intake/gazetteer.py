"""Names of states, organisations and office holders, ready for one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vigens.intake.fold import fold_marks, lower
from vigens.intake.lexicon import Vocabulary, actor_tables, vocabulary
from vigens.intake.tokens import Token, Word

_SHORT = 4
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name an actor, word by word.

    `case` says how it has to be written: with `any` first letter, a `capital` one, or
    all in capitals (`upper`). An `inner` name does not count where a sentence begins.
    """

    actor: str
    kind: str
    words: tuple[frozenset[str], ...]
    english: str
    case: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time in which an office stands for a person."""

    person: str
    office: str
    of: str
    start: str
    end: str


class Gazetteer:
    """Known names of one language."""

    def __init__(
        self,
        names: Iterable[Name],
        persons: Iterable[tuple[str, str]],
        terms: Iterable[Term],
    ) -> None:
        """Index names by their first word; persons are (beginning of name, id)."""
        self._names: dict[str, list[Name]] = {}
        self._known: dict[Word, tuple[Name, ...]] = {}
        for name in names:
            for word in name.words[0]:
                self._names.setdefault(word, []).append(name)
        self._persons = dict(persons)
        self._terms = tuple(terms)

    def beginning(
        self, tokens: Sequence[Token]
    ) -> Iterator[tuple[int, tuple[Name, ...]]]:
        """Give the words, by number, that can begin a name, with these names."""
        known = self._known
        for at, token in enumerate(tokens):
            names = known.get(token.word)
            if names is None:
                names = self._names_of(token.word)
            if names:
                yield at, names

    def _names_of(self, word: Word) -> tuple[Name, ...]:
        """Give the names that a word can begin, looked up once for each word."""
        names = tuple(n for key in word.keys for n in self._names.get(key, ()))
        if len(self._known) < _REMEMBERED:
            self._known[word] = names
        return names

    def person(self, form: str) -> str | None:
        """Give the office holder that a surname's form belongs to."""
        for size in range(len(form), max(3, len(form) - 5), -1):
            if form[:size] in self._persons:
                return self._persons[form[:size]]
        return None

    def serves(self, person: str, day: str | None) -> str | None:
        """Give whose officer somebody was on a day (EDTF), where that is known."""
        if not day:
            return None
        day = day.removeprefix("../")[:10]
        for term in self._terms:
            held = term.start <= day and (not term.end or day < term.end)
            if held and term.person == person:
                return term.of
        return None

    def holder(self, office: str, of: str, day: str | None) -> str | None:
        """Give who held an office on a day (EDTF), where that is known."""
        if not day:
            return None
        day = day.removeprefix("../")[:10]
        for term in self._terms:
            held = term.start <= day and (not term.end or day < term.end)
            if held and (term.office, term.of) == (office, of):
                return term.person
        return None


def longest(
    names: Iterable[Name], tokens: Sequence[Token], at: int
) -> tuple[Name, int] | None:
    """Give the longest of some names that stands at a word, and the word after it."""
    token = tokens[at]
    best: tuple[Name, int] | None = None
    for name in names:
        if not (name.case == "any" or token.capital) or (name.inner and not at):
            continue
        if name.case == "upper" and not token.upper:
            continue
        end = at + len(name.words)
        if (best and end <= best[1]) or end > len(tokens):
            continue
        rest = zip(name.words[1:], tokens[at + 1 : end], strict=True)
        if all(_is_form(token, words) for words, token in rest):
            best = name, end
    return best


def _is_form(token: Token, words: frozenset[str]) -> bool:
    return not words.isdisjoint(token.keys)


@lru_cache(maxsize=16)
def gazetteer(code: str) -> Gazetteer:
    """Build the shipped gazetteer of a language once."""
    return build(vocabulary(code), actor_tables())


def build(words: Vocabulary, tables: Iterable[Any]) -> Gazetteer:
    """Build a gazetteer from actor tables in the words of one language."""
    names: list[Name] = []
    persons: list[tuple[str, str]] = []
    terms: list[Term] = []
    seen: set[str] = set()
    in_english = _cldr_names("en")
    tables = list(tables)
    own = _own_actors(words, tables)
    for table in (*tables, own):
        for state, row in table.get("state", {}).items():
            plain, adjectives, seats = _columns(row.get(words.code, ""))
            countries, _, capitals = _columns(row.get("en", ""))
            seen |= {state} if plain else set()
            english = next(iter(countries), "")
            names += [_name(words, state, "state", n, english) for n in plain]
            names += [_name(words, state, "adjective", n) for n in adjectives]
            names += [
                _name(
                    words,
                    state,
                    "capital",
                    n,
                    _seat(n, capitals, 0 if table is own else at),
                )
                for at, n in enumerate(seats)
                if capitals
            ]
        for kind in ("organisation", "region", "place"):
            for actor, row in table.get(kind, {}).items():
                english = next(iter(row.get("en", ())), "")
                told = row.get(words.code, ())
                if words.actors and not told:
                    told = row.get("en", ())
                names += [_name(words, actor, kind, n, english) for n in told]
                seats = row.get("seat", {})
                names += [
                    _name(words, actor, "capital", n, seats["en"][0])
                    for n in seats.get(words.code, ())
                ]
        for row in table.get("person", ()):
            persons += [
                (_stem(name), row["id"])
                for name in row["names"].get(words.code) or _latin(words, row)
            ]
            terms += [
                Term(row["id"], t["office"], t["of"], t["from"], t.get("to", ""))
                for t in row.get("terms", ())
            ]
    names += [
        _name(words, state, "state", name, in_english.get(state, ""))
        for state, name in _cldr_names(
            words.code, _SHORT if words.actors else _SHORT + 1
        ).items()
        if state not in seen
    ]
    return Gazetteer(names, persons, terms)


def _own_actors(words: Vocabulary, tables: Iterable[Any]) -> dict[str, Any]:
    """Give the names of a language's own folder in the shape of the actor files.

    The English names come from those files; a place is told of by its English name.
    """
    told = words.actors
    made: dict[str, dict[str, Any]] = {}
    for kind in ("state", "organisation", "region", "place"):
        english: dict[str, Any] = {}
        for table in tables:
            english |= {k: row["en"] for k, row in table.get(kind, {}).items()}
        made[kind] = {
            actor: {
                words.code: names,
                "en": english.get(actor) or ((actor,) if kind == "place" else ""),
            }
            for actor, names in told.get(kind, {}).items()
        }
    return made


def _seat(name: str, capitals: Sequence[str], at: int) -> str:
    """Give the English name of a seat: the same, the one at its place, or the first."""
    if name in capitals:
        return name
    return capitals[at] if at < len(capitals) else capitals[0]


def _latin(words: Vocabulary, row: Any) -> tuple[str, ...]:
    """Give the English spelling of a name where a language has none of its own."""
    return tuple(row["names"].get("en", ())) if words.actors else ()


def _columns(row: str) -> tuple[list[str], list[str], list[str]]:
    parts = [[n.strip() for n in p.split(",") if n.strip()] for p in row.split("|")]
    parts += [[]] * (3 - len(parts))
    return parts[0], parts[1], parts[2]


def _name(
    words: Vocabulary, actor: str, kind: str, name: str, english: str = ""
) -> Name:
    parts = []
    marked, inner = name.startswith("="), name.startswith("^")
    name = name.lstrip("=^")
    for word in lower(fold_marks(name)).split():
        lemmas = {word}
        if words.code in ("ru", "uk") and not name.isupper():  # an acronym has one form
            lemmas |= {r.lemma for r in words.analyse(word)[:1]}
        parts.append(frozenset(lemmas))
    case = "any" if kind == "adjective" or name[0].islower() else "capital"
    if marked or (name.isupper() and len(name) < _SHORT):
        case = "upper"
    return Name(actor, kind, tuple(parts), english or name, case, inner)


def _stem(name: str) -> str:
    """Cut the vowel or й that inflection replaces at the end of a surname."""
    small = lower(fold_marks(name))
    while len(small) > _SHORT and small[-1] in "аеиоуыэюяйіїєь":
        small = small[:-1]
    return small


def _cldr_names(code: str, shortest: int = _SHORT + 1) -> dict[str, str]:
    """Give CLDR's plain names of the territories that no file lists.

    A name of four letters is read where a folder brings its own actors alone: elsewhere
    the shared file lists those that are no other word ("Того").
    """
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale(code).territories
    except UnknownLocaleError:
        return {}
    return {
        str(state): str(name)
        for state, name in territories.items()
        if len(state) == 2
        and state.isalpha()
        and len(name) >= shortest
        and "(" not in name
        and state not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")
    }
