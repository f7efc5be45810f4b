"""Tables for the Dagster UI, of text that strangers wrote: one printable line a cell, not too long."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from dagster import MetadataValue, TableColumn, TableMetadataValue, TableRecord, TableSchema

_LONGEST_CELL = 120

Cell = str | int | float | Decimal | None


def shown_table(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> TableMetadataValue:
    """A table; rows may be shorter than the header, and headers may be empty or come twice."""
    names = _distinct(headers)
    records = [
        TableRecord(dict.fromkeys(names) | {name: _shown(cell) for name, cell in zip(names, row, strict=False)})
        for row in rows
    ]
    return MetadataValue.table(records, TableSchema([TableColumn(name, _kind(name, records)) for name in names]))


def shown_list(title: str, lines: Iterable[str]) -> TableMetadataValue:
    """Sentences one below the other, under a title."""
    return shown_table([title], [[line] for line in lines])


def shown_text(text: str) -> str:
    r"""One line of printable text.

    >>> shown_text("two\nlines")
    'two lines'
    """
    printable = "".join(mark if mark.isprintable() else " " for mark in text)
    return printable if len(printable) <= _LONGEST_CELL else printable[: _LONGEST_CELL - 1] + "…"


def _shown(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return shown_text(cell) if isinstance(cell, str) else cell


def _distinct(headers: Sequence[str]) -> list[str]:
    """A record holds one cell a name: what is empty or comes twice gets its column's number, counted from 1."""
    shown = [shown_text(header).strip() for header in headers]
    often = Counter(shown)
    return [name if name and often[name] == 1 else f"{name} (column {at})".strip() for at, name in enumerate(shown, 1)]


def _kind(name: str, records: Sequence[TableRecord]) -> str:
    values = {type(record.data[name]) for record in records if record.data[name] is not None}
    if values and values <= {int, float}:
        return "float" if float in values else "int"
    return "bool" if values == {bool} else "string"
