"""Lines of tokens as declarations with clauses; nothing is looked up here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, nearest
from vigens.lang.bounds import Findings
from vigens.lang.grammar import (
    CLAUSES,
    LANGUAGE_VERSION,
    LISTS,
    REPEATED,
    REPEATED_IN,
    WITH_PARAMETERS,
    WITH_WORDS,
)
from vigens.lang.lexer import Line, Token, read_lines
from vigens.lang.syntax import Clause, Declaration, Parameter

if TYPE_CHECKING:
    from vigens.lang.literate import Block


_LONGEST_FIRST = {
    keyword: [part.split() for part in sorted(clauses, key=len, reverse=True)]
    for keyword, clauses in CLAUSES.items()
}


def parse_block(block: Block) -> tuple[list[Declaration], Findings]:
    """Read one rule block; what cannot be read becomes a finding and is left out.

    Args:
        block: A closed block.

    Returns:
        Its declarations, and every finding.
    """
    lines, findings = read_lines(block)
    return parse_lines(lines, block.heading, findings), findings


def parse_lines(
    lines: list[Line], heading: str, findings: Findings
) -> list[Declaration]:
    """Read the lines of a block as declarations; findings go to those of the lines."""
    if not lines:
        return []
    lines = _after_version(lines, findings)
    declarations: list[Declaration] = []
    for head, body in _grouped(lines, findings):
        declaration = _declaration(head, body, heading, findings)
        if declaration is not None:
            declarations.append(declaration)
        if findings.is_full:
            break
    return declarations


def error(code: str, message: str, token: Token | Line, mend: str) -> Finding:
    """Make an error finding at a token or line."""
    return Finding(code, Severity.ERROR, message, (token.span,), mend)


def _after_version(lines: list[Line], findings: Findings) -> list[Line]:
    tokens = lines[0].tokens
    if tokens[0].text != "vigens":
        findings.append(
            error(
                "L003",
                "this block does not name the version of the language",
                lines[0],
                f"write `vigens {LANGUAGE_VERSION}` as its first line",
            )
        )
        return lines
    if len(tokens) != 2 or tokens[1].text != str(LANGUAGE_VERSION):
        findings.append(
            error(
                "L004",
                "this version of the language is not known here",
                lines[0],
                f"write `vigens {LANGUAGE_VERSION}`",
            )
        )
    return lines[1:]


def _grouped(lines: list[Line], findings: Findings) -> list[tuple[Line, list[Line]]]:
    groups: list[tuple[Line, list[Line]]] = []
    for line in lines:
        if line.indent == 0:
            groups.append((line, []))
        elif groups:
            groups[-1][1].append(line)
        else:
            findings.append(
                error(
                    "P003",
                    "an indented clause stands before any declaration",
                    line,
                    "begin a declaration at the left margin first",
                )
            )
    return groups


def _declaration(
    head: Line, body: list[Line], heading: str, findings: Findings
) -> Declaration | None:
    keyword, *rest = head.tokens
    if keyword.text not in CLAUSES:
        meant = nearest(keyword.text, CLAUSES)
        proposal = f'write "{meant}"' if meant else "use one of them"
        findings.append(
            error(
                "P001",
                f'"{keyword.text}" begins no declaration',
                keyword,
                f"{proposal}; declarations are {', '.join(CLAUSES)}",
            )
        )
        return None
    if not rest or rest[0].kind != "name":
        findings.append(
            error(
                "P003",
                f'"{keyword.text}" needs a name',
                rest[0] if rest else keyword,
                f'write {keyword.text} NAME "title"; a name begins with a letter',
            )
        )
        return None
    name, *rest = rest
    if rest and rest[0].text == "(" and keyword.text not in WITH_PARAMETERS:
        mend = f"take the brackets out; {', '.join(WITH_PARAMETERS)} have parameters"
        message = f'"{keyword.text}" takes no parameters'
        findings.append(error("P003", message, rest[0], mend))
    params, rest = _parameters(rest, findings)
    values, rest = _values(keyword, rest, findings)
    title = ""
    if rest and rest[0].kind == "string":
        title, rest = rest[0].text, rest[1:]
    _check_words(keyword, rest, findings)
    clauses = _clauses(keyword.text, body, findings)
    return Declaration(
        keyword.text,
        name,
        (*params, *values),
        title,
        tuple(rest),
        tuple(clauses),
        heading,
        bool(values),
    )


def _check_words(keyword: Token, rest: list[Token], findings: Findings) -> None:
    """Let no word after the title be passed over in silence."""
    words = [token.text for token in rest]
    mend = "put it on an indented line of its own, or take it out"
    if keyword.text == "values":
        left = rest[1:] if words[:1] == ["open"] else rest
        mend = 'write values NAME "title" open, or list the values in a clause `of`'
    elif keyword.text == "weights":
        left = rest[2:] if words[:1] == ["of"] else rest
        mend = 'write weights NAME "title" of SORT'
    elif keyword.text in WITH_WORDS:
        if "status" in words[:-1]:
            at = words.index("status")
            rest = rest[:at] + rest[at + 2 :]
        left = rest[1:]
        mend = (
            f'write {keyword.text} NAME "title" TYPE status WORD; both may be left out'
        )
    else:
        left = rest
    if left:
        message = f'"{left[0].text}" stands behind the end of the declaration'
        findings.append(error("P003", message, left[0], mend))


def _parameters(
    tokens: list[Token], findings: Findings
) -> tuple[tuple[Parameter, ...], list[Token]]:
    if not tokens or tokens[0].text != "(":
        return (), tokens
    params: list[Parameter] = []
    at = 1
    while at < len(tokens) and tokens[at].text != ")":
        token = tokens[at]
        if token.kind == "name":
            sort = token
            if [t.text for t in tokens[at + 1 : at + 2]] == [":"]:
                at += 2
                sort = tokens[at] if at < len(tokens) else token
            params.append(Parameter(token, sort))
        elif token.text != ",":
            findings.append(
                error(
                    "P003",
                    f'"{token.text}" is no parameter',
                    token,
                    "write names with commas between them, as in (instrument, party)",
                )
            )
        at += 1
    if at == len(tokens):
        findings.append(
            error("P003", "this bracket is never closed", tokens[0], "add )")
        )
    return tuple(params), tokens[at + 1 :]


def _values(
    keyword: Token, tokens: list[Token], findings: Findings
) -> tuple[tuple[Parameter, ...], list[Token]]:
    """Read the sort of a state's values: `: SORT`, or `: name: SORT`."""
    if not tokens or tokens[0].text != ":" or tokens[0].kind != "mark":
        return (), tokens
    ahead = [token.kind == "name" or token.text == ":" for token in tokens[:4]]
    mend = "write fluent NAME(…): SORT for a state that has one value at a time"
    if keyword.text != "fluent" or len(tokens) < 2 or tokens[1].kind != "name":
        message = f'"{keyword.text}" has no values'
        if keyword.text == "fluent":
            message = "a sort of values is missing behind the colon"
        findings.append(error("P003", message, tokens[0], mend))
        return (), tokens[2:]
    if len(tokens) >= 4 and all(ahead) and tokens[2].text == ":":
        return (Parameter(tokens[1], tokens[3]),), tokens[4:]
    return (Parameter(tokens[1], tokens[1]),), tokens[2:]


