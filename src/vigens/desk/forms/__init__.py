"""Answers as plain JSON values, of one shape on the command line and in the API.

Each maker gives a typed shape; schemas and the data dictionary are made from the
shapes. The package writes no file and knows no address.

Example:
    >>> from vigens.desk.forms import LensForm
    >>> "as_of" in LensForm.__annotations__
    True
"""

from vigens.desk.forms.answers import (
    counts_form,
    lens_form,
    matrix_form,
    question_form,
    status_form,
    tally_form,
    unknown_form,
)
from vigens.desk.forms.changes import carried_form, changes_form, pair_form
from vigens.desk.forms.changing import CarriedForm, ChangesForm
from vigens.desk.forms.duties import (
    duty_form,
    instance_form,
    rests_on,
    step_form,
)
from vigens.desk.forms.evidence import (
    claim_form,
    entry_form,
    line_form,
    matter_form,
    missing_form,
    why_form,
)
from vigens.desk.forms.parts import answer_form, cause_form, exact
from vigens.desk.forms.resting import (
    ClaimForm,
    EntryForm,
    LineForm,
    MatterForm,
    MissingForm,
    NodeForm,
)
from vigens.desk.forms.shapes import (
    AnswerForm,
    CountsForm,
    DutyForm,
    LensForm,
    QuestionForm,
    StepForm,
    TallyForm,
)
from vigens.desk.forms.whole import (
    MatrixForm,
    StatusForm,
    UnknownForm,
)

__all__ = [
    "AnswerForm",
    "CarriedForm",
    "ChangesForm",
    "ClaimForm",
    "CountsForm",
    "DutyForm",
    "EntryForm",
    "LensForm",
    "LineForm",
    "MatrixForm",
    "MatterForm",
    "MissingForm",
    "NodeForm",
    "QuestionForm",
    "StatusForm",
    "StepForm",
    "TallyForm",
    "UnknownForm",
    "answer_form",
    "carried_form",
    "cause_form",
    "changes_form",
    "claim_form",
    "counts_form",
    "duty_form",
    "entry_form",
    "exact",
    "instance_form",
    "lens_form",
    "line_form",
    "matrix_form",
    "matter_form",
    "missing_form",
    "pair_form",
    "question_form",
    "rests_on",
    "status_form",
    "step_form",
    "tally_form",
    "unknown_form",
    "why_form",
]
