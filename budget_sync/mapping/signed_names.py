"""Lines marked by what is done with them: ``+ Fees`` is earned, ``- Personnel`` is spent, ``= Result`` is what remains.

In: the texts, the rows and the amounts. Out: the texts, what is added marked as revenue. Before the first mark nothing
is taken away; the result must be the one less the other, to the cent.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from budget_sync.domain.fields import LineType
from budget_sync.mapping.understanding import JOIN, RowTexts
from budget_sync.reading.structure.rows import AmountCells, Rows

_ADDED = re.compile(r"\s*\+(?:\s*/\s*[-\u2013\u2212])?\s*[^\W\d]")
_TAKEN = re.compile(r"\s*[-\u2013\u2212]\s*[^\W\d]")
_RESULT = re.compile(r"(?:^|\s)=\s*[^\W\d]")
_SEVERAL = 2
_HALF_A_CENT = Decimal("0.005")
_NOTHING = Decimal(0)


def with_signed_names(
    texts: RowTexts, rows: Rows, amounts: Sequence[AmountCells], columns: Collection[int]
) -> RowTexts:
    """A type that a section, a column or a total says is believed."""
    results = [total for total in rows.totals if _RESULT.search(total.label)]
    if not results:
        return texts
    names = texts.sub_category if any(texts.sub_category) else texts.department
    marked = dict(zip(texts.rows, (name.rpartition(JOIN)[2] for name in names), strict=True))
    taken = {row for row, name in marked.items() if _TAKEN.match(name)}
    if len(taken) < _SEVERAL or not any(map(_ADDED.match, marked.values())):
        return texts
    loaded = [amount for amount in amounts if amount.index in columns]
    for total in reversed(results):
        above = [row for row in marked if row < total.row]
        added = [row for row in above if row not in taken]
        if _remains(loaded, total.row, added, [row for row in above if row in taken]):
            earned = set(added)
            types = zip(texts.rows, texts.line_type, strict=True)
            return replace(texts, line_type=[own or str(LineType.REVENUE) * (row in earned) for row, own in types])
    return texts


def _remains(amounts: Sequence[AmountCells], result: int, added: Sequence[int], taken: Sequence[int]) -> bool:
    """In every column; somewhere there must be something to add and something to take."""
    told = [(amount.values[result], _sum(amount, added), _sum(amount, taken)) for amount in amounts]
    right = all(stated is None or abs(plus - minus - stated) < _HALF_A_CENT for stated, plus, minus in told)
    return right and any(stated is not None and plus and minus > 0 for stated, plus, minus in told)


def _sum(amount: AmountCells, rows: Sequence[int]) -> Decimal:
    return sum((amount.values[row] or _NOTHING for row in rows), _NOTHING)
