"""How Kazakh and Russian agencies word it: credits at the end, chains, participles."""

from __future__ import annotations

import pytest

from tests.unit.intake.test_wording import told
from vigens.intake import read_document, suggest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "Кения мен Чад шекараны ашты, деп хабарлайды Qogam.kz."),
        ("kk", "Чад әскерін шығарды, деп жазды Reuters-ке сілтеме жасаған портал."),
        ("ru", "Кения и Чад открыли границу, сообщает «Степной вестник»."),
        ("ru", "Чад выступает гарантом перемирия, пишет «Степной вестник»."),
    ],
)
def test_a_medium_that_no_list_holds_says_nothing_itself(
    language: str, sentence: str
) -> None:
    assert "statement" not in told(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        (
            "ru",
            "Чад откроет границу, сообщил журналистам представитель Кении Джон Мванги.",
            "Джон Мванги",
        ),
        ("ru", "Кения и Чад заявили, что откроют границу.", "Кения"),
        ("ru", "Чад открыл границу, сообщили в МИД Кении.", "МИД Кении"),
        (
            "ru",
            "Об этом изданию Politico сообщил представитель Кении Джон Мванги.",
            "Джон Мванги",
        ),
        (
            "ru",
            "Президент Египта Абдель Фаттах ас-Сиси заявил о прорыве.",
            "Абдель Фаттах ас-Сиси",
        ),
        (
            "ru",
            "Президент Чада Идрис Мванги в ходе беседы с послом Кении заявил о споре.",
            "Идрис Мванги",
        ),
        ("kk", "Бірақ ол Кения мен Чад арасында келісім жоқ екенін айтты.", "ол"),
        ("kk", "Кения мен Чад шекараны ашатындарын мәлімдеді.", "Кения"),
    ],
)
def test_who_speaks(language: str, sentence: str, name: str) -> None:
    speakers = told(language, sentence)["statement"].actors
    assert speakers[0].surface == name


def test_two_who_speak_together_are_two_voices() -> None:
    spoken = told("ru", "Кения и Чад заявили, что откроют границу.")["statement"]
    assert [a.id for a in spoken.actors] == ["KE", "TD"]


def test_a_surname_is_known_after_the_full_name() -> None:
    text = (
        "2025-03-19\n\nГлава делегации Кении Павел Лужский подписал соглашение с Чадом. "
        "Лужский также сообщил, что граница будет открыта."
    )
    found = suggest(read_document(text.encode(), "r.txt"))
    spoken = [s for s in found if s.kind == "statement"]
    assert [a.surface for a in spoken[-1].actors] == ["Лужский"]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Чад шекарадағы екі бекетті жаңартуы тиіс.", "pledged"),
        ("Чад Кенияға 900 тонна астық жеткізуге міндетті.", "pledged"),
        ("Чад бажды бес жыл ішінде жоятын болады.", "pledged"),
        ("Кения деректерді күн сайын беріп тұратын болды.", "pledged"),
        ("Кения тасымалды сәуірден бастайтынын жеткізді.", "pledged"),
        ("Чад шекараны ашуды ұсынды.", "proposed"),
    ],
)
def test_kazakh_commitments_behind_the_verb(sentence: str, modality: str) -> None:
    assert told("kk", sentence)["commitment"].modality == modality


@pytest.mark.parametrize(
    "sentence",
    [
        "Кения Чадтан әкелінетін бидайға салынатын баж туралы айтты.",
        "Кения мен Чад шарттың алты бабын келісті.",
        "Чад сыйлық қабылдамайтынын мәлімдеді.",
        "Чад Кения өкілдерін астанаға шақырды.",
    ],
)
def test_kazakh_words_that_commit_nobody(sentence: str) -> None:
    assert "commitment" not in told("kk", sentence)


