"""What an answer to a question of the analysis means for the import. Pure.

In: the analysis that was shown, ``2.0`` for the first answer of its third question. Out: ``Outcome``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from api.pages.mapper.chosen_columns import with_field
from budget_sync.domain.fields import TargetField
from budget_sync.importing.options import Duplicates, ImportOptions
from budget_sync.mapping.analysis import WHICH_TABLE, Analysis, Answer, Question
from budget_sync.mapping.name_questions import NEAR_NAME
from budget_sync.mapping.offered_answers import COLUMN
from budget_sync.mapping.unsure_columns import UNSURE_COLUMN


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling in the file and the name that it was said to stand for."""

    field: TargetField
    written: str
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """``answered``: the question's code with the label of the answer. ``leave``: nothing is to be loaded."""

    options: ImportOptions
    answered: dict[str, str] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)
    leave: bool = False


def answer_question(analysis: Analysis, options: ImportOptions, chosen: str) -> Outcome:
    """The options once a question is answered; the same ones where nothing was."""
    question, answer = _found(analysis, chosen)
    if question is None or answer is None or (question.code, answer.value) in NEEDS_ANOTHER_FILE:
        return Outcome(options)
    if (question.code, answer.value) in _LEAVES:
        return Outcome(options, leave=True)
    if question.code == NEAR_NAME:
        return Outcome(options, aliases=[_alias(question, answer)])
    change = _CHANGES.get(question.code)
    changed = change(analysis, options, answer.value) if change else options
    return Outcome(changed, {question.code: answer.label})


def ask_again(options: ImportOptions, code: str) -> ImportOptions:
    """The options without what the answer to a question made of them."""
    return msgspec.structs.replace(options, **_ASKED_AGAIN.get(code, {}))


def _found(analysis: Analysis, chosen: str) -> tuple[Question | None, Answer | None]:
    question, _, answer = chosen.partition(".")
    if not (question.isascii() and question.isdigit() and answer.isascii() and answer.isdigit()):
        return None, None
    asked = dict(enumerate(analysis.questions)).get(int(question))
    return asked, dict(enumerate(asked.answers)).get(int(answer)) if asked else None


def _alias(question: Question, answer: Answer) -> Alias:
    """The name in the file is the value of the last answer: a name of its own."""
    return Alias(question.field or TargetField.DEPARTMENT, question.answers[-1].value, answer.value)


def _amount(analysis: Analysis, options: ImportOptions, value: str) -> ImportOptions:
    amount = TargetField.BUDGETED_AMOUNT
    mappings = [
        with_field(one, amount)
        if one.column_index == int(value)
        else with_field(one, None if one.target_field is amount else one.target_field)
        for one in analysis.mappings
    ]
    return msgspec.structs.replace(options, mappings=mappings)


def _department(analysis: Analysis, options: ImportOptions, value: str) -> ImportOptions:
    """A column of the file, else a name for all of it."""
    _, column, index = value.partition(COLUMN)
    if not column:
        return msgspec.structs.replace(options, department=value)
    mappings = [
        with_field(one, TargetField.DEPARTMENT) if one.column_index == int(index) else one for one in analysis.mappings
    ]
    return msgspec.structs.replace(options, mappings=mappings)


def _period(_: Analysis, options: ImportOptions, value: str) -> ImportOptions:
    return msgspec.structs.replace(options, fiscal_period=value)


def _decimal_sign(analysis: Analysis, options: ImportOptions, value: str) -> ImportOptions:
    """The sign that makes of the open cells what was answered; which separator they show, their samples say."""
    samples = [sample for one in analysis.columns_of(TargetField.BUDGETED_AMOUNT) for sample in one.sample_values]
    comma = sum("," in sample for sample in samples) >= sum("." in sample for sample in samples)
    sign: Literal[".", ","] = "," if comma == (value == "decimals") else "."
    return msgspec.structs.replace(options, decimal_sign=sign)


NEEDS_ANOTHER_FILE = {
    ("mixed_signs", "types"),  # which rows are revenue, only a column can say
    (WHICH_TABLE, "all"),
}
_ASKED_AGAIN: dict[str, dict[str, object]] = {
    "is_budget": {"accept_file_type": False},
    "which_sheet": {"sheet": None},
    WHICH_TABLE: {"header_row": None, "mappings": None},
    "which_amount": {"mappings": None},
    UNSURE_COLUMN: {"mappings": None},
    "which_decimal_sign": {"decimal_sign": None},
    "which_year": {"fiscal_period": None},
    "which_period": {"fiscal_period": None},
    "which_department": {"department": None, "mappings": None},
    "same_rows": {"duplicates": None},
}
_LEAVES = {("is_budget", "no"), ("drift", "decline")}
_CHANGES: dict[str, Callable[[Analysis, ImportOptions, str], ImportOptions]] = {
    "is_budget": lambda _, options, __: msgspec.structs.replace(options, accept_file_type=True),
    "which_sheet": lambda _, options, value: msgspec.structs.replace(
        options, sheet=value, header_row=None, mappings=None
    ),
    WHICH_TABLE: lambda analysis, options, value: msgspec.structs.replace(
        options, sheet=analysis.sheet, header_row=int(value), mappings=None
    ),
    "which_amount": _amount,
    UNSURE_COLUMN: lambda analysis, options, _: msgspec.structs.replace(options, mappings=analysis.mappings),
    "which_decimal_sign": _decimal_sign,
    "which_year": _period,
    "which_period": _period,
    "which_department": _department,
    "same_rows": lambda _, options, value: msgspec.structs.replace(options, duplicates=Duplicates(value)),
}
