"""One choke point: whoever answers a reader gets that reader's view, and no log.

`desk/records.py` holds the entries of a case; `Case.seen` gives a view of them. What
records, checks or carries a journal may touch the whole of it, and is listed here.
"""

from __future__ import annotations

import ast

from tests.architecture.source import Module, imports, modules, nodes

#: May take the whole log from a case: they record, check or carry it.
WORKS_ON_ALL = {
    "vigens.desk.foreseeing",
    "vigens.desk.redacting",
    "vigens.desk.rows.taking",
    "vigens.desk.carrying",
    "vigens.desk.likeness",
    "vigens.desk.marking",
    "vigens.desk.queue",
    "vigens.desk.record",
    "vigens.desk.review",
    "vigens.desk.takingback",
}

#: May open a journal, and so come by entries that no clearance was asked for.
OPENS_JOURNALS = {
    "vigens.desk.backups",
    "vigens.desk.beginning",
    "vigens.desk.bundles",
    "vigens.desk.vouching",
    "vigens.desk.case",
    "vigens.desk.check",
    "vigens.desk.journals",
    "vigens.desk.largejournal",
    "vigens.desk.inquiry.proving",
    "vigens.desk.recovery",
    "vigens.desk.transfer",
    "vigens.desk.treaties.writing",
}

#: Names of the journal that give entries unfiltered, or a view of anybody's choice.
UNFILTERED = {
    "EVERYTHING",
    "export_lines",
    "fsck",
    "governing",
    "open_journal",
    "read_lines",
    "read_readers",
    "visible",
}

#: May open the journal of a case for recording; the package shows the name.
RECORDS = {
    "vigens.desk.sealing",
    "vigens.desk",
    "vigens.desk.redacting",
    "vigens.desk.carrying",
    "vigens.desk.record",
    "vigens.desk.review",
    "vigens.desk.takingback",
}

#: May touch the bulk tables of a case before a clearance is applied.
HOLDS_TABLES = {
    "vigens.desk.answers",
    "vigens.desk.assembling",
    "vigens.desk.usable",
    "vigens.desk.check",
}


def above_the_journal() -> list[Module]:
    return [m for m in modules() if m.room in ("desk", "board", "cli")]


def test_only_what_works_on_all_takes_the_whole_log() -> None:
    users = {
        found.importer.name
        for module in modules()
        for found in imports(module)
        if found.target == "vigens.desk.records.unfiltered"
    }
    assert users == WORKS_ON_ALL


def test_only_carriers_touch_unfiltered_entries() -> None:
    users = {
        found.importer.name
        for module in above_the_journal()
        for found in imports(module)
        if found.target in {f"vigens.journal.{name}" for name in UNFILTERED}
    }
    assert users == {*OPENS_JOURNALS, "vigens.desk.records"}


def test_only_recording_opens_a_store() -> None:
    users = {
        found.importer.name
        for module in above_the_journal()
        for found in imports(module)
        if found.target.endswith(".open_store")
    }
    assert users == RECORDS


def attributes(module: Module, name: str) -> list[int]:
    return [
        node.lineno
        for node in nodes(module)
        if isinstance(node, ast.Attribute) and node.attr == name
    ]


def test_only_the_case_holds_its_records() -> None:
    users = {m.name for m in modules() if attributes(m, "records")}
    assert users == {"vigens.desk.case", *WORKS_ON_ALL}


def test_bulk_tables_are_filtered_before_they_answer() -> None:
    users = {
        module.name
        for module in above_the_journal()
        for node in nodes(module)
        if isinstance(node, ast.Attribute)
        and node.attr == "tables"
        and not (
            isinstance(node.value, ast.Attribute) and node.value.attr == "settings"
        )
        and not (isinstance(node.value, ast.Name) and node.value.id == "settings")
    }
    assert users == HOLDS_TABLES


def test_reading_entries_off_a_case_is_caught() -> None:
    code = ast.parse("def answer(case):\n    return case.records._entries\n")
    found = Module(modules()[0].path, "vigens.desk.sneaky", code)
    assert attributes(found, "records") == [2]
