"""Amounts of both signs that nothing explains: what the minus means is for a person to say.

In: the amounts of the lines and what rows and columns say of revenue and expense. Out: ``Question`` objects. Rule:
"Signs" of the semantics: all negative is a habit of the file, single negative lines are reductions.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, compress

from budget_sync.domain.fields import LineType, TargetField
from budget_sync.mapping.analysis import Answer, Question
from budget_sync.mapping.understanding import AmountColumn, RowTexts
from budget_sync.reading.structure.rows import AmountCells

_FEW = 2
_SINGLE = 0.2  # of the amounts; reductions are fewer


def sign_questions(
    parsed: Sequence[AmountCells], amounts: Sequence[AmountColumn], texts: RowTexts, whole: LineType | None
) -> list[Question]:
    """The question of a file whose expenses have both signs beyond single reductions."""
    is_negative = list(map(Decimal.is_signed, _expenses(parsed, amounts, texts, whole)))
    count, negatives = len(is_negative), sum(is_negative)
    if negatives == count or negatives < _FEW or negatives <= _SINGLE * count:
        return []
    total = sum(_expenses(parsed, amounts, texts, whole), Decimal(0))
    negative = sum((value for value in _expenses(parsed, amounts, texts, whole) if value < 0), Decimal(0))
    return [
        Question(
            code="mixed_signs",
            text=(
                f"{negatives} of {count} amounts are negative, and nothing says which are revenue and which "
                "are expenses. What does the minus mean?"
            ),
            answers=[
                Answer("as_written", "Reductions", f"all are loaded as written; the total is {total:,}"),
                Answer(
                    "types",
                    "Expenses beside revenue",
                    f"expenses are {-negative:,} and revenue is {total - negative:,}; "
                    "add a column that says revenue or expense, and send the file again",
                ),
            ],
            field=TargetField.LINE_TYPE,
        )
    ]


def _expenses(
    parsed: Sequence[AmountCells], amounts: Sequence[AmountColumn], texts: RowTexts, whole: LineType | None
) -> Iterator[Decimal]:
    """Every amount of a line but nought, those left out that are known as revenue."""
    return chain.from_iterable(_expenses_by_column(parsed, amounts, texts, whole))


def _expenses_by_column(
    parsed: Sequence[AmountCells], amounts: Sequence[AmountColumn], texts: RowTexts, whole: LineType | None
) -> Iterator[Iterator[Decimal]]:
    cells = {amount.index: amount for amount in parsed}
    rows_say = any(texts.line_type)
    for column in amounts:
        otherwise = column.line_type or whole
        values = cells[column.index].of(texts.rows)
        if rows_say:
            spent = [(own or otherwise) != LineType.REVENUE for own in texts.line_type]
            yield filter(None, compress(values, spent))
        elif otherwise != LineType.REVENUE:
            yield filter(None, values)