def _clauses(keyword: str, body: list[Line], findings: Findings) -> list[Clause]:
    groups: list[list[Line]] = []
    for line in body:
        if line.indent > body[0].indent and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    clauses: list[Clause] = []
    first: dict[str, Clause] = {}
    repeated = (*REPEATED, *REPEATED_IN.get(keyword, ()))
    for head, *more in groups:
        clause = _clause(keyword, head, findings)
        if clause is None:
            continue
        if more:
            tokens = [
                *clause.tokens,
                *(token for line in more for token in line.tokens),
            ]
            clause = Clause(clause.keyword, tuple(tokens), clause.span)
        clauses.append(clause)
        if clause.keyword in LISTS:
            _check_list(clause, findings)
        earlier = first.setdefault(clause.keyword, clause)
        if earlier is not clause and clause.keyword not in repeated:
            findings.append(_repeated(clause, earlier))
    return clauses


def _check_list(clause: Clause, findings: Findings) -> None:
    """Let no sign in a list of words be passed over in silence."""
    for token in clause.tokens:
        if token.kind == "mark" and token.text != ",":
            message = f'"{token.text}" means nothing in a list of words'
            mend = "write words with commas between them"
            findings.append(error("P003", message, token, mend))
            return


def _repeated(clause: Clause, earlier: Clause) -> Finding:
    return Finding(
        "P007",
        Severity.ERROR,
        f'the clause "{clause.keyword}" stands here a second time',
        (clause.span, earlier.span),
        "write it once: join conditions by `and`, names by commas",
    )


def clause_words(keyword: str, line: Line) -> list[str]:
    """Give the words of a line that name a clause of a declaration; none if none do."""
    words = [token.text for token in line.tokens]
    found = (
        parts
        for parts in _LONGEST_FIRST.get(keyword, ())
        if words[: len(parts)] == parts
    )
    return next(found, [])


def _clause(keyword: str, line: Line, findings: Findings) -> Clause | None:
    parts = clause_words(keyword, line)
    if parts:
        return Clause(" ".join(parts), line.tokens[len(parts) :], line.span)
    words = [token.text for token in line.tokens]
    known = CLAUSES[keyword]
    meant = nearest(" ".join(words[:2]), known) or nearest(words[0], known)
    listed = ", ".join(known)
    findings.append(
        error(
            "P002",
            f'"{words[0]}" begins no clause of "{keyword}"',
            line.tokens[0],
            (f'write "{meant}"; ' if meant else "") + f"its clauses are {listed}",
        )
    )
    return None
