"""What a customer taught, as one import or analysis takes it along.

In: a connection whose tenant is set, and the key of the source. Out: ``Knowledge``, a value.
"""

from dataclasses import dataclass, field

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.importing.aliases import Aliases, read_aliases
from budget_sync.importing.mapping_memory import recall
from budget_sync.mapping.customer_words import NO_WORDS, CustomerWord, CustomerWords
from budget_sync.mapping.memory import RememberedLayout
from budget_sync.mapping.name_questions import KnownNames

_MOST_NAMES = 5_001  # one more than are compared: then none are
_DEPARTMENTS = """
SELECT min(department) FROM budget WHERE deleted_at IS NULL GROUP BY department_key ORDER BY department_key LIMIT %s
"""
_SUB_CATEGORIES = """
SELECT min(sub_category) FROM budget WHERE deleted_at IS NULL AND sub_category_key <> ''
GROUP BY sub_category_key ORDER BY sub_category_key LIMIT %s
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

    ``digest`` stands for words and aliases: with other ones the same file may give other lines.
    """

    layouts: tuple[RememberedLayout, ...] = ()
    words: CustomerWords = NO_WORDS
    aliases: Aliases = field(default_factory=dict)
    names: KnownNames = KnownNames()  # noqa: RUF009 - frozen
    digest: str = ""


def read_knowledge(connection: Connection, source_key: str) -> Knowledge:
    """What the customer taught so far."""
    aliases = read_aliases(connection)
    departments = connection.execute(_DEPARTMENTS, (_MOST_NAMES,)).fetchall()
    sub_categories = connection.execute(_SUB_CATEGORIES, (_MOST_NAMES,)).fetchall()
    return Knowledge(
        layouts=recall(connection, source_key),
        words=_read_words(connection),
        aliases=aliases,
        names=KnownNames(
            tuple(row[0] for row in departments), tuple(row[0] for row in sub_categories), frozenset(aliases)
        ),
        digest=knowledge_digest(connection),
    )


def knowledge_digest(connection: Connection) -> str:
    """What changes when a word or an alias does."""
    return str(only_row(connection.execute(_TAUGHT))[0])


def _read_words(connection: Connection) -> CustomerWords:
    rows = connection.execute(
        "SELECT word, meaning, positive FROM customer_vocabulary ORDER BY word_key, meaning"
    ).fetchall()
    return CustomerWords(tuple(CustomerWord(word, _meaning(meaning), positive) for word, meaning, positive in rows))


def _meaning(text: str) -> TargetField | FileType:
    return TargetField(text) if text in list(TargetField) else FileType(text)
