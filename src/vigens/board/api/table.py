"""The table of the API: every endpoint with the rule that guards it."""

from __future__ import annotations

from vigens.board.api.endpoints import Endpoint
from vigens.board.api.filing import FILING
from vigens.board.api.listing import (
    list_agreements,
    list_counts,
    list_documents,
    list_entries,
    list_findings,
    list_found,
    list_intervals,
    list_meetings,
    list_obligations,
    list_offers,
    tell_agreement,
    tell_entry,
)
from vigens.board.api.listshapes import (
    AgreementForm,
    AgreementsForm,
    EntriesForm,
    FindingsForm,
    FoundForm,
    MeetingsForm,
    OffersForm,
    TimelineForm,
    WholeEntryForm,
)
from vigens.board.api.params import Param
from vigens.board.api.proofshapes import ConsistencyForm, HeadsForm, InclusionForm
from vigens.board.api.reading import (
    MOST_DEEP,
    tell_answers,
    tell_compared,
    tell_consistency,
    tell_heads,
    tell_inclusion,
    tell_matrix,
    tell_measure,
    tell_missing,
    tell_obligation,
    tell_status,
    tell_why,
)
from vigens.board.api.recording import RECORDING
from vigens.board.api.shapes import (
    AnswersForm,
    ComparedForm,
    DutiesForm,
    GridForm,
    LackingForm,
    MeasureForm,
    MeasuresForm,
    ObligationForm,
    WhyForm,
)
from vigens.desk.forms import StatusForm
from vigens.people import Permission

READ = Permission.READ

_QUESTION = Param(
    "q",
    "A state such as `endorsed(paris, _, CZ)` (`_` stands for any), an obligation, a "
    "planned step or a measure.",
    is_needed=True,
)
_QUESTIONS = Param("q", _QUESTION.words, is_many=True, is_needed=True)
_LOG = Param("log", "`all`, or a mark; `public` where nothing is said.")

ANSWERS = (
    Endpoint("/status", READ, "The status of the case", StatusForm, tell_status),
    Endpoint(
        "/answers",
        READ,
        "Answers to questions of any kind",
        AnswersForm,
        tell_answers,
        params=(_QUESTIONS,),
    ),
    Endpoint(
        "/why",
        READ,
        "An answer unfolded: rule, condition, fact, claim, source",
        WhyForm,
        tell_why,
        params=(
            _QUESTION,
            Param("depth", "Unfold no deeper.", "whole", least=0, most=MOST_DEEP),
        ),
    ),
    Endpoint(
        "/missing",
        READ,
        "What would have to happen for an answer to be YES",
        LackingForm,
        tell_missing,
        params=(_QUESTION,),
    ),
    Endpoint(
        "/obligations",
        READ,
        "Every obligation with its instances",
        DutiesForm,
        list_obligations,
        is_list=True,
    ),
    Endpoint(
        "/obligations/{name}",
        READ,
        "One obligation with what each instance rests on",
        ObligationForm,
        tell_obligation,
    ),
    Endpoint(
        "/agreements",
        READ,
        "Agreement pages and the instruments that they declare",
        AgreementsForm,
        list_agreements,
        is_list=True,
    ),
    Endpoint(
        "/agreements/{name:path}",
        READ,
        "One agreement page as it is written",
        AgreementForm,
        tell_agreement,
    ),
    Endpoint("/matrix", READ, "Who endorses which component", GridForm, tell_matrix),
    Endpoint(
        "/counts",
        READ,
        "Counts, measure by measure: never a sum",
        MeasuresForm,
        list_counts,
        is_list=True,
    ),
    Endpoint(
        "/counts/{measure}",
        READ,
        "One measure with the claims behind each count",
        MeasureForm,
        tell_measure,
    ),
    Endpoint(
        "/offers",
        READ,
        "Offers with conditions and gates",
        OffersForm,
        list_offers,
        params=(
            Param("party", "Only offers of this party."),
            Param("domain", "Only offers in this domain."),
        ),
        is_list=True,
    ),
    Endpoint(
        "/meetings",
        READ,
        "Meetings with attendance as reported",
        MeetingsForm,
        list_meetings,
        is_list=True,
    ),
    Endpoint(
        "/compare",
        READ,
        "What differs between two lenses",
        ComparedForm,
        tell_compared,
        params=(
            Param("q", _QUESTION.words, is_many=True),
            Param("from_as_of", "The day asked about, before.", example="2026-01-06"),
            Param("from_known_at", "Count only what was known by then, before."),
            Param("from_recorded_at", "Count only what was recorded by then, before."),
            Param("from_policy", "The evidence policy, before."),
        ),
        words="The lens of the answer is the later side. `suppose` is laid over it alone.",
    ),
    Endpoint(
        "/timeline",
        READ,
        "Every maximal interval of the states that a pattern names",
        TimelineForm,
        list_intervals,
        params=(
            Param("pattern", "A state, a name, or a name with `*`; all if unsaid."),
        ),
        is_list=True,
    ),
)

RECORD = (
    Endpoint(
        "/entries",
        READ,
        "The log, as far as the reader may see it",
        EntriesForm,
        list_entries,
        params=(
            Param("kind", "Only entries of this kind.", example="claim"),
            Param("about", "Only entries about this one: its id or the beginning."),
        ),
        is_list=True,
    ),
    Endpoint(
        "/entries/{id}",
        READ,
        "One entry with what is around it",
        WholeEntryForm,
        tell_entry,
        words="Named by the first 6 digits of its id or more, or by its row.",
    ),
    Endpoint(
        "/search",
        READ,
        "Search statements, titles and sources; every word must be there",
        FoundForm,
        list_found,
        params=(Param("q", "Words.", is_needed=True, example="ceasefire"),),
        is_list=True,
    ),
    Endpoint(
        "/documents",
        READ,
        "Documents that are on record",
        EntriesForm,
        list_documents,
        is_list=True,
    ),
    Endpoint(
        "/findings",
        READ,
        "What is to be mended in agreement files and journal",
        FindingsForm,
        list_findings,
        is_list=True,
    ),
    Endpoint("/proofs/head", READ, "How the logs stand", HeadsForm, tell_heads),
    Endpoint(
        "/proofs/inclusion",
        READ,
        "That an entry is in a log (RFC 6962)",
        InclusionForm,
        tell_inclusion,
        params=(
            Param("entry", "Its id, the beginning of it, or its row.", is_needed=True),
            _LOG,
        ),
    ),
    Endpoint(
        "/proofs/consistency",
        READ,
        "That a log only grew (RFC 6962)",
        ConsistencyForm,
        tell_consistency,
        params=(
            Param(
                "first",
                "Its size then.",
                "whole",
                is_needed=True,
                least=1,
                most=999_999_999,
            ),
            _LOG,
        ),
    ),
)

ENDPOINTS: tuple[Endpoint, ...] = (*ANSWERS, *RECORD, *FILING, RECORDING)
