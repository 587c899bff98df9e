from __future__ import annotations

import contextlib
import io
import zipfile
from email.message import EmailMessage
from importlib import util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigens.desk.guarded import read_pdf_apart
from vigens.intake import (
    BinaryDocumentError,
    ContainerError,
    Document,
    DocumentError,
    EmptyDocumentError,
    OversizeDocumentError,
    read_document,
    read_pdf,
    suggest,
)

_SPEC = util.spec_from_file_location("making", Path(__file__).parent / "making.py")
assert _SPEC is not None
assert _SPEC.loader is not None
making = util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(making)

SENTENCE = "Norway & Chad signed an agreement on water in Geneva on 6 March 2026."
ESCAPED = SENTENCE.replace("&", "&amp;")


def part_of(data: bytes, member: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(member)


def is_read_or_refused(data: bytes) -> None:
    """Any other error than a clear refusal fails the test."""
    with contextlib.suppress(DocumentError):
        document = read_document(data, "any")
        assert len(document.view) == len(document.text)


# -- DOCX --------------------------------------------------------------------------


def test_a_passage_of_a_docx_is_an_exact_slice_of_its_xml() -> None:
    data = making.make_docx(
        making.paragraph("Deal on water", style="Title")
        + making.paragraph(ESCAPED[:20], ESCAPED[20:]),
        core="<dc:creator>A. Writer</dc:creator>",
    )
    document = read_document(data, "deal.docx")
    assert (document.title, document.author) == ("Deal on water", "A. Writer")
    assert SENTENCE in document.text
    start = document.text.index("agreement")
    (place,) = document.places(start, start + len("agreement on"))
    raw = part_of(data, place.part)
    assert raw[place.start : place.end] == b"agreement on"
    whole = document.places(
        document.text.index(SENTENCE), document.text.index(SENTENCE) + len(SENTENCE)
    )
    assert b"".join(part_of(data, p.part)[p.start : p.end] for p in whole).decode() in (
        ESCAPED
    )
    assert [s.kind for s in suggest(document)] == ["instrument"]


def test_what_was_struck_out_of_a_docx_is_not_read() -> None:
    struck = "<w:p><w:del><w:r><w:delText>Chad refused</w:delText><w:t>x</w:t></w:r></w:del></w:p>"
    moved = "<w:p><w:moveFrom><w:r><w:t>Oslo</w:t></w:r></w:moveFrom></w:p>"
    added = "<w:p><w:ins><w:r><w:t>Chad agreed.</w:t></w:r></w:ins></w:p>"
    document = read_document(making.make_docx(struck + moved + added), "a.docx")
    assert document.text.split() == ["Chad", "agreed."]


def test_a_text_box_is_read_once() -> None:
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
        'compatibility/2006"><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>'
        "</mc:AlternateContent>"
    ).format(making.paragraph("Only once."))
    assert read_document(making.make_docx(box), "a.docx").text.count("once") == 1


def test_a_docx_that_grows_beyond_its_bounds_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (40 << 20) + b"</a>")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(OversizeDocumentError):
        read_document(out.getvalue(), "bomb.docx")


def test_a_docx_with_entities_of_its_own_is_refused() -> None:
    head = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = making.make_docx(making.paragraph("&b;"), head=head)
    with pytest.raises(ContainerError, match="document type"):
        read_document(data, "laughs.docx")


@pytest.mark.parametrize("cut", [40, 200, 400])
def test_a_truncated_docx_is_refused(cut: int) -> None:
    data = making.make_docx(making.paragraph(ESCAPED))[:-cut]
    with pytest.raises((ContainerError, BinaryDocumentError)):
        read_document(data, "cut.docx")


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=3))
@settings(max_examples=60)
def test_a_damaged_docx_never_crashes(at: int, junk: bytes) -> None:
    data = making.make_docx(making.paragraph(ESCAPED), core="<dc:title>T</dc:title>")
    at %= len(data)
    is_read_or_refused(data[:at] + junk + data[at + len(junk) :])


# -- PDF ---------------------------------------------------------------------------


def read_pdf_file(data: bytes) -> Document:
    return read_document(data, "a.pdf", pdf=read_pdf(data, "a.pdf"))


def test_a_passage_of_a_pdf_is_an_exact_slice_of_its_page() -> None:
    pages = [
        ["Протокол о водах реки Чу подписали в Женеве.", "Стороны довольны."],
        ["Министрлер хаттамаға қол қойды."],
    ]
    data = making.make_pdf(pages, title="О воде")
    found = read_pdf(data, "a.pdf")
    document = read_document(data, "a.pdf", pdf=found)
    assert document.title == "О воде"
    assert document.media_type == "application/pdf"
    for number, words in ((1, "водах реки Чу"), (2, "хаттамаға")):
        start = document.text.index(words)
        (place,) = document.places(start, start + len(words))
        assert place.part == f"page {number}"
        assert found.pages[number - 1][place.start : place.end] == words


def test_a_word_cut_at_the_end_of_a_line_is_whole_again() -> None:
    lines = ["Стороны подписали согла-", "шение о водах реки Чу."]
    document = read_pdf_file(making.make_pdf([lines]))
    assert "соглашение о водах" in document.text
    start = document.text.index("соглашение")
    assert len(document.places(start, start + 10)) == 2


