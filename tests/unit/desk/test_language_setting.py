"""A case says in which language it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigens.base import InputError
from vigens.desk.settings import read_settings


def settings(folder: Path, text: str) -> str:
    (folder / "case.toml").write_text(text, "utf-8")
    return read_settings(folder).language


def test_a_case_is_in_english_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert settings(tmp_path, 'title = "x"') == "en"
    assert settings(tmp_path, 'language = "uk"') == "uk"
    assert settings(tmp_path, 'language = "pt-BR"') == "pt-BR"


@pytest.mark.parametrize("code", ["english", "", "e", '\\"><script>', "fr_FR"])
def test_what_names_no_language_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(InputError, match="names no language"):
        settings(tmp_path, f'language = "{code}"')
