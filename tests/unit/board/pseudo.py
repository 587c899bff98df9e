"""A made-up language: each message of ours in brackets, so that what is not stands out.

What a page says outside brackets is marked as of another language, or stems from the
case; anything else is words that nobody could translate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

#: A language that babel has dates for, and the board no words.
CODE = "eo"

LAW = Path(__file__).resolve().parents[3] / "src" / "vigens" / "law"

OPENS, CLOSES = "⟦", "⟧"

#: What comes through a translation as it is.
KEPT = re.compile(r"(%\(\w+\)[sd]|(?<!\{)\{\w+\}|</?[a-z]+[^>]*>|&\w+;|%%)")
LETTER = re.compile(r"[^\W\d_]")

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
    *("source", "track", "wbr"),
}
#: Of these the text is no words.
SILENT = {"script", "style"}

#: Attributes that people read or hear.
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label")

#: Fields of entries that hold names, and units as sources write them.
NAMING = ("row", "rule", "contradiction_key", "unit")

#: Names that rules, machines and formats go by: `breach.happens(b1)`, hashes, grades,
#: addresses and commands.
SYMBOLS = (
    r"`?vigens [a-z]+[^⟦]*",
    r"/[\w./{}-]*\??[\w=&.{}-]*",
    r"https?://\S*",
    r"\b[a-z]\w*(?:[._]\w+)*\([^)]*\)",
    r"\b[a-z]\w*(?:[._]\w+)+",
    r"\b(?=\w*\d)[0-9a-f]{8,64}\b",
    r"\b[A-F][1-6]?\b(?![.\w])",
)


_SYMBOL = re.compile("|".join(SYMBOLS))

#: Letters of a title in the title of a page.
CUT = 120


def bracketed(message: str) -> str:
    """Put each piece of a message that is words into brackets."""
    return "".join(
        piece
        if KEPT.fullmatch(piece) or not LETTER.search(piece)
        else f"{OPENS}{piece}{CLOSES}"
        for piece in KEPT.split(message)
    )


def write_pseudo(messages: Catalog, folder: Path) -> None:
    """Write the made-up language's catalogue."""
    made = Catalog(locale=CODE, project="Vigens", charset="utf-8")
    for each in messages:
        if isinstance(each.id, tuple):
            made.add(each.id, tuple(bracketed(form) for form in each.id))
        elif each.id:
            made.add(each.id, bracketed(str(each.id)))
    with (folder / f"{CODE}.po").open("wb") as file:
        write_po(file, made)


class Spoken(HTMLParser):
    """Collects what a page says in its own language."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and read what its attributes say."""
        own = dict(attrs)
        apart = self._open[-1][1] if self._open else False
        if "lang" in own:
            apart = own["lang"] != CODE
        is_date = tag == "time" or own.get("class") == "when"
        if own.get("translate") == "no" or tag in SILENT or is_date:
            apart = True
        if not apart:
            found = ((name, own.get(name)) for name in SPOKEN)
            self.said += [(f"{tag}[{name}]", text) for name, text in found if text]
        if tag not in VOID:
            self._open.append((tag, apart))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == tag:
                del self._open[number:]
                return

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if data.strip() and not (self._open and self._open[-1][1]):
            place = ">".join(tag for tag, _apart in self._open[-3:])
            self.said.append((place, " ".join(data.split())))


def outside(text: str) -> str:
    """Give what stands outside all brackets."""
    kept, depth = [], 0
    for letter in text:
        depth += letter == OPENS
        kept.append(letter if depth == 0 else " " * (letter == CLOSES))
        depth -= letter == CLOSES
    return "".join(kept)


