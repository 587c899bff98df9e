"""How well reports are read: claims found, passages exact, seconds taken.

`python -m benchmarks.intake` prints one table a language. It needs the five reports
and the claims read off them by hand, which lie beside the checkout and are no part of
it; where they are absent it says so.
"""
