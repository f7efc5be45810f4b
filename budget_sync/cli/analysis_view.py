"""An Analysis becomes something one likes to read: columns, what was left out, control totals, questions."""

from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from budget_sync.cli.plain_text import money, printable
from budget_sync.cli.terminal import console, new_table
from budget_sync.domain.cell_names import column_letters
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.mapping.analysis import Analysis, ColumnMapping, ControlTotal, Question

_FIELD_NAMES = {
    TargetField.DEPARTMENT: "department",
    TargetField.SUB_CATEGORY: "sub-category",
    TargetField.FISCAL_PERIOD: "fiscal period",
    TargetField.BUDGETED_AMOUNT: "budgeted amount",
    TargetField.CURRENCY: "currency",
    TargetField.LINE_TYPE: "line type",
}
_CONFIDENCE_WORDS = (
    (0.95, "certain", "green"),
    (0.8, "likely", "cyan"),
    (0.5, "unsure", "yellow"),
    (0.0, "a guess", "red"),
)
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLES_SHOWN = 3
_SHEETS_SHOWN = 5
_SAMPLE_LENGTH = 24
_WIDE_ENOUGH_FOR_SAMPLES = 110


def print_analysis(analysis: Analysis, target: Console | None = None) -> None:
    """The whole page for one file, on standard output unless another console is given."""
    target = target or console()
    target.print(_headline(analysis))
    target.print(Text(_how_it_was_read(analysis), style="dim"))
    target.print(_columns(target, analysis))
    _print_left_out(target, analysis)
    _print_totals(target, analysis.control_totals)
    _print_warnings(target, analysis)
    _print_questions(target, analysis.questions)
    if target.is_terminal:
        target.print()
    target.print(_verdict(analysis))
    target.print()


def confidence_words(confidence: float) -> Text:
    """``certain 98 %`` and so on, in the colour of how far to trust it."""
    word, colour = next((word, colour) for limit, word, colour in _CONFIDENCE_WORDS if confidence >= limit)
    return Text(f"{word} {confidence:.0%}", style=colour)


def _headline(analysis: Analysis) -> Text:
    detected = analysis.file_type_detection
    kind = detected.likely_file_type
    is_budget = kind is FileType.BUDGET
    verdict = (kind.value if is_budget else f"no budget: {kind.value}", "bold green" if is_budget else "bold red")
    title = Text.assemble((printable(analysis.file_name), "bold"), "  ", verdict, " ")
    return title.append_text(confidence_words(detected.confidence))


def _how_it_was_read(analysis: Analysis) -> str:
    parts = []
    if analysis.sheet is not None:
        parts.append(f"sheet {printable(analysis.sheet)}{_other_sheets(analysis)}")
    if analysis.encoding:
        parts.append(analysis.encoding)
    if analysis.delimiter:
        parts.append(f"delimiter {_DELIMITERS.get(analysis.delimiter, repr(analysis.delimiter))}")
    parts.append("no header row" if analysis.header_row is None else f"header in row {analysis.header_row + 1}")
    parts.append(f"layout {analysis.layout.value}")
    parts.append(f"{analysis.budget_rows:,} budget rows of {analysis.total_rows:,}")
    scale = f" times {analysis.amount_scale:,}" if analysis.amount_scale != 1 else ""
    parts.append(f"sum {money(analysis.sum_budgeted)}{scale}")
    return " · ".join(parts)


def _other_sheets(analysis: Analysis) -> str:
    others = [printable(name) for name in analysis.sheets if name != analysis.sheet]
    more = f" and {len(others) - _SHEETS_SHOWN} more" if len(others) > _SHEETS_SHOWN else ""
    return f" (not {', '.join(others[:_SHEETS_SHOWN])}{more})" if others else ""


