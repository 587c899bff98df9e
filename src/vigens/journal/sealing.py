"""Sealed offers: a commitment now, an opening later, totals in between.

The commitment is SHA-256(``vigens sealed offer 1`` line feed, nonce of 32 bytes,
canonical bytes of the offer). It says nothing of the offer; whoever opens shows offer
and nonce, and no other offer fits. Nothing here reads a file or a journal.

Totals are released over *batches*. A batch is a set of offers that was first released
together; every later total is made of whole batches, and of at most one new batch of
offers that were in none. So whatever is added to or taken from released totals, what
comes out is again about whole batches, and never about fewer offers than the minimum.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from vigens.journal.canonical import canonical_bytes
from vigens.journal.errors import SealError, ValueRefusedError
from vigens.journal.kinds import payload_faults
from vigens.journal.values import format_json, freeze, parse_json, thaw

#: Kinds of the entries that seal, open and add up.
SEALED, OPENED, TOTAL = "sealed_offer", "opened_offer", "released_total"

#: A total is over at least this many offers that give something.
MINIMUM = 5

#: Apart from the two largest, the others come to at least this part of the largest, in
#: percent; else one who gives much could reckon what another gives.
_SPREAD = 15

#: An opening is padded to a multiple of this many bytes, so that its size says little.
PAGE = 4096
LARGEST_OPENING = 1_000_000

_DOMAIN = b"vigens sealed offer 1\n"
_NONCE = 32


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a sealed offer; its owner keeps it to itself until then.

    Attributes:
        nonce: 32 random bytes.
        offer: Fields of an `offer`, frozen.
    """

    nonce: bytes
    offer: Mapping[str, Any]

    @property
    def commitment(self) -> str:
        """The hash that was recorded, 64 hex digits."""
        return sha256(_DOMAIN + self.nonce + canonical_bytes(self.offer)).hexdigest()

    @property
    def party(self) -> str:
        """Whose offer it is."""
        return str(self.offer["party"])


def seal(offer: Mapping[str, Any], where: str) -> Opening:
    """Draw a nonce for an offer.

    Args:
        offer: Fields as an entry of kind `offer` has them.
        where: Where it comes from.

    Raises:
        SealError: It is no offer.
    """
    return Opening(secrets.token_bytes(_NONCE), _checked(offer, where))


def opening_bytes(opening: Opening) -> bytes:
    """Write an opening as one line, padded to whole pages."""
    fields = {
        "vigens": "opening",
        "version": 1,
        "commitment": opening.commitment,
        "nonce": opening.nonce.hex(),
        "offer": opening.offer,
        "pad": "",
    }
    line = format_json(fields)
    lacking = -(len(line.encode()) + 1) % PAGE
    return format_json({**fields, "pad": "." * lacking}).encode() + b"\n"


def opening_from_bytes(data: bytes, where: str) -> Opening:
    """Read an opening, and see that it is what it says.

    Raises:
        SealError: It is none, or offer and nonce do not give its commitment.
    """
    try:
        value = parse_json(data.decode())
        nonce = bytes.fromhex(value["nonce"])
        opening = opening_from_payload(nonce, value["offer"], where)
        if value["vigens"] != "opening" or value["version"] != 1:
            raise SealError.unreadable(where)
    except (ValueError, TypeError, KeyError, ValueRefusedError) as error:
        raise SealError.unreadable(where) from error
    if len(nonce) != _NONCE or value.get("commitment") != opening.commitment:
        raise SealError.changed(where)
    return opening


def opening_from_payload(nonce: bytes, offer: object, where: str) -> Opening:
    """Put an opening together from what an entry or a file holds.

    Raises:
        SealError: It is no offer.
    """
    if not isinstance(offer, Mapping):
        raise SealError.unreadable(where)
    return Opening(nonce, _checked(offer, where))


