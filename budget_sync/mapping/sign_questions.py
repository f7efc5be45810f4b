"""Amounts of both signs that nothing explains: what the minus means is for a person to say.

In: the amounts of the lines and what rows and columns say of revenue and expense. Out: ``Question`` objects. Rule:
"Signs" of the semantics: all negative is a habit of the file, single negative lines are reductions.
"""

from collections.abc import Sequence
from decimal import Decimal

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
    values = _expenses(parsed, amounts, texts, whole)
    negative = [value for value in values if value < 0]
    positive = [value for value in values if value > 0]
    if not positive or len(negative) < _FEW or len(negative) <= _SINGLE * len(values):
        return []
    return [
        Question(
            code="mixed_signs",
            text=(
                f"{len(negative)} of {len(values)} amounts are negative, and nothing says which are revenue and which "
                "are expenses. What does the minus mean?"
            ),
            answers=[
                Answer("as_written", "Reductions", f"all are loaded as written; the total is {sum(values):,}"),
                Answer(
                    "types",
                    "Expenses beside revenue",
                    f"expenses are {-sum(negative):,} and revenue is {sum(positive):,}; "
                    "add a column that says revenue or expense, and send the file again",
                ),
            ],
            field=TargetField.LINE_TYPE,
        )
    ]


def _expenses(
    parsed: Sequence[AmountCells], amounts: Sequence[AmountColumn], texts: RowTexts, whole: LineType | None
) -> list[Decimal]:
    """Every amount of a line but nought, those left out that are known as revenue."""
    cells = {amount.index: amount.values for amount in parsed}
    return [
        value
        for column in amounts
        for row, own in zip(texts.rows, texts.line_type, strict=True)
        if (value := cells[column.index][row]) and (own or column.line_type or whole) != LineType.REVENUE
    ]
