"""Parties: where one stands before every text, and its whole sheet.

Each stage has an act of its own; none is derived from another. A sheet is what one
reader may see of a party, and two readers' sheets can be laid side by side.

Example:
    >>> from vigens.desk.parties import STAGES
    >>> [stage.letter for stage in STAGES["treaty"]][:4]
    ['I', 'S', 'R', 'P']
"""

from vigens.desk.parties.acts import ActDone, read_acts
from vigens.desk.parties.counsel import PartCounsel, TextCounsel, read_counsel
from vigens.desk.parties.eyes import UNSEEN, SeenLine, compare_eyes
from vigens.desk.parties.ladder import Ladder, Rung, read_ladders
from vigens.desk.parties.sheet import (
    DutyLine,
    OfferLine,
    SaidLine,
    Sheet,
    TextLine,
    read_sheet,
)
from vigens.desk.parties.stages import (
    STAGES,
    Stage,
    StageCell,
    StageRow,
    StageTable,
    read_stages,
    since_of,
)

__all__ = [
    "STAGES",
    "UNSEEN",
    "ActDone",
    "DutyLine",
    "Ladder",
    "OfferLine",
    "PartCounsel",
    "Rung",
    "SaidLine",
    "SeenLine",
    "Sheet",
    "Stage",
    "StageCell",
    "StageRow",
    "StageTable",
    "TextCounsel",
    "TextLine",
    "compare_eyes",
    "read_acts",
    "read_counsel",
    "read_ladders",
    "read_sheet",
    "read_stages",
    "since_of",
]
