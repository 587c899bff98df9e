"""Every shipped catalogue says the same as the English: places, marks, plurals."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.unit.board.test_pages import PATHS
from vigens.board.tongues import choose, ngettext, speaking

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "src" / "vigens" / "board" / "tongues"
CATALOGUES = sorted(path.stem for path in FOLDER.glob("*.po"))

#: Places for facts, tags, and code: they must come through a translation unchanged.
PLACES = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w+\}")
TAGS = re.compile(r"</?[a-z]+[^>]*>")
CODE = re.compile(r"`[^`…]+`")


@cache
def read(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def tool() -> ModuleType:
    """Load the tool that keeps the catalogues."""
    spec = importlib.util.spec_from_file_location("tongues", ROOT / "tools/tongues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs(code: str) -> list[tuple[str, str]]:
    """Give what is said with what it is translated to; of plurals the general form."""
    found = []
    for each in read(code):
        if each.id and each.string and all(each.string):
            says = each.id if isinstance(each.id, str) else each.id[-1]
            last = each.string if isinstance(each.string, str) else each.string[-1]
            found.append((says, last))
    return found


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_translation_keeps_places_tags_and_code(code: str) -> None:
    for says, translated in pairs(code):
        for pattern in (PLACES, TAGS, CODE):
            kept = sorted(pattern.findall(translated))
            assert sorted(set(pattern.findall(says))) == sorted(set(kept)), translated


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_translation_is_safe_and_not_doubtful(code: str) -> None:
    for each in read(code):
        assert not each.fuzzy or not each.id, each.id
    for says, translated in pairs(code):
        assert "<script" not in translated
        assert translated.endswith(" ") == says.endswith(" "), says


@cache
def messages() -> Catalog:
    """Give every message of today, looked for in the source once."""
    found: Catalog = tool().messages()
    return found


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_catalogue_has_every_message(code: str) -> None:
    kept = tool()
    catalogue = kept.bring_up(FOLDER / f"{code}.po", messages())
    assert kept.missing(catalogue) == []


@pytest.mark.parametrize("code", CATALOGUES)
@pytest.mark.parametrize("path", PATHS)
def test_every_page_speaks_every_language(
    client: TestClient, path: str, code: str
) -> None:
    glue = "&" if "?" in path else "?"
    page = client.get(f"{path}{glue}lang={code}")
    assert page.status_code == 200, page.text[:300]
    assert f'<html lang="{code}"' in page.text


#: What a translation may leave in Latin letters: names, formats, commands.
LATIN = re.compile(r"\b(?:API|BibTeX|EDTF|Vigens|chmod|pip|install)\b|'[^']*'")


def test_ukrainian_is_written_in_its_own_letters() -> None:
    for says, translated in pairs("uk"):
        rest = translated
        for pattern in (CODE, TAGS, PLACES, LATIN):
            rest = pattern.sub("", rest)
        if re.search(r"[a-zà-ÿ]{3}", rest):
            assert re.search(r"[а-яіїєґ]", rest), (says, translated)


def test_each_language_has_the_plural_forms_that_it_needs() -> None:
    needed = {"fr": 2, "uk": 3}
    for code in CATALOGUES:
        catalogue = read(code)
        assert catalogue.num_plurals == needed.get(code, catalogue.num_plurals)
        for each in catalogue:
            if isinstance(each.id, tuple):
                said = [*(each.string or ())]
                assert len(said) == catalogue.num_plurals, each.id
                assert all(said), each.id


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 твердження"),
        (2, "2 твердження"),
        (4, "4 твердження"),
        (5, "5 тверджень"),
        (11, "11 тверджень"),
        (21, "21 твердження"),
        (22, "22 твердження"),
        (112, "112 тверджень"),
    ],
)
def test_ukrainian_counts_in_three_ways(number: int, said: str) -> None:
    with speaking(choose("uk")):
        form = ngettext("one claim", "%(count)s claims", number)
    assert form % {"count": number} == said
