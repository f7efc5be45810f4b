"""A customer's own words as they are administered: listed, made, changed, deleted, each with its row in the audit log.

In: a connection whose transaction sees one customer. Out: ``VocabularyWord``.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.audit_log import record as record_audit
from budget_sync.domain.errors import ConflictError, InvalidRequestError, NotFoundError, StaleVersionError
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.domain.names import clean_name
from budget_sync.domain.vocabulary import fold_phrase

_COLUMNS = "id, word, meaning, positive, created_by, created_at, updated_at, version"
_LIST = f"""
SELECT {_COLUMNS} FROM customer_vocabulary
WHERE %(key)s::text IS NULL OR (word_key, meaning) > (%(key)s, %(meaning)s) ORDER BY word_key, meaning LIMIT %(limit)s
"""  # noqa: S608 - constants
_READ = f"SELECT {_COLUMNS} FROM customer_vocabulary WHERE id = %s"  # noqa: S608 - constants
_CREATE = f"""
INSERT INTO customer_vocabulary (customer_id, word, word_key, meaning, positive, created_by)
VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, %s, %s)
ON CONFLICT (customer_id, word_key, meaning) DO NOTHING RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_CHANGE = f"""
UPDATE customer_vocabulary SET positive = %s, updated_at = now(), version = version + 1
WHERE id = %s AND version = %s RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_DELETE = f"DELETE FROM customer_vocabulary WHERE id = %s AND version = %s RETURNING {_COLUMNS}"  # noqa: S608 - constants
Meaning = TargetField | FileType


class VocabularyWord(msgspec.Struct, frozen=True, rename="camel"):
    """A word of headers and what it means: a ``field``, or (of titles and names too) a ``file_type``.

    ``positive`` false: it never means it.
    """

    id: UUID
    word: str
    field: TargetField | None
    file_type: FileType | None
    positive: bool
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


def list_words(
    connection: Connection, limit: int | None = None, after: tuple[str, ...] | None = None
) -> list[VocabularyWord]:
    """At most so many, by word; ``after``: the place of the last one of the page before. ``limit`` None: all."""
    key, meaning = after or (None, None)
    rows = connection.execute(_LIST, {"key": key, "meaning": meaning, "limit": limit}).fetchall()
    return [_word(row) for row in rows]


def place_of(word: VocabularyWord) -> tuple[str, str]:
    """What orders the words."""
    return fold_phrase(word.word), str(word.field or word.file_type)


def read_word(connection: Connection, word_id: UUID) -> VocabularyWord:
    """One word.

    Raises:
        NotFoundError: the customer has no such word.
    """
    row = connection.execute(_READ, (word_id,)).fetchone()
    if row is None:
        raise NotFoundError("There is no such word.")
    return _word(row)


def create_word(connection: Connection, word: str, meaning: Meaning, user: str, *, positive: bool) -> VocabularyWord:
    """A new word.

    Raises:
        InvalidRequestError: it has neither letter nor figure.
        ConflictError: the customer has it with this meaning.
    """
    key = fold_phrase(word)
    if not key:
        raise InvalidRequestError(f"{word!r} has neither a letter nor a figure to be known by.", field="word")
    values = (clean_name(word), key, meaning.value, positive, user)
    row = connection.execute(_CREATE, values).fetchone()
    if row is None:
        raise ConflictError(f"{word!r} is there with this meaning already. Change that one.", word=word)
    made = _word(row)
    _audit(connection, "vocabulary_create", made, user)
    return made


def change_word(connection: Connection, word_id: UUID, version: int, user: str, *, positive: bool) -> VocabularyWord:
    """Say that a word means it, or never does.

    Raises:
        NotFoundError: the customer has no such word.
        StaleVersionError: somebody changed it since.
    """
    row = connection.execute(_CHANGE, (positive, word_id, version)).fetchone()
    if row is None:
        raise _stale(read_word(connection, word_id))
    changed = _word(row)
    _audit(connection, "vocabulary_change", changed, user)
    return changed


def delete_word(connection: Connection, word_id: UUID, version: int, user: str) -> None:
    """Forget a word; the built-in lexicon answers again.

    Raises:
        NotFoundError: the customer has no such word.
        StaleVersionError: somebody changed it since.
    """
    row = connection.execute(_DELETE, (word_id, version)).fetchone()
    if row is None:
        raise _stale(read_word(connection, word_id))
    _audit(connection, "vocabulary_delete", _word(row), user)


def _stale(word: VocabularyWord) -> StaleVersionError:
    return StaleVersionError("Somebody changed this word since you read it. Read it again.", version=word.version)


def _word(row: tuple[Any, ...]) -> VocabularyWord:
    word_id, word, meaning, *rest = row
    is_field = meaning in list(TargetField)
    return VocabularyWord(
        word_id, word, TargetField(meaning) if is_field else None, None if is_field else FileType(meaning), *rest
    )


class _Audited(msgspec.Struct, frozen=True):
    word: VocabularyWord


def _audit(connection: Connection, action: str, word: VocabularyWord, user: str) -> None:
    record_audit(connection, action, word.id, actor=user, details=_Audited(word))
