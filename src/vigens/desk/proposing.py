"""A language model of the user's own, asked for passages: off until somebody names one.

Only the endpoint that the user names is called, and what it answers becomes suggestions
in the queue, never an entry. Answers are kept beside the reports, by report, question and
model, so that work that was stopped goes on where it was and costs nothing twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vigens.base import InputError, OutsideError, UsageError
from vigens.desk.files import outside, write_whole
from vigens.desk.filling import Queued, add_rows
from vigens.desk.queuefile import DOCUMENTS
from vigens.desk.reports import Report, read_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse

    from vigens.desk.case import Case
    from vigens.intake import Refused, Suggestion

#: Where answers are kept, below `documents/`; may be deleted at any time.
ANSWERS = ".answers"

#: How long one answer may take, in seconds, and how large it may be, in bytes.
MOST_SECONDS, MOST_BYTES = 180, 4_000_000


@dataclass(frozen=True, slots=True)
class Model:
    """A language model behind an endpoint that speaks OpenAI's chat protocol.

    Attributes:
        endpoint: Its address up to `/v1`, as in `http://127.0.0.1:8080/v1`.
        name: What the endpoint calls it.
        key_variable: Environment variable that holds the key, or empty for none.
    """

    endpoint: str
    name: str
    key_variable: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking about one report came to.

    Attributes:
        report: The report.
        suggestions: Passages that stand in it.
        refused: Items of the answers that were not taken, with the reason of each.
        n_parts: How many questions the report takes.
        n_kept: How many of them were answered before.
        queued: What was put into the queue; none on a dry run.
    """

    report: Report
    suggestions: tuple[Suggestion, ...]
    refused: tuple[Refused, ...]
    n_parts: int
    n_kept: int
    queued: Queued | None


