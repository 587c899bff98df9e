"""What those ask who look in from outside: the monitor, the journalist, the curator.

Every answer is worked out from one session, so from what its reader may see. Nothing
here settles a dispute, and nothing is taken for quiet because nobody spoke.

Example:
    >>> from vigens.desk.inquiry import read_last_day  # doctest: +SKIP
    >>> read_last_day(session).gaps  # doctest: +SKIP
    ()
"""

from vigens.desk.inquiry.amounts import Amount
from vigens.desk.inquiry.attendance import Meeting, Meetings, Seat, read_meetings
from vigens.desk.inquiry.attributions import Attribution, read_attributions
from vigens.desk.inquiry.bodies import Bodies, Body, Holding, Post, read_bodies
from vigens.desk.inquiry.citing import Citation, cite
from vigens.desk.inquiry.contradictions import Contradiction, read_contradictions
from vigens.desk.inquiry.corrections import Corrected, read_corrections
from vigens.desk.inquiry.documents import (
    DocumentLine,
    DocumentRead,
    Quoted,
    Stretch,
    list_documents,
    read_document,
)
from vigens.desk.inquiry.inhand import Alike, InHand, Rivals, Waiting, read_in_hand
from vigens.desk.inquiry.lastday import (
    Day,
    DayCount,
    LastDay,
    Number,
    Watch,
    read_last_day,
)
from vigens.desk.inquiry.method import (
    CAUSES,
    CREDIBILITY,
    RELIABILITY,
    Method,
    read_method,
)
from vigens.desk.inquiry.money import (
    CurrencyMoney,
    Money,
    MoneyLine,
    MoneySum,
    PartyMoney,
    money_lines,
    read_money,
)
from vigens.desk.inquiry.naming import Named, find_named
from vigens.desk.inquiry.needs import (
    MAY_STAND,
    OVER,
    REFUSED,
    STANDS,
    Capability,
    DomainOffers,
    Needs,
    OneOffer,
    read_needs,
)
from vigens.desk.inquiry.overview import last_look, read_overview
from vigens.desk.inquiry.positions import (
    OnePosition,
    Point,
    Positions,
    read_positions,
)
from vigens.desk.inquiry.press import Found, FoundClaim, Wanted, search_claims
from vigens.desk.inquiry.proving import (
    EntryProof,
    HeadRead,
    LogRead,
    Proofs,
    prove_entry,
    read_proofs,
)
from vigens.desk.inquiry.stances import Stance, Stances, list_stances, read_stances

__all__ = [
    "CAUSES",
    "CREDIBILITY",
    "MAY_STAND",
    "OVER",
    "REFUSED",
    "RELIABILITY",
    "STANDS",
    "Alike",
    "Amount",
    "Attribution",
    "Bodies",
    "Body",
    "Capability",
    "Citation",
    "Contradiction",
    "Corrected",
    "CurrencyMoney",
    "Day",
    "DayCount",
    "DocumentLine",
    "DocumentRead",
    "DomainOffers",
    "EntryProof",
    "Found",
    "FoundClaim",
    "HeadRead",
    "Holding",
    "InHand",
    "LastDay",
    "LogRead",
    "Meeting",
    "Meetings",
    "Method",
    "Money",
    "MoneyLine",
    "MoneySum",
    "Named",
    "Needs",
    "Number",
    "OneOffer",
    "OnePosition",
    "PartyMoney",
    "Point",
    "Positions",
    "Post",
    "Proofs",
    "Quoted",
    "Rivals",
    "Seat",
    "Stance",
    "Stances",
    "Stretch",
    "Waiting",
    "Wanted",
    "Watch",
    "cite",
    "find_named",
    "last_look",
    "list_documents",
    "list_stances",
    "money_lines",
    "prove_entry",
    "read_attributions",
    "read_bodies",
    "read_contradictions",
    "read_corrections",
    "read_document",
    "read_in_hand",
    "read_last_day",
    "read_meetings",
    "read_method",
    "read_money",
    "read_needs",
    "read_overview",
    "read_positions",
    "read_proofs",
    "read_stances",
    "search_claims",
]