def strings(value: Any) -> Iterator[str]:
    """Give every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


class CaseWords:
    """What of a page's words stems from one case."""

    def __init__(self, folder: Path, *names: str) -> None:
        """Read a case folder.

        Args:
            folder: The case.
            names: Of people who have accounts.
        """
        pages = sorted((folder / "agreements").glob("*.md"))
        texts = [page.read_text("utf-8") for page in pages]
        settings = (folder / "case.toml").read_text("utf-8")
        lines = (folder / "journal.jsonl").read_text("utf-8").splitlines()
        entries = [json.loads(line) for line in lines]
        self.pieces = _pieces([*texts, settings], entries)
        found = set(names) | _names(texts, settings, entries)
        every = [*pages, *LAW.glob("*.md")]
        self.files = [f"{page.parent.name}/{page.name}" for page in every]
        words = sorted(map(re.escape, found | _months()), key=len, reverse=True)
        self.names = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")
        self.phrases = _phrases(texts)
        self.sentences = [piece for piece in self.pieces if " " in piece]
        self.words = [piece for piece in self.pieces if " " not in piece]
        self._stripped: dict[str, str] = {}

    def strip(self, text: str) -> str:
        """Take what stems from the case out of a text."""
        if text not in self._stripped:
            self._stripped[text] = self._strip(text) if LETTER.search(text) else ""
        return self._stripped[text]

    def _strip(self, text: str) -> str:
        rest = text
        for phrase in self.phrases:
            rest = phrase.sub(" ", rest)
        rest = self._without(rest, self.sentences)
        rest = _SYMBOL.sub(" ", self._without(rest, self.files))
        rest = self._without(rest, self.words)
        return self.names.sub(" ", rest)

    @staticmethod
    def _without(text: str, pieces: list[str]) -> str:
        rest = text
        for piece in pieces:
            if piece in rest:
                rest = re.sub(rf"(?<!\w){re.escape(piece)}(?!\w)", " ", rest)
        return rest


def _phrases(texts: list[str]) -> list[re.Pattern[str]]:
    """Give the phrases of a case's own states and events, with anything in their slots."""
    quoted = {each for text in texts for each in re.findall(r'"([^"\n]*)"', text)}
    found = []
    for phrase in sorted(quoted, key=len, reverse=True):
        parts = re.split(r"\{\w+\}", phrase)
        if len(parts) > 1:
            found.append(re.compile(r"[^⟦⟧]{1,120}?".join(map(re.escape, parts))))
    return found


def _pieces(texts: list[str], entries: list[Any]) -> list[str]:
    """List texts of a case, the longest first; one word in small letters is a code.

    A heading, and a list in one text, are texts as well; of a long one its beginning is.
    """
    found = {each for entry in entries for each in strings(entry)}
    for text in texts:
        found.update(re.findall(r"^#+ (.*)$", text, re.MULTILINE))
        for quoted in re.findall(r'"([^"\n]*)"', text):
            found.update((quoted, *quoted.split(", ")))
    plain = {" ".join(text.split()) for text in found}
    plain |= {text[:CUT] for text in plain if len(text) > CUT}
    kept = (text for text in plain if not re.fullmatch(r"[a-z_-]*|.", text))
    return sorted(kept, key=len, reverse=True)


def _names(texts: list[str], settings: str, entries: list[Any]) -> set[str]:
    """List what is a name in rules, settings and entries."""
    found = set(re.findall(r"^\[policies\.([\w-]+)", settings, re.MULTILINE))
    found.update(re.findall(r'^prefer = \["([\w-]+)"', settings, re.MULTILINE))
    for text in texts:
        kinds = r"^(?:party|group|body|instrument|obligation|measure) (\w+)"
        found.update(re.findall(kinds, text, re.MULTILINE))
        found.update(re.findall(r"^  obligor +(?:each )?(\w+)", text, re.MULTILINE))
        for line in re.findall(r"^  components +(.*)", text, re.MULTILINE):
            found.update(re.findall(r'(\w+) "', line))
    for entry in entries:
        found.add(str(entry.get("recorded_by")))
        payload = entry.get("payload", {})
        found.update(str(payload[key]) for key in NAMING if key in payload)
    return found - {"unstated"}


def _months() -> set[str]:
    """Name the months and the language as babel does in it, and this program."""
    return {"UTC", "Vigens", Locale(CODE).languages[CODE].capitalize()} | {
        name
        for context in Locale(CODE).months.values()
        for kind in ("wide", "abbreviated")
        for name in context[kind].values()
    }


def untranslated(page: str, words: CaseWords, address: str) -> list[str]:
    """List what a page says that is neither in brackets nor of the case.

    Args:
        page: HTML.
        words: Of the case.
        address: Of the page; what it asks for is shown again.
    """
    reader = Spoken()
    reader.feed(page)
    asked = {unquote(part) for part in re.split(r"[?&=/]", address)}
    found = []
    for place, text in reader.said:
        rest = words.strip(outside(text))
        for part in asked:
            rest = rest.replace(part, " ") if part else rest
        if LETTER.search(rest):
            found.append(f"{place}: {' '.join(rest.split())}   in   {text[:200]}")
    return found
