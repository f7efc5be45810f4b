"""What became of one file, and whether that was to be expected. Pure.

In: the file's row of the history, its expectation, the check that was asked of one of its lines. Out: ``FileOutcome``.
"""

from dataclasses import dataclass

from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.listing import ListedLine
from budget_sync.cli.demo.expectations import Expectation
from budget_sync.cli.demo.questions import answers_from
from budget_sync.domain.fields import ImportState
from budget_sync.importing.result import ImportRecord, imported_lines


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of the file, and what a check of all that it has was answered."""

    line: ListedLine
    answer: CheckAnswer

    @property
    def answered(self) -> bool:
        """Whether the answer came from this very line."""
        return answers_from(self.line, self.answer)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file at the end of its way. ``problem``: why that is not as it should be, None where it is."""

    record: ImportRecord
    asked: AskedLine | None
    problem: str | None


def judge(record: ImportRecord, asked: AskedLine | None, expected: Expectation | None) -> FileOutcome:
    """The outcome, held against what is declared of this file."""
    return FileOutcome(record, asked, _problem(record, asked, expected))


def _problem(record: ImportRecord, asked: AskedLine | None, expected: Expectation | None) -> str | None:
    if record.status is ImportState.PROCESSING:
        return "did not reach a final state"
    if asked is not None and not asked.answered:
        return f"a check on a line of it was not answered from that line: {asked.answer.reason}"
    if expected is None:
        return None
    pairs = (
        ("status", expected.status.value, record.status.value),
        ("taken for", expected.file_type.value, record.file_type),
        ("rows refused", expected.refused, record.stats.error_rows),
        ("lines", expected.lines, imported_lines(record.stats)),
    )
    wrong = [f"{name}: expected {should}, was {was}" for name, should, was in pairs if should != was]
    return "; ".join(wrong) or None
