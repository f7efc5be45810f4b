"""What is written into ``import_history``: one row an import, from the moment the file arrived.

In: a connection whose tenant is set. The row is written ``processing`` before the work and gets its final state in the
transaction that loads the lines, so that the history never says more than the table holds.
"""

import os
import re
import socket
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.domain.fields import ImportState
from budget_sync.importing.options import ImportOptions, IncomingFile
from budget_sync.importing.past_imports import get_record
from budget_sync.importing.result import Decision, ImportRecord, ImportStats, NamedLines
from budget_sync.mapping.analysis import Analysis, Question
from budget_sync.mapping.memory import Lesson

_NUL = re.compile(r"((?<!\\)(?:\\\\)*)\\u0000")  # as JSON writes it, but not after a backslash that stands for itself


def this_worker() -> str:
    """Who works: the host and the process, by which the janitor finds the dead."""
    return f"{socket.gethostname()}:{os.getpid()}"


def claim(
    connection: Connection, incoming: IncomingFile, options: ImportOptions, sha256: str, digest: str, run_id: str | None
) -> UUID | None:
    """Write the row ``processing``; None where the same version of the same remote file is claimed already."""
    row = connection.execute(
        """
        INSERT INTO import_history (customer_id, file_name, sha256, size_bytes, source_type, source_id, remote_version,
                                    request, request_digest, user_name, run_id, worker)
        VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (customer_id, source_id, file_name, remote_version) WHERE source_id IS NOT NULL DO NOTHING
        RETURNING id
        """,
        (
            incoming.file_name,
            sha256,
            len(incoming.content),
            incoming.source_type,
            incoming.source_id,
            incoming.remote_version,
            msgspec.json.encode(options).decode(),
            digest,
            incoming.user,
            run_id,
            this_worker(),
        ),
    ).fetchone()
    return row[0] if row else None


def find_claim(connection: Connection, incoming: IncomingFile) -> ImportRecord:
    """The earlier import of the same version of the same remote file."""
    (import_id,) = only_row(
        connection.execute(
            "SELECT id FROM import_history WHERE source_id = %s AND file_name = %s AND remote_version = %s",
            (incoming.source_id, incoming.file_name, incoming.remote_version),
        )
    )
    return get_record(connection, import_id)


def reopen(connection: Connection, import_id: UUID, run_id: str | None = None) -> None:
    """Take up an import that did not come to an end, or whose end a new attempt may better."""
    connection.execute(
        """
        UPDATE import_history
        SET status = 'processing', error_code = NULL, error_message = NULL, finished_at = NULL, duration_ms = NULL,
            worker = %s, run_id = coalesce(%s, run_id), lease_until = now() + interval '15 minutes',
            started_at = CASE WHEN status = 'processing' THEN started_at ELSE clock_timestamp() END
        WHERE id = %s AND status IN ('processing', 'failed', 'rejected', 'needs_review')
        """,
        (this_worker(), run_id, import_id),
    )


def keep_analysis(
    connection: Connection, import_id: UUID, analysis: Analysis, mapping_digest: str, lesson: Lesson
) -> None:
    """Write what was understood into the row, and what it will teach once it has loaded."""
    connection.execute(
        """
        UPDATE import_history
        SET analysis = %s, mapping_digest = %s, lesson = %s, file_type = %s, sheet = %s, control_totals = %s
        WHERE id = %s
        """,
        (
            as_json(analysis),
            mapping_digest,
            as_json(lesson),
            analysis.file_type_detection.likely_file_type.value,
            analysis.sheet,
            as_json(analysis.control_totals),
            import_id,
        ),
    )


def settle(
    connection: Connection,
    import_id: UUID,
    state: ImportState,
    stats: ImportStats,
    warnings: list[str],
    named: NamedLines | None = None,
) -> None:
    """Write the final state of an import that went through."""
    connection.execute(
        """
        UPDATE import_history
        SET status = %s, error_code = NULL, error_message = NULL, warnings = %s, named_lines = %s, total_rows = %s,
            success_rows = %s, error_rows = %s, created = %s, updated = %s, unchanged = %s, removed = %s,
            finished_at = clock_timestamp(),
            duration_ms = extract(epoch FROM clock_timestamp() - started_at) * 1000
        WHERE id = %s
        """,
        (state.value, as_json(warnings), as_json(named or NamedLines()), *msgspec.structs.astuple(stats), import_id),
    )


