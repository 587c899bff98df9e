"""Lines that fit the screen, tables, and signs that are shown instead of obeyed."""

from __future__ import annotations

import pytest

from vigens.cli.output import (
    clean,
    isolated,
    say,
    screen_width,
    styled,
    table,
    visible_length,
    wrapped,
)


def test_a_pipe_takes_lines_unbroken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert len(wrapped("word " * 500, "- ")) == 1
    monkeypatch.setenv("COLUMNS", "60")
    lines = wrapped("word " * 50, "- ")
    assert screen_width() == 60
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].startswith("- word")
    assert lines[1].startswith("  word")


def test_a_long_address_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    address = "https://example.org/" + "a-b/" * 20
    assert address in wrapped(f"see {address}", "  ")[1]


def test_columns_line_up_whatever_their_style() -> None:
    rows = [[styled("YES", "YES"), "a"], ["no", "b"]]
    first, second = table(rows)
    assert visible_length(first) == visible_length(second) == len("YES  a")


def test_control_signs_are_shown() -> None:
    assert clean("a\x1b[2Jb\u202ec\td") == "a\ufffd[2Jb\ufffdc\td"


def test_styles_are_for_terminals(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    say(styled("YES", "YES"))
    assert capsys.readouterr().out == "YES\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    say(styled("YES", "YES"))
    assert capsys.readouterr().out == "\x1b[1;32mYES\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    say(styled("YES", "YES"))
    assert capsys.readouterr().out == "YES\n"


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize(
    "text",
    [
        "Donaudampfschifffahrts" * 12 + " and more",
        "Қазақстан мен Өзбекстан су туралы келісімге қол қойды. " * 3,
        "条約に署名した。" * 20,
        "Zalgo " + "d\u0301\u0323\u0302" * 60,
        "اتفاق المياه في جنيف يوم الأربعاء " * 5,
        "\U0001f1fa\U0001f1e6 \U0001f468\u200d\U0001f469\u200d\U0001f467 " * 20,
    ],
)
def test_lines_fit_narrow_terminals_in_columns(
    monkeypatch: pytest.MonkeyPatch, width: int, text: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = wrapped(text, "   passage       ")
    assert all(visible_length(line) <= width for line in lines)
    joined = "".join(line[17:] for line in lines)
    assert joined.replace(" ", "") == text.replace(" ", "")


def test_columns_are_counted_and_not_signs() -> None:
    assert visible_length("қол") == 3
    assert visible_length("条約") == 4
    assert visible_length("d\u0301\u200b") == 1


def test_words_from_the_right_do_not_turn_what_stands_beside_them() -> None:
    assert isolated("said “عبد الله” [50:182]") == (
        "said “\u2068عبد الله\u2069” [50:182]"
    )
    assert (
        isolated("في 5 فبراير 2026, Geneva") == "\u2068في 5 فبراير\u2069 2026, Geneva"
    )
    assert isolated("plain (5) Қазақ") == "plain (5) Қазақ"


def test_isolates_are_for_terminals(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    say("\u2068שלום\u2069")
    assert capsys.readouterr().out == "\ufffdשלום\ufffd\n"  # those of others are shown
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    say("שלום 5")
    assert capsys.readouterr().out == "\u2068שלום\u2069 5\n"
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("NO_COLOR", raising=False)
    say(styled("YES", "שלום 5"))
    assert capsys.readouterr().out == "שלום 5\n"
