"""French, German, Polish and Turkish, which are data alone: where their verbs stand."""

from __future__ import annotations

import pytest

from vigens.intake import read_document, suggest

LEAD = {
    "de": "Kamerun und der Tschad haben am Mittwoch ein Abkommen unterzeichnet.",
    "fr": "Le Cameroun et le Tchad ont signé mercredi un accord sur la frontière.",
    "pl": "Kamerun i Czad podpisały w środę umowę o wspólnej granicy.",
    "tr": "Kamerun ile Çad çarşamba günü bir sınır anlaşması imzaladı.",
}


def told(language: str, sentence: str) -> list[tuple[str, str, str]]:
    """Give kind, modality and polarity of what is shown first for a sentence."""
    text = f"2026-03-19\n\n{LEAD[language]}\n\n{sentence}\n"
    document = read_document(text.encode(), "a.txt")
    assert document.language == language
    at = text.index(sentence)
    return [
        (s.kind, s.modality, s.polarity)
        for s in suggest(document)
        if s.start >= at and s.kind != "count"
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "claim"),
    [
        (
            "de",
            "Kenia sagte zu, die Abgaben auf Tee im kommenden Jahr abzuschaffen.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "de",
            "Kenia weigerte sich, seine Häfen für Schiffe aus Togo zu öffnen.",
            ("commitment", "done", "neg"),
        ),
        (
            "de",
            "Ghana wird im Gegenzug bis Ende 2028 alle Pegel am Fluss erneuern.",
            ("commitment", "pledged", "pos"),
        ),
        (  # what denies a verb of two halves stands between them
            "de",
            "Kenia stimmte dem Vertrag nicht zu.",
            ("instrument", "done", "neg"),
        ),
        (
            "de",
            "Beide konnten sich über die Makrele nicht einigen.",
            ("instrument", "done", "neg"),
        ),
        ("de", "Benin wies den Entwurf zurück.", ("instrument", "done", "neg")),
        ("de", "Togo nahm das Abkommen an.", ("instrument", "done", "pos")),
        (
            "de",
            "Das Parlament muss dem Vertrag bis Juni zustimmen.",
            ("instrument", "expected", "pos"),
        ),
        (  # the present tells what will be done by a day ahead
            "de",
            "Ghana zieht bis Ende Mai 300 Soldaten ab.",
            ("commitment", "pledged", "pos"),
        ),
        (  # who does it stands behind the verb, which is spelled like an infinitive
            "de",
            "Künftig erlassen die Gläubiger die Zinsen.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "de",
            "Die Minister beraten am 12. April in Bonn weiter.",
            ("meeting", "planned", "pos"),
        ),
        (
            "de",
            "Togo bot an, die Verhandlungen in Lomé fortzusetzen.",
            ("meeting", "proposed", "pos"),
        ),
        (  # a compound is read as its last part; the verb closes a long clause
            "de",
            (
                "Beide haben das Fischereiabkommen für die Küste vor der Stadt Kribi am "
                "Montag um ein Jahr verlängert."
            ),
            ("instrument", "done", "pos"),
        ),
        (
            "de",
            "Ein Beirat mit Fachleuten aus beiden Ländern soll die Zahlungen prüfen.",
            ("institution", "planned", "pos"),
        ),
        (
            "de",
            "„Ohne Wasser gibt es in Darfur keinen Frieden“, so UN-Vermittler Jan Roth.",
            ("statement", "done", "pos"),
        ),
        (
            "de",
            (
                "Unter anderem wird der Minister mit dem Chef der Behörde in Bonn "
                "zusammentreffen."
            ),
            ("meeting", "planned", "pos"),
        ),
        (  # a verb of the present that announces, and one that no list knows
            "de",
            "Ghana übernimmt die Ausbildung der Soldaten.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "de",
            (
                "Präsident Jan Roth dämpfte den Jubel: »Ein Urteil schafft noch keinen "
                "Frieden.«"
            ),
            ("statement", "done", "pos"),
        ),
        (
            "de",
            "Ghanas Außenminister hob hervor, dass die Karte stimmt.",
            ("statement", "done", "pos"),
        ),
        (
            "fr",
            "« Nous avons bien tenu nos engagements », s'est enorgueilli le ministre Jean Roth.",
            ("statement", "done", "pos"),
        ),
        (
            "pl",
            "Po nocnych rozmowach ministrowie doszli w środę do porozumienia.",
            ("instrument", "done", "pos"),
        ),
        (  # a future that only its ending tells
            "fr",
            "Le Togo décaissera 3 millions d'euros par an.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "fr",
            "Le Togo renonce aux intérêts de retard.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "fr",
            "Le Togo et le Bénin ont décidé de rouvrir trois postes.",
            ("commitment", "decided", "pos"),
        ),
        (
            "fr",
            "Un comité mixte siégera à Lomé.",
            ("institution", "planned", "pos"),
        ),
        (
            "fr",
            "« L'eau ne nous attendra pas », a-t-il déclaré mardi.",
            ("statement", "done", "pos"),
        ),
        (
            "fr",
            "Le Bénin dément tout achat d'armes à ses voisins.",
            ("statement", "done", "pos"),
        ),
        (
            "fr",
            "Le traité sur les eaux n'a pas pu être signé.",
            ("instrument", "done", "neg"),
        ),
        (
            "fr",
            "Le protocole entrera en vigueur après sa publication.",
            ("instrument", "planned", "pos"),
        ),
        ("fr", "Le Laos déploiera 300 démineurs.", ("commitment", "pledged", "pos")),
        (
            "fr",
            "La Thaïlande n'a pas souhaité rejoindre l'accord.",
            ("instrument", "done", "neg"),
        ),
        (
            "pl",
            "Rumunia dostarczy 300 megawatów do końca zimy.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "pl",
            "Rosja odmówiła uwolnienia skazanych.",
            ("commitment", "done", "neg"),
        ),
        (  # a prefix makes the verb perfective, and its present a future
            "pl",
            "Czechy zamontują do końca 2027 roku 16 czujników.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "pl",
            "Londyn zgodził się, by unijne kutry łowiły do 2038 roku.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "pl",
            "Egipt nie wyklucza wysłania obserwatorów.",
            ("commitment", "possible", "pos"),
        ),
        (
            "pl",
            "Do końca roku ma powstać wspólna grupa robocza do spraw cen.",
            ("institution", "planned", "pos"),
        ),
        (
            "pl",
            "Nad limitami czuwać będzie niezależna rada naukowa.",
            ("institution", "planned", "pos"),
        ),
        (
            "pl",
            "Rozmowy zostaną wznowione 15 maja w Poznaniu.",
            ("meeting", "planned", "pos"),
        ),
        (
            "pl",
            "Projekt protokołu zostanie przedłożony rządom we wrześniu.",
            ("instrument", "planned", "pos"),
        ),
        (
            "pl",
            "Nie udało się jednak porozumieć co do odszkodowań.",
            ("instrument", "done", "neg"),
        ),
        (  # a future that closes its clause
            "tr",
            "Romanya ise limanını ücretsiz olarak kullandıracak.",
            ("commitment", "pledged", "pos"),
        ),
        (
            "tr",
            "Mısır, sınır kapısını yardım konvoylarına açacağını duyurdu.",
            ("commitment", "pledged", "pos"),
        ),
        (  # a noun made of a verb denies nothing
            "tr",
            "Lefkoşa'da bir ortak koordinasyon merkezi kurulmasına karar verildi.",
            ("institution", "decided", "pos"),
        ),
        (
            "tr",
            "Anlaşmanın iki ülke parlamentosu tarafından onaylanması gerekiyor.",
            ("instrument", "expected", "pos"),
        ),
        (
            "tr",
            "Gümrük vergileri konusunda uzlaşma sağlanamadı.",
            ("instrument", "done", "neg"),
        ),
        (  # a refusal that is told by a negative verb
            "tr",
            "Kenya belgeyi kabul etmedi.",
            ("instrument", "done", "neg"),
        ),
        (
            "tr",
            "Bakan Ali Kaya, metnin ağustosta imzalanabileceğini kaydetti.",
            ("instrument", "possible", "pos"),
        ),
        (
            "tr",
            "Afrika Birliği taraflara ateşkese uyma çağrısında bulundu.",
            ("commitment", "sought", "pos"),
        ),
        (
            "tr",
            "Bakan Ali Kaya, “Mısır üzerine düşeni yaptı” değerlendirmesinde bulundu.",
            ("statement", "done", "pos"),
        ),
        (
            "tr",
            "Mısır bir hastane kurmaya gönüllü olduğunu duyurdu.",
            ("commitment", "willing", "pos"),
        ),
    ],
)
def test_a_claim_is_told(
    language: str, sentence: str, claim: tuple[str, str, str]
) -> None:
    assert claim in told(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Ghana erklärte sich bereit, die Grenze zu öffnen."),
        ("de", "Ghana lehnte es ab, die Grenze zu öffnen."),
        ("pl", "Ghana zadeklarowała gotowość otwarcia granicy."),
        ("tr", "Gana, sınırı açmayı reddetti."),
        ("fr", "Le Ghana s'est déclaré prêt à ouvrir la frontière."),
    ],
)
def test_a_verb_of_speaking_that_commits_is_no_statement(
    language: str, sentence: str
) -> None:
    assert {kind for kind, *_ in told(language, sentence)} == {"commitment"}


