"""Plain Python: one pass over the log with dicts, written for this workload alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from benchmarks.engines.rows import Params, Row, read_params

Event = tuple[int, str, int, str]


def read_events(folder: Path) -> list[Event]:
    """Read the log; the party is -1 where there is none."""
    with (folder / "events.csv").open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        return [
            (int(hour), event, int(party) if party else -1, ref)
            for hour, event, party, ref in reader
        ]


def run(folder: Path) -> list[Row]:
    """Read, evaluate and give the rows."""
    return evaluate(read_events(folder), read_params(folder))


def evaluate(events: Iterable[Event], params: Params) -> list[Row]:
    """Evaluate a log in the order of its hours."""
    state = _State(params)
    for hour, group in groupby(events, key=lambda event: event[0]):
        state.step(hour, list(group))
    return state.close()


class _State:
    """What holds now, since when, and the rows that are finished."""

    def __init__(self, params: Params) -> None:
        self.params = params
        self.rows: list[Row] = []
        self.bound: dict[int, int] = {}
        self.restraint: dict[int, int] = {}
        self.in_force: int | None = None
        self.truce: int | None = None
        self.owed: dict[tuple[int, str], int] = {}
        self.answered: dict[tuple[int, str], int] = {}

    def add(
        self, span: tuple[int, int], subject: str, party: int, ref: str, status: str
    ) -> None:
        start, end = span[0], min(span[1], self.params.horizon)
        if start < end:
            self.rows.append((subject, party, ref, status, start, end))

    def step(self, hour: int, group: list[Event]) -> None:
        was_on = self.in_force is not None and self.truce is not None
        for _, event, party, ref in group:  # the state just before
            if event == "breach" and was_on:
                for one in self.bound:
                    self.owed[one, ref] = hour
            elif event == "respond":
                key = (party, ref)
                if key in self.owed and key not in self.answered:
                    self.answered[key] = hour
        self.change(hour, group)
        if len(self.bound) >= self.params.quorum:
            self.in_force = hour if self.in_force is None else self.in_force
        elif self.in_force is not None:
            self.add((self.in_force, hour), "instrument", -1, "", "in_force")
            self.in_force = None
        self.restrain(hour, group, was_on=was_on)

    def change(self, hour: int, group: list[Event]) -> None:
        for _, event, party, _ in group:
            if event == "join":
                self.bound.setdefault(party, hour)
            elif event == "leave":
                if party in self.bound:
                    span = (self.bound.pop(party), hour)
                    self.add(span, "party", party, "", "ratified")
            elif event == "truce_start":
                self.truce = hour if self.truce is None else self.truce
            elif event == "truce_end" and self.truce is not None:
                self.add((self.truce, hour), "ceasefire", -1, "", "holds")
                self.truce = None

    def restrain(self, hour: int, group: list[Event], *, was_on: bool) -> None:
        is_on = self.in_force is not None and self.truce is not None
        if is_on and not was_on:
            self.restraint.update(dict.fromkeys(self.bound, hour))
        elif was_on and not is_on:
            for party, start in self.restraint.items():
                self.add((start, hour), "restraint", party, "", "active")
            self.restraint.clear()
        elif is_on:
            for _, event, party, _ in group:
                if event == "join" and party in self.bound:
                    self.restraint.setdefault(party, hour)
                elif event == "leave" and party in self.restraint:
                    span = (self.restraint.pop(party), hour)
                    self.add(span, "restraint", party, "", "active")

    def close(self) -> list[Row]:
        end = self.params.horizon
        for party, start in self.bound.items():
            self.add((start, end), "party", party, "", "ratified")
        for party, start in self.restraint.items():
            self.add((start, end), "restraint", party, "", "active")
        if self.truce is not None:
            self.add((self.truce, end), "ceasefire", -1, "", "holds")
        if self.in_force is not None:
            self.add((self.in_force, end), "instrument", -1, "", "in_force")
        for (party, ref), start in self.owed.items():
            for status, *span in self.stages(start, self.answered.get((party, ref))):
                self.add((span[0], span[1]), "respond", party, ref, status)
        return self.rows

    def stages(self, start: int, done: int | None) -> Iterator[tuple[str, int, int]]:
        due, end = start + self.params.respond_hours, self.params.horizon
        if done is not None and done <= due:
            yield "pending", start, done
            yield "fulfilled", done, end
            return
        yield "pending", start, due
        yield "violated", due, end if done is None else done
        if done is not None:
            yield "remedied", done, end
