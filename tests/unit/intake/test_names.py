"""Names and quotations by themselves: where they stand, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vigens.intake import find_names, find_quotations, read_document
from vigens.intake.lexicon import actor_tables, vocabulary
from vigens.intake.persons import parse_model


def named(text: str) -> dict[str, tuple[str, str | None]]:
    document = read_document(text.encode(), "a.txt")
    found = find_names(document)
    for name in found:
        assert document.text[name.start : name.end] == name.surface
    return {n.surface: (n.kind, n.id) for n in found}


def test_persons_are_told_from_places() -> None:
    found = named("В Самаре посол Чада Идрис Махамат встретился с министром Кении.")
    assert found["Идрис Махамат"] == ("person", None)
    assert found["Чада"] == ("state", "TD")
    assert "Самаре" not in found or found["Самаре"][0] != "person"


def test_a_kazakh_name_keeps_its_ending_outside_of_nothing() -> None:
    text = "Министр Нұржан Нұржігітовтың айтуынша, су көбейді."
    assert named(text)["Нұржан Нұржігітовтың"] == ("person", None)


_FRAMES = {
    "en": "The meeting was attended by {} and others.",
    "uk": "У зустрічі, як відомо, бере участь {} та інші.",
    "ru": "Во встрече, как известно, участвует {} и другие.",
    "kk": "Бұл кездесуге қатысқан ел {} болды, деп хабарланды.",
}


def _told(kind: str, code: str) -> dict[str, str]:
    """Give the first name of every actor of a kind in a language."""
    found: dict[str, str] = {}
    for table in actor_tables():
        for actor, row in table.get(kind, {}).items():
            names = row.get(code, ())
            first = names.split("|")[0].split(",")[0] if kind == "state" else names[:1]
            name = first.strip() if isinstance(first, str) else "".join(first)
            if name:
                found[actor] = name.lstrip("=^")
    return found


@pytest.mark.parametrize("code", ["en", "kk", "ru", "uk"])
@pytest.mark.parametrize("kind", ["state", "organisation"])
def test_every_listed_actor_is_found_by_its_name(kind: str, code: str) -> None:
    missed = []
    for actor, name in _told(kind, code).items():
        text = _FRAMES[code].format(name)
        document = replace(read_document(text.encode(), "a.txt"), language=code)
        if actor not in {n.id for n in find_names(document)}:
            missed.append((actor, name))
    assert missed == []


@pytest.mark.parametrize(
    ("stem", "endings", "actor"),
    [
        ("Моңғолия", "ның ға ны да дан мен лық дағы", "MN"),
        ("Қазақстан", "ның ға ды да нан мен дық дағы", "KZ"),
        ("Бангладеш", "тің ке ті те тен пен тік тегі", "BD"),
        ("Вьетнам", "ның ға ды да нан мен дық дағы", "VN"),
        ("Того", "ның ға ны да дан мен лық дағы", "TG"),
        ("Катар", "дың ға ды да дан мен лық дағы", "QA"),
    ],
)
def test_kazakh_endings_follow_the_vowels_of_a_name(
    stem: str, endings: str, actor: str
) -> None:
    for ending in endings.split():
        text = f"Бұл туралы {stem}{ending} келген делегация мәлімдеді, деп хабарланды."
        assert actor in {i for _, i in named(text).values()}, ending


def test_every_member_of_the_united_nations_is_listed() -> None:
    states = _told("state", "en")
    assert len(states) >= 195
    assert all(len(_told("state", code)) >= 195 for code in ("kk", "ru", "uk"))
    assert len(_told("organisation", "en")) >= 150


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Угоду з Лесото підписано, а Есватіні чекає.", "SZ"),
        ("Протокол передали словацькому уряду, і це угода.", "SK"),
        ("Делегація поїхала до Чорногорії, щоб підписати угоду.", "ME"),
        ("Соглашение одобрили в Мозамбике, сообщили дипломаты.", "MZ"),
        ("Боснийский посланник сообщил, что соглашение готово.", "BA"),
        ("Келісімге Моңғолияның өкілі қол қойды, деп хабарланды.", "MN"),
        ("Хаттаманы Словакиядан келген елші тапсырды, деп хабарланды.", "SK"),
        ("Шарттың мәтінін Бангладешке жіберді, деп хабарланды.", "BD"),
        ("The Bolivian envoy said that the accord was ready.", "BO"),
        ("He lived in the city of Guam and the talks were held there.", None),
        ("Того не знал никто, и соглашение подписали молча.", None),
    ],
)
def test_states_by_form_and_people(text: str, actor: str | None) -> None:
    ids = {i for _, i in named(text).values()}
    assert actor in ids or (actor is None and ids <= {None})


def test_a_pronoun_is_no_person() -> None:
    assert named("Вона сказала, що Кенія та Чад уклали угоду про воду.").keys() == {
        "Кенія",
        "Чад",
    }


def test_an_acronym_is_no_surname() -> None:
    found = named("Президент Боливии Родриго Пас выступил в ПАСЕ, сообщили в МИД.")
    assert found["Родриго Пас"] == ("person", None)
    assert found["ПАСЕ"] == ("organisation", "org:PACE")


def test_an_acronym_is_no_small_word() -> None:
    found = named("Une commission sera créée par la France, le Niger et l'ONU.")
    assert found["ONU"] == ("organisation", "org:UN")
    assert "Une" not in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "В. П. Коваль та О.М. Савчук підписали звернення.",
            ["В. П. Коваль", "О.М. Савчук"],
        ),
        ("Делегація поговорила з Гнатюком і поїхала до Марії.", ["Гнатюком", "Марії"]),
        ("Про це сказала Урсула фон дер Ляєн у Брюсселі.", ["Урсула фон дер Ляєн"]),
        ("Казку «Лис Микита» читають у школі.", []),
        ("Рада схвалила план, мораторій подовжили.", []),
        ("Дністер розлився, Хрещатик перекрили.", []),
        ("Усі мовчали. Далі читали звіт. Тобі його передали.", []),
        ("Обов\u2019язково прийде Ольга Прип\u2019ятко.", ["Ольга Прип\u2019ятко"]),
        ("Текст склав В . П . Коваль у 1930 р .", ["В . П . Коваль"]),
    ],
)
def test_ukrainian_persons_by_kinds_of_words(text: str, names: list[str]) -> None:
    found = named(f"Це новина, і вона про угоду. {text}")
    assert [n for n, (kind, _) in found.items() if kind == "person"] == names


def test_a_model_is_weights_and_small_words() -> None:
    model = parse_model("# note\nbias\t-500\nw=ann\t2000\n", frozenset({"she"}))
    assert model.weights == {"bias": -500, "w=ann": 2000}
    assert model.never == {"she"}


def test_models_are_shipped_for_three_languages() -> None:
    assert all(vocabulary(code).persons for code in ("kk", "ru", "uk"))
    assert vocabulary("en").persons is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            (
                "„Wir sind der Einigung sehr nahe“, sagte der Botschafter von Kenia und "
                "reiste nach Wien ab, wie es in der Stadt hieß."
            ),
            "Botschafter",
        ),
        (
            (
                "Die Ministerin von Kenia sagte: „Das ist ein guter Tag für uns alle.“ "
                "Danach sprach der Präsident von Chad, und die Sitzung endete."
            ),
            "Ministerin",
        ),
        (
            (
                "„Niemand verliert dabei etwas“, so der Gesandte der Vereinten Nationen, "
                "der nach dem Treffen nicht mehr sagen wollte."
            ),
            "Gesandte",
        ),
        (
            (
                "Außenminister Paul Otieno will von dem Vertrag nichts wissen. "
                "„Das war nie vereinbart, und es steht nirgends.“"
            ),
            "Otieno",
        ),
        (
            (
                "Die Fischer an der Küste ärgert das Abkommen: "
                "„Uns hat keiner gefragt, und das seit Jahren nicht.“"
            ),
            "Fischer",
        ),
        (
            (
                "Kenia und die Union haben sich geeinigt, doch der Chef der Werft, Jan "
                "Peters, wirkt wenig froh: „Das ist kein guter Tag für uns alle.“"
            ),
            "Peters",
        ),
        (
            (
                "Zum Streit um die Fangmengen führt der Bericht aus, die Flotte habe "
                "„weit mehr gefangen, als vereinbart war“."
            ),
            "Bericht",
        ),
        (
            (
                "Die Ministerin Anna Behrens sprach von einem Fehler. Die Regierung "
                "von Kenia habe das Abkommen „ohne jede Not aufgegeben“."
            ),
            "Behrens",
        ),
    ],
)
def test_words_in_marks_have_a_speaker(text: str, speaker: str) -> None:
    document = read_document(text.encode(), "a.txt")
    assert document.language == "de"
    [quotation] = find_quotations(document)
    assert quotation.speaker is not None
    assert speaker in quotation.speaker.surface
    assert document.text[quotation.start] == "„"


def test_a_title_in_marks_is_no_quotation() -> None:
    text = (
        "Der Film „Nacht Über Wien“ läuft in der Stadt, und die Zeitung „Neuer Morgen“ "
        "lobte ihn, wie die Leute sagten."
    )
    assert find_quotations(read_document(text.encode(), "a.txt")) == ()


def test_a_train_of_words_keeps_its_speaker() -> None:
    text = (
        "The envoy of Kenya, John Mwangi, said the text was close.\n\n"
        '"We have never been so near to an end of this."\n'
    )
    [quotation] = find_quotations(read_document(text.encode(), "a.txt"))
    assert quotation.speaker is not None
    assert "Mwangi" in quotation.speaker.surface


def test_a_text_without_a_vocabulary_has_no_names() -> None:
    document = read_document("今如 今如 今如".encode(), "a.txt")
    assert find_names(document) == ()
    assert find_quotations(document) == ()


@pytest.mark.parametrize(
    "text",
    [
        'They listed the party AL "Albania" and asked the two states to sign it.',
        "La France a dit que l'accord sera signé dans les deux pays. Le Niger, De, Le.",
    ],
)
def test_a_particle_alone_is_nobody(text: str) -> None:
    assert not [n for n, (kind, _) in named(text).items() if kind == "person"]