def propose(
    case: Case,
    path: str | Path,
    model: Model,
    *,
    is_dry: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Asked:
    """Ask a model about a report and queue the passages that it found.

    Args:
        case: Whose queue it is.
        path: The report.
        model: Which model, where.
        is_dry: Queue nothing; the model is asked all the same.
        progress: Called before each question with its number, from 1, and how many.

    Raises:
        InputError: The report cannot be read.
        UsageError: The endpoint is no address, or its key is not set.
        OutsideError: The endpoint cannot be reached, refuses, or answers nonsense.
    """
    from vigens.intake import messages_for, parts_of, read_proposals

    report = read_report(path)
    document = report.document
    asker = _Asker(case.folder, document.sha256, model)
    parts = parts_of(document)
    suggestions: list[Suggestion] = []
    refused: list[Refused] = []
    for number, (start, end) in enumerate(parts, 1):
        if progress is not None:
            progress(number, len(parts))
        answer = asker.ask(messages_for(document, start, end))
        found = read_proposals(answer, document, start, end, model=model.name)
        suggestions += found.suggestions
        refused += found.refused
    queued = None if is_dry else add_rows(case, report, suggestions)
    return Asked(
        report, tuple(suggestions), tuple(refused), len(parts), asker.n_kept, queued
    )


class _Asker:
    """Asks one endpoint, or looks up what it answered before."""

    def __init__(self, folder: Path, sha256: str, model: Model) -> None:
        self._place = folder / DOCUMENTS / ANSWERS
        self._sha256 = sha256
        self._model = model
        self.n_kept = 0

    def ask(self, messages: list[dict[str, str]]) -> str:
        """Give the answer to one question."""
        from vigens.intake import PROMPT_VERSION

        body = {
            "model": self._model.name,
            "messages": messages,
            "temperature": 0,
            "response_format": {"type": "json_object"},
        }
        asked = [self._sha256, self._model.endpoint, PROMPT_VERSION, body]
        key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        path = self._place / f"{self._sha256[:12]}-{key[:40]}.json"
        kept = _kept(path)
        if kept is not None:
            self.n_kept += 1
            return kept
        answer = _call(self._model, json.dumps(body).encode())
        try:
            self._place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise outside(error, self._place) from error
        write_whole(path, [json.dumps({"answer": answer}).encode()])
        return answer


def _kept(path: Path) -> str | None:
    try:
        found = json.loads(path.read_bytes())["answer"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def _call(model: Model, body: bytes) -> str:
    """Send one question and give the words of the answer."""
    import http.client

    parts = urlsplit(model.endpoint)
    where = f"model {model.name} at {parts.scheme}://{parts.hostname or ''}"
    try:
        port = parts.port
    except ValueError:
        port = -1
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    if not is_web or port == -1 or "@" in parts.netloc:
        raise UsageError(
            "this is no address of a model",
            "the address that was named"
            if "@" in model.endpoint
            else model.endpoint[:200],
            "write it up to /v1, as in http://127.0.0.1:8080/v1",
        )
    headers = _headers(model, where)
    make: Any = http.client.HTTPConnection
    if parts.scheme == "https":
        make = http.client.HTTPSConnection
    connection = make(parts.hostname, port, timeout=MOST_SECONDS)
    try:
        path = parts.path.rstrip("/") + "/chat/completions"
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        with answer:
            data = _read(answer)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OutsideError(
            f"the model cannot be reached ({type(error).__name__}: {error})",
            where,
            "check the address and that the program behind it runs; what was answered "
            "before is kept",
        ) from error
    finally:
        connection.close()
    if answer.status != 200:
        raise OutsideError(
            f"the model refuses with status {answer.status}",
            where,
            "check its name, the key and the limits of the endpoint, and try again; "
            "redirections are not followed",
        )
    return _words_of(data, where)


def _headers(model: Model, where: str) -> dict[str, str]:
    """Give the head of a question, with the key where the endpoint takes one."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if model.key_variable:
        key = os.environ.get(model.key_variable, "").strip()
        if not key:
            raise UsageError(
                f"the environment variable {model.key_variable} is not set",
                where,
                "set it to the key of the endpoint, or leave key_variable out",
            )
        if not (key.isascii() and key.isprintable()):  # what refuses it would tell it
            raise UsageError(
                f"the environment variable {model.key_variable} holds no key",
                where,
                "a key is letters, digits and signs in one line",
            )
        headers["Authorization"] = f"Bearer {key}"
    return headers


def _read(answer: HTTPResponse) -> bytes:
    """Read an answer, in bounds of size and time."""
    begun, data = time.monotonic(), bytearray()
    while len(data) <= MOST_BYTES and (part := answer.read1(1 << 16)):
        data += part
        if time.monotonic() - begun > MOST_SECONDS:
            raise TimeoutError(f"its answer takes more than {MOST_SECONDS} seconds")
    return bytes(data)


def _words_of(data: bytes, where: str) -> str:
    if len(data) > MOST_BYTES:
        raise OutsideError(
            f"the answer is longer than {MOST_BYTES:,} bytes",
            where,
            "use another model",
        )
    try:
        words = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise _strange(where) from error
    if not isinstance(words, str):
        raise _strange(where)
    return words


def _strange(where: str) -> OutsideError:
    return OutsideError(
        "the endpoint does not answer as OpenAI's chat protocol has it",
        where,
        "name the address up to /v1; llama.cpp, vLLM and Ollama offer one",
    )


def read_model(
    case: Case, *, endpoint: str | None, name: str | None, key_variable: str | None
) -> Model:
    """Give the model that a command or `case.toml` names.

    Raises:
        InputError: Neither names one: no endpoint is called unless somebody says so.
    """
    settings = case.settings.model
    chosen = Model(
        endpoint or settings.endpoint,
        name or settings.name,
        key_variable or settings.key_variable,
    )
    if not chosen.endpoint or not chosen.name:
        raise InputError(
            "no language model is named, and none is used unless one is",
            str(case.folder / "case.toml"),
            'write [model] endpoint = "http://127.0.0.1:8080/v1" and name = "…", or '
            "use --endpoint and --model",
        )
    return chosen
