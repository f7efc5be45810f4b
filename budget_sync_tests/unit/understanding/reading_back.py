"""A messy file read, understood and validated, and what came of it beside what was known.

In: ``MessyFile``. Out: ``Outcome``.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget_sync.domain.errors import BudgetSyncError
from budget_sync.mapping import UnderstandingRequest, understand
from budget_sync.reading import read_document
from budget_sync.validation import validate
from budget_sync_tests.unit.understanding.generator.known_lines import KnownLine
from budget_sync_tests.unit.understanding.generator.messy_file import MessyFile


class Verdict(StrEnum):
    """``ASKED_RIGHT``: the lines are right, and yet a person is asked; ``ASKED``: they are wrong, and a person knows.

    A person is asked a question, or told which rows were kept back.
    """

    RIGHT = "right"
    ASKED_RIGHT = "right, but asked"
    ASKED = "wrong, asked"
    WRONG = "silently wrong"


@dataclass(frozen=True)
class Outcome:
    """``missing``: known lines that did not come back; ``strange``: lines that nobody wrote."""

    verdict: Verdict
    missing: list[KnownLine]
    strange: list[KnownLine]
    remarks: list[str]

    @property
    def gives_lines_back(self) -> bool:
        """Whether every line came back, and no other."""
        return not (self.missing or self.strange)


def read_back(file: MessyFile) -> Outcome:
    """What an unattended import would make of the file."""
    try:
        document = read_document(file.content, file.name)
    except BudgetSyncError as error:
        return Outcome(Verdict.ASKED, file.lines, [], [str(error)])
    understanding = understand(document, UnderstandingRequest(defaults=file.defaults))
    validated = validate(understanding, file.defaults)
    found = [
        KnownLine(*names, Decimal(amount), currency, line_type)
        for *names, line_type, currency, amount in zip(*map(validated.lines.texts, _COLUMNS), strict=True)
    ]
    missing, strange = _differences(file.lines, found)
    analysis = understanding.analysis
    asked = not analysis.can_proceed or any(question.blocking for question in analysis.questions) or validated.errors
    remarks = [f"{question.code}: {question.text}" for question in analysis.questions]
    remarks += [f"row {error.row}: {error.reason}" for error in validated.errors[:3]]
    right = not (missing or strange)
    verdict = (Verdict.ASKED_RIGHT if asked else Verdict.RIGHT) if right else Verdict.ASKED if asked else Verdict.WRONG
    return Outcome(verdict, missing, strange, [f"layout {analysis.layout}, header {analysis.header_row}", *remarks])


_COLUMNS = ("department", "sub_category", "fiscal_period", "line_type", "currency", "budgeted_amount")


def _differences(known: Sequence[KnownLine], found: Sequence[KnownLine]) -> tuple[list[KnownLine], list[KnownLine]]:
    expected, read = Counter(known), Counter(found)
    return list((expected - read).elements()), list((read - expected).elements())
