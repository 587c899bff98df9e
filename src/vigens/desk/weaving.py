"""Agreement files woven into pages to read and print: one document, or a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.chrono import parse_moment
from vigens.desk.case import LARGEST_PAGE, read_pages
from vigens.desk.editions import Read, Rules, law
from vigens.desk.files import outside, read_text, write_whole
from vigens.desk.settings import read_settings
from vigens.lang import Page, compile_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.base import Finding
    from vigens.lang.weave import Matter


@dataclass(frozen=True, slots=True)
class Woven:
    """What was woven: the document, or the files that were written."""

    text: str
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def weave_files(
    places: Sequence[str | Path], out: str | Path | None, known_at: str | None = None
) -> Woven:
    """Weave a case, or agreement files by themselves.

    Args:
        places: One case folder, or files. A file of a case is read with its
            neighbours, so that its names lead somewhere.
        out: `None` gives the document back; a name that ends in `.html` writes it
            there; anything else is a folder, which gets a page for each file.
        known_at: EDTF; of a case the editions that were known by its end. Default: the
            newest ones.

    Raises:
        VigensError: Something cannot be read or written.
    """
    from vigens.lang.weave import weave_document, weave_folder

    matter = _matter([Path(place) for place in places], known_at)
    shown = {page.name for page in (*matter.pages, *matter.others)}
    findings = tuple(
        finding
        for finding in matter.compiled.findings
        if any(span.source in shown for span in finding.spans)
    )
    if out is None:
        return Woven(weave_document(matter), (), findings)
    target = Path(out)
    if target.suffix.lower() in (".html", ".htm"):
        write_whole(target, [weave_document(matter).encode()])
        return Woven("", (target,), findings)
    if target.is_file():
        raise InputError(
            "this is a file, and a folder is to be written",
            str(target),
            "name a folder, or a file that ends in .html",
        )
    files = []
    for name, text in weave_folder(matter):
        path = target / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise outside(error, path.parent) from error
        write_whole(path, [text.encode()])
        files.append(path)
    return Woven("", tuple(files), findings)


def _matter(places: Sequence[Path], known_at: str | None) -> Matter:
    from vigens.lang.weave import Matter

    first = places[0]
    if first.is_dir():
        if len(places) > 1:
            raise InputError(
                "a case is woven by itself",
                str(places[1]),
                "name one case folder, or only files",
            )
        settings = read_settings(first)
        rules = Rules(read_pages(first), settings.zone)
        read = rules.newest
        if known_at is not None:
            read = rules.at(parse_moment(known_at, settings.zone))
        return Matter(settings.title, read.pages, law(), read.compiled)
    home = first.absolute().parent
    is_of_case = home.name == "agreements" and (home.parent / "case.toml").is_file()
    if is_of_case and len(places) == 1:
        read_text(first, LARGEST_PAGE)
        found = _edition_with(home.parent, f"agreements/{first.name}")
        if found is not None:
            page, read = found
            others = tuple(other for other in read.pages if other != page)
            return Matter(first.stem, (page,), (*others, *law()), read.compiled)
    pages = tuple(Page(str(path), read_text(path, LARGEST_PAGE)) for path in places)
    title = first.stem if len(places) == 1 else "Agreement files"
    return Matter(title, pages, law(), compile_pages((*law(), *pages)))


def _edition_with(folder: Path, name: str) -> tuple[Page, Read] | None:
    """Find a page of a case, and the newest edition in which it is read."""
    rules = Rules(read_pages(folder), read_settings(folder).zone)
    for read in rules.read():
        for page in read.pages:
            if page.name == name:
                return page, read
    return None
