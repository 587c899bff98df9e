"""Schemathesis asks for everything that the description promises, and for more."""

from __future__ import annotations

import os
import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tests.unit.board.conftest import clock, write_case
from vigens.board import make_app
from vigens.board.api import ENDPOINTS, describe

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import GenerationMode

pytestmark = pytest.mark.filterwarnings("ignore")


#: What fits the description and names nothing in the case is refused with 422.
CONFIG = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": [
                "2xx",
                "304",
                "403",
                "404",
                "409",
                "412",
                "414",
                "422",
            ]
        },
        "negative_data_rejection": {"expected-statuses": ["4xx"]},
    }
}


OPERATIONS = [
    (path, method)
    for path, methods in describe("", ENDPOINTS)["paths"].items()
    for method in methods
]
N_EXAMPLES = int(os.environ.get("VIGENS_API_EXAMPLES", "4"))
ASKING = settings(
    max_examples=N_EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = write_case(tmp_path_factory.mktemp("described") / "case")
    app = make_app(folder, clock, hosts=("testserver", "localhost"), read_only=False)
    config = schemathesis.Config.from_dict(CONFIG)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=config)


@pytest.fixture(scope="module")
def token(described: Any) -> str:
    """Give the form token that a session sends where it records."""
    found = described["/api/v1"]["GET"].Case().call().json()
    return str(found["form_token"])


@pytest.fixture(scope="module")
def description(described: Any) -> Any:
    return described.raw_schema["paths"]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
def test_every_answer_is_as_described(
    described: Any, token: str, path: str, method: str, mode: GenerationMode
) -> None:
    operation = described[path][method.upper()]
    headers = {"X-Form-Token": token} if method == "post" else {}

    @ASKING
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers)

    try:
        ask()
    except Unsatisfiable:
        pytest.skip("nothing about it can be wrong")


@pytest.mark.parametrize(
    "path",
    [path for path, method in OPERATIONS if method == "get" and "proofs/" not in path],
)
def test_an_example_of_the_description_is_answered(
    described: Any, description: Any, path: str
) -> None:
    given_in: dict[str, dict[str, Any]] = {"path": {}, "query": {}}
    for param in description[path]["get"]["parameters"]:
        if param.get("required") or "example" in param:
            example = param.get("example", "r-1")  # of an entry the case has no example
            given_in[param["in"]][param["name"]] = example
    case = described[path]["GET"].Case(
        path_parameters=given_in["path"], query=given_in["query"], method="GET"
    )
    response = case.call_and_validate()
    assert response.status_code == 200, response.text[:300]
