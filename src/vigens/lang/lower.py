"""Actors, texts and variants, lowered to the rule program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.lang.clauses import date_of, guarded, names_in, text_of, words_of
from vigens.lang.grammar import FAMILIES, LINKS, TEXT_STATUS
from vigens.rules import Actor, Component, Instrument, Variant

if TYPE_CHECKING:
    from vigens.lang.cursor import Cursor
    from vigens.lang.names import Names
    from vigens.lang.syntax import Declaration


def lower_actor(declaration: Declaration) -> Actor:
    """Lower a party, group or body."""
    rest = [token.text for token in declaration.rest]
    status = None
    if "status" in rest[:-1]:
        at = rest.index("status")
        status, rest = rest[at + 1], rest[:at] + rest[at + 2 :]
    also = declaration.first("also")
    default = "state" if declaration.keyword == "party" else declaration.keyword
    return Actor(
        declaration.name.text,
        declaration.title or declaration.name.text,
        declaration.keyword,
        rest[0] if rest else default,
        status,
        tuple(t.text for t in also.tokens if t.kind != "mark") if also else (),
        declaration.place,
    )


def lower_variant(names: Names, declaration: Declaration) -> Variant:
    """Lower a variant with its readings."""
    readings = []

    def read(cursor: Cursor) -> tuple[str, str]:
        name = cursor.need("name", "a reading", 'write reading NAME "what it means"')
        title = cursor.take_kind("string")
        return name.text, title.text if title else name.text

    for clause in declaration.all_of("reading"):
        found = guarded(names, clause, read)
        if found is not None:
            readings.append(found)
    return Variant(
        declaration.name.text,
        declaration.title or declaration.name.text,
        tuple(readings),
        declaration.place,
    )


def lower_instrument(names: Names, declaration: Declaration) -> Instrument:
    """Lower an instrument with what it says of itself."""
    stated: dict[str, tuple[str, ...]] = {}
    unstated: dict[str, str] = {}
    for key in ("binding", "endorsement", "kind"):
        clause = declaration.first(key)
        if clause is None:
            continue
        words = [token.text for token in clause.tokens if token.text != ","]
        if words[:1] == ["unstated"]:
            unstated[key] = words[1] if len(words) > 1 else "the text does not say"
        else:
            stated[key] = tuple(words)
    kind = " ".join(stated.get("kind", ("unstated",)))
    if kind not in FAMILIES:
        clause = declaration.first("kind")
        if clause is not None and clause.tokens:
            names.fault(
                "N004",
                f'unknown kind of instrument "{kind}"',
                clause.tokens[0],
                f"write one of {', '.join(FAMILIES)}",
            )
    status = words_of(names, declaration, "text", TEXT_STATUS, "not seen")
    text_of(names, declaration, "source")  # for people; only its form is checked
    return Instrument(
        declaration.name.text,
        declaration.title or declaration.name.text,
        kind,
        FAMILIES.get(kind, "unstated"),
        status,
        stated,
        unstated,
        names_in(names, declaration, "issuer", None),
        _components(declaration),
        date_of(names, declaration, "adopted"),
        _links(names, declaration),
        declaration.place,
        text_of(names, declaration, "short"),
        date_of(names, declaration, "known from"),
    )


def _components(declaration: Declaration) -> tuple[Component, ...]:
    clause = declaration.first("components")
    parts: list[Component] = []
    for token in clause.tokens if clause else ():
        if token.kind == "name":
            parts.append(Component(token.text, token.text))
        elif token.kind == "string" and parts:
            parts[-1] = Component(parts[-1].name, token.text)
    return tuple(parts)


def _links(names: Names, declaration: Declaration) -> tuple[tuple[str, str], ...]:
    return tuple(
        (relation, name)
        for relation in LINKS
        for name in names_in(names, declaration, relation, "instrument")
    )
