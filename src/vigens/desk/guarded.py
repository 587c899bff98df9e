"""PDF read in a process of its own, with bounds on memory and time.

What reads PDF is a large program that meets hostile files. Here it can crash, hang or
ask for all memory there is, and nothing but its own process ends. Run as a program, this
module is that process: a file on standard input, its text as JSON on standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from vigens.base import VigensError
from vigens.intake import ContainerError, DocumentError, PdfText, read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

#: What the process may take: bytes of memory, seconds of computing, seconds in all.
MOST_MEMORY, MOST_COMPUTING, MOST_WAITING = 1 << 30, 30, 90

_SPLIT = "split the file, or copy its text into a plain text file"


def read_pdf_apart(data: bytes, name: str) -> PdfText:
    """Draw the text out of a PDF in a process of its own.

    Args:
        data: The file's bytes.
        name: What to call it in messages.

    Raises:
        DocumentError: It is damaged, shut, too large, or takes too long or too much.
    """
    command = [sys.executable, "-P", "-m", "vigens.desk.guarded", name]
    try:
        done = subprocess.run(  # noqa: S603 -- our own program; the name is only told
            command, input=data, capture_output=True, timeout=MOST_WAITING, check=False
        )
    except subprocess.TimeoutExpired as error:
        why = f"reading it takes more than {MOST_WAITING} seconds"
        raise ContainerError(name, why, _SPLIT) from error
    except OSError as error:
        raise ContainerError(name, f"no process can be begun ({error})") from error
    try:
        found = json.loads(done.stdout)
    except ValueError:
        found = {}
    if "pages" in found:
        pages = tuple(str(page) for page in found["pages"])
        return PdfText(pages, str(found["title"]), str(found["author"]))
    if "what" in found:
        raise DocumentError(found["what"], found["where"], found["mend"])
    why = "reading it takes more memory or time than a report should, or breaks off"
    raise ContainerError(name, why, _SPLIT)


def _bound() -> None:
    """Bound this process; where the system knows no bounds, go on without."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_COMPUTING),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bounded, hard))


def _answer(data: bytes, name: str, read: Callable[[bytes, str], PdfText]) -> Any:
    try:
        found = read(data, name)
    except VigensError as error:
        return {"what": error.what, "where": error.where, "mend": error.mend}
    return {"pages": found.pages, "title": found.title, "author": found.author}


def main() -> None:
    """Read standard input as a PDF and write its text as JSON."""
    _bound()
    answer = _answer(sys.stdin.buffer.read(), sys.argv[1], read_pdf)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
