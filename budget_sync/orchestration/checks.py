"""The checks of each file: what they are called, which of them stop a run, and what they say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster import AssetCheckEvaluation, AssetCheckResult, AssetCheckSeverity, AssetCheckSpec, AssetKey

from budget_sync.orchestration.verdicts import (
    Verdict,
    control_totals_agree,
    is_a_budget,
    required_fields_are_mapped,
    row_errors_are_few,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget_sync.importing.result import ImportRecord


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One check on one asset of every file; a blocking one keeps what follows from being worked on."""

    name: str
    asset: str
    description: str
    verdict: "Callable[[ImportRecord], Verdict]"
    blocking: bool = True

    @property
    def spec(self) -> AssetCheckSpec:
        """As the asset declares it."""
        return AssetCheckSpec(
            self.name,
            asset=self.asset,
            description=self.description,
            blocking=self.blocking,
        )

    def result(self, record: "ImportRecord") -> AssetCheckResult:
        """As a run reports it."""
        verdict = self.verdict(record)
        return AssetCheckResult(
            check_name=self.name,
            passed=verdict.passed,
            description=verdict.reason,
            metadata={"file_name": record.file_name, **verdict.figures},
            severity=self._severity,
        )

    def evaluation(self, record: "ImportRecord") -> AssetCheckEvaluation:
        """As it is reported without a step of its own; nothing is left to block, the engine has refused."""
        verdict = self.verdict(record)
        return AssetCheckEvaluation(
            asset_key=AssetKey(self.asset),
            check_name=self.name,
            passed=verdict.passed,
            description=verdict.reason,
            metadata={"file_name": record.file_name, **verdict.figures},
            severity=self._severity,
        )

    @property
    def _severity(self) -> AssetCheckSeverity:
        return AssetCheckSeverity.ERROR if self.blocking else AssetCheckSeverity.WARN


IS_A_BUDGET = FileCheck(
    "is_a_budget", "column_mapping", "The file is a budget, not a payroll, an invoice or anything else.", is_a_budget
)
FIELDS_ARE_MAPPED = FileCheck(
    "required_fields_are_mapped",
    "column_mapping",
    "Department, period and amount have a column or a default, and no question waits for a person.",
    required_fields_are_mapped,
)
ROW_ERRORS_ARE_FEW = FileCheck(
    "row_errors_are_few",
    "validated_lines",
    "No more rows were kept back than the import allows; above that nothing is loaded.",
    row_errors_are_few,
)
CONTROL_TOTALS_AGREE = FileCheck(
    "control_totals_agree",
    "budgets",
    "The file's own total rows are what its lines add up to.",
    control_totals_agree,
    blocking=False,
)