def read_offer(data: bytes, where: str) -> Mapping[str, Any]:
    """Read an offer that is to be sealed, as a JSON object.

    Raises:
        SealError: It is none.
    """
    try:
        value = parse_json(data.decode("utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError, ValueRefusedError) as error:
        raise SealError.no_offer("it is no JSON object", where) from error
    if not isinstance(value, dict):
        raise SealError.no_offer("it is no JSON object", where)
    return _checked(value, where)


@dataclass(frozen=True, slots=True)
class Release:
    """A total as released, or as asked for.

    Attributes:
        unit: What is counted.
        members: Commitments of the offers in it.
    """

    unit: str
    members: frozenset[str]


def batches_of(releases: Iterable[Release]) -> tuple[frozenset[str], ...]:
    """Give the batches that past releases come to, the oldest first.

    Args:
        releases: In the order in which they were released.
    """
    batches: list[frozenset[str]] = []
    seen: set[str] = set()
    for release in releases:
        fresh = release.members - seen
        if fresh:
            batches.append(frozenset(fresh))
            seen |= fresh
    return tuple(batches)


def refuse_differencing(
    past: Sequence[Release], members: Collection[str], minimum: int
) -> tuple[frozenset[str], ...]:
    """See that a total over some offers gives no smaller group away.

    Args:
        past: Every release so far, in order, whatever its unit.
        members: Commitments of the offers to add up.
        minimum: Smallest group.

    Returns:
        The batches that the new total is made of.

    Raises:
        SealError: A batch would be cut, or a new one is too small.
    """
    wanted = frozenset(members)
    parts: list[frozenset[str]] = []
    for batch in batches_of(past):
        if batch <= wanted:
            parts.append(batch)
        elif batch & wanted:
            raise SealError.cut(len(batch & wanted), len(batch))
    fresh = wanted.difference(*parts)
    if fresh and len(fresh) < minimum:
        raise SealError.few(len(fresh), minimum)
    if fresh:
        parts.append(fresh)
    if not parts:
        raise SealError.few(0, minimum)
    return tuple(parts)


def total_of(
    openings: Sequence[Opening], unit: str, past: Sequence[Release], minimum: int
) -> int:
    """Add up sealed offers, where that gives no single one away.

    Args:
        openings: Of the offers, each once.
        unit: What is counted; offers of other units give nothing to it.
        past: Every release so far, in order.
        minimum: Smallest group; never below `MINIMUM`.

    Raises:
        SealError: The group is too small, one offer stands out, a batch would be cut,
            or a quantity is no exact number.
    """
    minimum = max(minimum, MINIMUM)
    amounts = {each.commitment: amount_of(each, unit) for each in openings}
    parties = {each.party for each in openings}
    if len(parties) < len(openings) or len(amounts) < len(openings):
        raise SealError.twice()
    for batch in refuse_differencing(past, amounts, minimum):
        given = sorted((amounts[name] for name in batch if amounts[name]), reverse=True)
        if len(given) < minimum:
            raise SealError.few(len(given), minimum)
        if sum(given[2:]) * 100 < given[0] * _SPREAD:
            raise SealError.standing_out(unit)
    return sum(amounts.values())


def amount_of(opening: Opening, unit: str) -> int:
    """Give what an offer gives of a unit; 0 where it gives something else.

    Raises:
        SealError: It gives of the unit, and no exact number of it.
    """
    quantity = opening.offer.get("quantity")
    if not isinstance(quantity, Mapping) or quantity.get("unit") != unit:
        return 0
    number = quantity.get("number")
    if type(number) is not int or number < 0:
        raise SealError.inexact(opening.party, unit)
    if quantity.get("comparison", "eq") != "eq":
        raise SealError.inexact(opening.party, unit)
    return number


def _checked(offer: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    try:
        frozen: Mapping[str, Any] = freeze(thaw(offer))
        canonical_bytes(frozen)
    except ValueRefusedError as error:
        raise SealError.no_offer(error.what, where) from error
    for fault in payload_faults("offer", frozen):
        raise SealError.no_offer(f'"{fault.field}" is not {fault.wanted}', where)
    return frozen
