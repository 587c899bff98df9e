"""What went wrong, as RFC 9457 problem documents: what, where, how to mend."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from vigens.base import FindingForm, VigensError

MEDIA_TYPE = "application/problem+json"

#: What each status means here.
TITLES = {
    400: "a parameter is not as the description says",
    401: "sign in first",
    403: "not permitted",
    404: "there is no such thing",
    405: "this way knows no such method",
    406: "only JSON is told here",
    409: "the same key was used for something else",
    411: "say how long the body is",
    412: "the journal has moved on",
    413: "the body is too large",
    414: "the address is too long",
    415: "the body is no JSON",
    422: "this cannot be answered as it was asked",
    429: "too many calls",
    500: "something went wrong here that should not",
    503: "the case cannot be read just now",
}


class FaultForm(TypedDict):
    """One field that is wrong.

    Attributes:
        name: Of the parameter or field.
        value: As it was given, cut.
        what: What is wrong with it.
        mend: How to mend it.
    """

    name: str
    value: str
    what: str
    mend: str


class ProblemForm(TypedDict):
    """What went wrong.

    Attributes:
        type: Names the kind of problem.
        title: The kind in words.
        status: Of the response.
        detail: What is wrong, in one sentence.
        where: The place.
        mend: How to mend it.
        faults: Field by field, where several are wrong.
        findings: What is wrong in agreement files, where they cannot be used.
    """

    type: str
    title: str
    status: int
    detail: str
    where: str
    mend: str
    faults: NotRequired[list[FaultForm]]
    findings: NotRequired[list[FindingForm]]


class ApiError(VigensError):
    """A call that cannot be answered, with the status that says why."""

    def __init__(
        self,
        status: int,
        what: str,
        where: str,
        mend: str,
        *,
        faults: list[FaultForm] | None = None,
        wait: int = 0,
    ) -> None:
        """Keep the facts.

        Args:
            status: Of the response.
            what: What is wrong.
            where: The place.
            mend: How to mend it.
            faults: Field by field.
            wait: Seconds after which to call again; 0 where that does not help.
        """
        super().__init__(what, where, mend)
        self.status = status
        self.faults = faults or []
        self.wait = wait


def absent(what: str, where: str, mend: str) -> ApiError:
    """Say that something that an address names is not there."""
    return ApiError(404, what, where, mend)


def problem_form(status: int, error: VigensError) -> ProblemForm:
    """Lay a problem out."""
    form: ProblemForm = {
        "type": f"urn:vigens:problem:{status}",
        "title": TITLES.get(status, "problem"),
        "status": status,
        "detail": error.what,
        "where": error.where,
        "mend": error.mend,
    }
    if isinstance(error, ApiError) and error.faults:
        form["faults"] = error.faults
    return form
