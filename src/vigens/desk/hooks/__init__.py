"""Webhooks: what changed for one reader, signed, sent to an address until it arrives.

Subscriptions and what waits to be sent lie in one file beside the accounts, so that a
restart loses nothing. It decides nothing of a case, and follows no redirect.

Example:
    >>> from vigens.desk.hooks import sign
    >>> sign("whsec_MDEyMzQ1Njc4OWFiY2RlZg==", "msg_1", 1767225600, b"{}")[:3]
    'v1,'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.desk.hooks.courier import Courier, Sent, notify_now
    from vigens.desk.hooks.guarding import check_address, private_allowed
    from vigens.desk.hooks.keeping import Delivery, Hooks, Noted, State, Subscription
    from vigens.desk.hooks.signing import new_secret, sign, verify

__all__ = [
    "Courier",
    "Delivery",
    "Hooks",
    "Noted",
    "Sent",
    "State",
    "Subscription",
    "check_address",
    "new_secret",
    "notify_now",
    "private_allowed",
    "sign",
    "verify",
]

__getattr__ = lazily(__name__)
