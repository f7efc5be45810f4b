"""What is checked beyond the file itself: against the import before it, against its own totals, against the clock."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from dagster import AssetCheckEvaluation, AssetCheckSeverity, AssetKey

from budget_sync.importing.options import ImportOptions, IncomingFile
from budget_sync.orchestration.events import import_events
from budget_sync.orchestration.freshness import freshness_of
from budget_sync.orchestration.reported import report_import
from budget_sync.orchestration.source_checks import FRESHNESS_CHECKS, source_freshness
from budget_sync.orchestration.verdicts import Findings, total_is_near_the_last
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.partner import SftpPartner

NINE_TIMES = BUDGET.replace('"120,000.00"', '"2,344,500.00"')
WRONG_TOTAL = BUDGET + 'Total,,,"999,999.00",EUR\n'


def evaluations(
    dagster: Dagster, content: str, options: ImportOptions | None = None, *, name: str = "budget.csv"
) -> dict[str, AssetCheckEvaluation]:
    result = dagster.engine.run(dagster.customer.id, IncomingFile(name, content.encode()), options)
    reported = report_import(dagster.program.database, dagster.engine, dagster.customer.id, result.import_id, "k")
    events = import_events(reported, "http://127.0.0.1:8080")
    return {event.check_name: event for event in events if isinstance(event, AssetCheckEvaluation)}


def test_a_first_import_has_nothing_to_be_compared_with(dagster: Dagster) -> None:
    check = evaluations(dagster, BUDGET)["total_is_near_the_last"]
    assert check.passed
    assert "no earlier import" in str(check.description)


def test_a_total_far_from_the_last_one_is_told_and_stops_nothing(dagster: Dagster) -> None:
    evaluations(dagster, BUDGET)
    check = evaluations(dagster, NINE_TIMES)["total_is_near_the_last"]
    assert (check.passed, check.severity) == (False, AssetCheckSeverity.WARN)
    assert check.metadata["total_before"].value == "275500.50"
    assert "+807.4 %" in str(check.description)


def test_a_file_of_another_name_tells_nothing_of_this_one(dagster: Dagster) -> None:
    evaluations(dagster, BUDGET, name="sales_2025.csv")
    assert evaluations(dagster, NINE_TIMES, name="travel_2026.csv")["total_is_near_the_last"].passed
    assert not evaluations(dagster, BUDGET, name="travel_2027.csv")["total_is_near_the_last"].passed


def test_a_source_says_how_far_a_total_may_move(dagster: Dagster, source: UUID) -> None:
    with dagster.program.database.tenant(dagster.customer.id) as session:
        session.execute(
            "UPDATE budget_data_source_config SET configuration = configuration || '{\"mostTotalChange\": 900}'"
        )
    incoming = [IncomingFile("b.csv", text.encode(), "sftp", source, str(len(text))) for text in (BUDGET, NINE_TIMES)]
    last = [dagster.engine.run(dagster.customer.id, each).import_id for each in incoming][-1]
    reported = report_import(dagster.program.database, dagster.engine, dagster.customer.id, last, "k")
    verdict = total_is_near_the_last(Findings(reported.record, reported.earlier))
    assert (verdict.passed, verdict.figures["change_percent"]) == (True, 807.4)


def test_a_total_that_does_not_agree_is_a_warning_unless_the_import_asks_for_agreement(dagster: Dagster) -> None:
    lenient = evaluations(dagster, WRONG_TOTAL)["control_totals_agree"]
    strict = evaluations(dagster, WRONG_TOTAL, ImportOptions(totals_must_agree=True))["control_totals_agree"]
    assert (lenient.passed, lenient.severity) == (False, AssetCheckSeverity.WARN)
    assert (strict.passed, strict.severity) == (False, AssetCheckSeverity.ERROR)


def test_a_source_is_stale_when_its_time_passed_unused(dagster: Dagster, source: UUID) -> None:
    database, now = dagster.program.database, datetime.now(UTC)
    assert freshness_of(database, "sftp", now).stale == ()
    late = freshness_of(database, "sftp", now + timedelta(hours=5))
    assert [stale.id for stale in late.stale] == [source]


def test_stale_sources_are_reported_with_their_last_error(dagster: Dagster, source: UUID) -> None:
    with dagster.program.database.tenant(dagster.customer.id) as session:
        session.execute(
            "UPDATE budget_data_source_config SET created_at = now() - interval '2 days', last_error = 'no answer'"
            " WHERE id = %s",
            (source,),
        )
    result = source_freshness(budget_sync=dagster.program)
    (event,) = result.asset_events
    assert isinstance(event, AssetCheckEvaluation)
    assert (event.passed, event.metadata["stale_sources"].value) == (False, 1)
    assert "no answer" in str(event.metadata["stale"])
    checked = FRESHNESS_CHECKS[0](budget_sync=dagster.program)
    assert not checked.passed


@pytest.mark.usefixtures("source")
def test_what_a_tick_saw_is_observed_on_the_sources(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    dagster.tick()
    dagster.tick()
    partner.refuses_logins = True
    dagster.tick()
    records = dagster.instance.fetch_observations(AssetKey("sftp_sources"), limit=10, ascending=True).records
    seen = [record.asset_observation.metadata for record in records if record.asset_observation is not None]
    assert [(entry["new_files"].value, entry["failing_sources"].value) for entry in seen] == [(1, 0), (0, 1)]
    assert "does not let the user" in str(seen[1]["sources"])
