"""A journal on a PostgreSQL server: a team's store, with roles that cannot rewrite it.

It says how rows lie on a server, who may add them and in which order. It refuses to
know what an entry is: that is the ledger's.

Example::

    with open_journal("postgresql://me@db.example/case", clock) as journal:
        journal.append([Draft("note", {"text": "Seen."}, "curator")])
"""
