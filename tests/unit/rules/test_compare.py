"""Duties of two wordings are matched by what they do, not by how they are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigens.lang import Page, compile_pages
from vigens.rules import Effect, MatchedDuty, Obligation, match_duties

HEAD = """```vigens
vigens 1
party FR "France"
party DE "Germany"
event asked(party) "{party} is asked"
event attacked "an attack happens"
event paid(party) "{party} pays"
event fed(party) "{party} feeds"
event freed(party) "{party} is let off"
fluent able(party) "{party} is able"
  initiated by asked(party)
fluent willing(party) "{party} is willing"
  initiated by asked(party)
instrument draft "Draft"
  kind declaration
  text draft
  components money, food
instrument final "Final"
  kind declaration
  text published
  components money, food
"""

ONE = {
    "under": "component money",
    "modality": "shall",
    "obligor": "FR",
    "obligee": "DE",
    "trigger": "able(obligor)",
    "while": "willing(obligor)",
    "performance": "on paid(obligor)",
    "within": "30 days",
}


def write(text: str, name: str, title: str, clauses: dict[str, str]) -> str:
    clauses = {"under": "component money", **clauses}
    lines = [f'obligation {name} "{title}"', f"  under {text} {clauses.pop('under')}"]
    return "\n".join(
        [*lines, *(f"  {key} {said}" for key, said in clauses.items() if said)]
    )


def duties(*written: str) -> list[Obligation]:
    compiled = compile_pages([Page("a.md", "\n".join([HEAD, *written, "```\n"]))])
    errors = [f for f in compiled.findings if f.severity == "error"]
    assert errors == [], errors
    return list(compiled.program.obligations.values())


def matched(before: dict[str, str], after: dict[str, str]) -> tuple[MatchedDuty, ...]:
    one, other = duties(
        write("draft", "d", "To pay", before), write("final", "f", "Сплатити", after)
    )
    return match_duties([one], [other])


@pytest.mark.parametrize(
    ("change", "effects"),
    [
        ({}, ()),
        ({"modality": "intends"}, (Effect.MODALITY_LOWERED,)),
        ({"modality": "unstated"}, (Effect.MODALITY,)),
        ({"obligor": "DE", "obligee": "DE"}, (Effect.WHO,)),
        ({"obligor": 'unstated "by somebody"'}, (Effect.WHO,)),
        ({"obligee": "FR"}, (Effect.TO_WHOM,)),
        (
            {"trigger": "able(obligor) and willing(DE)"},
            (Effect.TRIGGER_NARROWED,),
        ),
        ({"trigger": "on attacked"}, (Effect.TRIGGER,)),
        ({"while": ""}, (Effect.CONDITION_DROPPED,)),
        ({"while": "willing(obligor) and able(DE)"}, (Effect.CONDITION_ADDED,)),
        ({"performance": 'unstated "how"'}, (Effect.MEANS_DROPPED,)),
        ({"performance": "on fed(obligor)"}, (Effect.MEANS,)),
        ({"within": "5 weeks"}, (Effect.DEADLINE_LONGER,)),
        ({"within": "29 days"}, (Effect.DEADLINE_SHORTER,)),
        ({"within": "2 months"}, (Effect.DEADLINE,)),
        ({"within": 'unstated "by when"'}, (Effect.DEADLINE_DROPPED,)),
        ({"waived": "on freed(obligor)"}, (Effect.WAYS_OUT,)),
        ({"under": "component food"}, (Effect.PART,)),
    ],
)
def test_what_differs_in_effect_is_named(
    change: dict[str, str], effects: tuple[Effect, ...]
) -> None:
    (pair,) = matched(ONE, {**ONE, **change})
    assert pair.before is not None
    assert pair.after is not None
    assert pair.effects == effects
    assert pair.is_reworded
    assert pair.is_of_effect == bool(effects)


