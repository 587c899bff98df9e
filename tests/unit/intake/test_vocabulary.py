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
from vigens.intake.lexicon import vocabulary_root

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
    shipped = {"de", "en", "fr", "kk", "pl", "ru", "tr", "uk"}
    assert shipped <= set(language_codes())


_BY_DATA = {
    "de": "Die Minister von Kenia und Frankreich haben am 12. März in Genf ein Abkommen "
    "über Getreide unterzeichnet. Die Türkei ist bereit, 300 Inspekteure zu entsenden. "
    "Das Treffen fand in Wien statt.",
    "fr": "Les ministres de la France et du Tchad ont signé jeudi à Genève un accord sur "
    "l'eau. Le Niger est prêt à ouvrir la frontière à 30 observateurs. La prochaine "
    "réunion aura lieu à Vienne.",
    "pl": "Ministrowie Polski i Ukrainy podpisali 12 marca w Warszawie umowę o handlu "
    "zbożem. Turcja jest gotowa wysłać 30 obserwatorów. Kolejne spotkanie odbędzie się "
    "w Wiedniu.",
    "tr": "Türkiye ve Rusya 12 Mart'ta Ankara'da tahıl anlaşmasını imzaladı. İran 30 "
    "gözlemci göndermeye hazır olduğunu açıkladı. Bir sonraki toplantı Viyana'da "
    "yapılacak.",
}
_FIRST = {
    "de": {"KE", "FR"},
    "fr": {"FR", "TD"},
    "pl": {"PL", "UA"},
    "tr": {"TR", "RU"},
}


@pytest.mark.parametrize("code", sorted(_BY_DATA))
def test_a_language_by_files_alone_reads_a_report(code: str) -> None:
    folder = vocabulary_root() / code
    assert not [f.name for f in folder.iterdir() if f.name.endswith(".py")]
    text = f"2025-03-19\n\n{_BY_DATA[code]}\n"
    document = read_document(text.encode(), "a.txt")
    assert document.language == code
    found = suggest(document)
    kinds = {s.kind for s in found}
    assert {"instrument", "commitment", "count", "meeting"} <= kinds
    signed = next(s for s in found if s.kind == "instrument")
    assert signed.date in ("2025-03-12", "2025-03-13")
    assert _FIRST[code] <= {a.id for a in signed.actors}
    ready = next(s for s in found if s.kind == "commitment")
    assert ready.modality == "willing"


def test_an_ending_may_hold_for_some_beginnings_and_a_compound_for_its_head(
    tmp_path: Path,
) -> None:
    told = STUB["morphology.toml"].replace("depth = 1", 'depth = 1\nheads = ["trakto"]')
    told += """
[[suffix]]
cut = ["as"]
put = ["i"]
features = ["future"]
begins = ["for"]
[[suffix]]
cut = ["as"]
put = ["i"]
features = ["present"]
unless = ["for"]
"""
    words = read_vocabulary(write(tmp_path, STUB | {"morphology.toml": told}))
    features = [{f for r in words.analyse(form) for f in r.features} for form in FORMS]
    assert features == [{"future"}, {"present"}]
    assert "trakto" in {r.lemma for r in words.analyse("pactrakton")}


FORMS = ("fordonas", "donas")
