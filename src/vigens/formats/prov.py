"""Provenance (W3C PROV-JSON): who recorded what, from which source, in whose place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Where names of this program stand.
NAMESPACE = "https://vigens.example/ns#"


@dataclass(frozen=True, slots=True)
class Account:
    """Where something was published.

    Attributes:
        address: Web address, archive mark or file.
        title: What it is called.
        published: EDTF.
    """

    address: str
    title: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a log.

    Attributes:
        id: Names it.
        kind: Such as `claim`.
        title: In words.
        recorded_at: When, ISO 8601.
        recorded_by: Who.
        sources: What it was taken from.
        about: Records that it is about.
        replaces: Records that it corrects or replaces.
    """

    id: str
    kind: str
    title: str
    recorded_at: str
    recorded_by: str
    sources: tuple[Account, ...] = ()
    about: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(slots=True)
class _Document:
    entity: dict[str, dict[str, object]] = field(default_factory=dict)
    activity: dict[str, dict[str, object]] = field(default_factory=dict)
    agent: dict[str, dict[str, object]] = field(default_factory=dict)
    generated: dict[str, dict[str, str]] = field(default_factory=dict)
    associated: dict[str, dict[str, str]] = field(default_factory=dict)
    attributed: dict[str, dict[str, str]] = field(default_factory=dict)
    derived: dict[str, dict[str, str]] = field(default_factory=dict)
    influenced: dict[str, dict[str, str]] = field(default_factory=dict)


def write_provenance(records: Iterable[Record], *, lens: Mapping[str, object]) -> str:
    """Write the provenance of some records.

    Args:
        records: Links to records that are not among them are left out.
        lens: What was looked through; a fact of the collection that all belong to.
    """
    every = tuple(records)
    known = {record.id for record in every}
    found = _Document()
    agents: dict[str, str] = {}
    sources: dict[str, str] = {}
    facts = {f"vigens:{name}": value for name, value in lens.items() if value}
    found.entity["vigens:log"] = {"prov:type": "prov:Collection", **facts}
    for record in every:
        _add(found, record, known, agents, sources)
    document = {
        "prefix": {"vigens": NAMESPACE, "xsd": "http://www.w3.org/2001/XMLSchema#"},
        "entity": found.entity,
        "activity": found.activity,
        "agent": found.agent,
        "wasGeneratedBy": found.generated,
        "wasAssociatedWith": found.associated,
        "wasAttributedTo": found.attributed,
        "wasDerivedFrom": found.derived,
        "wasInfluencedBy": found.influenced,
        "hadMember": {
            f"_:m{number}": {
                "prov:collection": "vigens:log",
                "prov:entity": f"vigens:{record.id}",
            }
            for number, record in enumerate(every)
        },
    }
    kept = {name: value for name, value in document.items() if value}
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _add(
    found: _Document,
    record: Record,
    known: set[str],
    agents: dict[str, str],
    sources: dict[str, str],
) -> None:
    name = f"vigens:{record.id}"
    act = f"vigens:recording-{record.id}"
    who = agents.setdefault(record.recorded_by, f"vigens:agent-{len(agents)}")
    found.agent[who] = {"prov:label": record.recorded_by}
    found.entity[name] = {
        "prov:label": record.title,
        "prov:type": f"vigens:{record.kind}",
    }
    moment = {"$": record.recorded_at, "type": "xsd:dateTime"}
    found.activity[act] = {
        "prov:startTime": record.recorded_at,
        "prov:endTime": record.recorded_at,
        "vigens:recorded_at": moment,
    }
    number = len(found.generated)
    found.generated[f"_:g{number}"] = {"prov:entity": name, "prov:activity": act}
    found.associated[f"_:w{number}"] = {"prov:activity": act, "prov:agent": who}
    found.attributed[f"_:a{number}"] = {"prov:entity": name, "prov:agent": who}
    for source in record.sources:
        where = sources.setdefault(source.address, f"vigens:source-{len(sources)}")
        found.entity[where] = {
            "prov:label": source.title or source.address,
            "prov:location": source.address,
            **({"vigens:published": source.published} if source.published else {}),
        }
        found.derived[f"_:d{len(found.derived)}"] = {
            "prov:generatedEntity": name,
            "prov:usedEntity": where,
            "prov:type": "prov:PrimarySource",
        }
    for target in record.replaces:
        if target in known:
            found.derived[f"_:d{len(found.derived)}"] = {
                "prov:generatedEntity": name,
                "prov:usedEntity": f"vigens:{target}",
                "prov:type": "prov:Revision",
            }
    for target in record.about:
        if target in known:
            found.influenced[f"_:i{len(found.influenced)}"] = {
                "prov:influencee": f"vigens:{target}",
                "prov:influencer": name,
            }
