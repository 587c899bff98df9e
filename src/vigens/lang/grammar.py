"""The words of the language: which declarations and which clauses there are."""

from __future__ import annotations

from vigens.rules import ACTOR_TYPES

#: Declaration keyword to the clauses it may have. Multi-word keywords come as written.
CLAUSES: dict[str, tuple[str, ...]] = {
    "party": ("also",),
    "group": ("also",),
    "body": ("also",),
    "values": ("of",),
    "measure": ("counts",),
    "weights": ("of",),
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
    "act": ("applies to", "secret", "power"),
    "event": ("applies to", "secret", "power"),
    "fluent": (
        "initially",
        "initiated by",
        "perhaps initiated by",
        "terminated by",
        "perhaps terminated by",
        "becomes",
        "perhaps becomes",
        "ceases",
        "perhaps ceases",
        "lasts",
        "holds while",
        "applies to",
        "under",
        "known from",
        "rule",
        "source",
    ),
    "provision": (
        "under",
        "brings",
        "upon",
        "once",
        "when",
        "unless",
        "after",
        "on",
        "not before",
        "perhaps",
        "in reading",
        "known from",
        "source",
    ),
    "tally": (
        "under",
        "counts",
        "sums",
        "from",
        "within",
        "until",
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
        "waived",
        "released",
        "lapsed",
        "excused",
        "suspended",
        "partly",
        "alleged",
        "found",
        "denied",
        "remedied",
        "known from",
        "source",
    ),
    "step": ("due", "outcome", "under", "known from", "source"),
}

#: Clauses that are lists of words: no sign but a comma means anything there.
LISTS = (
    "also",
    "applies to",
    "binding",
    "components",
    "endorsement",
    "issuer",
    "kind",
    "modality",
    "of",
    "text",
    "draft of",
    "in addition to",
    "prevails over",
    "implements",
    "replaces",
)
#: What may befall an instance of a duty, as clauses of an obligation.
MARKS = (
    "waived",
    "released",
    "lapsed",
    "excused",
    "suspended",
    "partly",
    "alleged",
    "found",
    "denied",
    "remedied",
)
#: Clauses that may stand more than once in one declaration, and by keyword.
REPEATED = (
    "initiated by",
    "perhaps initiated by",
    "terminated by",
    "perhaps terminated by",
    "becomes",
    "perhaps becomes",
    "ceases",
    "perhaps ceases",
    "lasts",
    "holds while",
    "power",
    "reading",
    "trigger",
    *MARKS,
)
REPEATED_IN = {"obligation": ("within", "at")}
#: Clauses of a fluent with values, and of one without.
OF_VALUES = ("becomes", "perhaps becomes", "ceases", "perhaps ceases")
OF_PLAIN = (
    "initiated by",
    "perhaps initiated by",
    "terminated by",
    "perhaps terminated by",
    "holds while",
)
#: Declarations that take parameters, and those with words after the title.
WITH_PARAMETERS = ("act", "event", "fluent", "tally")
WITH_WORDS = ("party", "group", "body", "values")
#: States of an instance of a duty, as conditions.
STATES = (
    "triggered",
    "pending",
    "performed",
    "late",
    "overdue",
    "partly",
    "waived",
    "released",
    "lapsed",
    "excused",
    "suspended",
    "alleged",
    "found",
    "remedied",
)
#: Words of conditions that no event, state or tally may bear as its name.
RESERVED = ("and", "each", "is", "not", "or", "some", "stated", "unstated")
#: Words after which a name is none: they join or end conditions.
JOINING = ("and", "because", "by", "for", "in", "is", "or", "when", "within")
#: Beginnings of names that stand for what is no state, where all are listed together.
PREFIXES = ("event:", "duty:", "late:", "tally:")
RELATIONS = (">=", ">", "<=", "<", "=")
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
NUMBER = "number"
BUILTIN_SORTS = (*ACTOR_SORTS, *ACTOR_TYPES, "instrument", "component", NUMBER)
LANGUAGE_VERSION = 1
