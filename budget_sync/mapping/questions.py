"""What a person must decide, the question with the largest effect first.

In: the reading of the sheet, the file's context, the rows and amounts. Out: ``Question`` objects.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from budget_sync.domain.amount_text import NumberStyle, parse_amounts
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import parse_period
from budget_sync.mapping.analysis import Answer, FileTypeDetection, Question
from budget_sync.mapping.columns import Column
from budget_sync.mapping.context import FileContext
from budget_sync.mapping.control import sum_of
from budget_sync.mapping.other_tables import which_table
from budget_sync.mapping.sheet import SheetReading
from budget_sync.mapping.sign_questions import sign_questions
from budget_sync.mapping.understanding import AmountColumn, RowTexts
from budget_sync.reading.structure.rows import AmountCells, RowRole, Rows

_MOST_RIVALS = 4
_SURE = 0.8
_CLOSE = 0.15
_HALF = 0.5


def questions(
    reading: SheetReading,
    context: FileContext,
    rows: Rows,
    parsed: Sequence[AmountCells],
    amounts: Sequence[AmountColumn],
    texts: RowTexts,
    repeats: int,
    detection: FileTypeDetection,
    defaults: Defaults,
) -> list[Question]:
    """Every question that the file leaves open, most valuable first."""
    found = [
        *_kind(detection),
        *_which_sheet(reading),
        *which_table(reading, _total(reading, rows, parsed)),
        *_which_amount(reading, rows, parsed),
        *_number_style(reading, amounts, rows, parsed),
        *sign_questions(parsed, amounts, texts, context.line_type),
        *_period(context, amounts, texts, defaults),
        *_department(reading, context, texts, amounts, defaults),
        *_same_rows(repeats),
    ]
    return sorted(found, key=lambda question: not question.blocking)


def _kind(detection: FileTypeDetection) -> list[Question]:
    if detection.likely_file_type is not FileType.BUDGET and detection.budget_confidence < _CLOSE:
        return []
    if detection.likely_file_type is FileType.BUDGET and detection.confidence >= _SURE:
        return []
    return [
        Question(
            code="is_budget",
            text=f"Is this a budget? It looks like one at {detection.budget_confidence:.0%}.",
            answers=[
                Answer("yes", "Yes, load it as a budget", "its lines are loaded"),
                Answer("no", "No", "nothing is loaded"),
            ],
        )
    ]


def _which_sheet(reading: SheetReading) -> list[Question]:
    """Other sheets could as well be the one that was meant; the chosen one is shown, nothing waits for the answer."""
    if not reading.rival_sheets:
        return []
    names = [reading.grid.sheet or "", *reading.rival_sheets]
    effects = ["this sheet was read", *("this sheet is read instead" for _ in reading.rival_sheets)]
    return [
        Question(
            code="which_sheet",
            text=f"Several sheets look like a budget; {names[0]!r} was read. Which is meant?",
            answers=[Answer(name, name, effect) for name, effect in zip(names, effects, strict=True)],
            blocking=False,
        )
    ]


def _total(reading: SheetReading, rows: Rows, parsed: Sequence[AmountCells]) -> Decimal:
    lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
    return sum_of(parsed, {one.column.index for one in reading.amounts.chosen if one.is_main}, lines)


def _which_amount(reading: SheetReading, rows: Rows, parsed: Sequence[AmountCells]) -> list[Question]:
    """Several columns that could as well be the budget: what each would change, in money."""
    rivals = reading.amounts.rivals[:_MOST_RIVALS]
    chosen = [one.column for one in reading.amounts.chosen if one.is_main]
    if not rivals or len(chosen) != 1:
        return []
    lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
    total = sum_of(parsed, {chosen[0].index}, lines)
    answers = [Answer(str(chosen[0].index), _name(chosen[0]), f"the total is {total:,}")]
    differences = []
    for rival in rivals:
        other = _sum(reading, rival, lines)
        differences.append(abs(other - total))
        word = "higher" if other > total else "lower"
        effect = f"the total is {abs(other - total):,} {word}" if other != total else "the total is the same"
        answers.append(Answer(str(rival.index), _name(rival), effect))
    return [
        Question(
            code="which_amount",
            text=f"Which column holds the budget? {_name(chosen[0])!r} was taken.",
            answers=answers,
            field=TargetField.BUDGETED_AMOUNT,
            blocking=max(differences) > 0,
        )
    ]


def _sum(reading: SheetReading, column: Column, lines: Sequence[int]) -> Decimal:
    cells = reading.grid.cells(lines, column.index)
    return sum((value or Decimal(0) for value in parse_amounts(cells, column.profile.style).values), Decimal(0))


def _name(column: Column) -> str:
    return clean_name(column.name) or f"column {column.index + 1}"


def _number_style(
    reading: SheetReading, amounts: Sequence[AmountColumn], rows: Rows, parsed: Sequence[AmountCells]
) -> list[Question]:
    """Columns with nothing but a few cells such as ``1,234``: what either reading would change, in money."""
    open_styles = {amount.index for amount in amounts if amount.style.ambiguous}
    if not open_styles:
        return []
    column = next(one for one in reading.columns if one.index in open_styles)
    sample = next((text for text in column.profile.samples if "," in text or "." in text), "")
    lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
    total = sum_of(parsed, open_styles, lines)
    open_amounts = (amount for amount in amounts if amount.index in open_styles)
    other = sum((_sum_with_decimals(reading, amount, lines) for amount in open_amounts), Decimal(0))
    return [
        Question(
            code="which_decimal_sign",
            text=f"Is {sample!r} more than a thousand, or a number with three decimals?",
            answers=[
                Answer("thousands", "More than a thousand", f"these amounts add up to {total:,}, as they were read"),
                Answer("decimals", "Three decimals", f"these amounts add up to {other:,f}"),
            ],
            field=TargetField.BUDGETED_AMOUNT,
        )
    ]


def _sum_with_decimals(reading: SheetReading, amount: AmountColumn, lines: Sequence[int]) -> Decimal:
    """The sum of a column where its sign of thousands is that of decimals."""
    cells, kinds = reading.grid.cells(lines, amount.index), reading.grid.kinds_of(lines, amount.index)
    style = NumberStyle("," if amount.style.decimal == "." else ".")
    return sum((value or Decimal(0) for value in parse_amounts(cells, style, kinds).values), Decimal(0))


def _period(
    context: FileContext, amounts: Sequence[AmountColumn], texts: RowTexts, defaults: Defaults
) -> list[Question]:
    if defaults.fiscal_period:
        return []
    if context.year is None and _lack_a_year(texts.fiscal_period):
        return [
            Question(
                code="which_year",
                text="Which fiscal year is this budget for? Its rows name months or quarters, and nothing a year.",
                field=TargetField.FISCAL_PERIOD,
            )
        ]
    silent = [amount for amount in amounts if amount.period is None] if not any(texts.fiscal_period) else []
    if not silent or context.period_code:
        return []
    if any(amount.part is not None for amount in silent):
        return [
            Question(
                code="which_year",
                text="Which fiscal year is this budget for? Its columns name parts or count years, and nothing a year.",
                field=TargetField.FISCAL_PERIOD,
            )
        ]
    return [
        Question(
            code="which_period",
            text="Which fiscal year or period is this budget for? Nothing in the file says it.",
            field=TargetField.FISCAL_PERIOD,
        )
    ]


def _lack_a_year(periods: Sequence[str]) -> bool:
    """Whether most rows name a part of a year alone; a stored code names its year."""
    read = Counter(periods)
    open_parts = sum(
        count for text, count in read.items() if (period := parse_period(text)) is not None and period.year is None
    )
    return open_parts > _HALF * (len(periods) - read[""])


def _department(
    reading: SheetReading,
    context: FileContext,
    texts: RowTexts,
    amounts: Sequence[AmountColumn],
    defaults: Defaults,
) -> list[Question]:
    if (
        defaults.department
        or context.department
        or any(texts.department)
        or any(amount.department for amount in amounts)
    ):
        return []
    if not reading.amounts.chosen:
        return []
    return [
        Question(
            code="which_department",
            text="Which department is this budget for? The file has no column, section or title that says it.",
            field=TargetField.DEPARTMENT,
        )
    ]


def _same_rows(again: int) -> list[Question]:
    """Rows that are equal in every cell: meant twice, or there by mistake."""
    if not again:
        return []
    several = f"{again} rows stand in the file more than once, equal in every column. What are they?"
    return [
        Question(
            code="same_rows",
            text="1 row stands in the file twice, equal in every column. What is it?" if again == 1 else several,
            answers=[
                Answer("sum", "Lines of their own", "their amounts are added up"),
                Answer("first", "Copies", "only the first of each is loaded"),
                Answer("error", "A mistake in the file", "nothing is loaded until the file is repaired"),
            ],
        )
    ]
