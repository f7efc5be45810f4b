"""Which field each column is, as a person chose it. Pure.

In: the options so far, the analysis that was shown, the members of the form: ``field_3`` and ``period_3`` for the
fourth column, ``pick`` (``3:department``) from a button, ``drop`` (``4-15``) for a group of columns. Out: options with
mappings where anything differs from what was shown.
"""

from collections.abc import Iterable, Mapping

import msgspec

from api.pages.mapper.problems import Problems
from api.pages.mapper.whole_file import period_code
from budget_sync.domain.fields import Layout, TargetField
from budget_sync.importing.options import ImportOptions
from budget_sync.mapping.analysis import Analysis, ColumnMapping

_ONE_COLUMN = frozenset({TargetField.DEPARTMENT, TargetField.CURRENCY, TargetField.LINE_TYPE})
PERSONS_CHOICE = "Chosen by a person."


def choose_columns(
    options: ImportOptions, analysis: Analysis, form: Mapping[str, str], problems: Problems
) -> ImportOptions:
    """The options with the mappings that the form shows."""
    columns = {one.column_index: one for one in analysis.mappings}
    chosen = {index: _chosen(one, form, problems) for index, one in columns.items()}
    for index, field in _picked(form, columns):
        chosen[index] = with_field(columns[index], field)
    for index in _dropped(form, columns):
        chosen[index] = with_field(columns[index], None)
    if chosen == columns:
        return options
    newly = [one for index, one in chosen.items() if one.target_field is not columns[index].target_field]
    _make_room(chosen, newly, analysis.layout)
    return msgspec.structs.replace(options, mappings=list(chosen.values()))


def with_field(mapping: ColumnMapping, field: TargetField | None) -> ColumnMapping:
    """The column as a person maps it; a column that becomes no amount keeps no period."""
    if field is mapping.target_field:
        return mapping
    period = mapping.period if field is TargetField.BUDGETED_AMOUNT else None
    return msgspec.structs.replace(mapping, target_field=field, period=period, confidence=1.0, reason=PERSONS_CHOICE)


def _chosen(mapping: ColumnMapping, form: Mapping[str, str], problems: Problems) -> ColumnMapping:
    text = form.get(f"field_{mapping.column_index}")
    if text is not None:
        mapping = with_field(mapping, TargetField(text) if text in set(TargetField) else None)
    written = form.get(f"period_{mapping.column_index}")
    if written is None or mapping.target_field is not TargetField.BUDGETED_AMOUNT:
        return mapping
    code = period_code(written.strip()) if written.strip() else None
    if written.strip() and code is None:
        problems.add("mapper.problems.period", written)
        return mapping
    return mapping if code == mapping.period else msgspec.structs.replace(mapping, period=code)


def _picked(form: Mapping[str, str], columns: Mapping[int, ColumnMapping]) -> Iterable[tuple[int, TargetField]]:
    index, _, field = form.get("pick", "").partition(":")
    if index.isascii() and index.isdigit() and int(index) in columns and field in set(TargetField):
        yield int(index), TargetField(field)


def _dropped(form: Mapping[str, str], columns: Mapping[int, ColumnMapping]) -> Iterable[int]:
    first, _, last = form.get("drop", "").partition("-")
    if first.isascii() and first.isdigit() and last.isascii() and last.isdigit():
        yield from (index for index in columns if int(first) <= index <= int(last))


def _make_room(chosen: dict[int, ColumnMapping], newly: list[ColumnMapping], layout: Layout) -> None:
    """A field of one column moves: whoever names another column for it takes it from the one that had it."""
    moved = {one.target_field for one in newly} & _moving(layout)
    own = {one.column_index for one in newly}
    for index, one in chosen.items():
        if one.target_field in moved and index not in own:
            chosen[index] = with_field(one, None)


def _moving(layout: Layout) -> frozenset[TargetField | None]:
    return _ONE_COLUMN | ({TargetField.BUDGETED_AMOUNT} if layout is Layout.LONG else frozenset())
