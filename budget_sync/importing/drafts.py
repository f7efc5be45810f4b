"""Files that a person looks at before anything is loaded: what they chose is kept with each change.

In: ``Database``, bytes or an import that waits. Out: ``Draft``. A draft belongs to the customer, not to a session: it
is there again after a sign-in, in another tab, behind the back button. What comes of it is an import as any other.
"""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from budget_sync.database import Connection, Transactions
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import ConflictError, NotFoundError
from budget_sync.domain.fields import ImportState
from budget_sync.importing import history, past_imports
from budget_sync.importing.draft_rows import SELECT_DRAFT, SELECT_OPEN, SELECT_OPEN_REVIEW, Draft, OpenDraft, to_draft
from budget_sync.importing.file_store import fetch_file, store_file
from budget_sync.importing.knowledge import read_knowledge
from budget_sync.importing.mapping_memory import source_key
from budget_sync.importing.options import ImportOptions, storable_name
from budget_sync.importing.outline import Outline, outline_of
from budget_sync.importing.understanding import understand_incoming
from budget_sync.importing.work import customer_defaults

_UPLOAD = "upload"
_KEPT_DAYS = 30
_REVIEWED = frozenset({ImportState.NEEDS_REVIEW, ImportState.REJECTED})


def start_draft(database: Transactions, customer_id: UUID, file_name: str, content: bytes, user: str) -> Draft:
    """Keep a file and understand it; drafts that nobody touched for thirty days go.

    Raises:
        UnreadableFileError: the bytes are no table.
    """
    name, options = storable_name(file_name), ImportOptions()
    outline = _understood(database, customer_id, name, content, options, _UPLOAD)
    with database.tenant(customer_id) as connection:
        connection.execute(
            "DELETE FROM import_draft WHERE updated_at < now() - make_interval(days => %s)", (_KEPT_DAYS,)
        )
        sha256 = store_file(connection, content)
        return _insert(connection, name, sha256, len(content), options, outline, user, None)


def open_review(database: Transactions, customer_id: UUID, import_id: UUID, user: str) -> Draft:
    """The draft that decides about an import which waits; the same one for everybody who opens it.

    Raises:
        NotFoundError: the customer has no such import.
        ConflictError: it does not wait for anybody.
    """
    with database.tenant(customer_id) as connection:
        record = past_imports.get_record(connection, import_id)
        if record.status not in _REVIEWED:
            raise ConflictError(f"This import is {record.status}; it waits for nobody.", status=record.status)
        row = connection.execute(SELECT_OPEN_REVIEW, (import_id,)).fetchone()
        if row is not None:
            return to_draft(row)
        content = fetch_file(connection, record.sha256)
    options = msgspec.convert(record.request, ImportOptions)
    key = source_key(record.source_type, record.source_id)
    outline = _understood(database, customer_id, record.file_name, content, options, key)
    with database.tenant(customer_id) as connection:
        return _insert(connection, record.file_name, record.sha256, len(content), options, outline, user, import_id)


def get_draft(connection: Connection, draft_id: UUID) -> Draft:
    """One draft of the customer.

    Raises:
        NotFoundError: there is none, or it was discarded.
    """
    row = connection.execute(SELECT_DRAFT, (draft_id,)).fetchone()
    if row is None:
        raise NotFoundError("This file is not kept here any more. Send it again.")
    return to_draft(row)


def change_draft(
    database: Transactions, customer_id: UUID, draft: Draft, options: ImportOptions, answered: Mapping[str, str]
) -> Draft:
    """The file understood with what a person chose.

    Raises:
        NotFoundError: the draft was discarded.
        UnreadableFileError: with these options the bytes are no table; the draft stays as it was.
    """
    with database.tenant(customer_id) as connection:
        content = fetch_file(connection, draft.sha256)
        key = _UPLOAD
        if draft.reviewed_import is not None:
            record = past_imports.get_record(connection, draft.reviewed_import)
            key = source_key(record.source_type, record.source_id)
    outline = _understood(database, customer_id, draft.file_name, content, options, key)
    with database.tenant(customer_id) as connection:
        connection.execute(
            """
            UPDATE import_draft SET options = %s, answered = %s, outline = %s, version = version + 1, updated_at = now()
            WHERE id = %s
            """,
            (history.as_json(options), history.as_json(dict(answered)), history.as_json(outline), draft.id),
        )
        return get_draft(connection, draft.id)


def mark_imported(connection: Connection, draft_id: UUID, import_id: UUID) -> None:
    """Say what came of a draft."""
    connection.execute(
        "UPDATE import_draft SET imported_as = %s, updated_at = now() WHERE id = %s", (import_id, draft_id)
    )


def discard_draft(connection: Connection, draft_id: UUID) -> None:
    """Forget a draft; twice is no error."""
    connection.execute("DELETE FROM import_draft WHERE id = %s", (draft_id,))


def open_drafts(connection: Connection) -> list[OpenDraft]:
    """The customer's drafts of uploads that nothing has come of yet, the last touched first."""
    return [OpenDraft(*row) for row in connection.execute(SELECT_OPEN).fetchall()]


def _understood(
    database: Transactions, customer_id: UUID, file_name: str, content: bytes, options: ImportOptions, key: str
) -> Outline:
    with database.tenant(customer_id) as connection:
        defaults, known = customer_defaults(connection, options), read_knowledge(connection, key)
    return outline_of(understand_incoming(content, file_name, options, defaults, known).understanding)


def _insert(
    connection: Connection,
    file_name: str,
    sha256: str,
    size: int,
    options: ImportOptions,
    outline: Outline,
    user: str,
    reviewed: UUID | None,
) -> Draft:
    (draft_id,) = only_row(
        connection.execute(
            """
            INSERT INTO import_draft
                (customer_id, file_name, sha256, size_bytes, options, answered, outline, created_by, reviewed_import)
            VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, %s, '{}', %s, %s, %s)
            ON CONFLICT (customer_id, reviewed_import) WHERE imported_as IS NULL DO UPDATE SET updated_at = now()
            RETURNING id
            """,
            (file_name, sha256, size, history.as_json(options), history.as_json(outline), user, reviewed),
        )
    )
    return get_draft(connection, draft_id)
