"""The checks of each file: what they are called, which of them stop a run, and what they say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster import AssetCheckEvaluation, AssetCheckResult, AssetCheckSeverity, AssetCheckSpec, AssetKey

from budget_sync.orchestration.verdicts import (
    Findings,
    Verdict,
    control_totals_agree,
    is_a_budget,
    required_fields_are_mapped,
    row_errors_are_few,
    total_is_near_the_last,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One check on one asset of every file; a blocking one that fails gravely keeps what follows from being done."""

    name: str
    asset: str
    description: str
    verdict: "Callable[[Findings], Verdict]"
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

    def result(self, findings: Findings) -> AssetCheckResult:
        """As a run reports it."""
        verdict = self.verdict(findings)
        return AssetCheckResult(
            check_name=self.name,
            passed=verdict.passed,
            description=verdict.reason,
            metadata={"file_name": findings.record.file_name, **verdict.figures},
            severity=_severity(verdict),
        )

    def evaluation(self, findings: Findings, key: str) -> AssetCheckEvaluation:
        """As it is reported without a step of its own; nothing is left to block, the engine has refused."""
        verdict = self.verdict(findings)
        return AssetCheckEvaluation(
            asset_key=AssetKey(self.asset),
            check_name=self.name,
            passed=verdict.passed,
            description=verdict.reason,
            metadata={"file_name": findings.record.file_name, "partition": key, **verdict.figures},
            severity=_severity(verdict),
        )


def _severity(verdict: Verdict) -> AssetCheckSeverity:
    return AssetCheckSeverity.ERROR if verdict.grave else AssetCheckSeverity.WARN


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
    "column_mapping",
    "The file's own total rows are what its lines add up to; it stops a file whose source asks for agreement.",
    control_totals_agree,
)
TOTAL_IS_NEAR_THE_LAST = FileCheck(
    "total_is_near_the_last",
    "budgets",
    "The lines add up to about what the last file of this name did; the source says within how many percent.",
    total_is_near_the_last,
    blocking=False,
)
