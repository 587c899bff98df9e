"""clingo: a discrete event calculus over the instants of the log, inertia by rules."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.engines.loop import read_events
from benchmarks.engines.rows import Params, Row, read_params

_RULES = """
holds(F,T2) :- init(F,T), next(T,T2).
holds(F,T2) :- holds(F,T), not term(F,T), next(T,T2).
init(bound(P),T) :- occurs(join(P),T).
term(bound(P),T) :- occurs(leave(P),T).
init(truce,T)    :- occurs(truce_start,T).
term(truce,T)    :- occurs(truce_end,T).
changed(T2)      :- occurs(join(P),T), next(T,T2).
changed(T2)      :- occurs(leave(P),T), next(T,T2).
inforce(T)       :- changed(T), quorum <= #count { P : holds(bound(P),T) }.
inforce(T2)      :- inforce(T), next(T,T2), not changed(T2).
gate(T)          :- inforce(T), holds(truce,T).
active(P,T)      :- gate(T), holds(bound(P),T).
owed(P,B,T,T+d)  :- occurs(breach(B),T), gate(T), holds(bound(P),T).
done(P,B,R)      :- owed(P,B,T,D), occurs(respond(P,B),R), R<=D.
late(P,B,R)      :- owed(P,B,T,D), occurs(respond(P,B),R), R>D.
short(P,B)       :- owed(P,B,T,D), not done(P,B,_).
up(party(P),T)     :- holds(bound(P),T2), not holds(bound(P),T), next(T,T2).
dn(party(P),T)     :- holds(bound(P),T), not holds(bound(P),T2), next(T,T2).
up(ceasefire,T)    :- holds(truce,T2), not holds(truce,T), next(T,T2).
dn(ceasefire,T)    :- holds(truce,T), not holds(truce,T2), next(T,T2).
up(instrument,T)   :- inforce(T2), not inforce(T), next(T,T2).
dn(instrument,T)   :- inforce(T), not inforce(T2), next(T,T2).
up(restraint(P),T) :- active(P,T2), not active(P,T), next(T,T2).
dn(restraint(P),T) :- active(P,T), not active(P,T2), next(T,T2).
#show up/2. #show dn/2. #show owed/4. #show done/3. #show late/3. #show short/2.
"""

_STATUS = {
    "party": "ratified",
    "ceasefire": "holds",
    "instrument": "in_force",
    "restraint": "active",
}

Key = tuple[int, str]


def run(folder: Path) -> list[Row]:
    """Read, evaluate and give the rows."""
    import clingo

    params = read_params(folder)
    control = clingo.Control(
        [
            "--warn=none",
            *("-c", f"quorum={params.quorum}"),
            *("-c", f"d={params.respond_hours}"),
        ]
    )
    control.add("base", [], _RULES + "\n".join(_facts(folder, params)))
    control.ground([("base", [])])
    shown: list[Any] = []
    control.solve(on_model=lambda model: shown.extend(model.symbols(shown=True)))
    return [*_states(shown, params), *_duties(shown, params)]


def _facts(folder: Path, params: Params) -> list[str]:
    facts, looked_at = [], {params.horizon}
    for hour, event, party, ref in read_events(folder):
        said = ",".join([str(party)] * (party >= 0) + [ref] * bool(ref))
        facts.append(f"occurs({event}({said}),{hour})." if said else "")
        facts.append("" if said else f"occurs({event},{hour}).")
        if event != "respond":  # inertia needs only where a state is looked at
            looked_at.add(hour)
    points = sorted(looked_at)
    following = itertools.pairwise(points)
    return facts + [f"next({one},{two})." for one, two in following]


def _states(shown: list[Any], params: Params) -> list[Row]:
    ups, downs = defaultdict[Key, list[int]](list), defaultdict[Key, list[int]](list)
    for symbol in shown:
        if symbol.name in ("up", "dn"):
            state, hour = symbol.arguments
            party = state.arguments[0].number if state.arguments else -1
            edges = ups if symbol.name == "up" else downs
            edges[party, state.name].append(hour.number)
    rows: list[Row] = []
    for (party, name), starts in ups.items():
        ends = sorted(downs[party, name])
        for start in sorted(starts):
            place = bisect.bisect_right(ends, start)
            end = ends[place] if place < len(ends) else params.horizon
            if start < end:
                rows.append((name, party, "", _STATUS[name], start, end))
    return rows


def _duties(shown: list[Any], params: Params) -> list[Row]:
    owed: dict[Key, tuple[int, int]] = {}
    first: dict[str, dict[Key, int]] = {"done": {}, "late": {}}
    short: set[Key] = set()
    for symbol in shown:
        if symbol.name in ("up", "dn"):
            continue
        party, ref, *hours = symbol.arguments
        key = (party.number, ref.name)
        if symbol.name == "owed":
            owed[key] = (hours[0].number, hours[1].number)
        elif symbol.name == "short":
            short.add(key)
        else:
            found = first[symbol.name]
            found[key] = min(found.get(key, params.horizon), hours[0].number)
    rows: list[Row] = []
    for key, (start, due) in owed.items():
        if key in short:
            done = first["late"].get(key, params.horizon)
            stages = [("pending", start, due), ("violated", due, done)]
            stages.append(("remedied", done, params.horizon))
        else:
            done = first["done"][key]
            stages = [("pending", start, done), ("fulfilled", done, params.horizon)]
        rows.extend(
            ("respond", *key, status, begin, min(end, params.horizon))
            for status, begin, end in stages
            if begin < min(end, params.horizon)
        )
    return rows
