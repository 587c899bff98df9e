"""People: who comes in, whose eyes they have, and what they may do.

The one policy that pages, the API and exports ask, and the file of accounts behind it.
It knows no page, no entry and no rule, and reads no clock: the present is handed in.

Example:
    >>> from vigens.people import Permission, Person, Role
    >>> officer = Person("olena", "Olena", Role.REVIEWER, reader="public")
    >>> officer.may(Permission.REVIEW), officer.may(Permission.COORDINATE)
    (True, False)
"""

from vigens.people.access import Happening, Noted, note, read_access
from vigens.people.accounts import (
    LEVELS,
    Account,
    check_account,
    default_reader,
    parse_role,
)
from vigens.people.attempts import is_loopback, network
from vigens.people.passwords import Cost, Hashing, check_password, draw_password
from vigens.people.roles import (
    ALONE,
    ONLOOKER,
    PUBLIC_READER,
    Permission,
    Person,
    Role,
)
from vigens.people.sessions import (
    NotSignedIn,
    SessionFacts,
    SignedIn,
    check_right,
    end_session,
    end_sessions,
    find_session,
    let_in,
    list_sessions,
    session_number,
    sign_in,
)
from vigens.people.store import PEOPLE_FILE, People, find_people, make_people
from vigens.people.tokens import (
    Purpose,
    Token,
    end_token,
    find_token,
    list_tokens,
    make_token,
)
from vigens.people.vouching import Rule, find_vouched

__all__ = [
    "ALONE",
    "LEVELS",
    "ONLOOKER",
    "PEOPLE_FILE",
    "PUBLIC_READER",
    "Account",
    "Cost",
    "Happening",
    "Hashing",
    "NotSignedIn",
    "Noted",
    "People",
    "Permission",
    "Person",
    "Purpose",
    "Role",
    "Rule",
    "SessionFacts",
    "SignedIn",
    "Token",
    "check_account",
    "check_password",
    "check_right",
    "default_reader",
    "draw_password",
    "end_session",
    "end_sessions",
    "end_token",
    "find_people",
    "find_session",
    "find_token",
    "find_vouched",
    "is_loopback",
    "let_in",
    "list_sessions",
    "list_tokens",
    "make_people",
    "make_token",
    "network",
    "note",
    "parse_role",
    "read_access",
    "session_number",
    "sign_in",
]
