"""What tells people: the outbox carried to its receivers, and a look for what operators should hear of.

In: a tick of the daemon. Out: why there is nothing to start; what was told stands in the delivery logs.
"""

from dagster import DefaultSensorStatus, SkipReason, sensor

from budget_sync.notification.alerts import look_for_alerts
from budget_sync.notification.deliver import Deliverer
from budget_sync.notification.operator_channels import OperatorChannels
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.sources.master_keys import open_keyring

_SECONDS_BETWEEN_ROUNDS = 5
_SECONDS_BETWEEN_LOOKS = 60
# Eight at a time, each at most fifteen seconds: a round ends before Dagster would end it.
_MOST_A_ROUND = 16


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_ROUNDS, default_status=DefaultSensorStatus.RUNNING)
def webhooks(budget_sync: BudgetSync) -> SkipReason:
    """Sends events and alerts to those who want to hear of them; what fails is tried again for three days."""
    database = budget_sync.database
    done = Deliverer.of(database, open_keyring(database.settings)).deliver_due(_MOST_A_ROUND)
    return SkipReason(f"{done.delivered} delivered, {done.failed} to be tried again or given up.")


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_LOOKS, default_status=DefaultSensorStatus.RUNNING)
def alerts(budget_sync: BudgetSync) -> SkipReason:
    """Looks for sources that fail or are stale, and for many files that did not load; each is told once."""
    channels = OperatorChannels.of(budget_sync.database.settings).configured()
    return SkipReason(f"{look_for_alerts(budget_sync.database, channels)} new alerts.")