@pytest.mark.parametrize(
    ("language", "sentence", "kind", "modality"),
    [
        ("kk", "Президенттер жаңа шартты талқылады.", "meeting", "done"),
        ("ru", "Кения и Чад приостановили переговоры.", "meeting", "done"),
        ("ru", "Кения и Чад отложили подписание договора.", "instrument", "planned"),
        ("ru", "Чад отменил обязательства по выделению денег.", "commitment", "done"),
        ("kk", "Кения мен Чад шартқа қол қоюы мүмкін.", "instrument", "possible"),
        ("kk", "Кения шартқа қол қойып, шекараны ашпақ.", "instrument", "planned"),
        ("kk", "Кения шартты бекітіп, шекараны ашты.", "instrument", "done"),
        ("ru", "Сторонам удалось достичь соглашения о границе.", "instrument", "done"),
        ("ru", "Соглашение о границе было достигнуто.", "instrument", "done"),
        ("ru", "Чад не стал продлевать соглашение.", "instrument", "done"),
        (
            "ru",
            "Договор о зоне торговли между Кенией, Чадом и Нигером может быть заключен.",
            "instrument",
            "possible",
        ),
        ("kk", "Кения мен Чад келіссөз өткізеді.", "meeting", "planned"),
        ("kk", "Кения шартты ұзартуды талқылап жатыр.", "instrument", "planned"),
    ],
)
def test_modality(language: str, sentence: str, kind: str, modality: str) -> None:
    assert told(language, sentence)[kind].modality == modality


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Чад не стал продлевать соглашение."),
        ("ru", "К согласию стороны прийти так и не смогли."),
        ("ru", "К договору Чад пока не присоединился."),
        ("kk", "Тараптар ортақ шешімге келе алмады."),
    ],
)
def test_what_was_not_managed_is_denied(language: str, sentence: str) -> None:
    assert told(language, sentence)["instrument"].polarity == "neg"


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("ru", "О чём договорились стороны?", "instrument"),
        ("ru", "Пленных отпустят в течение суток после подписания.", "instrument"),
        ("ru", "После переговоров в столице завершился ремонт моста.", "meeting"),
        ("ru", "Чад обсудит границу, передаёт корреспондент.", "instrument"),
        ("ru", "Ратификации договор не требует.", "commitment"),
        ("ru", "На 30-й встрече сторон говорили о границе.", "count"),
        ("kk", "Чад комиссияның 31-ші отырысында сөз сөйледі.", "count"),
        ("kk", "Бұл келісім достықтың алтын арқауы болып қалады.", "count"),
        ("ru", "Посол Кении отметил важность подписания договора.", "instrument"),
        ("ru", "Министр Кении прибыл в Найроби для подписания договора.", "instrument"),
        ("kk", "Кения мен Чад елшілері кездесуде сөз сөйледі.", "meeting"),
        ("kk", "Кения сарапшылар тізімін жасады.", "instrument"),
        ("kk", "Шекараға қатысты мәселелер бар.", "meeting"),
        ("ru", "Соглашение между ЕС и Чадом расширит торговлю.", "commitment"),
    ],
)
def test_what_claims_nothing(language: str, sentence: str, kind: str) -> None:
    assert kind not in told(language, sentence)


def test_a_word_that_describes_is_nobody() -> None:
    found = told("kk", "Кездесу мемлекеттік деңгейде өтті.")
    assert not found["meeting"].actors


def test_an_office_goes_on_after_and() -> None:
    spoken = told("ru", "Министр климата и морей Кении Джон Мванги заявил о споре.")
    assert [a.of for a in spoken["statement"].actors] == ["KE"]


def test_a_voice_is_none_inside_the_words_quoted() -> None:
    sentence = (
        "«Соглашение достигнуто при участии Павла Лужского», — говорится в письме."
    )
    spoken = told("ru", sentence)["statement"]
    assert not spoken.actors


def test_a_ministry_is_no_minister() -> None:
    spoken = told(
        "kk", "Кения сыртқы істер министрлігі Чад мәлімдемесін жоққа шығарды."
    )
    assert spoken["statement"].actors[0].surface != "Кения сыртқы істер министрлігі Чад"
