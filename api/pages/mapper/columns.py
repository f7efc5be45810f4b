"""The columns of a file as its page shows them: letter, header, samples, field, how sure, what else it could be. Pure.

In: ``Outline``. Out: blocks of columns. Neighbours that are one thing (twelve months, a tail that is left out) are one
block, so that a file of 200 columns is still a short page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from api.pages.mapper.chosen_columns import PERSONS_CHOICE
from budget_sync.domain.cell_names import column_letters
from budget_sync.domain.fields import TargetField
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.outline import Outline
from budget_sync.mapping.analysis import Alternative, ColumnMapping

_LEAST_AMOUNTS = 3  # neighbours that become one block
_LEAST_LEFT_OUT = 4
_CERTAIN = 0.9
_LIKELY = 0.7
_SHOWN_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column. ``field`` '' is left out; ``certainty``: certain, likely, check, person, none."""

    index: int
    letters: str
    header: str
    samples: list[str]
    field: str
    certainty: str
    confidence: float
    reason: str
    alternatives: list[Alternative]
    period: str
    label: str


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """Columns that are shown together; ``kind``: ``one``, ``amounts`` or ``left_out``."""

    kind: str
    columns: list[ColumnView]

    @property
    def first(self) -> ColumnView:
        """The leftmost."""
        return self.columns[0]

    @property
    def last(self) -> ColumnView:
        """The rightmost."""
        return self.columns[-1]

    @property
    def least_certain(self) -> ColumnView:
        """The one to look at first."""
        return min(self.columns, key=lambda column: column.confidence)


def column_blocks(outline: Outline, options: ImportOptions) -> list[ColumnBlock]:
    """Every column of the file, in its order."""
    chosen = {one.column_index for one in options.mappings or [] if one.reason == PERSONS_CHOICE}
    views = [_view(one, one.column_index in chosen) for one in outline.analysis.mappings]
    blocks: list[ColumnBlock] = []
    for kind, group in groupby(views, key=_kind):
        columns = list(group)
        least = {"amounts": _LEAST_AMOUNTS, "left_out": _LEAST_LEFT_OUT}.get(kind, len(columns) + 1)
        if len(columns) >= least:
            blocks.append(ColumnBlock(kind, columns))
        else:
            blocks.extend(ColumnBlock("one", [column]) for column in columns)
    return blocks


def column_tones(outline: Outline) -> list[str]:
    """What the grid colours each column as: amounts, labels or nothing."""
    tones = [""] * outline.width
    for one in outline.analysis.mappings:
        if one.target_field is not None and one.column_index < len(tones):
            tones[one.column_index] = "amounts" if one.target_field is TargetField.BUDGETED_AMOUNT else "labels"
    return tones


def column_names(outline: Outline) -> list[str]:
    """The letters of the sheet's columns."""
    return [column_letters(column) for column in range(outline.width)]


def _view(mapping: ColumnMapping, by_person: bool) -> ColumnView:
    return ColumnView(
        index=mapping.column_index,
        letters=column_letters(mapping.column_index),
        header=mapping.source_column,
        samples=_distinct(mapping.sample_values)[:_SHOWN_SAMPLES],
        field=mapping.target_field or "",
        certainty=_certainty(mapping, by_person),
        confidence=mapping.confidence,
        reason=mapping.reason,
        alternatives=mapping.alternatives,
        period=mapping.period or "",
        label=mapping.label or "",
    )


def _distinct(samples: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(sample.strip() for sample in samples if sample.strip()))


def _certainty(mapping: ColumnMapping, by_person: bool) -> str:
    if by_person:
        return "person"
    if mapping.target_field is None:
        return "none"
    if mapping.confidence >= _CERTAIN:
        return "certain"
    return "likely" if mapping.confidence >= _LIKELY else "check"


def _kind(column: ColumnView) -> str:
    if column.field == TargetField.BUDGETED_AMOUNT and (column.period or column.label):
        return "amounts"
    return "one" if column.field else "left_out"
