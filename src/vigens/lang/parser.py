"""Lines of tokens as declarations with clauses; nothing is looked up here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, nearest
from vigens.lang.grammar import (
    CLAUSES,
    LANGUAGE_VERSION,
    REPEATED,
    WITH_PARAMETERS,
    WITH_WORDS,
)
from vigens.lang.lexer import Line, Token, read_lines
from vigens.lang.syntax import Clause, Declaration, Parameter

if TYPE_CHECKING:
    from vigens.lang.literate import Block


def parse_block(block: Block) -> tuple[list[Declaration], list[Finding]]:
    """Read one rule block; what cannot be read becomes a finding and is left out.

    Args:
        block: A closed block.

    Returns:
        Its declarations, and every finding.
    """
    lines, findings = read_lines(block)
    if not lines:
        return [], findings
    lines = _after_version(lines, findings)
    declarations: list[Declaration] = []
    for head, body in _grouped(lines, findings):
        declaration = _declaration(head, body, block.heading, findings)
        if declaration is not None:
            declarations.append(declaration)
    return declarations, findings


def error(code: str, message: str, token: Token | Line, mend: str) -> Finding:
    """Make an error finding at a token or line."""
    return Finding(code, Severity.ERROR, message, (token.span,), mend)


def _after_version(lines: list[Line], findings: list[Finding]) -> list[Line]:
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


def _grouped(
    lines: list[Line], findings: list[Finding]
) -> list[tuple[Line, list[Line]]]:
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
    head: Line, body: list[Line], heading: str, findings: list[Finding]
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
    title = ""
    if rest and rest[0].kind == "string":
        title, rest = rest[0].text, rest[1:]
    _check_words(keyword, rest, findings)
    clauses = _clauses(keyword.text, body, findings)
    return Declaration(
        keyword.text, name, params, title, tuple(rest), tuple(clauses), heading
    )


def _check_words(keyword: Token, rest: list[Token], findings: list[Finding]) -> None:
    """Let no word after the title be passed over in silence."""
    words = [token.text for token in rest]
    mend = "put it on an indented line of its own, or take it out"
    if keyword.text == "values":
        left = rest[1:] if words[:1] == ["open"] else rest
        mend = 'write values NAME "title" open, or list the values in a clause `of`'
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
    tokens: list[Token], findings: list[Finding]
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


def _clauses(keyword: str, body: list[Line], findings: list[Finding]) -> list[Clause]:
    clauses: list[Clause] = []
    indent = body[0].indent if body else 0
    first: dict[str, Clause] = {}
    clause: Clause | None = None
    for line in body:
        if line.indent > indent and line is not body[0]:
            if clause is not None:  # else what it carries on was not read
                joined = clause.tokens + line.tokens
                clause = clauses[-1] = Clause(clause.keyword, joined, clause.span)
            continue
        clause = _clause(keyword, line, findings)
        if clause is None:
            continue
        clauses.append(clause)
        earlier = first.setdefault(clause.keyword, clause)
        if earlier is not clause and clause.keyword not in REPEATED:
            findings.append(_repeated(clause, earlier))
    return clauses


def _repeated(clause: Clause, earlier: Clause) -> Finding:
    return Finding(
        "P007",
        Severity.ERROR,
        f'the clause "{clause.keyword}" stands here a second time',
        (clause.span, earlier.span),
        "write it once: join conditions by `and`, names by commas",
    )


def _clause(keyword: str, line: Line, findings: list[Finding]) -> Clause | None:
    words = [token.text for token in line.tokens]
    for candidate in sorted(CLAUSES[keyword], key=len, reverse=True):
        parts = candidate.split()
        if words[: len(parts)] == parts:
            return Clause(candidate, line.tokens[len(parts) :], line.span)
    known = CLAUSES[keyword]
    meant = nearest(" ".join(words[:2]), known) or nearest(words[0], known)
    listed = ", ".join(known) or "none"
    findings.append(
        error(
            "P002",
            f'"{words[0]}" begins no clause of "{keyword}"',
            line.tokens[0],
            (f'write "{meant}"; ' if meant else "") + f"its clauses are {listed}",
        )
    )
    return None
