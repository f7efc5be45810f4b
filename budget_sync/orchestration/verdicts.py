"""What is checked of each file, and how it came out: pure, from the import's record.

The same verdicts stand behind the checks of a run, of a burst and of an upload.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from budget_sync.domain.errors import (
    ControlTotalsDifferError,
    MappingIncompleteError,
    NotABudgetError,
    ReviewNeededError,
    TooManyErrorsError,
)
from budget_sync.domain.fields import ImportState
from budget_sync.orchestration.reported import EarlierImport, total_of

if TYPE_CHECKING:
    from budget_sync.importing.result import ImportRecord


@dataclass(frozen=True, slots=True)
class Verdict:
    """``figures`` are what decided it, by the names that they are shown under.

    ``grave``: what follows would be wrong; otherwise a person should only know.
    """

    passed: bool
    reason: str
    figures: dict[str, str | float | int]
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks look at: an import, and the one before that it is compared with."""

    record: "ImportRecord"
    earlier: EarlierImport = EarlierImport()  # noqa: RUF009 - frozen


def is_a_budget(findings: Findings) -> Verdict:
    """Whether the file was taken for a budget, or a person said that it is one."""
    record = findings.record
    if record.analysis is None:
        # The same file with the same request stands loaded, so nothing was read again; or it could not be read.
        return Verdict(record.error is None, _why(record, "The same file was loaded before."), {})
    detected = record.analysis.file_type_detection
    figures: dict[str, str | float | int] = {
        "file_type": detected.likely_file_type.value,
        "confidence": detected.confidence,
        "budget_confidence": detected.budget_confidence,
    }
    refused = _code(record) == NotABudgetError.code or _declined(record) is ImportState.REJECTED
    said = record.error.message if refused and record.error else f"Taken for: {detected.likely_file_type.value}."
    return Verdict(not refused, said, figures)


def required_fields_are_mapped(findings: Findings) -> Verdict:
    """Whether every required field has a column or a default, and nothing waits for a person."""
    record = findings.record
    missing = [field.value for field in record.analysis.required_fields_missing] if record.analysis else []
    questions = (
        [question.text for question in record.analysis.questions if question.blocking] if record.analysis else []
    )
    undecided = _code(record) in {MappingIncompleteError.code, ReviewNeededError.code}
    waits = undecided or _declined(record) is ImportState.NEEDS_REVIEW
    figures: dict[str, str | float | int] = {"missing": ", ".join(missing) or "none", "open_questions": len(questions)}
    return Verdict(not waits, _why(record, "Nothing is missing.") if waits else "Nothing is missing.", figures)


def row_errors_are_few(findings: Findings) -> Verdict:
    """Whether no more rows are bad than the import allows."""
    record = findings.record
    stats = record.stats
    share = stats.error_rows / stats.total_rows if stats.total_rows else 0.0
    figures: dict[str, str | float | int] = {
        "total_rows": stats.total_rows,
        "error_rows": stats.error_rows,
        "error_share": round(share, 4),
    }
    refused = _code(record) == TooManyErrorsError.code
    good = f"{stats.error_rows} of {stats.total_rows} rows were kept back."
    return Verdict(not refused, _why(record, good) if refused else good, figures)


def control_totals_agree(findings: Findings) -> Verdict:
    """Whether the file's own total rows are what its lines add up to."""
    record = findings.record
    compared = [total for total in record.control_totals if total.agrees is not None]
    wrong = [total for total in compared if not total.agrees]
    figures: dict[str, str | float | int] = {"compared": len(compared), "disagreeing": len(wrong)}
    if not wrong:
        return Verdict(passed=True, reason=f"{len(compared)} totals of the file agree with its lines.", figures=figures)
    first = wrong[0]
    return Verdict(
        passed=False,
        reason=f"{first.label} in row {first.row + 1} says {first.stated}, the lines add up to {first.computed}.",
        figures=figures,
        grave=_code(record) == ControlTotalsDifferError.code,
    )


def total_is_near_the_last(findings: Findings) -> Verdict:
    """Whether the lines add up to about what the import before them did: a file of half a year, or of another kind."""
    total, earlier = total_of(findings.record), findings.earlier.total
    if total is None or not earlier:
        return Verdict(passed=True, reason="There is no earlier import to compare with.", figures={}, grave=False)
    percent = round(float((total - earlier) / abs(earlier)) * 100, 1)
    figures: dict[str, str | float | int] = {
        "total": f"{total:f}",
        "total_before": f"{earlier:f}",
        "change_percent": percent,
    }
    reason = f"The lines add up to {total:,f}, those of the import before to {earlier:,f}: {percent:+} %."
    return Verdict(abs(percent) <= findings.earlier.most_change, reason, figures, grave=False)


def _code(record: "ImportRecord") -> str | None:
    return record.error.code if record.error else None


def _declined(record: "ImportRecord") -> ImportState | None:
    """What the file was when a person turned it down; None where nobody did."""
    return record.decisions[-1].was if record.status is ImportState.DECLINED and record.decisions else None


def _why(record: "ImportRecord", otherwise: str) -> str:
    return record.error.message if record.error else otherwise
