"""Sorting of whole columns, each in the way that is quickest for what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vigens.engine.axis import Ints

#: Parts of sixteen bits up to which counting is faster than comparing.
_MOST_PARTS = 3
#: Sorted parts up to which a merge is faster than a sort.
_FEW_PARTS = 16


def stable_order(keys: Ints) -> Ints:
    """Give the order that sorts keys; equal ones stay as they are.

    Sixteen bits at a time from the right, by counting: keys of few bits, as codes make
    them, take a third of the time that comparing them takes.

    Args:
        keys: (n,) int64, none negative.

    Source:
        Radix sort; design, section 4.6.
    """
    n_parts = (int(keys.max()).bit_length() + 15) // 16 if len(keys) else 0
    if not 0 < n_parts <= _MOST_PARTS:
        return np.argsort(keys, kind="stable")
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    for part in range(1, n_parts):
        digits = (keys >> (16 * part)).astype(np.uint16).take(order)
        if (digits[1:] < digits[:-1]).any():
            order = order.take(np.argsort(digits, kind="stable"))
    return order


def sorted_values(values: Ints) -> Ints:
    """Sort, unless it is done; a few long sorted parts are merged.

    Source:
        Design, section 4.6: sort values, not places.
    """
    falls = np.count_nonzero(values[1:] < values[:-1])
    if not falls:
        return values
    return np.sort(values, kind="stable" if falls <= _FEW_PARTS else None)
