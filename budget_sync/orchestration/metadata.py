"""What a data engineer looks for on each asset of a file, from its record; nothing secret, five rows at most.

Numbers become plots over the files, tables open on a click, URLs lead to the pages, where a browser can sign in.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec
from dagster import MetadataValue, TableColumn, TableColumnConstraints, TableSchema

from budget_sync.domain.fields import ImportState
from budget_sync.orchestration.reported import total_of
from budget_sync.orchestration.tables import shown_list, shown_table, shown_text
from budget_sync.validation.rules import DESCRIPTIONS, PLACES, TEXT_RULES

if TYPE_CHECKING:
    from budget_sync.importing.result import ImportRecord
    from budget_sync.loading import PreparedLines
    from budget_sync.validation.lines import RowError

Metadata = Mapping[str, MetadataValue]
CERTAIN: Final = 0.9
_SAMPLE_ROWS = 5
_PREVIEW_COLUMNS = ("row", "department", "sub_category", "fiscal_period", "budgeted_amount", "currency", "line_type")


def import_links(record: "ImportRecord", service_url: str) -> dict[str, MetadataValue]:
    """What ties the four assets of one file together; the state only once it is the last one."""
    ended = record.finished_at is not None
    return {
        "file_name": MetadataValue.text(record.file_name),
        **({"status": MetadataValue.text(record.status.value)} if ended else {}),
        "page": MetadataValue.url(_page(record, service_url)),
        "import_id": MetadataValue.text(str(record.import_id)),
    }


def _page(record: "ImportRecord", service_url: str) -> str:
    """The page of the import: who is not signed in does so on the way there, which no address of the API offers."""
    return f"{service_url}/fpa/import/imports/{record.import_id}"


def _why_not(record: "ImportRecord") -> dict[str, MetadataValue]:
    """First of all, and nothing where it went well: the sentence that a person looks for."""
    return {"why_not_loaded": MetadataValue.text(record.error.message)} if record.error else {}


def _decided(record: "ImportRecord") -> dict[str, MetadataValue]:
    """What a person decided last of a file that waited; nothing where nobody had to."""
    if not record.decisions:
        return {}
    last = record.decisions[-1]
    said = f": {last.reason}" if last.reason else ""
    return _decision(f"{last.decision.capitalize()} by {last.user or 'somebody'}{said}", last.at)


def _decision(sentence: str, at: datetime) -> dict[str, MetadataValue]:
    return {
        "decision": MetadataValue.text(shown_text(sentence)),
        "decided_at": MetadataValue.timestamp(at),
    }


def received_metadata(record: "ImportRecord", service_url: str) -> Metadata:
    """Of the received file."""
    return {
        **_why_not(record),
        "size_bytes": MetadataValue.int(record.size_bytes),
        "sha256": MetadataValue.text(record.sha256),
        "source_type": MetadataValue.text(record.source_type),
        "received_at": MetadataValue.timestamp(record.received_at),
        **({"remote_version": MetadataValue.text(record.remote_version)} if record.remote_version else {}),
        **({"sent_by": MetadataValue.text(record.user)} if record.user else {}),
        **import_links(record, service_url),
    }


def mapping_metadata(record: "ImportRecord", service_url: str) -> Metadata:
    """Of the column mapping: what the file is, which column is what, how sure, what is open."""
    analysis = record.analysis
    if analysis is None:
        return _decided(record) | _why_not(record) | import_links(record, service_url)
    detected = analysis.file_type_detection
    confidences = [mapping.confidence for mapping in analysis.mappings if mapping.target_field is not None]
    certain = sum(confidence >= CERTAIN for confidence in confidences)
    mappings = shown_table(
        ["column", "header", "field", "confidence", "reason", "samples"],
        [
            (m.column_index + 1, m.source_column, m.target_field, round(m.confidence, 2), m.reason,
             ", ".join(m.sample_values[:3]))
            for m in analysis.mappings
        ],
    )  # fmt: skip
    return {
        **_decided(record),
        **_why_not(record),
        "file_type": MetadataValue.text(detected.likely_file_type.value),
        "file_type_confidence": MetadataValue.float(detected.confidence),
        "evidence": shown_list("evidence", (*detected.evidence, *detected.warnings)),
        "mapping": mappings,
        "least_confidence": MetadataValue.float(min(confidences, default=0.0)),
        "certain_share": MetadataValue.float(round(certain / len(confidences), 4) if confidences else 0.0),
        "mapped_columns": MetadataValue.int(len(confidences)),
        "unmapped_columns": MetadataValue.int(len(analysis.unmapped_columns)),
        "questions": shown_list("question", [question.text for question in analysis.questions]),
        "layout": MetadataValue.text(analysis.layout.value),
        "sheet": MetadataValue.text(analysis.sheet or "-"),
        "header_row": MetadataValue.text("none" if analysis.header_row is None else str(analysis.header_row + 1)),
        "preview": shown_table(analysis.headers, analysis.sample_rows[:_SAMPLE_ROWS]),
        **import_links(record, service_url),
    }


def lines_metadata(
    record: "ImportRecord", service_url: str, errors: Sequence["RowError"], lines: "PreparedLines | None" = None
) -> Metadata:
    """Of the validated lines; ``lines`` where they are at hand, for the preview and the schema."""
    total, bad = record.stats.total_rows, record.stats.error_rows
    shown = [(error.row + 1, error.column, error.value, error.reason) for error in errors[:_SAMPLE_ROWS]]
    entries: dict[str, MetadataValue] = {
        **_why_not(record),
        "total_rows": MetadataValue.int(total),
        "error_rows": MetadataValue.int(bad),
        "error_share": MetadataValue.float(round(bad / total, 4) if total else 0.0),
        "errors": shown_table(["row", "column", "value", "reason"], shown),
        **({"all_errors": MetadataValue.url(f"{_page(record, service_url)}/errors?format=xlsx")} if bad else {}),
        "dagster/column_schema": MetadataValue.table_schema(lines_schema()),
    }
    if lines is not None:
        preview = [msgspec.structs.astuple(line) for line in lines.first_lines[:_SAMPLE_ROWS]]
        entries["dagster/row_count"] = MetadataValue.int(lines.amount_count)
        entries["preview"] = shown_table(_PREVIEW_COLUMNS, preview)
        entries["notes"] = shown_list("note", lines.notes)
    return entries | import_links(record, service_url)


def budgets_metadata(record: "ImportRecord", service_url: str) -> Metadata:
    """Of the budgets: what the load did."""
    stats = record.stats
    totals = [(each.row + 1, each.label, each.stated, each.computed, each.agrees) for each in record.control_totals]
    written = stats.created + stats.updated + stats.unchanged
    total = total_of(record)
    return {
        **_decided(record),
        "dagster/row_count": MetadataValue.int(written),
        "created": MetadataValue.int(stats.created),
        "updated": MetadataValue.int(stats.updated),
        "unchanged": MetadataValue.int(stats.unchanged),
        "removed": MetadataValue.int(stats.removed),
        "error_rows": MetadataValue.int(stats.error_rows),
        "seconds": MetadataValue.float((record.duration_ms or 0) / 1000),
        **({"total": MetadataValue.text(f"{total:f}")} if total is not None else {}),
        "control_totals": shown_table(["row", "label", "stated", "computed", "agrees"], totals),
        "warnings": shown_list("warning", record.warnings),
        "budgets": MetadataValue.url(f"{_page(record, service_url)}#changes"),
        **import_links(record, service_url),
    }


def undo_metadata(undo: "ImportRecord", file: "ImportRecord", service_url: str) -> Metadata:
    """Of the budgets, once somebody took the file back, or took that back: the links lead to the undo."""
    happened = "Taken back" if file.status is ImportState.UNDONE else "Put back"
    stats = undo.stats
    return {
        **_decision(f"{happened} by {undo.user or 'somebody'}", undo.finished_at or undo.received_at),
        **import_links(undo, service_url),
        "status": MetadataValue.text(file.status.value),
        "restored": MetadataValue.int(stats.created),
        "set_back": MetadataValue.int(stats.updated),
        "removed": MetadataValue.int(stats.removed),
        "warnings": shown_list("warning", undo.warnings),
        "file": MetadataValue.url(f"{service_url}/fpa/import/imports/{file.import_id}"),
    }


def lines_schema() -> TableSchema:
    """The columns of the validated lines, and the rules that each text passed.

    From these rather than from the Pandera schema, which is made of them: that costs a second of every run to import.
    """
    return TableSchema(
        columns=[
            TableColumn(
                name=name,
                type="int" if name in PLACES else "string",
                description=description,
                constraints=TableColumnConstraints(
                    nullable=False, other=[rule.words for rule in TEXT_RULES.get(name, ())]
                ),
            )
            for name, description in DESCRIPTIONS.items()
        ]
    )
