"""Compiled rules kept between runs, beside the user's other caches.

A file is found by a digest of the pages and of the code that compiles them; so nothing is
ever out of date, and whatever is wrong with a file, the pages are compiled again.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import vigens
from vigens.base import without_collection
from vigens.lang import Compiled, compile_pages, dump_compiled, load_compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.lang import Page

#: Names a folder for compiled rules; `off` keeps none.
VARIABLE = "VIGENS_CACHE"
#: Files that are kept; the oldest go.
MOST_FILES = 64
#: Largest file that is read, in bytes.
_LARGEST = 64_000_000
#: Packages whose code decides what pages are compiled to.
_CODE = ("base", "chrono", "lang", "rules")


def compiled_of(pages: Sequence[Page]) -> Compiled:
    """Compile pages, or read what was kept of compiling the very same pages.

    Args:
        pages: Every page of an edition, the general law among them.
    """
    with without_collection():
        return _compiled_of(pages, cache_folder())


def _compiled_of(pages: Sequence[Page], folder: Path | None) -> Compiled:
    if folder is None:
        return compile_pages(pages)
    path = folder / f"{_key(pages)}.rules"
    known = _read(path)
    if known is not None:
        return known
    compiled = compile_pages(pages)
    text = dump_compiled(compiled)
    if text is not None:
        _write(path, text)
    return compiled


def cache_folder() -> Path | None:
    """Give the folder in which compiled rules are kept; `None` for nowhere."""
    said = os.environ.get(VARIABLE, "")
    if said == "off":
        return None
    if said:
        return Path(said)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    own = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(own) if own else home / ".cache") / "vigens" / "rules"


def _key(pages: Sequence[Page]) -> str:
    digest = hashlib.sha256(_code_stamp())
    for page in pages:
        for part in (page.name, page.text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big"))
            digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _code_stamp() -> bytes:
    """Say which code it is: as Python does for its own, by sizes and times."""
    digest = hashlib.sha256(repr(sys.version_info).encode())
    for path, stat in _sources(Path(vigens.__file__).parent):
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.digest()


def _sources(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    for package in _CODE:
        with os.scandir(root / package) as files:
            for file in sorted(files, key=lambda each: each.name):
                if file.name.endswith(".py"):
                    yield file.path, file.stat()


def _read(path: Path) -> Compiled | None:
    """Read a file; `None` where there is none, or it is not as it was written."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError:
        return None
    digest, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    return load_compiled(body.decode("utf-8", "surrogatepass"))


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; where that is refused, nothing is kept."""
    body = text.encode("utf-8", "surrogatepass")
    data = hashlib.sha256(body).hexdigest().encode() + b"\n" + body
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".new")
        with open(number, "wb") as file:  # noqa: PTH123 - of a number
            file.write(data)
        os.replace(name, path)  # noqa: PTH105 - of two texts
        _forget(path.parent)


def _forget(folder: Path) -> None:
    """Take away the oldest files where there are too many."""
    found = [(path.stat().st_mtime_ns, path) for path in folder.glob("*.rules")]
    for _, path in sorted(found)[:-MOST_FILES]:
        path.unlink(missing_ok=True)
