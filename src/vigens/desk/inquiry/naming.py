"""What a case names, found by words: states, duties, parties, texts, documents, counts.

A state comes with how it stands on the day asked about: of many values only those that
some evidence names, and where these are too many, none is worked out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.desk.idle import idle_states, own_first
from vigens.desk.inquiry.documents import list_documents
from vigens.desk.occurring import named_values
from vigens.desk.status import read_duty
from vigens.engine import phrase_in_general
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.desk.answers import Session
    from vigens.engine import Verdict

#: Most finds of one kind, and most values of one state that are worked out for it.
MOST_OF_A_KIND = 12
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a case names.

    Attributes:
        kind: `state of affairs`, `obligation`, `party`, `body`, `group`, `agreement`,
            `document` or `measure`.
        name: By which it is asked for.
        title: In words.
        verdict: How a state without values stands; none for anything else.
        standing: How it stands otherwise, in words; empty where that is not worked out.
    """

    kind: str
    name: str
    title: str
    verdict: Verdict | None = None
    standing: str = ""


def find_named(session: Session, words: Iterable[str]) -> tuple[Named, ...]:
    """Find what has all of some words in its name or title, the case's own first.

    Args:
        session: The case through its lens; what it does not know by then is not found.
        words: Parts of words, in any case.
    """
    folded = [word.casefold() for word in words]

    def has(*texts: str) -> bool:
        said = " ".join(texts).casefold()
        return all(word in said for word in folded)

    program = session.case.program
    found: list[Named] = []
    states = [
        name for name, fluent in program.fluents.items() if has(name, fluent.phrase)
    ]
    idle = idle_states(session, states)
    states = own_first(program, [name for name in states if name not in idle])
    found += (_state(session, name) for name in states[:MOST_OF_A_KIND])
    duties = [d for d in program.obligations.values() if has(d.name, d.title)]
    found += (
        Named("obligation", d.name, d.title, standing=_duty(session, d.name))
        for d in duties[:MOST_OF_A_KIND]
    )
    actors = [a for a in program.actors.values() if has(a.name, a.title)]
    found += (Named(a.sort, a.name, a.title) for a in actors[:MOST_OF_A_KIND])
    texts = [t for t in session.texts() if has(t.name, t.title, t.short or "")]
    found += (
        Named("agreement", t.place, t.title, standing=Message(t.text_status))
        for t in texts[:MOST_OF_A_KIND]
    )
    documents = [d for d in list_documents(session) if has(d.name, d.title)]
    found += (
        Named("document", d.sha256, d.title or d.name)
        for d in documents[:MOST_OF_A_KIND]
    )
    measures = [m for m in program.measures.values() if has(m.name, m.title)]
    found += (Named("measure", m.name, m.title) for m in measures[:MOST_OF_A_KIND])
    return tuple(found)


def _state(session: Session, name: str) -> Named:
    fluent = session.case.program.fluents[name]
    kind = "state of affairs"
    if not fluent.params:
        answer = session.answer(Atom(name))
        return Named(kind, name, answer.text, answer.verdict)
    wild = Atom(name, tuple(Variable("_", "_") for _ in fluent.params))
    question = f"{name}({', '.join('_' for _ in fluent.params)})"
    atoms = list(islice(session.expand(wild), MOST_VALUES + 1))
    if len(atoms) > MOST_VALUES:
        named = named_values(session.assembled.world)
        atoms = list(islice(session.expand(wild, named), MOST_VALUES + 1))
    title = phrase_in_general(fluent)
    if len(atoms) > MOST_VALUES:
        return Named(kind, question, title)
    words = Counter(session.answer(atom).verdict.word for atom in atoms)
    return Named(kind, question, title, standing=_counted(words))


def _duty(session: Session, name: str) -> str:
    states = (report.states for report in read_duty(session, name).instances)
    return _counted(Counter(" or ".join(each) for each in states))


def _counted(words: Counter[str]) -> str:
    return Joined("; ", list(_each(words)))


def _each(words: Counter[str]) -> Iterator[str]:
    for word, number in words.most_common():
        said = Joined(" or ", [Message(part) for part in word.split(" or ")])
        is_one = words.total() == 1
        yield (
            said if is_one else Message("{state}: {number}", state=said, number=number)
        )
