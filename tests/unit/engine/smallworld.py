"""A small world made from a page of rules and a few happenings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vigens.engine import Evaluation, World
from vigens.lang import Page, compile_pages, parse_question
from vigens.law import law_pages
from vigens.model import Coverage, Happening, Sighting, Weight
from vigens.rules import Atom, Program

DAY = 86_400

PAGE = """\
```vigens
vigens 1
party FR "France"
party DE "Germany"
group coalition "the Coalition"
values gatekeeper "whoever keeps a gate" open
event opens(gatekeeper) "{gatekeeper} opens"
event shuts(gatekeeper) "{gatekeeper} shuts"
event calls "somebody calls"
event warns(incident) "a warning over {incident}"
event repairs(incident) "{incident} is repaired"
event pact.made "a pact is made"
  secret

fluent open_gate(gatekeeper) "the gate of {gatekeeper} is open"
  initiated by   opens(gatekeeper)
  terminated by  shuts(gatekeeper)
fluent all_open "every gate is open"
  holds while    each gatekeeper: open_gate(gatekeeper)
fluent one_open "a gate is open"
  holds while    some gatekeeper: open_gate(gatekeeper)
fluent two_open "two gates are open"
  holds while    at least 2 of gatekeeper: open_gate(gatekeeper)
fluent pact "a pact stands"
  initiated by   pact.made

variant meaning "How the clause is meant"
  reading wide   "any call"
  reading narrow "a call while a gate is open"
fluent heard "the call is heard"
  initiated by   calls                in reading meaning.wide
  initiated by   calls when one_open  in reading meaning.narrow

instrument plan "The plan"
  kind         plan
  binding      unstated "nobody has seen it"
  text         not seen
  components   first, second
  endorsement  by approval

obligation mend "Repair it"
  under        plan
  modality     shall
  obligor      FR
  trigger      on breach.happens(incident)
  performance  on repairs(incident)
  within       2 days
obligation warn "Warn"
  under        plan
  modality     shall
  obligor      DE
  trigger      ceasefire(general)
  while        one_open
  performance  on warns(b1)
  within       3 days after breach.reported(b1)  in reading meaning.wide
  at           1 day                            in reading meaning.narrow
step later "The second meeting"
  due          about 10 days after calls
  outcome      opens(A)
```
"""


def occur(
    event: str,
    first: int,
    last: int | None = None,
    *values: str,
    weight: Weight = Weight.SURE,
    reason: str = "",
) -> Happening:
    end = first if last is None else last
    ref = f"{event}({','.join(values)})@{first}"
    return Happening(ref, event, values, first, end, weight, reason)


def see(fluent: str, at: int, *values: str, holds: bool, last: int = 0) -> Sighting:
    return Sighting(
        f"seen {at}", fluent, values, at, last or at, holds, Weight.SURE, "", ""
    )


def compiled(page: Page) -> Program:
    """Compile a page over the general law; it has no errors."""
    law = (Page(name, text) for name, text in law_pages())
    found = compile_pages([*law, page])
    assert [f for f in found.findings if f.severity == "error"] == []
    return found.program


def evaluated(
    program: Program, *found: Happening, until: int = 10**6 * DAY
) -> Evaluation:
    """Evaluate a program over some happenings; one looked at all until then."""
    grouped: dict[str, list[Happening]] = {}
    for one in found:
        grouped.setdefault(one.event, []).append(one)
    looked = [Coverage(frozenset(), 0, until)]
    return Evaluation(World(program, grouped, {}, looked, 0, "UTC"))


class Small:
    """Builds worlds over one compiled page."""

    def __init__(self) -> None:
        self.program = compiled(Page("small.md", PAGE))

    def world(
        self,
        *happenings: Happening,
        sightings: Sequence[Sighting] = (),
        covered: Sequence[Coverage] | tuple[int, int] = (0, 100 * DAY),
        readings: Mapping[str, str] | None = None,
        assume: bool = False,
    ) -> World:
        """Lay happenings over the page; times count from the origin 0."""
        grouped: dict[str, list[Happening]] = {}
        for found in happenings:
            grouped.setdefault(found.event, []).append(found)
        seen: dict[str, list[Sighting]] = {}
        for one in sightings:
            seen.setdefault(one.fluent, []).append(one)
        if isinstance(covered, tuple) and covered and isinstance(covered[0], int):
            start, end = covered
            assert isinstance(start, int)
            assert isinstance(end, int)
            looked = [Coverage(frozenset(), start, end)]
        else:
            looked = [part for part in covered if isinstance(part, Coverage)]
        return World(
            self.program, grouped, seen, looked, 0, "UTC", readings or {}, assume
        )

    def evaluation(self, *happenings: Happening, **rest: Any) -> Evaluation:
        return Evaluation(self.world(*happenings, **rest))

    def atom(self, text: str, *, is_event: bool = False) -> Atom:
        atom, findings = parse_question(text, self.program, is_event=is_event)
        assert atom is not None, findings
        return atom