def test_a_term_that_begins_a_pledge_lies_ahead() -> None:
    sentence = "Le Mali livrera ses relevés à compter du 1er février."
    text = f"2026-03-19\n\n{LEAD['fr']}\n\n{sentence}\n"
    found = suggest(read_document(text.encode(), "a.txt"))
    assert [s.date for s in found if s.kind == "commitment"] == ["2027-02-01"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Le ministre du Bénin a été accusé de fraude."),
        ("fr", "Accusé de fraude, le ministre du Bénin est sur le fleuve."),
        ("de", "Die Berater der Regierung waren bereits am Fluss."),
        ("de", "Einige Vertreter des Landes waren auf einigen Schiffen."),
        ("de", "Die Karte wurde dem Botschafter von Ghana übergeben."),
        ("pl", "Ghana powołuje się na dane z rzeki."),
        ("tr", "Gana'nın limanı büyük ve yeni bir limandır."),
    ],
)
def test_nothing_is_told_where_words_only_look_alike(
    language: str, sentence: str
) -> None:
    assert not told(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Laut dem Abkommen wird Ghana drei Schiffe liefern."),
        ("fr", "Selon l'accord, le Ghana livrera trois navires."),
        ("pl", "Według umowy Ghana dostarczy trzy statki."),
        ("tr", "Anlaşmaya göre Gana, üç gemi teslim edecek."),
    ],
)
def test_what_a_text_provides_is_nobodys_statement(
    language: str, sentence: str
) -> None:
    assert {kind for kind, *_ in told(language, sentence)} == {"commitment"}


def test_a_particle_closes_its_clause() -> None:
    sentence = "Ghana sagte zu der Karte des Flusses nichts."
    assert ("commitment", "pledged", "pos") not in told("de", sentence)


def test_one_body_is_proposed_once() -> None:
    sentence = "Lefkoşa'da bir koordinasyon merkezi kurulacak."
    assert [kind for kind, *_ in told("tr", sentence)] == ["institution"]


def test_what_ends_without_a_text_ends_no_text() -> None:
    sentence = "Gana ile Togo arasındaki görüşmeler anlaşma olmadan sona erdi."
    assert [kind for kind, *_ in told("tr", sentence)] == ["meeting"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ein Ausschuss soll im Januar eingerichtet werden.",
        "Kenia sagte, dass die Abgaben auf Kaffee hoch sind.",
        "Togo nahm an dem Treffen teil, und es ging um Abkommen.",
    ],
)
def test_no_commitment_and_no_text_where_none_is_told(sentence: str) -> None:
    assert not {kind for kind, *_ in told("de", sentence)} & {
        "commitment",
        "instrument",
    }