def ask(connection: Connection, import_id: UUID, question: Question) -> None:
    """Add a question to those of the analysis, once."""
    analysis = get_record(connection, import_id).analysis
    if analysis is not None and all(other.code != question.code for other in analysis.questions):
        asked = msgspec.structs.replace(analysis, questions=[*analysis.questions, question])
        connection.execute("UPDATE import_history SET analysis = %s WHERE id = %s", (as_json(asked), import_id))


def confirm(connection: Connection, import_id: UUID, options: ImportOptions, digest: str, decision: Decision) -> None:
    """Ask for what a person decided; what was asked and answered is kept."""
    connection.execute(
        "UPDATE import_history SET request = %s, request_digest = %s, decisions = decisions || %s::jsonb WHERE id = %s",
        (msgspec.json.encode(options).decode(), digest, as_json([decision]), import_id),
    )


def decline(connection: Connection, import_id: UUID, decision: Decision) -> None:
    """Turn down what waits; what was asked and the reason are kept."""
    connection.execute(
        """
        UPDATE import_history
        SET status = 'declined', error_code = 'declined', error_message = %s, finished_at = clock_timestamp(),
            decisions = decisions || %s::jsonb
        WHERE id = %s
        """,
        (decision.reason, as_json([decision]), import_id),
    )


def begin_undo(connection: Connection, undone: ImportRecord, user: str | None) -> UUID:
    """Write the row of the import that takes another one back; ``settle`` ends it in the same transaction."""
    (import_id,) = only_row(
        connection.execute(
            """
            INSERT INTO import_history
                (customer_id, file_name, sha256, size_bytes, source_type, user_name, worker, undo_of)
            VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, 'undo', %s, %s, %s) RETURNING id
            """,
            (undone.file_name, undone.sha256, undone.size_bytes, user, this_worker(), undone.import_id),
        )
    )
    return UUID(str(import_id))


def mark(connection: Connection, import_id: UUID, state: ImportState) -> None:
    """Give an import that ended another end: taken back, or standing again."""
    connection.execute("UPDATE import_history SET status = %s WHERE id = %s", (state.value, import_id))


def settle_unchanged(connection: Connection, import_id: UUID, earlier: ImportRecord) -> None:
    """Write that the same import loaded earlier and still stands; what was understood then is understood now."""
    connection.execute(
        """
        UPDATE import_history this
        SET analysis = earlier.analysis, mapping_digest = earlier.mapping_digest, file_type = earlier.file_type,
            sheet = earlier.sheet, control_totals = earlier.control_totals
        FROM import_history earlier WHERE this.id = %s AND earlier.id = %s
        """,
        (import_id, earlier.import_id),
    )
    stats = earlier.stats
    lines = stats.created + stats.updated + stats.unchanged
    unchanged = ImportStats(stats.total_rows, stats.success_rows, stats.error_rows, unchanged=lines)
    settle(connection, import_id, ImportState.UNCHANGED, unchanged, [])


def settle_error(
    connection: Connection, import_id: UUID, state: ImportState, error: BudgetSyncError, stats: ImportStats
) -> None:
    """Write why an import did not load; one that loaded already keeps its state."""
    connection.execute(
        """
        UPDATE import_history
        SET status = %s, error_code = %s, error_message = %s, total_rows = %s, success_rows = %s, error_rows = %s,
            finished_at = clock_timestamp(), duration_ms = extract(epoch FROM clock_timestamp() - started_at) * 1000
        WHERE id = %s AND status = 'processing'
        """,
        (
            state.value,
            error.code,
            error.message,
            stats.total_rows,
            stats.success_rows,
            stats.error_rows,
            import_id,
        ),
    )


def as_json(value: object) -> str:
    """As JSON for a jsonb column, which takes no NUL and no lone surrogate."""
    return _NUL.sub(r"\1", msgspec.json.encode(value).decode())
