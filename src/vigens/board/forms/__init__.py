"""Forms for every kind of entry that a person makes.

A form shows what its entry would change before anything is recorded, through the eyes
of who fills it in; it records once, by the functions of the desk that the command line
uses too. It edits nothing in place and knows no rule of its own.

Example:
    >>> from vigens.board.forms import FORMS
    >>> any(way.path == "/entry/{id}/claim" for way in FORMS)
    True
"""

from vigens.board.forms.arguments import argument_fields, arguments_of, atom
from vigens.board.forms.catalogue import FORMS
from vigens.board.forms.claims import grade_fields, grade_of
from vigens.board.forms.fields import (
    Fault,
    Field,
    Filled,
    Option,
    defaults,
    find_faults,
    mend_of,
    ours,
    read_filled,
)
from vigens.board.forms.form import Form, FormPage
from vigens.board.forms.rows import named_rows
from vigens.board.forms.sending import (
    form_fields,
    form_page,
    no_entry,
    refuse_foreign,
    send_form,
    show_form,
    signed_by,
)
from vigens.board.forms.writing import Writing, date_field

__all__ = [
    "FORMS",
    "Fault",
    "Field",
    "Filled",
    "Form",
    "FormPage",
    "Option",
    "Writing",
    "argument_fields",
    "arguments_of",
    "atom",
    "date_field",
    "defaults",
    "find_faults",
    "form_fields",
    "form_page",
    "grade_fields",
    "grade_of",
    "mend_of",
    "named_rows",
    "no_entry",
    "ours",
    "read_filled",
    "refuse_foreign",
    "send_form",
    "show_form",
    "signed_by",
]
