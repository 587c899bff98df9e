"""What moves in a circle through time: one event queue for each circle.

A lapsed contract suspends a party, a suspended party makes none: neither can be worked
out before the other, but at each instant both rest on what was so before. So all that
happens is gone through once, in order of time. Where all is known codes are two-valued
and a step is a few operations; from the first thing that is not known on each row keeps
its bounds. The queue knows nothing of arrays of instants: what lies outside a circle
comes as finished tables and moves.

Example:
    >>> from vigens.engine.queue import evaluate_circle
    >>> evaluate_circle.__name__
    'evaluate_circle'
"""

from vigens.engine.queue.evaluating import evaluate_circle

__all__ = ["evaluate_circle"]