def test_lines_of_one_paragraph_stay_together_and_short_ones_end_it() -> None:
    full = "The ministers of both countries met in Geneva and spoke of the river"
    lines = [full, full, "and then left.", full, full, "A new paragraph ended.", full]
    document = read_pdf_file(making.make_pdf([lines]))
    blocks = [b for b in document.text.split("\n\n") if b.strip()]
    assert [b.split()[0] for b in blocks] == ["The", "The", "The"]


def test_pictures_of_pages_are_no_silent_nothing() -> None:
    with pytest.raises(EmptyDocumentError, match="pictures"):
        read_pdf_file(making.make_pdf([[], []]))


def test_a_page_without_text_is_told() -> None:
    document = read_pdf_file(
        making.make_pdf([["The ministers of both countries met in Geneva."], []])
    )
    assert document.notes == ("1 of 2 pages hold no text (pictures are not read)",)


@pytest.mark.parametrize("data", [b"%PDF-1.7 text", b"%PDF-1.4\n" + b"1 0 obj\n" * 999])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ContainerError, match="damaged"):
        read_pdf(data, "a.pdf")


def test_a_process_of_its_own_reads_the_same() -> None:
    data = making.make_pdf([["Мир в Осло."]], title="Мир")
    assert read_pdf_apart(data, "a.pdf") == read_pdf(data, "a.pdf")


def test_a_process_of_its_own_tells_its_error() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read_pdf_apart(b"%PDF-1.7 text", "-x.pdf")


def test_a_process_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vigens.desk.guarded.MOST_WAITING", 0.001)
    with pytest.raises(ContainerError, match="seconds"):
        read_pdf_apart(making.make_pdf([["x"]]), "slow.pdf")


# -- messages ----------------------------------------------------------------------


def message(**parts: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Press office <press@example.org>"
    made["Subject"] = "Угода про воду"
    made["Date"] = "Fri, 06 Mar 2026 23:30:00 +0200"
    made["Message-ID"] = "<1@example.org>"
    if "plain" in parts:
        made.set_content(parts["plain"])
    if "html" in parts:
        made.add_alternative(parts["html"], subtype="html")
    return made


def test_a_message_is_read_with_its_head() -> None:
    made = message(plain="Міністри підписали угоду.\n", html="<p>Інше</p>")
    made.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="a.pdf"
    )
    document = read_document(made.as_bytes(), "saved.eml")
    assert document.media_type == "message/rfc822"
    assert document.title == "Угода про воду"
    assert document.published == "2026-03-06"
    assert document.author == "Press office <press@example.org>"
    assert document.text.strip() == "Міністри підписали угоду."
    assert document.notes == ("1 attachments are not read: a.pdf",)
    (place,) = document.places(0, 8)
    assert (place.part, place.start, place.end) == ("text/plain 1", 0, 8)


def test_a_message_that_is_a_page_only_is_read_as_one() -> None:
    made = EmailMessage()
    for name, value in message().items():
        made[name] = value
    made.set_content("<html><body><p>Chad signed a treaty.</p></body></html>", "html")
    document = read_document(made.as_bytes(), "saved.eml")
    body = " ".join(document.view[r.start : r.end] for r in document.body)
    assert body.strip() == "Chad signed a treaty."


def test_a_message_in_an_old_encoding_is_read_as_it_says() -> None:
    head = "From: a@b.c\r\nSubject: x\r\nDate: Fri, 06 Mar 2026 10:00:00 +0200\r\n"
    head += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n"
    data = head.encode() + "Мир подписан.\r\n".encode("koi8-r")
    document = read_document(data, "old.eml")
    assert document.text == "Мир подписан.\r\n"
    assert document.is_guessed is False


def test_a_message_without_text_is_refused() -> None:
    made = message()
    made.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    with pytest.raises(EmptyDocumentError):
        read_document(made.as_bytes(), "a.eml")


def test_a_message_of_attachments_only_names_them() -> None:
    made = message()
    made.add_attachment(
        b"x", maintype="application", subtype="ms-tnef", filename="a.dat"
    )
    with pytest.raises(EmptyDocumentError, match=r"only attachments: a\.dat"):
        read_document(made.as_bytes(), "a.eml")


def test_a_message_that_only_forwards_another_says_so() -> None:
    inner = message(plain="Ministers signed an agreement on water in Geneva.")
    made = message()
    made.add_attachment(inner)
    with pytest.raises(EmptyDocumentError, match="a forwarded message"):
        read_document(made.as_bytes(), "a.eml")


def test_a_text_that_only_begins_like_a_head_is_a_text() -> None:
    text = "Subject: water\nThe ministers signed an agreement on water in Geneva.\n"
    assert read_document(text.encode(), "a.txt").media_type == "text/plain"


@given(st.binary(max_size=300))
@settings(max_examples=80)
def test_a_damaged_message_never_crashes(junk: bytes) -> None:
    data = message(plain="x").as_bytes() + junk
    for whole in (data, data.replace(b"text/plain", junk[:20]), junk + data):
        is_read_or_refused(whole)
