from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.lang import Compiled
from vigens.rules import Atom, Constant, Reading, Under, Variable

Codes = Callable[..., list[str]]
Read = Callable[..., Compiled]

STARTS = "  initiated by hostilities.resume"


def test_an_actor_keeps_type_status_and_other_names(read: Read) -> None:
    compiled = read(
        'party EU "European Union" organisation status existing',
        '  also "org:EU", Europe',
        "body b",
        "group g status planned",
    )
    actors = compiled.program.actors
    assert compiled.findings == ()
    assert (actors["EU"].type, actors["EU"].status) == ("organisation", "existing")
    assert actors["EU"].aliases == ("org:EU", "Europe")
    assert (actors["b"].type, actors["b"].status, actors["b"].title) == (
        "body",
        None,
        "b",
    )
    assert (actors["g"].type, actors["g"].status) == ("group", "planned")


def test_an_instrument_says_what_it_says(read: Read) -> None:
    compiled = read(
        "party FR",
        "instrument pact",
        "  kind treaty",
        'instrument i "I"',
        '  short "The I"',
        "  kind declaration of intent",
        '  binding unstated "reported only"',
        "  endorsement approval, signature",
        "  text not seen",
        "  adopted 2026-01",
        "  issuer FR",
        '  components a "A", b,',
        '    c "C"',
        "  in addition to pact",
        "  draft of pact",
    )
    text = compiled.program.instruments["i"]
    assert compiled.findings == ()
    assert (text.kind, text.family, text.text_status, text.adopted) == (
        "declaration of intent",
        "political",
        "not seen",
        "2026-01",
    )
    assert text.unstated == {"binding": "reported only"}
    assert text.stated["endorsement"] == ("approval", "signature")
    assert text.issuers == ("FR",)
    assert [(part.name, part.title) for part in text.components] == [
        ("a", "A"),
        ("b", "b"),
        ("c", "C"),
    ]
    assert set(text.links) == {("in addition to", "pact"), ("draft of", "pact")}
    assert compiled.program.instruments["pact"].text_status == "not seen"


def test_what_is_left_open_without_words_is_told_so(read: Read) -> None:
    text = read("instrument i", "  binding unstated").program.instruments["i"]
    assert text.unstated == {"binding": "the text does not say"}


def test_a_secret_act_is_marked(read: Read) -> None:
    events = read("act a", "  secret", "event e").program.events
    assert (events["a"].is_act, events["a"].is_secret) == (True, True)
    assert (events["e"].is_act, events["e"].is_secret) == (False, False)


def test_changes_keep_condition_doubt_and_reading(read: Read) -> None:
    compiled = read(
        "party FR",
        "instrument i",
        "  components c",
        "variant v",
        '  reading r "R"',
        "  reading s",
        'fluent x(party) "x"',
        "  under i component c",
        '  perhaps initiated by deploys(party) when requested(party) because "so"'
        " in reading v.r",
        "  terminated by returns(party) in reading v.s",
        "  holds while requested(party) in reading v.r",
        '  source "S"',
    )
    found = compiled.program.fluents["x"]
    assert compiled.findings == ()
    party = Variable("party", "party")
    (change,) = found.initiated
    assert (change.perhaps, change.reading) == ("so", Reading("v", "r"))
    assert change.when == Atom("requested", (party,))
    assert found.terminated[0].reading == Reading("v", "s")
    assert found.held[0].reading == Reading("v", "r")
    assert (found.under, found.source, found.rule) == (Under("i", "c"), "S", None)
    assert compiled.program.variants["v"].readings == (("r", "R"), ("s", "s"))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("fluent x", "  initiated by"), "P003"),
        (("fluent x", "  initiated by nothing.known"), "N002"),
        (("fluent x", STARTS + " when"), "P003"),
        (("fluent x", STARTS + " because"), "P003"),
        (("fluent x", "  perhaps" + STARTS[1:]), "P003"),
        (("fluent x", "  perhaps" + STARTS[1:] + " because reasons"), "P003"),
        (("fluent x", STARTS + " in reading"), "P003"),
        (("fluent x", STARTS + ' in reading "v.r"'), "P003"),
        (("fluent x", STARTS + " in reading v"), "N007"),
        (("fluent x", STARTS, "  rule words"), "P003"),
        (("fluent x", STARTS, '  rule "a" "b"'), "P003"),
        (("fluent x", STARTS, "  under"), "P003"),
        (("fluent x", STARTS, "  under nothing"), "N004"),
        (("fluent x", STARTS, "  under i component"), "P003"),
        (("fluent x", STARTS, "  under i component d"), "N004"),
        (("fluent x", STARTS, "  under j component d"), "N004"),
        (("fluent x", STARTS, "  applies to everything"), "P005"),
        (("fluent x", '  rule "r"'), "T004"),
        (("fluent x", "  terminated by hostilities.resume"), "T004"),
        (("fluent x",), "T004"),
        (("variant v", "  reading"), "P003"),
        (("variant v", '  reading "r"'), "P003"),
        (("variant v", "  reading r s"), "P003"),
        (("instrument x", "  kind pact"), "N004"),
        (("instrument x", "  text"), "P005"),
        (("instrument x", "  text lost"), "P005"),
        (("instrument x", "  adopted"), "P003"),
        (("instrument x", "  adopted soon"), "P003"),
        (("instrument x", "  adopted 2026-02-30"), "P006"),
        (("instrument x", '  adopted "2026-02-30"'), "P006"),
        (("instrument x", "  adopted 99999"), "P006"),
        (("instrument x", "  issuer Nobody"), "N004"),
        (("instrument x", "  implements i, k"), "N004"),
        (("instrument x", "  implements FR"), "T002"),
    ],
)
def test_a_clause_that_does_not_fit_is_told(
    codes: Codes, lines: tuple[str, ...], code: str
) -> None:
    assert codes("party FR", "instrument i", "  components c", *lines) == [code]


def test_constants_in_an_event_stay_constants(read: Read) -> None:
    compiled = read("fluent x", "  initiated by ceasefire.begins(general)")
    (change,) = compiled.program.fluents["x"].initiated
    assert change.event == Atom("ceasefire.begins", (Constant("general"),))
    assert change.place == "a.md:4"
