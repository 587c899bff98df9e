"""Where entries lie: a text file, an SQLite file. Each fulfils the one protocol.

What they share is what no medium shapes: rows made of entries, writers committed
together, words for a reference that leads nowhere. They refuse to know what an
entry means.

Example:
    >>> from vigens.journal.stores.turns import Turns
    >>> turns = Turns("journal.db", lambda jobs: [job.run() for job in jobs])
    >>> turns.take(lambda: "done")
    'done'
"""
