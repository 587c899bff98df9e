"""A language is added by files alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigens.intake import (
    VocabularyError,
    language_codes,
    read_document,
    read_vocabulary,
    suggest,
)

STUB = {
    "language.toml": """
code = "eo"
letters = "ĉĝĥĵŝŭ"
frequent = ["la", "kaj", "de", "en"]
""",
    "morphology.toml": """
depth = 1
[[suffix]]
cut = ["is"]
put = ["i"]
features = ["past"]
[[suffix]]
cut = ["n"]
features = ["noun", "object"]
""",
    "dates.toml": """
months = { "majo" = 5 }
patterns = ["la {day}a de {month}"]
""",
    "cues.toml": """
[text]
forms = ["traktato"]
[strong_text]
forms = ["traktato"]
[signed]
verbs = ["subskribi"]
[negation]
forms = ["ne"]
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_stub_language_finds_a_signature(tmp_path: Path) -> None:
    words = read_vocabulary(write(tmp_path, STUB))
    text = "2025-03-19\n\nFrancujo kaj Italujo subskribis la traktaton la 5a de majo.\n"
    document = read_document(text.encode(), "a.txt")
    found = suggest(document, at_least=0, words=words)
    assert [(s.kind, s.date) for s in found] == [("instrument", "2025-05-05")]
    assert {a.id for a in found[0].actors} == {"FR", "IT"}  # names from CLDR


@pytest.mark.parametrize("missing", ["language.toml", "morphology.toml", "dates.toml"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    files = {name: text for name, text in STUB.items() if name != missing}
    with pytest.raises(VocabularyError) as caught:
        read_vocabulary(write(tmp_path, files))
    assert missing in caught.value.where


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    files = STUB | {"cues.toml": "[text\n"}
    with pytest.raises(VocabularyError, match=r"cues\.toml"):
        read_vocabulary(write(tmp_path, files))


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    files = STUB | {"language.toml": 'code = "eo"\n'}
    with pytest.raises(VocabularyError, match="letters"):
        read_vocabulary(write(tmp_path, files))


def test_an_empty_cue_is_refused(tmp_path: Path) -> None:
    files = STUB | {"cues.toml": '[text]\nforms = [" "]\n'}
    with pytest.raises(VocabularyError, match="no word"):
        read_vocabulary(write(tmp_path, files))


def test_the_shipped_languages_load() -> None:
    assert {"en", "kk", "ru", "uk"} <= set(language_codes())
