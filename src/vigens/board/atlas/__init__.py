"""Maps: outlines of states as a dependency ships them, projected and drawn coarsely.

Borders follow the resolutions of the General Assembly (68/262: Crimea and Sevastopol
are Ukraine); what is occupied is marked and stays what it is. It knows no case and no
verdict: whoever draws hands in which state is drawn how.

Example:
    >>> from vigens.board.atlas import DISCLAIMER, OCCUPIED
    >>> OCCUPIED[0].state
    'UA'
"""

from vigens.board.atlas.drawing import Atlas, Mark, Outline, draw_atlas
from vigens.board.atlas.outlines import State, contains, has_outlines, read_states
from vigens.board.atlas.rule import DISCLAIMER, OCCUPIED, Occupied

__all__ = [
    "DISCLAIMER",
    "OCCUPIED",
    "Atlas",
    "Mark",
    "Occupied",
    "Outline",
    "State",
    "contains",
    "draw_atlas",
    "has_outlines",
    "read_states",
]
