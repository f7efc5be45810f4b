"""What a customer taught, as one import or analysis takes it along.

In: a connection whose tenant is set, and the key of the source. Out: ``Knowledge``, a value.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.importing.aliases import Aliases, read_aliases
from budget_sync.importing.mapping_memory import recall
from budget_sync.mapping.customer_words import NO_WORDS, CustomerWord, CustomerWords
from budget_sync.mapping.memory import RememberedLayout
from budget_sync.mapping.name_questions import KnownNames

_MOST_PLACES = 10_000  # with more, no name is near a known one by mistake alone
# From place to place along the index of the lines, past the periods of each: reading all lines took 176 ms of 100,000.
_PLACES = """
WITH RECURSIVE place AS (
    (SELECT department_key, sub_category_key, department, sub_category FROM budget WHERE deleted_at IS NULL
     ORDER BY department_key, sub_category_key LIMIT 1)
    UNION ALL
    SELECT following.* FROM place, LATERAL (
        SELECT b.department_key, b.sub_category_key, b.department, b.sub_category FROM budget b
        WHERE b.deleted_at IS NULL
            AND (b.department_key, b.sub_category_key) > (place.department_key, place.sub_category_key)
        ORDER BY b.department_key, b.sub_category_key LIMIT 1) following
)
SELECT department, sub_category FROM place LIMIT %s
"""
_TAUGHT = """
SELECT md5(concat_ws(E'\\x1e',
    (SELECT string_agg(concat_ws(E'\\x1f', word_key, meaning, positive), E'\\x1e' ORDER BY word_key, meaning)
     FROM customer_vocabulary), '',
    (SELECT string_agg(concat_ws(E'\\x1f', field, alias_key, name), E'\\x1e' ORDER BY field, alias_key)
     FROM value_alias)))
"""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """``layouts`` of the file's own source, the last seen first; ``names`` on the customer's lines.

    ``digest`` stands for words and aliases: with other ones the same file may give other lines. ``today``: whose year
    and the next are offered where a file names none.
    """

    layouts: tuple[RememberedLayout, ...] = ()
    words: CustomerWords = NO_WORDS
    aliases: Aliases = field(default_factory=dict)
    names: KnownNames = KnownNames()  # noqa: RUF009 - frozen
    digest: str = ""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


def read_knowledge(connection: Connection, source_key: str) -> Knowledge:
    """What the customer taught so far."""
    aliases = read_aliases(connection)
    return Knowledge(
        layouts=recall(connection, source_key),
        words=_read_words(connection),
        aliases=aliases,
        names=_read_names(connection, aliases),
        digest=knowledge_digest(connection),
    )


def knowledge_digest(connection: Connection) -> str:
    """What changes when a word or an alias does."""
    return str(only_row(connection.execute(_TAUGHT))[0])


def _read_names(connection: Connection, aliases: Aliases) -> KnownNames:
    places = connection.execute(_PLACES, (_MOST_PLACES + 1,)).fetchall()
    if len(places) > _MOST_PLACES:
        return KnownNames()
    departments = dict.fromkeys(row[0] for row in places)
    return KnownNames(tuple(departments), tuple(dict.fromkeys(row[1] for row in places if row[1])), frozenset(aliases))


def _read_words(connection: Connection) -> CustomerWords:
    rows = connection.execute(
        "SELECT word, meaning, positive FROM customer_vocabulary ORDER BY word_key, meaning"
    ).fetchall()
    return CustomerWords(tuple(CustomerWord(word, _meaning(meaning), positive) for word, meaning, positive in rows))


def _meaning(text: str) -> TargetField | FileType:
    return TargetField(text) if text in list(TargetField) else FileType(text)
