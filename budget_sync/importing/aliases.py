"""The spellings that a customer uses for its departments and sub-categories: kept, read, and used on validated lines.

In: ``Database`` for those who administer them; a connection whose tenant is set, and ``ValidatedLines``, for an import.
Out: ``ValueAlias``; the lines under the names that the spellings stand for, with a note and what was replaced where.
An alias that stands for itself says that the spelling is a name of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from budget_sync.database import Connection
from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import fold_name
from budget_sync.mapping.analysis import Analysis
from budget_sync.mapping.name_questions import NEAR_NAME
from budget_sync.validation.lines import ValidatedLines

Aliases = Mapping[tuple[TargetField, str], str]
_COLUMN_OF = {TargetField.DEPARTMENT: "department", TargetField.SUB_CATEGORY: "sub_category"}
_WORDS = {TargetField.DEPARTMENT: "department", TargetField.SUB_CATEGORY: "sub-category"}


@dataclass(frozen=True, slots=True)
class AliasUse:
    """A spelling as it stands in ``rows`` (0-based) of the file, and the name that it was taken for."""

    field: TargetField
    alias: str
    name: str
    rows: list[int]


def read_aliases(connection: Connection) -> Aliases:
    """The name that each spelling stands for, by field and folded spelling."""
    rows = connection.execute("SELECT field, alias_key, name FROM value_alias ORDER BY field, alias_key").fetchall()
    return {(TargetField(field), key): name for field, key, name in rows}


class AnsweredNames:
    """Puts the lines of a file, part by part, under the names that were answered; ``uses`` are noted on the way."""

    def __init__(self, aliases: Aliases) -> None:
        self._aliases = aliases
        self._uses: dict[tuple[TargetField, str], AliasUse] = {}

    @property
    def uses(self) -> list[AliasUse]:
        """Every spelling that was replaced, department before sub-category, in the order of the file."""
        return sorted(self._uses.values(), key=lambda use: list(_COLUMN_OF).index(use.field))

    def notes(self) -> list[str]:
        """A sentence on each of them."""
        return [_note(use) for use in self.uses]

    def put(self, part: ValidatedLines) -> ValidatedLines:
        """The lines under their names."""
        lines = part.lines
        for field, column in _COLUMN_OF.items() if self._aliases else ():
            texts = lines.texts(column)
            names = {text: _resolved(field, text, self._aliases) for text in dict.fromkeys(texts)}
            changed = {text: name for text, name in names.items() if name != text}
            for text, name in changed.items():
                use = self._uses.setdefault((field, text), AliasUse(field, text, name, []))
                use.rows.extend(dict.fromkeys(row for row, own in zip(lines.row, texts, strict=True) if own == text))
            if changed:
                lines = lines.renamed(column, names)
        return part if lines is part.lines else replace(part, lines=lines)


def name_notes(analysis: Analysis) -> list[str]:
    """A note for each name that may be a known one and was left as it is."""
    return [
        f"{question.text} It was left as it is; with the other answer {question.answers[0].effect}."
        for question in analysis.questions
        if question.code == NEAR_NAME
    ]


def record_uses(connection: Connection, import_id: UUID, uses: Sequence[AliasUse]) -> None:
    """Keep which spelling of which rows was taken for which name, in place of what an earlier attempt kept."""
    connection.execute("DELETE FROM import_alias_use WHERE import_id = %s", (import_id,))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO import_alias_use (customer_id, import_id, field, alias, name, rows)"
            " VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, %s, %s)",
            [(import_id, use.field.value, use.alias, use.name, use.rows) for use in uses],
        )


def _resolved(field: TargetField, text: str, aliases: Aliases) -> str:
    """The name at the end of the chain; a spelling that leads back to itself stays as it is."""
    name, seen = text, {fold_name(text)}
    while (following := aliases.get((field, fold_name(name)))) is not None and fold_name(following) not in seen:
        name = following
        seen.add(fold_name(name))
    return name


def _note(use: AliasUse) -> str:
    rows = f"{len(use.rows)} row{'' if len(use.rows) == 1 else 's'}"
    return f"{use.alias!r} was taken for the {_WORDS[use.field]} {use.name!r} in {rows}, as it was answered before."
