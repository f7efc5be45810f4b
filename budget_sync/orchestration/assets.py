"""The way of one file, as four assets partitioned by file.

Steps hand on through the file store and the database alone, so that any of them can be run again by itself. Bodies
are a few lines: the engine does the work, ``metadata`` and ``checks`` say what came of it.
"""

from dagster import AssetExecutionContext, MaterializeResult, asset

from budget_sync.orchestration.checks import (
    CONTROL_TOTALS_AGREE,
    FIELDS_ARE_MAPPED,
    IS_A_BUDGET,
    ROW_ERRORS_ARE_FEW,
    TOTAL_IS_NEAR_THE_LAST,
)
from budget_sync.orchestration.failures import NETWORK_RETRIES, told_in_words
from budget_sync.orchestration.metadata import (
    budgets_metadata,
    lines_metadata,
    mapping_metadata,
    received_metadata,
)
from budget_sync.orchestration.partitions import BUDGET_FILES
from budget_sync.orchestration.receiving import receive_file
from budget_sync.orchestration.reported import earlier_import
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.source_kinds import OWNERS, SOURCE_KINDS
from budget_sync.orchestration.steps import load_file, understand_file, validate_file
from budget_sync.orchestration.verdicts import Findings

GROUP = "budget_files"
# Its limit guards the database from more runs at once than it bears; dagster.yaml says how many.
DATABASE_POOL = "budget_database"


@asset(
    partitions_def=BUDGET_FILES,
    group_name=GROUP,
    owners=OWNERS,
    kinds={"file"},
    deps=[kind.asset for kind in SOURCE_KINDS],
    pool=DATABASE_POOL,
    retry_policy=NETWORK_RETRIES,
)
def received_file(context: AssetExecutionContext, budget_sync: BudgetSync) -> MaterializeResult:  # type: ignore[type-arg]  # Dagster compares the bare class
    """The bytes as the partner has them, kept under their SHA-256 and written into the history."""
    with told_in_words():
        record = receive_file(
            budget_sync.database, budget_sync.engine, context.partition_key, run_id=context.run.run_id
        )
    return MaterializeResult(metadata=received_metadata(record, budget_sync.service_url))


@asset(
    partitions_def=BUDGET_FILES,
    group_name=GROUP,
    owners=OWNERS,
    kinds={"python"},
    deps=[received_file],
    pool=DATABASE_POOL,
    check_specs=[IS_A_BUDGET.spec, FIELDS_ARE_MAPPED.spec, CONTROL_TOTALS_AGREE.spec],
    retry_policy=NETWORK_RETRIES,
)
def column_mapping(context: AssetExecutionContext, budget_sync: BudgetSync) -> MaterializeResult:  # type: ignore[type-arg]  # Dagster compares the bare class
    """What the file is and which column is what, with confidence and reason; refused here if it is no budget."""
    with told_in_words():
        record = understand_file(budget_sync.database, budget_sync.engine, context.partition_key)
    findings = Findings(record)
    return MaterializeResult(
        metadata=mapping_metadata(record, budget_sync.service_url),
        check_results=[check.result(findings) for check in (IS_A_BUDGET, FIELDS_ARE_MAPPED, CONTROL_TOTALS_AGREE)],
    )


@asset(
    partitions_def=BUDGET_FILES,
    group_name=GROUP,
    owners=OWNERS,
    kinds={"pandas", "pandera"},
    deps=[column_mapping],
    pool=DATABASE_POOL,
    check_specs=[ROW_ERRORS_ARE_FEW.spec],
    retry_policy=NETWORK_RETRIES,
)
def validated_lines(context: AssetExecutionContext, budget_sync: BudgetSync) -> MaterializeResult:  # type: ignore[type-arg]  # Dagster compares the bare class
    """The budget lines that passed every check of their columns, and the rows that were kept back, each with why."""
    with told_in_words():
        checked = validate_file(budget_sync.database, budget_sync.engine, context.partition_key)
    return MaterializeResult(
        metadata=lines_metadata(checked.record, budget_sync.service_url, checked.errors, checked.lines),
        check_results=[ROW_ERRORS_ARE_FEW.result(Findings(checked.record))],
    )


@asset(
    partitions_def=BUDGET_FILES,
    group_name=GROUP,
    owners=OWNERS,
    kinds={"postgres"},
    deps=[validated_lines],
    pool=DATABASE_POOL,
    check_specs=[TOTAL_IS_NEAR_THE_LAST.spec],
    retry_policy=NETWORK_RETRIES,
)
def budgets(context: AssetExecutionContext, budget_sync: BudgetSync) -> MaterializeResult:  # type: ignore[type-arg]  # Dagster compares the bare class
    """The lines in the table `budget`, loaded in one transaction with the history; the same again changes nothing."""
    with told_in_words():
        record = load_file(budget_sync.database, budget_sync.engine, context.partition_key)
        findings = Findings(record, earlier_import(budget_sync.database, record))
    return MaterializeResult(
        metadata=budgets_metadata(record, budget_sync.service_url),
        check_results=[TOTAL_IS_NEAR_THE_LAST.result(findings)],
    )


FILE_ASSETS = [received_file, column_mapping, validated_lines, budgets]
