"""Forms for every kind of entry that a person makes.

A form shows what its entry would change before anything is recorded, through the eyes
of who fills it in; it records once, by the functions of the desk that the command line
uses too. It edits nothing in place and knows no rule of its own.

Example:
    >>> from vigens.board.forms import FORMS
    >>> any(way.path == "/entry/{id}/claim" for way in FORMS)
    True
"""

from vigens.board.forms.catalogue import FORMS
from vigens.board.forms.sending import refuse_foreign
from vigens.board.forms.writing import Writing

__all__ = ["FORMS", "Writing", "refuse_foreign"]
