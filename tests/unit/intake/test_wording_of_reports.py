"""Wording of reports: what is offered, owed, vowed, wanted, or only done by things."""

from __future__ import annotations

import pytest

from tests.unit.intake.test_wording import told
from tests.unit.intake.test_wording_of_news import shown
from vigens.intake import Suggestion, read_document, suggest

_LEAD = {
    "en": "Kenya and Chad signed a treaty at talks in Doha. Kenya and Chad met again. ",
    "ru": "Кения и Чад подписали договор на переговорах в Дохе. ",
    "uk": "Кенія та Чад підписали договір на переговорах у Досі. ",
    "kk": "Кения мен Чад Дохадағы келіссөзде шартқа қол қойды. ",
}


def found(language: str, sentence: str, kind: str) -> list[Suggestion]:
    """Give what is shown first of a kind in a sentence after two of agreements."""
    text = f"2025-07-09\n\n{_LEAD[language]}{sentence}"
    at = len(text) - len(sentence)
    document = read_document(text.encode(), "report.txt")
    return [s for s in suggest(document) if s.kind == kind and s.start >= at]


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("en", "Chad turned down an invitation to the summit.", "meeting"),
        ("en", "The minister of Chad reminded Kenya of the debt.", "statement"),
        ("en", "The Security Council renewed the mission in Darfur.", "instrument"),
        ("en", "No agreement could be found on the price of fish.", "instrument"),
        ("en", "The protocol still has to be countersigned by Chad.", "instrument"),
        ("en", "Chad offered trucks but no fuel.", "commitment"),
        ("en", "Under the accord, all captives will be released.", "commitment"),
        ("en", "Chad agreed on Monday to open the port.", "commitment"),
        ("en", "The shipping line Boreas said it would not sail.", "statement"),
        ("ru", "Подписи под протоколом поставили министры.", "instrument"),
        ("ru", "Чад поручил экспертам подготовить доклад.", "commitment"),
        ("ru", "Чад объявил о списании долга Кении.", "commitment"),
        ("uk", "Міністри Кенії та Чаду бачилися в липні.", "meeting"),
        ("uk", "Робоча група почне працювати з вересня.", "institution"),
        ("kk", "Келісім бойынша 40 тұтқын босатылады.", "commitment"),
    ],
)
def test_what_a_sentence_tells_is_shown(
    language: str, sentence: str, kind: str
) -> None:
    assert found(language, sentence, kind)


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        (
            "en",
            "Chad's parliament spoke of a bill that would lift the ban.",
            "commitment",
        ),
        ("en", "No state has recognised the council of Chad.", "statement"),
        ("en", "Chad declined to go into figures.", "commitment"),
        ("en", "The ratification could take until May, Chad said.", "commitment"),
        ("en", "The 12-nation Board of Governors convenes on 8 August.", "institution"),
        (
            "ru",
            "Следующая сессия пройдёт в мае, место её проведения уточняется.",
            "statement",
        ),
        ("ru", "Договор Чада, который отменит пошлины, готов.", "commitment"),
        ("uk", "Чад не бачить розбіжностей із зобов'язаннями Кенії.", "commitment"),
        ("uk", "Протокол запрацює після того, як його схвалять уряди.", "commitment"),
        ("kk", "Чад келісімінің жобасы әлі дайын емес.", "commitment"),
        ("kk", "Мәлімдемеде тұтқындардың аты аталмаған.", "statement"),
    ],
)
def test_what_a_sentence_does_not_tell_is_not_shown(
    language: str, sentence: str, kind: str
) -> None:
    assert not found(language, sentence, kind)


def test_who_hosted_talks_speaks_himself() -> None:
    text = "Kenya's president, John Mwangi, who hosted the talks, said he was ready."
    assert [a.surface for a in found("en", text, "statement")[0].actors] == [
        "John Mwangi"
    ]


def test_a_newspaper_speaks_for_nobody() -> None:
    assert not found("en", "The Moscow Times said Chad had agreed.", "statement")


def test_what_is_vowed_stands_in_the_passage() -> None:
    [vow] = found("en", "Chad vowed that all files would be opened.", "commitment")
    assert vow.quote.endswith("would be opened")


def test_a_second_verb_goes_on_with_who_spoke() -> None:
    text = "Министр Чада заявил, что договор честный, и попросил Кению снять запрет."
    [plea] = found("ru", text, "commitment")
    assert (plea.modality, {a.of or a.id for a in plea.actors}) == (
        "sought",
        {"TD", "KE"},
    )


def test_a_body_that_is_called_for_is_wanted() -> None:
    text = "Кения призвала создать комиссию по расследованию."
    assert told("ru", text)["institution"].modality == "sought"


def test_one_verb_revives_one_body() -> None:
    text = "The mission may leave unless Kenya and Chad revive their committee."
    bodies = found("en", text, "institution")
    assert [(b.institution and b.institution.name, b.modality) for b in bodies] == [
        ("committee", "hypothetical")
    ]


