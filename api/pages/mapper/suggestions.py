"""Answers that a person need not write: what earlier files were said to be, beside what the file itself suggests. Pure.

In: what was said before. Out: ``Suggestions``; ``suggested`` reads the one that was pressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from budget_sync.domain.periods import FiscalPeriod, PeriodKind
from budget_sync.importing.said_before import SaidBefore

_SHOWN = 3
_FIELDS = ("department", "fiscal_period")


@dataclass(frozen=True, slots=True)
class Suggestions:
    """``periods`` of any kind, ``years`` where only a year will do; ``known``: departments for the list to type from.

    All of them the most likely first.
    """

    departments: list[str]
    periods: list[str]
    years: list[str]
    known: list[str]


def suggestions(said: SaidBefore, customer_name: str) -> Suggestions:
    """What is offered on the page of a file; of a company that plans as a whole, its own name."""
    periods = said.periods[:_SHOWN]
    return Suggestions(
        departments=list(dict.fromkeys([*said.departments[:_SHOWN], customer_name])),
        periods=periods,
        years=[one for one in periods if FiscalPeriod.from_code(one).kind is PeriodKind.YEAR],
        known=said.known,
    )


def suggested(form: Mapping[str, str]) -> dict[str, str]:
    """The form with what a pressed suggestion says: ``department=Sales`` in its member ``say``."""
    field, _, value = form.get("say", "").partition("=")
    return {**form, field: value} if field in _FIELDS else dict(form)