def _columns(target: Console, analysis: Analysis) -> Table:
    with_samples = target.width >= _WIDE_ENOUGH_FOR_SAMPLES
    table = new_table(target, "", "Column", "Taken for", "How sure", "Why", *(["Samples"] if with_samples else []))
    for column in (table.columns[0], table.columns[3]):
        column.no_wrap = True
    for mapping in analysis.mappings:
        if mapping.target_field is None:
            continue
        samples = [Text(_samples(mapping), style="dim")] if with_samples else []
        table.add_row(
            column_letters(mapping.column_index),
            Text(printable(mapping.source_column) or "(no name)"),
            Text(_taken_for(mapping), style="bold"),
            confidence_words(mapping.confidence),
            Text(printable(mapping.reason)),
            *samples,
        )
    return table


def _taken_for(mapping: ColumnMapping) -> str:
    field = _FIELD_NAMES[mapping.target_field] if mapping.target_field else ""
    extra = [printable(text) for text in (mapping.period, mapping.label) if text]
    return f"{field}, {', '.join(extra)}" if extra else field


def _samples(mapping: ColumnMapping) -> str:
    shown = [printable(value) for value in mapping.sample_values[:_SAMPLES_SHOWN]]
    return " | ".join(text if len(text) <= _SAMPLE_LENGTH else text[: _SAMPLE_LENGTH - 1] + "…" for text in shown)


def _print_left_out(target: Console, analysis: Analysis) -> None:
    left_out = [mapping for mapping in analysis.mappings if mapping.target_field is None]
    if not left_out:
        return
    rows = _heading(target, "Left out", gap=False)
    for mapping in left_out:
        name = printable(mapping.source_column) or "(no name)"
        rows.add_row("", column_letters(mapping.column_index), name, Text(printable(mapping.reason), style="dim"))
    target.print(rows)


def _print_totals(target: Console, totals: list[ControlTotal]) -> None:
    if not totals:
        return
    rows = _heading(target, "Control totals of the file", "right")
    for total in totals:
        rows.add_row("", f"row {total.row + 1}", printable(total.label), Text(money(total.stated)), _comparison(total))
    target.print(rows)


def _heading(target: Console, title: str, third: Literal["left", "right"] = "left", *, gap: bool = True) -> Table:
    """The title of a part of the page, printed; and the aligned rows that will follow it."""
    if gap and target.is_terminal:
        target.print()
    target.print(Text(title, style="bold"))
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(width=0)
    rows.add_column(no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_column(justify=third, overflow="fold")
    rows.add_column(overflow="fold")
    return rows


def _comparison(total: ControlTotal) -> Text:
    if total.computed is None or total.agrees is None:
        return Text("not compared", style="dim")
    if total.agrees:
        return Text("✓", style="green")
    return Text(f"✗ the lines give {money(total.computed)}, {money(total.computed - total.stated)} apart", style="red")


def _print_warnings(target: Console, analysis: Analysis) -> None:
    detected = analysis.file_type_detection
    if detected.evidence:
        _heading(target, f"Taken for {detected.likely_file_type.value} because")
    for text in detected.evidence:
        target.print(Text(f"  {printable(text)}", style="dim"))
    if target.is_terminal and (detected.warnings or analysis.notes):
        target.print()
    for text in [*detected.warnings, *analysis.notes]:
        target.print(Text(f"! {printable(text)}", style="yellow"))


def _print_questions(target: Console, questions: list[Question]) -> None:
    for question in questions:
        if target.is_terminal:
            target.print()
        settled = "" if question.blocking else "  (needs no answer: without one it is imported as shown)"
        target.print(Text.assemble(("? ", "bold magenta"), (printable(question.text), "bold"), (settled, "dim")))
        for answer in question.answers:
            effect = f": {printable(answer.effect)}" if answer.effect else ""
            target.print(Text(f"    {printable(answer.label)}{effect}"))


def _verdict(analysis: Analysis) -> Text:
    if analysis.can_proceed:
        return Text("Can be imported as it is.", style="green")
    missing = ", ".join(_FIELD_NAMES[field] for field in analysis.required_fields_missing)
    return Text(f"Needs a person before it is imported{f'; missing: {missing}' if missing else ''}.", style="yellow")
