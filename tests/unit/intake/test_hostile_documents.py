"""Documents made to hang, to swell or to mislead: refused or read, in bounds."""

from __future__ import annotations

import io
import time
import zipfile
from base64 import b64encode
from collections.abc import Callable
from importlib import util
from pathlib import Path

import pytest

from vigens.intake import (
    ContainerError,
    OversizeDocumentError,
    read_document,
)
from vigens.intake.document import MAX_CHARACTERS

_SPEC = util.spec_from_file_location("making", Path(__file__).parent / "making.py")
assert _SPEC is not None
assert _SPEC.loader is not None
making = util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(making)

SENTENCE = "Ministers of Chad and Niger signed an agreement on water in Geneva.\n"
HEAD = (
    "From: a@b.c\r\nSubject: x\r\nDate: Fri, 06 Mar 2026 10:00:00 +0200\r\n"
    "MIME-Version: 1.0\r\n"
)


def grows_straight(make: Callable[[int], bytes], size: int) -> bool:
    """Say whether four times as much takes no more than ten times as long."""
    seconds = []
    for length in (size, 4 * size):
        data = make(length)
        begun = time.process_time()
        read_document(data, "any")
        seconds.append(time.process_time() - begun)
    return seconds[1] < 10 * max(seconds[0], 0.05)


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (lambda n: (" " * n + SENTENCE).encode(), 20_000),
        (lambda n: (f"<html><script>{'[' * n}</script>{SENTENCE}").encode(), 20_000),
        (
            lambda n: (
                "Subject: "
                + "=?utf-8?b?0JzQuNGA?= " * n
                + "\r\n"
                + HEAD
                + f"\r\n{SENTENCE}"
            ).encode(),
            2_000,
        ),
        (
            lambda n: (f"{HEAD}From: {'a@b.c, ' * n}\r\n\r\n{SENTENCE}").encode(),
            2_000,
        ),
        (
            lambda n: making.make_docx(
                making.paragraph(SENTENCE, style="Heading1") * n
            ),
            1_000,
        ),
    ],
    ids=["blanks", "data", "subject", "sender", "headings"],
)
def test_more_of_the_same_takes_no_longer_each(
    make: Callable[[int], bytes], size: int
) -> None:
    assert grows_straight(make, size)


def multipart(inner: str, depth: int) -> bytes:
    for n in range(depth):
        inner = (
            f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n"
            f"--b{n}\r\n{inner}\r\n--b{n}--\r\n"
        )
    return (HEAD + inner).encode()


PLAIN = f"Content-Type: text/plain\r\n\r\n{SENTENCE}"


@pytest.mark.parametrize("depth", [400, 3_000])
def test_a_message_inside_messages_inside_messages_is_refused(depth: int) -> None:
    with pytest.raises(ContainerError, match=r"too deep|more than 200 parts"):
        read_document(multipart(PLAIN, depth), "deep.eml")


def test_a_message_of_a_few_parts_in_one_another_is_read() -> None:
    assert SENTENCE.strip() in read_document(multipart(PLAIN, 9), "a.eml").text


def test_a_message_of_very_many_parts_is_refused_before_it_is_taken_apart() -> None:
    parts = "--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n" * 20_000
    data = f'{HEAD}Content-Type: multipart/mixed; boundary="x"\r\n\r\n{parts}'.encode()
    begun = time.process_time()
    with pytest.raises(ContainerError, match="more than 200 parts"):
        read_document(data, "many.eml")
    assert time.process_time() - begun < 2  # it took over six seconds


def test_a_part_with_an_endless_head_is_refused() -> None:
    data = f"{HEAD}Content-Type: text/plain{'; a=b' * 20_000}\r\n\r\n{SENTENCE}"
    with pytest.raises(ContainerError, match="head is longer"):
        read_document(data.encode(), "a.eml")


def test_a_message_that_breaks_off_says_so() -> None:
    inner = f"--x\r\nContent-Type: text/plain\r\n\r\n{SENTENCE}"
    data = f"{HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n{inner}".encode()
    assert any("breaks off" in n for n in read_document(data, "cut.eml").notes)
    whole = data + b"\r\n--x--\r\n"
    assert read_document(whole, "whole.eml").notes == ()


def test_a_message_whose_letters_are_damaged_says_so() -> None:
    head = (
        f"{HEAD}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    letters = b64encode(SENTENCE.encode())
    document = read_document(head.encode() + letters[:41], "cut.eml")
    assert document.text == SENTENCE[:30]
    assert any("damaged" in note for note in document.notes)


def test_a_subject_in_bare_bytes_is_read() -> None:
    data = HEAD.replace("Subject: x", "Subject: Угода про воду").encode()
    assert read_document(data + b"\r\n" + SENTENCE.encode(), "a.eml").title == (
        "Угода про воду"
    )


def test_a_text_longer_than_a_report_is_refused() -> None:
    data = SENTENCE.encode() * (MAX_CHARACTERS // len(SENTENCE) + 100)
    with pytest.raises(OversizeDocumentError, match="2,000,000"):
        read_document(data, "long.txt")


def test_much_white_space_is_not_a_long_text() -> None:
    data = b"\n" * (MAX_CHARACTERS + 1) + SENTENCE.encode()
    assert read_document(data, "blank.txt").text.endswith(SENTENCE)


def test_a_text_that_speaks_of_pdf_is_a_text() -> None:
    data = f"A file begins with %PDF- and a number.\n{SENTENCE}".encode()
    assert read_document(data, "a.txt").media_type == "text/plain"


def test_wide_letters_that_break_off_are_read_up_to_there() -> None:
    document = read_document(SENTENCE.encode("utf-16")[:-1], "cut.txt")
    assert document.text == SENTENCE[:-1]
    assert document.notes == (
        "the file ends within a character: its last byte is left out",
    )


# -- exact slices ------------------------------------------------------------------


def rewritten(data: bytes, declared: str, encoding: str) -> bytes:
    """Write the text of a DOCX anew in another encoding."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            raw = old.read(member)
            if member == "word/document.xml":
                xml = raw.decode().partition("?>")[2]
                xml = f'<?xml version="1.0" encoding="{declared}"?>{xml}'
                raw = xml.encode(encoding)
            new.writestr(member, raw)
    return out.getvalue()


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-16", "utf-16"),
        ("windows-1251", "cp1251"),
        ("iso-8859-5", "iso8859_5"),
    ],
)
def test_a_passage_of_a_docx_is_exact_in_any_letters(
    declared: str, encoding: str
) -> None:
    inner = "Угоду підписали Чад &amp; Нігер.\r\nНовий рядок, вода."
    data = rewritten(making.make_docx(making.paragraph(inner)), declared, encoding)
    document = read_document(data, "a.docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = archive.read("word/document.xml")
    unit = "utf-16-le" if encoding == "utf-16" else encoding
    for words, written in (
        ("підписали", "підписали"),
        ("Чад & Нігер", "Чад &amp; Нігер"),
        ("рядок, вода", "рядок, вода"),
    ):
        start = document.text.index(words)
        found = document.places(start, start + len(words))
        slices = b"".join(raw[p.start : p.end] for p in found)
        assert slices.decode(unit) == written


def test_a_passage_in_a_section_without_markup_is_exact() -> None:
    body = "<w:p><w:r><w:t><![CDATA[Müller & Söhne; Wasser]]></w:t></w:r></w:p>"
    data = making.make_docx(body)
    document = read_document(data, "a.docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = archive.read("word/document.xml")
    start = document.text.index("& Söhne")
    (place,) = document.places(start, start + len("& Söhne"))
    assert raw[place.start : place.end].decode() == "& Söhne"
