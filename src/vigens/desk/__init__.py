"""The use cases: where files, journal, engine, intake and watch meet.

The desk reports what evidence and rules come to. It settles no dispute, gives no
legal opinion and reads no clock.

Example:
    >>> from vigens.desk import Looking, Session, make_lens, open_case  # doctest: +SKIP
    >>> case = open_case("examples/paris", clock)  # doctest: +SKIP
    >>> lens = make_lens(case, Looking(now=0, as_of="2026-02-25"))  # doctest: +SKIP
    >>> Session(case, lens).ask("activation_condition")[0].word  # doctest: +SKIP
    'NO'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.desk.acts import (
        LEVELS,
        approval_drafts,
        confirmation_draft,
        same_origin_draft,
    )
    from vigens.desk.answer import Answer, Evidence
    from vigens.desk.answers import Session, sentence
    from vigens.desk.backups import Place
    from vigens.desk.beginning import begin_case
    from vigens.desk.bundles import (
        Bundled,
        Merged,
        export_bundle,
        import_bundle,
        is_bundle_file,
    )
    from vigens.desk.carrying import Carried, carry_out, named, waiting_now
    from vigens.desk.case import (
        Case,
        open_case,
        open_store,
        read_pages,
        reopen_case,
    )
    from vigens.desk.ceasefires import ConvertedCeasefires, convert_ceasefires
    from vigens.desk.check import Checked, check_case, check_files, check_journal
    from vigens.desk.comparing import (
        ChangedAnswer,
        ChangedCounts,
        ChangedDuty,
        ChangedState,
        ChangedStep,
        Changes,
        Further,
        Side,
        compare,
        compare_lenses,
    )
    from vigens.desk.correct import RECTIFY, SUPERSEDE, Correction, correction_draft
    from vigens.desk.drafting import matter_of, statement_of
    from vigens.desk.files import read_bytes, read_text, write_whole
    from vigens.desk.filling import Filling, Queued, add_passage, add_report
    from vigens.desk.foreseeing import Foreseen, foresee
    from vigens.desk.foureyes import SecondLook, read_second_look
    from vigens.desk.journals import (
        Prepared,
        find_journal,
        journal_of,
        prepare_server,
        pulse,
    )
    from vigens.desk.layout import LaidOut, find_pages, lay_out
    from vigens.desk.lifting import rung_of
    from vigens.desk.likeness import Likeness, Likenesses
    from vigens.desk.log import (
        LogEntry,
        LogLine,
        LogPages,
        page_log,
        read_log,
        read_log_entry,
    )
    from vigens.desk.looking import Looking, make_lens, parse_hypothesis
    from vigens.desk.marking import (
        group_draft,
        mark_drafts,
        marks_for,
        membership_draft,
    )
    from vigens.desk.matters import MatterView, read_matter
    from vigens.desk.missing import MissingFor, read_missing
    from vigens.desk.proposing import Asked, Model, propose, read_model
    from vigens.desk.questions import (
        as_atom,
        read_meant,
        read_question,
        refuse_crowd,
    )
    from vigens.desk.queue import Suggested, read_queue
    from vigens.desk.readings import Readings
    from vigens.desk.reasons import (
        ClaimView,
        SourceView,
        Why,
        WhyNode,
        claims_about,
        why,
    )
    from vigens.desk.record import (
        Graded,
        confirm_occurrence,
        grade_claim,
        read_effect,
        record_look,
    )
    from vigens.desk.recovery import (
        BackedUp,
        Restored,
        Salvaged,
        backup_journal,
        restore_journal,
        salvage_journal,
    )
    from vigens.desk.redacting import (
        complete,
        find_redaction,
        redactions,
        versions,
        want_redaction,
    )
    from vigens.desk.reports import Report, place_words, read_report, report_files
    from vigens.desk.review import (
        FIELDS,
        NO_EFFECT,
        Accepted,
        accept_suggestion,
        edit_suggestion,
        find_suggested,
        reject_suggestion,
    )
    from vigens.desk.saying import Said, said_drafts
    from vigens.desk.sealing import (
        OpenedOffer,
        ReleasedTotal,
        SealedOffer,
        make_opening,
        open_offer,
        past_releases,
        release_total,
        seal_held,
        seal_offer,
    )
    from vigens.desk.settings import Settings, read_settings
    from vigens.desk.status import (
        Count,
        Counts,
        Duty,
        Matrix,
        MatrixRow,
        PlannedStep,
        Status,
        Tally,
        count_sentence,
        find_measures,
        read_counts,
        read_duty,
        read_matrix,
        read_status,
        read_step,
    )
    from vigens.desk.tallied import ChangedTally, TallyRead, range_words, read_tallied
    from vigens.desk.timelines import Interval, read_timeline
    from vigens.desk.transfer import (
        Imported,
        export_journal,
        import_journal,
        write_export,
    )
    from vigens.desk.unknowns import (
        LeftOpen,
        Unknown,
        in_general,
        read_left_open,
        read_unknowns,
    )
    from vigens.desk.usable import require_usable
    from vigens.desk.vouching import (
        Inclusion,
        Key,
        Standing,
        make_head,
        make_receipt,
        prove_growth,
        prove_inclusion,
        read_key,
        signed_heads,
        standing_logs,
        verify_file,
    )
    from vigens.desk.walking import walk
    from vigens.desk.weaving import Woven, weave_files

__all__ = [
    "FIELDS",
    "LEVELS",
    "NO_EFFECT",
    "RECTIFY",
    "SUPERSEDE",
    "Accepted",
    "Answer",
    "Asked",
    "BackedUp",
    "Bundled",
    "Carried",
    "Case",
    "ChangedAnswer",
    "ChangedCounts",
    "ChangedDuty",
    "ChangedState",
    "ChangedStep",
    "ChangedTally",
    "Changes",
    "Checked",
    "ClaimView",
    "ConvertedCeasefires",
    "Correction",
    "Count",
    "Counts",
    "Duty",
    "Evidence",
    "Filling",
    "Foreseen",
    "Further",
    "Graded",
    "Imported",
    "Inclusion",
    "Interval",
    "Key",
    "LaidOut",
    "LeftOpen",
    "Likeness",
    "Likenesses",
    "LogEntry",
    "LogLine",
    "LogPages",
    "Looking",
    "Matrix",
    "MatrixRow",
    "MatterView",
    "Merged",
    "MissingFor",
    "Model",
    "OpenedOffer",
    "Place",
    "PlannedStep",
    "Prepared",
    "Queued",
    "Readings",
    "ReleasedTotal",
    "Report",
    "Restored",
    "Said",
    "Salvaged",
    "SealedOffer",
    "SecondLook",
    "Session",
    "Settings",
    "Side",
    "SourceView",
    "Standing",
    "Status",
    "Suggested",
    "Tally",
    "TallyRead",
    "Unknown",
    "Why",
    "WhyNode",
    "Woven",
    "accept_suggestion",
    "add_passage",
    "add_report",
    "approval_drafts",
    "as_atom",
    "backup_journal",
    "begin_case",
    "carry_out",
    "check_case",
    "check_files",
    "check_journal",
    "claims_about",
    "compare",
    "compare_lenses",
    "complete",
    "confirm_occurrence",
    "confirmation_draft",
    "convert_ceasefires",
    "correction_draft",
    "count_sentence",
    "edit_suggestion",
    "export_bundle",
    "export_journal",
    "find_journal",
    "find_measures",
    "find_pages",
    "find_redaction",
    "find_suggested",
    "foresee",
    "grade_claim",
    "group_draft",
    "import_bundle",
    "import_journal",
    "in_general",
    "is_bundle_file",
    "journal_of",
    "lay_out",
    "make_head",
    "make_lens",
    "make_opening",
    "make_receipt",
    "mark_drafts",
    "marks_for",
    "matter_of",
    "membership_draft",
    "named",
    "open_case",
    "open_offer",
    "open_store",
    "page_log",
    "parse_hypothesis",
    "past_releases",
    "place_words",
    "prepare_server",
    "propose",
    "prove_growth",
    "prove_inclusion",
    "pulse",
    "range_words",
    "read_bytes",
    "read_counts",
    "read_duty",
    "read_effect",
    "read_key",
    "read_left_open",
    "read_log",
    "read_log_entry",
    "read_matrix",
    "read_matter",
    "read_meant",
    "read_missing",
    "read_model",
    "read_pages",
    "read_question",
    "read_queue",
    "read_report",
    "read_second_look",
    "read_settings",
    "read_status",
    "read_step",
    "read_tallied",
    "read_text",
    "read_timeline",
    "read_unknowns",
    "record_look",
    "redactions",
    "refuse_crowd",
    "reject_suggestion",
    "release_total",
    "reopen_case",
    "report_files",
    "require_usable",
    "restore_journal",
    "rung_of",
    "said_drafts",
    "salvage_journal",
    "same_origin_draft",
    "seal_held",
    "seal_offer",
    "sentence",
    "signed_heads",
    "standing_logs",
    "statement_of",
    "verify_file",
    "versions",
    "waiting_now",
    "walk",
    "want_redaction",
    "weave_files",
    "why",
    "write_export",
    "write_whole",
]

__getattr__ = lazily(__name__)
