"""The words of the language: which declarations and which clauses there are."""

from __future__ import annotations

#: Declaration keyword to the clauses it may have. Multi-word keywords come as written.
CLAUSES: dict[str, tuple[str, ...]] = {
    "party": ("also",),
    "group": ("also",),
    "body": ("also",),
    "values": ("of",),
    "measure": (),
    "instrument": (
        "short",
        "kind",
        "binding",
        "text",
        "adopted",
        "known from",
        "issuer",
        "components",
        "endorsement",
        "draft of",
        "in addition to",
        "prevails over",
        "implements",
        "replaces",
        "source",
    ),
    "act": ("applies to", "secret"),
    "event": ("applies to", "secret"),
    "fluent": (
        "initiated by",
        "perhaps initiated by",
        "terminated by",
        "perhaps terminated by",
        "holds while",
        "applies to",
        "under",
        "rule",
        "source",
    ),
    "variant": ("reading",),
    "obligation": (
        "under",
        "modality",
        "obligor",
        "obligee",
        "trigger",
        "while",
        "performance",
        "within",
        "at",
        "known from",
        "source",
    ),
    "step": ("due", "outcome", "under", "known from", "source"),
}

#: Clauses that may stand more than once in one declaration.
REPEATED = (
    "initiated by",
    "perhaps initiated by",
    "terminated by",
    "perhaps terminated by",
    "holds while",
    "reading",
    "trigger",
    "within",
    "at",
)
#: Declarations that take parameters, and those with words after the title.
WITH_PARAMETERS = ("act", "event", "fluent")
WITH_WORDS = ("party", "group", "body", "values")
#: What an instrument says of itself, for `stated(...)`.
STATED_KEYS = ("binding", "endorsement", "kind")

LINKS = ("draft of", "in addition to", "prevails over", "implements", "replaces")

#: Instrument kinds by family; treaty words and political words are kept apart.
FAMILIES: dict[str, str] = {
    "treaty": "treaty",
    "agreement": "treaty",
    "convention": "treaty",
    "protocol": "treaty",
    "declaration": "political",
    "declaration of intent": "political",
    "statement": "political",
    "memorandum": "political",
    "plan": "political",
    "draft": "political",
    "pledge": "political",
    "unstated": "unstated",
}

APPLIES = {"treaties": "treaty", "political texts": "political"}
TEXT_STATUS = ("published", "draft", "reported", "not seen")
MODALITIES = ("shall", "may", "intends", "ready to", "unstated")
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
ACTOR_SORTS = ("party", "group", "body")
BUILTIN_SORTS = (*ACTOR_SORTS, "instrument", "component")
LANGUAGE_VERSION = 1