def test_what_happens_first_is_one_condition() -> None:
    text = "Угода набуде чинності після того, як її схвалить парламент."
    [act] = shown(_LEAD["uk"] + text, "instrument")[1:]
    assert act == text[:-1]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The meeting scheduled for Friday was called off by Chad."),
        ("ru", "Встреча министров, намеченная на субботу, не состоялась."),
        ("uk", "Зустріч послів, запланована на суботу, не відбулася."),
        ("kk", "Сенбіге жоспарланған елшілер кездесуі болмай қалды."),
    ],
)
def test_a_meeting_that_was_planned_did_not_take_place(
    language: str, sentence: str
) -> None:
    [meeting] = found(language, sentence, "meeting")
    assert (meeting.modality, meeting.polarity) == ("done", "neg")


@pytest.mark.parametrize(
    ("language", "sentence", "modality"),
    [
        ("ru", "Подписание договора отложено до весны.", "planned"),
        ("uk", "Підписання договору перенесено на весну.", "planned"),
        ("ru", "Чад рассчитывает на подписание договора весной.", "expected"),
        ("uk", "Чад розраховує на підписання договору навесні.", "expected"),
    ],
)
def test_a_signing_that_is_put_off_or_hoped_for_lies_ahead(
    language: str, sentence: str, modality: str
) -> None:
    assert [s.modality for s in found(language, sentence, "instrument")] == [modality]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("France backed away from its promise to pay for the school.", "statement"),
        ("The Council of the EU added six people to its list.", "statement"),
        ("Peru recalled its ambassador from Chad.", "statement"),
        ("Chad is considering whether to send soldiers.", "statement"),
        ("A review commissioned by the bank found no fault.", "institution"),
        ("The pact leaves open who will guard the bridge.", "instrument"),
        ("Members voted 90 to 30 to scrap the treaty.", "count"),
    ],
)
def test_what_looks_like_an_act_is_none(sentence: str, kind: str) -> None:
    assert not [s for s in found("en", sentence, kind) if s.quote != "Members"]


def test_who_backs_away_from_a_promise_declines() -> None:
    text = "France backed away from its promise to pay for the school."
    assert [(s.rule, s.polarity) for s in found("en", text, "commitment")] == [
        ("commitment-refuse", "neg")
    ]


def test_no_plans_to_renew_are_denied() -> None:
    text = "Chad has no plans to renew the treaty."
    assert [s.polarity for s in found("en", text, "instrument")] == ["neg"]


def test_whom_a_treaty_obliges_undertakes() -> None:
    text = "The treaty obliges Chad to notify its neighbours of floods."
    [owed] = found("en", text, "commitment")
    assert [(a.id, a.role) for a in owed.actors[:1]] == [("TD", "undertaker")]


def test_it_is_who_speaks() -> None:
    text = "The Swiss government said it was prepared to pay."
    actors = [a for s in found("en", text, "commitment") for a in s.actors]
    assert {a.id or a.of for a in actors} == {"CH"}


def test_two_of_one_state_are_not_the_two_of_the_report() -> None:
    text = "Libya's two governments have agreed on a joint budget."
    actors = [a for s in found("en", text, "instrument") for a in s.actors]
    assert not {"KE", "TD"} & {a.id for a in actors}


def test_the_first_time_in_years_is_no_date() -> None:
    text = "Chad and Mali signed a pact for the first time in ten years."
    assert {s.date for s in found("en", text, "instrument")} == {None}


def test_a_count_of_what_will_be_is_planned() -> None:
    [number] = found("en", "Chad will free 30 prisoners.", "count")
    assert number.modality == "planned"


def test_what_critics_maintain_approves_nothing() -> None:
    text = "Критики утверждают, что договор выгоден Чаду."
    assert not found("ru", text, "instrument")


def test_a_surge_that_is_seen_is_no_meeting() -> None:
    assert not found("en", "Chad has seen a surge in attacks.", "meeting")


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("en", "Chad turned down a plea to mediate.", "commitment"),
        ("en", "Kenya and Chad settled on a compromise.", "instrument"),
        ("en", "A liaison cell is being assembled in Mombasa.", "institution"),
        ("en", "Green groups doubt whether the ban will hold.", "statement"),
        (
            "en",
            "The minister put the number of men still to be freed at 90.",
            "statement",
        ),
        (
            "en",
            "The deal that lets trawlers work there has been renewed.",
            "instrument",
        ),
        ("ru", "Чад настаивает, чтобы отчёты публиковали раз в месяц.", "commitment"),
    ],
)
def test_more_of_what_a_sentence_tells_is_shown(
    language: str, sentence: str, kind: str
) -> None:
    assert found(language, sentence, kind)


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("en", "Chadian envoys blocked a clause that mentioned oil.", "statement"),
        ("en", "Chad now wants to return to the table.", "commitment"),
        (
            "en",
            "Chad's queen expressed regret in a phone call on Monday.",
            "commitment",
        ),
        ("en", "The pact lets ten ships leave Mombasa.", "instrument"),
        ("kk", "Чад бәсеке күшейетінін жоққа шығарған жоқ.", "commitment"),
        ("ru", "Посол Чада сказал, что запаса едва хватит.", "commitment"),
    ],
)
def test_more_of_what_it_does_not_tell_is_not_shown(
    language: str, sentence: str, kind: str
) -> None:
    assert not found(language, sentence, kind)


