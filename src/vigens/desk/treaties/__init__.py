"""Treaties in tables become a case: one readable page each, and their acts in bulk.

It knows the format of the tables and the words of the general law. What it cannot read
is a finding, never a guess.

Example:
    >>> from vigens.desk.treaties import fold
    >>> fold("The Gambia"), fold("Côte d’Ivoire")
    ('gambia', "cote d'ivoire")
"""

from vigens.desk.treaties.convert import Converted, convert_treaties
from vigens.desk.treaties.names import fold, identifier, is_organisation
from vigens.desk.treaties.standing import (
    Lacking,
    Membership,
    Standing,
    Withdrawal,
    read_standing,
)

__all__ = [
    "Converted",
    "Lacking",
    "Membership",
    "Standing",
    "Withdrawal",
    "convert_treaties",
    "fold",
    "identifier",
    "is_organisation",
    "read_standing",
]
