"""The columns that were chosen for the budget, in one layout, and why the others were not.

In: candidates. Out: ``AmountChoice``, and what several ways of choosing ask of a candidate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from budget_sync.domain.fields import Layout, LineType, TargetField
from budget_sync.domain.period_text import PeriodText
from budget_sync.mapping.candidates import Candidate
from budget_sync.mapping.columns import Column

_STRONG = 0.6


@dataclass(frozen=True, slots=True)
class ChosenAmount:
    """One budget column. ``label``: what it gives to its lines beside a period; ``is_main``: counts in the sum.

    ``code``: the stored period that a person approved.
    """

    column: Column
    period: PeriodText | None = None
    label: str = ""
    line_type: LineType | None = None
    is_main: bool = True
    code: str = ""


@dataclass(frozen=True, slots=True)
class AmountChoice:
    """``left_out``: the other columns of numbers with the reason; ``rivals``: columns that could as well be it.

    ``ways``: the layouts in which these columns can be read, the likeliest first.
    """

    layout: Layout
    chosen: list[ChosenAmount]
    left_out: dict[int, str] = field(default_factory=dict)
    rivals: list[Column] = field(default_factory=list)
    ways: tuple[Layout, ...] = ()


def is_total(one: Candidate) -> bool:
    """Whether it sums other columns, or is called their total."""
    return bool(one.sums) or "total" in one.column.evidence.tags


def totals_of(candidates: Sequence[Candidate]) -> dict[int, str]:
    """The totals among the candidates, each with the reason why it is left out."""
    return {one.column.index: "the total of the columns beside it" for one in candidates if is_total(one)}


def is_strong(one: Candidate) -> bool:
    """Whether its header names an amount."""
    return one.column.evidence.strength(TargetField.BUDGETED_AMOUNT) >= _STRONG


def says_budget(one: Candidate) -> bool:
    """Whether its header has a word of budgets."""
    return "budget" in one.column.evidence.tags
