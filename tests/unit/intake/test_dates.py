"""Dates in the words of each language, against the report's own day."""

from __future__ import annotations

import pytest

from vigens.intake.dates import find_dates, grammar
from vigens.intake.lexicon import vocabulary

TODAY = "2025-09-10"  # a Wednesday


def told(code: str, text: str) -> list[str]:
    rules = grammar(vocabulary(code).dates)
    found = find_dates(text, 0, len(text), rules=rules, published=TODAY)
    return [d.edtf for d in found]


@pytest.mark.parametrize(
    ("code", "text", "edtf"),
    [
        ("en", "from 30 August to 4 September", "2025-08-30/2025-09-04"),
        ("en", "ships sail next week", "2025-09-15/2025-09-21"),
        ("en", "by 30 September", "../2025-09-30"),
        ("en", "signed last year", "2024"),
        ("ru", "с 30 августа по 4 сентября", "2025-08-30/2025-09-04"),
        ("ru", "с 1 по 3 марта", "2025-03-01/2025-03-03"),
        ("ru", "на следующей неделе", "2025-09-15/2025-09-21"),
        ("ru", "в середине мая", "2025-05~"),
        ("uk", "до 1 жовтня", "../2025-10-01"),
        ("uk", "наприкінці травня", "2025-05~"),
        ("kk", "20-21 мамырда өтті", "2025-05-20/2025-05-21"),
        ("kk", "қазан айының басында болады", "2025-10~"),
        ("kk", "сәуірдің соңына дейін", "../2025-04"),
        ("kk", "2025 жылғы 12 мамырда", "2025-05-12"),
        ("kk", "былтыр болған", "2024"),
        ("de", "vom 30. August bis zum 4. September", "2025-08-30/2025-09-04"),
        ("fr", "le 1er juin", "2025-06-01"),
        ("pl", "12 marca 2024 r.", "2024-03-12"),
        ("tr", "12 Mart'ta başladı", "2025-03-12"),
    ],
)
def test_a_date_is_read(code: str, text: str, edtf: str) -> None:
    assert told(code, text) == [edtf]


def test_a_month_without_a_year_is_rather_past() -> None:
    assert told("en", "on 3 March") == ["2025-03-03"]


def test_two_days_in_the_wrong_order_stay_two() -> None:
    assert told("en", "from 4 September to 30 August") == ["2025-09-04", "2025-08-30"]
