"""Lines that fit the screen, tables, and signs that are shown instead of obeyed."""

from __future__ import annotations

import pytest

from vigens.cli.output import (
    clean,
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
    monkeypatch.delenv("NO_COLOR", raising=False)
    say(styled("YES", "YES"))
    assert capsys.readouterr().out == "\x1b[1;32mYES\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    say(styled("YES", "YES"))
    assert capsys.readouterr().out == "YES\n"
