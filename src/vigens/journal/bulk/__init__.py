"""Entries by the million: lines of text checked by several processes, then written.

What is checked and what is written is the same as one by one: each id is derived again,
each entry must have the shape of its kind, each link must lead somewhere. It refuses to
know what database the rows go to.

Example:
    >>> from vigens.journal.bulk.quick import quick_fields
    >>> quick_fields(b'{"id":"of something else"}') is None
    True
"""
