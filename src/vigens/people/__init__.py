"""People: who comes in, whose eyes they have, and what they may do.

The one policy that pages, the API and exports ask. It knows no page, no entry and no
rule, and reads no clock: the present is handed in.

Example:
    >>> from vigens.people import Permission, Person, Role
    >>> officer = Person("olena", "Olena", Role.REVIEWER, reader="public")
    >>> officer.may(Permission.REVIEW), officer.may(Permission.COORDINATE)
    (True, False)
"""

from vigens.people.roles import ALONE, ONLOOKER, Permission, Person, Role

__all__ = ["ALONE", "ONLOOKER", "Permission", "Person", "Role"]