@pytest.mark.parametrize(
    ("there", "back"),
    [
        (Effect.MODALITY_LOWERED, Effect.MODALITY_RAISED),
        (Effect.TRIGGER_NARROWED, Effect.TRIGGER_WIDENED),
        (Effect.CONDITION_ADDED, Effect.CONDITION_DROPPED),
        (Effect.MEANS_DROPPED, Effect.MEANS_STATED),
        (Effect.DEADLINE_DROPPED, Effect.DEADLINE_ADDED),
    ],
)
def test_what_is_lowered_one_way_is_raised_the_other(
    there: Effect, back: Effect
) -> None:
    weaker = {
        **ONE,
        "modality": "may",
        "trigger": "able(obligor) and willing(DE)",
        "while": "willing(obligor) and able(DE)",
        "performance": 'unstated "how"',
        "within": "",
    }
    assert there in matched(ONE, weaker)[0].effects
    assert back in matched(weaker, ONE)[0].effects


@pytest.mark.parametrize(
    "change",
    [
        {"trigger": "on attacked", "performance": "on fed(obligor)"},
        {"obligor": "DE", "performance": "on fed(obligor)"},
        {"obligor": "DE", "trigger": "on attacked"},
    ],
)
def test_what_somebody_else_owes_otherwise_is_another_duty(
    change: dict[str, str],
) -> None:
    gone, new = matched(ONE, {**ONE, **change})
    assert (gone.after, new.before) == (None, None)
    assert gone.is_of_effect


def test_what_a_text_leaves_open_in_other_words_is_no_effect() -> None:
    before = {**ONE, "performance": 'unstated "how much"', "within": 'unstated "when"'}
    after = {**before, "performance": 'unstated "скільки"', "within": 'unstated "коли"'}
    (pair,) = matched(before, after)
    assert pair.effects == ()
    assert pair.is_reworded


def test_the_nearest_is_matched_first_and_effects_go_before_words() -> None:
    texts = [
        write("draft", "d1", "One", ONE),
        write("draft", "d2", "Two", {**ONE, "performance": "on fed(obligor)"}),
        write("draft", "d3", "Three", {**ONE, "trigger": "on attacked"}),
        write("final", "f1", "One", ONE),
        write("final", "f2", "Other", {**ONE, "performance": "on fed(obligor)"}),
        write(
            "final", "f3", "Three", {**ONE, "trigger": "on attacked", "modality": "may"}
        ),
    ]
    found = duties(*texts)
    pairs = match_duties(found[:3], found[3:])
    names = [(p.before and p.before.name, p.after and p.after.name) for p in pairs]
    assert names == [("d3", "f3"), ("d2", "f2"), ("d1", "f1")]
    assert [pair.is_reworded for pair in pairs] == [False, True, False]


CLAUSES = st.fixed_dictionaries(
    {
        "obligor": st.sampled_from(["FR", "DE", 'unstated "who"']),
        "modality": st.sampled_from(["shall", "may", "unstated"]),
        "trigger": st.sampled_from(
            ["able(FR)", "able(FR) and willing(DE)", "on attacked"]
        ),
        "performance": st.sampled_from(
            ["on paid(FR)", "on fed(FR)", 'unstated "what"']
        ),
    }
)


@given(st.lists(CLAUSES, max_size=4), st.lists(CLAUSES, max_size=4))
def test_every_duty_of_both_is_told_once(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    written = [write("draft", f"d{i}", "D", each) for i, each in enumerate(before)]
    written += [write("final", f"f{i}", "F", each) for i, each in enumerate(after)]
    found = duties(*written)
    one, two = found[: len(before)], found[len(before) :]
    pairs = match_duties(one, two)
    told = [pair.before for pair in pairs if pair.before]
    assert sorted(duty.name for duty in told) == sorted(duty.name for duty in one)
    told = [pair.after for pair in pairs if pair.after]
    assert sorted(duty.name for duty in told) == sorted(duty.name for duty in two)
    same = match_duties(one, one)
    assert not any(pair.effects or pair.is_reworded for pair in same)
    assert all(pair.before is not None and pair.after is not None for pair in same)
