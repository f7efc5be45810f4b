"""Which new names of a file a person is asked about, and what each answer would change.

In: an ``Understanding`` and the names that the customer has. Out: questions that hold nothing up, one a name: the file
is loaded as it is written unless somebody says that two names are one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name, fold_name
from budget_sync.mapping.analysis import Answer, Question
from budget_sync.mapping.understanding import LineTexts, Understanding
from budget_sync.mapping.value_matching import NearName, near_names

NEAR_NAME = "near_name"
_MOST_ASKED = 20
_WORDS = {TargetField.DEPARTMENT: "department", TargetField.SUB_CATEGORY: "sub-category"}


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names on the customer's live lines. ``settled``: folded names that a person has decided about, by field."""

    departments: tuple[str, ...] = ()
    sub_categories: tuple[str, ...] = ()
    settled: frozenset[tuple[TargetField, str]] = frozenset()


def name_questions(understanding: Understanding, known: KnownNames) -> list[Question]:
    """One question for each name that is nearly a known one and that nobody has decided about."""
    near = [
        (field, one)
        for field, names in (
            (TargetField.DEPARTMENT, known.departments),
            (TargetField.SUB_CATEGORY, known.sub_categories),
        )
        for one in near_names(_undecided(understanding, field, known), names)
    ]
    if not near:
        return []
    lines = [(column, understanding.lines_of(column)) for column in understanding.amounts]
    amounts = [
        (texts, parse_amounts(texts.amount, column.style, understanding.grid.kinds_of(texts.rows, column.index)).values)
        for column, texts in lines
    ]
    scale = understanding.analysis.amount_scale
    return [_question(field, one, *_reach(field, one, amounts, scale)) for field, one in near[:_MOST_ASKED]]


def _undecided(understanding: Understanding, field: TargetField, known: KnownNames) -> Iterable[str]:
    texts = understanding.texts
    if field is TargetField.DEPARTMENT:
        names = [*texts.department, *(column.department for column in understanding.amounts)]
        names += [understanding.department.value] if understanding.department else []
    else:
        labels = [column.sub_category for column in understanding.amounts]
        # A label beside the rows' own names is only a part of the name.
        names = [*(texts.sub_category if not all(labels) else ()), *(labels if not any(texts.sub_category) else ())]
    cleaned = dict.fromkeys(clean_name(name) for name in dict.fromkeys(names))
    return [name for name in cleaned if (field, fold_name(name)) not in known.settled]


def _reach(
    field: TargetField, one: NearName, amounts: list[tuple[LineTexts, list[Decimal | None]]], scale: int
) -> tuple[int, Decimal]:
    """How many amounts bear the name, and their sum."""
    count, total = 0, Decimal(0)
    for texts, values in amounts:
        names = texts.department if field is TargetField.DEPARTMENT else texts.sub_category
        for name, value in zip(names, values, strict=True):
            if value is not None and clean_name(name) == one.written:
                count += 1
                total += value * scale
    return count, total


def _question(field: TargetField, one: NearName, count: int, total: Decimal) -> Question:
    amounts = f"{count} amount{'' if count == 1 else 's'}, {total:,f} together"
    return Question(
        code=NEAR_NAME,
        text=f"Is {one.written!r} the {_WORDS[field]} {one.known!r}? ({one.reason})",
        answers=[
            Answer(one.known, f"Yes, take it for {one.known!r}", f"{amounts}, join it, here and in later files"),
            Answer(one.written, "No, it is a name of its own", "it stays as it is, and nobody is asked again"),
        ],
        field=field,
        blocking=False,
    )
