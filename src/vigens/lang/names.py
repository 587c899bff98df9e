"""What every name stands for, and the checks on how it is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, nearest
from vigens.lang.bounds import Findings
from vigens.lang.grammar import (
    ACTOR_SORTS,
    APPLIES,
    BUILTIN_SORTS,
    FAMILIES,
    NUMBER,
    PREFIXES,
    RESERVED,
    WITH_PARAMETERS,
)
from vigens.rules import ACTOR_TYPES, Constant, Sort, Term, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vigens.lang.lexer import Token
    from vigens.lang.syntax import Declaration

#: Declarations that share one space of values.
_VALUES = ("party", "group", "body", "instrument")
#: After so many findings no nearest name is looked for: each takes its time.
_MOST_PROPOSALS = 50
#: Declarations that share one space of predicates and duties.
_SPACES = {
    **dict.fromkeys(_VALUES, "value"),
    **dict.fromkeys(("act", "event", "fluent", "measure"), "predicate"),
    **dict.fromkeys(("obligation", "step", "tally", "provision"), "predicate"),
    **dict.fromkeys(("values", "weights"), "sort"),
    "variant": "variant",
}


@dataclass(slots=True)
class Names:
    """Everything declared, by kind, while a program is compiled.

    Attributes:
        sorts: Declared and built-in sorts.
        value_sorts: Value to the sorts it belongs to.
        predicates: Event, fluent or tally to its parameters.
        kinds: Predicate to the keyword that declared it.
        valued: Fluents whose last parameter is a value.
        duties: Obligation to its parameters, the obligor first.
        weights: Weights to the sort whose values they weigh.
        applies: Predicate to the family of texts that it may be said of.
        families: Instrument to its family.
        components: Instrument to its components.
        readings: Variant to its readings.
        titles: Title of a value to its name, for proposals.
        findings: What was wrong.
    """

    sorts: dict[str, Sort] = field(default_factory=dict)
    value_sorts: dict[str, set[str]] = field(default_factory=dict)
    predicates: dict[str, tuple[Variable, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    valued: set[str] = field(default_factory=set)
    duties: dict[str, tuple[Variable, ...]] = field(default_factory=dict)
    weights: dict[str, str] = field(default_factory=dict)
    applies: dict[str, str] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    components: dict[str, tuple[str, ...]] = field(default_factory=dict)
    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

    def fault(self, code: str, message: str, token: Token, mend: str) -> None:
        """Note an error at a token."""
        self.findings.append(
            Finding(code, Severity.ERROR, message, (token.span,), mend)
        )

    def term(
        self,
        token: Token,
        wanted: str | None,
        scope: Mapping[str, Variable],
        param: Variable | None = None,
    ) -> Term | None:
        """Resolve one argument: a variable in scope, a sort's own name, or a value.

        Args:
            token: Name, quoted text, number or date as written.
            wanted: The sort expected at this place; `None` where unknown.
            scope: Variables that may be used here.
            param: In a pattern, the parameter at this place: its own name stands for
                whatever there is.

        Returns:
            The term, or `None` with a finding noted.
        """
        text = token.text
        is_open = wanted in self.sorts and self.sorts[wanted].is_open
        if token.kind == "string" and wanted != NUMBER and (wanted is None or is_open):
            return Constant(text)
        if text == "_" and token.kind == "mark":
            return self._any(token, wanted, scope)
        if text in scope and token.kind != "string":
            self._check_sort(token, {scope[text].sort}, wanted)
            return scope[text]
        sorts = self.value_sorts.get(text)
        is_own = param is not None and text == param.name and token.kind == "name"
        if sorts is not None and (wanted in sorts or not is_own):
            self._check_sort(token, sorts, wanted)
            return Constant(text)
        if is_own:
            return param
        if text in self.sorts and token.kind != "string":
            self._check_sort(token, {text}, wanted)
            return Variable(text, text)
        if wanted == NUMBER:
            return self._number(token)
        if is_open:
            return Constant(text)
        whoever = f"{wanted} as {text}" if param is not None and wanted else None
        self._unknown_value(token, wanted, scope, whoever)
        return None

    def value(self, token: Token, wanted: str | None) -> None:
        """Check a name that must stand for one particular value."""
        if isinstance(self.term(token, wanted, {}), Variable):
            message = f'"{token.text}" stands for no particular {token.text} here'
            self.fault("N006", message, token, "name one that is declared")

    def actor(self, token: Token) -> None:
        """Check a name that must stand for a party, group or body."""
        if not self.value_sorts.get(token.text, set()) & {"group", "body"}:
            self.value(token, "party")

    def _number(self, token: Token) -> Term | None:
        if token.kind == "number":
            return Constant(token.text)
        mend = "write a whole or decimal number, as 12 or 12.5"
        self.fault("T005", f'"{token.text}" is no number', token, mend)
        return None

    def nearest(self, name: str, candidates: Iterable[str]) -> str | None:
        """Propose a name, as long as there are few findings."""
        if len(self.findings) > _MOST_PROPOSALS:
            return None
        return nearest(name, candidates)

    def _any(
        self, token: Token, wanted: str | None, scope: Mapping[str, Variable]
    ) -> Term | None:
        if "_" in scope:
            return scope["_"]
        sort = wanted or "value"
        self.fault(
            "N006",
            "_ stands for any value, and only a question may ask for any",
            token,
            f"name one {sort}" + (f", or write {wanted}" if wanted else ""),
        )
        return None

    def _check_sort(self, token: Token, sorts: set[str], wanted: str | None) -> None:
        if wanted is None or wanted in sorts:
            return
        if wanted == "party" and not sorts.isdisjoint(ACTOR_TYPES):
            return
        what = " or ".join(sorted(sorts - set(ACTOR_TYPES) or sorts))
        candidates = (v for v, s in self.value_sorts.items() if wanted in s)
        some = ", ".join(islice(candidates, 8))
        self.fault(
            "T002",
            f'"{token.text}" is a {what}; a {wanted} belongs here',
            token,
            f"write a {wanted}" + (f", such as {some}" if some else ""),
        )

    def _unknown_value(
        self,
        token: Token,
        wanted: str | None,
        scope: Mapping[str, Variable],
        whoever: str | None = None,
    ) -> None:
        meant = self._meant(token.text, wanted, scope)
        code = {"party": "N003", "group": "N003", "body": "N003"}.get(
            wanted or "", "N004"
        )
        what = wanted or "name"
        proposal = f'write "{meant}", or ' if meant else ""
        keyword = wanted if wanted in (*ACTOR_SORTS, "instrument") else "values"
        others = f", or write `{whoever}` for whatever occurs" if whoever else ""
        self.fault(
            code,
            f'unknown {what} "{token.text}"',
            token,
            f"{proposal}declare it with `{keyword}`{others}",
        )

    def _meant(
        self, text: str, wanted: str | None, scope: Mapping[str, Variable]
    ) -> str | None:
        """Propose a value or variable, by its name or by its title."""
        if len(self.findings) > _MOST_PROPOSALS:
            return None
        candidates = [
            value
            for value, sorts in self.value_sorts.items()
            if wanted is None or wanted in sorts
        ]
        known = set(candidates)
        titled = {t: v for t, v in self.titles.items() if v in known}
        meant = self.nearest(text, [*candidates, *scope, *titled])
        return titled.get(meant, meant) if meant else None

    def check_family(self, name: Token, terms: Sequence[Term]) -> None:
        """Keep treaty words off political texts, and the other way round.

        Source:
            Design, section 3.1, points 1 and 2.
        """
        family = self.applies.get(name.text)
        if family is None:
            return
        for term in terms:
            text = getattr(term, "value", "")
            own = self.families.get(text)
            if own is None or own in (family, "unstated"):
                continue
            words = {v: k for k, v in APPLIES.items()}
            self.fault(
                "T003",
                f'"{name.text}" is said of {words[family]}; '
                f'"{text}" is a {"treaty" if own == "treaty" else "political text"}',
                name,
                "political texts are endorsed and take effect; "
                "treaties are consented to and enter into force",
            )


def gather(declarations: Sequence[Declaration]) -> Names:
    """Enter every declared name; report names declared twice and sorts unknown."""
    names = Names()
    for sort in BUILTIN_SORTS:
        names.sorts[sort] = Sort(sort, sort, (), is_open=sort == NUMBER)
    first: dict[tuple[str, str], Token] = {}
    for declaration in declarations:
        space = _SPACES[declaration.keyword]
        key = (space, declaration.name.text)
        if key in first:
            earlier = first[key]
            is_law = earlier.span.source.startswith(_LAW)
            mend = _OF_THE_LAW if is_law else _RENAME
            names.findings.append(_twice(declaration.name, earlier, mend))
            continue
        first[key] = declaration.name
        what = _own_word(space, declaration.name.text)
        if what is not None:
            message = f'"{declaration.name.text}" is {what} of the language itself'
            names.fault("N001", message, declaration.name, "give it another name")
            continue
        _enter(names, declaration)
    for declaration in declarations:
        given: dict[str, Token] = {}
        for param in declaration.params:
            earlier = given.setdefault(param.name.text, param.name)
            if earlier is not param.name:
                mend = "write (first: SORT, second: SORT) for two of one sort"
                names.findings.append(_twice(param.name, earlier, mend))
            if param.sort.text not in names.sorts:
                meant = names.nearest(param.sort.text, names.sorts)
                names.fault(
                    "N005",
                    f'unknown sort "{param.sort.text}"',
                    param.sort,
                    (f'write "{meant}", or ' if meant else "")
                    + "declare it with `values`",
                )
    return names


def _own_word(space: str, name: str) -> str | None:
    """Say what the language itself means by a name, if anything."""
    if space == "sort" and name in BUILTIN_SORTS:
        return "a sort"
    if space == "predicate" and (name in RESERVED or name.startswith(PREFIXES)):
        return "a word"
    return None


_RENAME = "rename one of the two, or take it out"
#: Pages of the general law, as places name them.
_LAW = "law/"
_OF_THE_LAW = "it is a word of the general law: use it as it is, or take another name"


def _twice(name: Token, earlier: Token, mend: str) -> Finding:
    return Finding(
        "N001",
        Severity.ERROR,
        f'"{name.text}" is declared twice',
        (name.span, earlier.span),
        mend,
    )


def _enter(names: Names, declaration: Declaration) -> None:
    keyword, name = declaration.keyword, declaration.name.text
    if keyword in _VALUES:
        names.value_sorts.setdefault(name, set()).add(keyword)
        if keyword == "party" and party_type(declaration) in ACTOR_TYPES:
            names.value_sorts[name].add(party_type(declaration))
        if declaration.title:
            names.titles[declaration.title] = name
    if keyword == "instrument":
        _enter_instrument(names, declaration)
    elif keyword == "values":
        _enter_sort(names, declaration)
    elif keyword in WITH_PARAMETERS:
        names.predicates[name] = tuple(
            Variable(param.name.text, param.sort.text) for param in declaration.params
        )
        names.kinds[name] = keyword
        if declaration.has_values:
            names.valued.add(name)
        clause = declaration.first("applies to")
        words = " ".join(t.text for t in clause.tokens) if clause else ""
        if words in APPLIES:
            names.applies[name] = APPLIES[words]
    elif keyword in ("obligation", "step", "measure", "provision"):
        names.kinds[name] = keyword
    elif keyword == "weights":
        words_of = [token.text for token in declaration.rest]
        names.weights[name] = words_of[1] if len(words_of) > 1 else ""
    elif keyword == "variant":
        names.readings[name] = tuple(
            clause.tokens[0].text
            for clause in declaration.all_of("reading")
            if clause.tokens
        )


def party_type(declaration: Declaration) -> str:
    """Give the type of a party: the word after its title, or else `state`."""
    words = [token.text for token in declaration.rest]
    if "status" in words[:-1]:
        at = words.index("status")
        words = words[:at] + words[at + 2 :]
    return words[0] if words else "state"


def _enter_instrument(names: Names, declaration: Declaration) -> None:
    name = declaration.name.text
    kind = declaration.first("kind")
    written = " ".join(token.text for token in kind.tokens) if kind else ""
    names.families[name] = FAMILIES.get(written, "unstated")
    parts = declaration.first("components")
    found = [t.text for t in parts.tokens if t.kind == "name"] if parts else []
    names.components[name] = tuple(found)
    for part in found:
        names.value_sorts.setdefault(part, set()).add("component")


def _enter_sort(names: Names, declaration: Declaration) -> None:
    name = declaration.name.text
    clause = declaration.first("of")
    values = [t.text for t in clause.tokens if t.text != ","] if clause else []
    is_open = any(token.text == "open" for token in declaration.rest)
    names.sorts[name] = Sort(
        name,
        declaration.title or name,
        tuple(values),
        is_open=is_open,
        place=declaration.place,
    )
    for value in values:
        names.value_sorts.setdefault(value, set()).add(name)