def test_what_is_set_up_under_a_body_is_one_body() -> None:
    text = "A panel on fish is to be set up under the roof of the commission."
    names = [
        s.institution and s.institution.name for s in found("en", text, "institution")
    ]
    assert names == ["panel"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Chad has promised to open the port by March."),
        ("uk", "Чад зобов'язався відкрити порт до березня."),
        ("ru", "Чад обязался открыть порт до марта."),
    ],
)
def test_what_is_promised_by_a_month_is_due_in_the_next(
    language: str, sentence: str
) -> None:
    [promise] = found(language, sentence, "commitment")
    assert promise.date == "../2026-03"


@pytest.mark.parametrize(
    ("sentence", "kind", "polarity"),
    [
        ("An interim agreement was reached at night.", "instrument", "pos"),
        ("Kenya and Chad have come to an understanding on tolls.", "instrument", "pos"),
        ("The lower house threw out the accord.", "instrument", "neg"),
        ("The pact received the blessing of lawmakers.", "instrument", "pos"),
        ("The motion was put to a vote and failed.", "instrument", "neg"),
        ("Chad withdrew its proposal.", "instrument", "pos"),
        ("Chad has made available 40 trucks.", "commitment", "pos"),
        ("Chad has until Monday to withdraw its guards.", "commitment", "pos"),
        ("The envoy pressed Chad to release the reporters.", "commitment", "pos"),
        ("Chad has been told to pay its dues.", "commitment", "pos"),
        ("Chad has earmarked one billion francs for roads.", "commitment", "pos"),
    ],
)
def test_agencies_word_acts_in_many_ways(
    sentence: str, kind: str, polarity: str
) -> None:
    assert polarity in {s.polarity for s in found("en", sentence, kind)}


def test_conditions_that_are_met_are_no_meeting() -> None:
    text = "Chad is prepared to lift the ban if certain conditions are met."
    assert not found("en", text, "meeting")


def test_who_concludes_an_agreement_says_nothing() -> None:
    assert not found("en", "Chad concluded an agreement on data.", "statement")


@pytest.mark.parametrize(
    ("language", "sentence", "kind", "modality"),
    [
        ("ru", "Стороны вышли на компромисс по тарифам.", "instrument", "done"),
        ("uk", "Сторони вийшли на компроміс щодо тарифів.", "instrument", "done"),
        ("ru", "Договор требует одобрения палаты.", "instrument", "planned"),
        ("uk", "Договір потребує схвалення палати.", "instrument", "planned"),
        ("ru", "Чад отозвал свою подпись.", "instrument", "done"),
        ("uk", "Чад відкликав свій підпис.", "instrument", "done"),
        ("ru", "Чад отказался от своего обещания.", "commitment", "done"),
        ("uk", "Чад відмовився від своєї обіцянки.", "commitment", "done"),
        ("ru", "Кения зарезервировала миллиард крон.", "commitment", "pledged"),
        ("uk", "Кенія зарезервувала мільярд крон.", "commitment", "pledged"),
        ("ru", "Кения гарантировала свободный проход судам.", "commitment", "pledged"),
    ],
)
def test_agencies_word_acts_in_many_ways_in_russian_and_ukrainian(
    language: str, sentence: str, kind: str, modality: str
) -> None:
    assert [s.modality for s in found(language, sentence, kind)] == [modality]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Мәміле ұзаққа созылған келіссөзден кейін жасалды.", "instrument"),
        ("Гана шартқа ресми түрде қосылды.", "instrument"),
        ("Келісім палатаның қолдауына ие болды.", "instrument"),
        ("Мораторий мамырда алынып тасталды.", "instrument"),
        ("Кездесуден кейін бірлескен мәлімдеме таратылды.", "instrument"),
        ("Үкімет заң жобасын кері қайтарып алды.", "instrument"),
        ("Чад керуендерге шабуыл жасамауға серт берді.", "commitment"),
        ("Екі тарап ұстамдылыққа шақырды.", "commitment"),
    ],
)
def test_agencies_word_acts_in_many_ways_in_kazakh(sentence: str, kind: str) -> None:
    assert found("kk", sentence, kind)


def test_an_impersonal_form_tells_of_the_past() -> None:
    [act] = found("uk", "Мораторій знято у вересні.", "instrument")
    assert act.modality == "done"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("uk", "Чад поетапно звільнить 70 в'язнів."),
        ("ru", "Чад поэтапно освободит 70 заключённых."),
    ],
)
def test_prisoners_are_counted(language: str, sentence: str) -> None:
    assert [s.count and s.count.n for s in found(language, sentence, "count")] == [70]
