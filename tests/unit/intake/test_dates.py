"""Dates in the words of each language, against the report's own day."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.intake.articles import read_articles
from benchmarks.intake.dated import FOLDER, Dated, dated
from vigens.chrono import parse_edtf
from vigens.intake import VocabularyError, language_codes, read_document, suggest
from vigens.intake.dates import Clock, find_dates, grammar
from vigens.intake.dates.heads import heads_of
from vigens.intake.fold import fold_marks, lower
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
        ("en", "on 3 sept., 5 times in all", "2025-09-03"),
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
    assert told("en", "from 4 September to 30 August") == [
        "2025-09-04/..",
        "2025-08-30",
    ]


@pytest.mark.parametrize(
    ("code", "text", "edtf"),
    [
        ("en", "last Tuesday", "2025-09-02"),  # yesterday is no "last Tuesday"
        ("en", "the end of next month", "2025-10~"),
        ("en", "by the end of the year", "../2025"),
        ("en", "since March", "2025-03/.."),
        ("en", "on Friday, 12 September", "2025-09-12"),
        ("en", "Monday to Wednesday last week", "2025-09-01/2025-09-03"),
        ("en", "today and tomorrow", "2025-09-10/2025-09-11"),
        ("en", "in March last year", "2024-03"),
        ("en", "within 30 days", "../2025-10-10"),
        ("en", "in the coming days", "2025-09~"),
        ("en", "the summer of 2023", "2023-06/2023-08"),
        ("ru", "в конце прошлого месяца", "2025-08~"),
        ("ru", "три дня назад", "2025-09-07"),
        ("ru", "прошлой осенью", "2024-09/2024-11"),
        ("ru", "во втором квартале 2026 года", "2026-04/2026-06"),
        ("uk", "у вівторок", "2025-09-09"),
        ("uk", "торік восени", "2024-09/2024-11"),
        ("uk", "з понеділка по середу", "2025-09-08/2025-09-10"),
        ("kk", "өткен аптада", "2025-09-01/2025-09-07"),
        ("kk", "жыл соңына дейін", "../2025"),
        ("kk", "31 тамыздан 2 қыркүйекке дейін", "2025-08-31/2025-09-02"),
        ("de", "Ende nächsten Monats", "2025-10~"),
        ("fr", "d'ici la fin de l'année", "../2025"),
        ("pl", "dwa tygodnie temu", "2025-08-27~"),
        ("tr", "yıl sonuna kadar", "../2025"),
    ],
)
def test_words_are_read_against_the_day(code: str, text: str, edtf: str) -> None:
    assert told(code, text) == [edtf]


def sentences(*texts: str, published: str | None = TODAY) -> list[list[str]]:
    clock = Clock(published, grammar(vocabulary("en").dates))
    return [[d.edtf for d in clock.read(text, 0, len(text))] for text in texts]


def test_what_follows_hangs_on_the_date_told_last() -> None:
    assert sentences(
        "The truce began on 3 March 2024.", "The day before they met.", "It held."
    ) == [["2024-03-03"], ["2024-03-02"], []]
    assert sentences("They met on Tuesday.", "Two days later they signed.") == [
        ["2025-09-09"],
        ["2025-09-11"],
    ]


def test_a_year_told_holds_for_the_next_sentence_only() -> None:
    first = "It began on 3 March 2021."
    assert sentences(first, "On 19 May it ended.")[1] == ["2021-05-19"]
    assert sentences(first, "All went well.", "On 19 May it ended.")[2] == [
        "2025-05-19"
    ]


def test_a_limit_is_nothing_to_hang_on() -> None:
    texts = ("They met on 3 March.", "Both pay by 1 May.", "The day before they wrote.")
    assert sentences(*texts)[2] == ["2025-03-02"]


def test_without_a_day_of_its_own_only_full_dates_are_read() -> None:
    assert sentences("On Monday", "On 3 May", "On 3 May 2024", published=None) == [
        [],
        [],
        ["2024-05-03"],
    ]


@pytest.mark.parametrize(
    ("before", "edtf"),
    [
        ("The ministers met on Tuesday.", "2025-09-09"),
        ("The ministers met in June.", "../2025-09-10"),  # long ago: it bounds only
    ],
)
def test_today_in_own_words_is_the_day_of_the_event(before: str, edtf: str) -> None:
    clock = Clock(TODAY, grammar(vocabulary("en").dates))
    clock.read(before, 0, len(before))
    text = '"Today we signed it," he said.'
    (found,) = clock.read(text, 0, len(text), [(0, 22)])
    assert (found.edtf, found.is_spoken_today) == (edtf, True)


def test_the_sentence_around_own_words_tells_their_day() -> None:
    clock = Clock(TODAY, grammar(vocabulary("en").dates))
    text = '"Tomorrow we sign," he said on Monday.'
    found = clock.read(text, 0, len(text), [(0, 19)])
    assert [d.edtf for d in found] == ["2025-09-09", "2025-09-08"]


def claims(text: str) -> list[tuple[str, str | None]]:
    document = read_document(f"{TODAY}\n\n{text}\n".encode(), "a.txt")
    return [(s.kind, s.date) for s in suggest(document)]


def test_the_day_of_saying_is_not_the_day_of_what_was_said() -> None:
    text = "Kenya's president said on Monday that Chad had signed the border treaty."
    assert claims(text) == [("statement", "2025-09-08"), ("instrument", None)]


def test_a_statement_takes_the_date_beside_its_verb() -> None:
    text = (
        "The ceasefire will begin next Friday, the president of Kenya said on Monday "
        "evening."
    )
    assert ("statement", "2025-09-08") in claims(text)


def test_what_is_done_is_not_dated_by_an_open_term() -> None:
    text = (
        "Kenya and Chad signed a treaty on borders that must be ratified by 1 November."
    )
    assert claims(text) == [("instrument", None)]


def test_a_plan_without_a_date_is_of_the_day_of_the_plan_before() -> None:
    text = (
        "President William Ruto of Kenya will hold talks in Paris on Friday. "
        "There he will meet the president of Chad."
    )
    assert claims(text) == [("meeting", "2025-09-12"), ("meeting", "2025-09-12")]


@pytest.fixture(scope="module")
def unseen() -> dict[str, Dated]:
    return dated("score")


@pytest.mark.parametrize("language", ["en", "kk", "ru", "uk"])
def test_dates_not_looked_at_are_right(unseen: dict[str, Dated], language: str) -> None:
    figures = unseen[language]
    assert sum(figures.words) >= 0.9 * len(figures.words) > 20
    assert sum(figures.claims) >= 0.8 * len(figures.claims) > 15


_WORDS = st.sampled_from(
    [
        "by",
        "since",
        "the",
        "end",
        "of",
        "early",
        "next",
        "last",
        "this",
        "year",
        "month",
        "Monday",
        "and",
        "to",
        "3",
        "31",
        "May",
        "2024",
        "two",
        "days",
        "later",
        "ago",
        "before",
        ",",
        "from",
        "until",
        "weekend",
        "second",
        "quarter",
        "1990s",
        "today",
        "-",
        ".",
        "через",
        "месяц",
        "до",
        "конца",
        "года",
        "с",
        "по",
        "мая",
        "соңына",
        "дейін",
        "жыл",
    ]
)


@given(st.lists(_WORDS, max_size=14), st.sampled_from(sorted(language_codes())))
def test_any_words_give_dates_that_a_journal_reads(words: list[str], code: str) -> None:
    text = " ".join(words)
    clock = Clock(TODAY, grammar(vocabulary(code).dates))
    for _ in range(2):
        found = clock.read(text, 0, len(text), [(0, len(text) // 2)])
        for date in found:
            assert 0 <= date.start < date.end <= len(text)
            for edtf in (date.edtf, date.following, date.preceding):
                assert not edtf or parse_edtf(edtf).text == edtf
        starts = [d.start for d in found]
        assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"patterns": ["({day}"]}, "cannot be read"),
        ({"patterns": ["{month} or {month}"]}, "cannot be read"),
        ({"patterns": [], "steps": {"soon": "soonish"}}, "no step"),
    ],
)
def test_a_grammar_that_means_nothing_is_refused(
    table: dict[str, object], why: str
) -> None:
    with pytest.raises(VocabularyError, match=why):
        grammar({"months": {"may": 5}, **table})


@pytest.mark.parametrize("code", language_codes())
def test_no_expression_begins_with_a_word_that_is_passed_over(code: str) -> None:
    """Every word is tried by the patterns themselves, in texts of all languages."""
    rules = grammar(vocabulary(code).dates)
    plain = (re.sub(r"\(\?P<\w+>", "(?:", r.detail.pattern) for r in rules.rules)
    tried = re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(plain)})")
    for article in (*read_articles(), *read_articles(FOLDER)):
        small = lower(fold_marks(article.text)).replace("\n", " ")
        told = [(d.start(), d.end()) for _, d in rules.found_in(small)]
        assert told == [m.span() for m in tried.finditer(small)]


@pytest.mark.parametrize(
    ("pattern", "words", "others"),
    [
        (r"(?:half\s+a|one)\s+year", ("half", "one"), ("a", "halfway", "year")),
        (r"(?:the\s+)?week(?:s|end)?(?!\w)", ("the", "week", "weekend"), ("weekly",)),
        (r"(?P<n>\d{1,3}|an?)(?:-?th)?\s+day", ("7", "a", "12", "7th"), ("day", "th")),
        (r"[дт]ень(?!\s+тому)|(?<!не\s)рік", ("день", "тень", "рік"), ("лень", "тому")),
        (r"(?:year's|\w+)?\s*end", ("year", "end", "what"), ()),
        (r"avant-hier|l'an", ("avant", "l"), ("hier", "an")),
    ],
)
def test_the_head_of_a_pattern_is_what_its_first_word_matches(
    pattern: str, words: tuple[str, ...], others: tuple[str, ...]
) -> None:
    heads = heads_of([pattern])
    assert all(heads[word] for word in words)
    assert not any(heads[word] for word in others)
