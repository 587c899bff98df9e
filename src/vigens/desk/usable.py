"""Whether a case can answer: its rules, its tables, and what its policies name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import InputError, Severity, has_errors, nearest, render_finding

if TYPE_CHECKING:
    from vigens.desk.case import Case


def require_usable(case: Case) -> None:
    """Refuse to answer from wrong agreement files or tables, or floors for nothing.

    Raises:
        InputError: With every error finding, or with the floor.
    """
    if has_errors(case.compiled.findings):
        shown = "\n".join(render_finding(f) for f in case.compiled.findings)
        raise InputError(
            "the agreement files have errors, so no answer is given\n" + shown,
            str(case.folder / "agreements"),
            "mend them; `vigens check` lists them again",
        )
    if has_errors(case.tables.findings):
        shown = "\n".join(
            render_finding(f)
            for f in case.tables.findings
            if f.severity is Severity.ERROR
        )
        raise InputError(
            "a bulk table cannot be used, so no answer is given\n" + shown,
            str(case.folder / "case.toml"),
            "mend it; `vigens check` lists the findings again",
        )
    known = {**case.program.events, **case.program.fluents}
    for policy in case.settings.policies.values():
        for name in policy.by_event:
            if name not in known and not case.rules.declare(name):
                meant = nearest(name, known)
                raise InputError(
                    f'policy "{policy.name}" has floors for "{name}", which is no '
                    "event or fluent, so they would guard nothing",
                    str(case.folder / "case.toml"),
                    f'write "{meant}"' if meant else "name one that is declared",
                )
    for name in case.settings.four_eyes.events:
        if name not in known and not case.rules.declare(name):
            meant = nearest(name, known)
            raise InputError(
                f'four eyes are set for "{name}", which is no event or fluent, so they '
                "would guard nothing",
                str(case.folder / "case.toml"),
                f'write "{meant}"' if meant else "name one that is declared",
            )
