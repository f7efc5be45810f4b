"""What the people who run it should hear of, found in what the database knows, each told once as long as it holds.

In: a connection whose tenant is set. Out: events in the outbox, for the customer's endpoints and the operator's own
channels, in the transaction that notes the alert as raised.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from budget_sync.database import Connection, Database
from budget_sync.notification.events import Channel, EventType
from budget_sync.notification.outbox import emit

_RAISE = """
INSERT INTO alert (customer_id, kind, subject) VALUES (current_setting('app.customer_id')::uuid, %s, %s)
ON CONFLICT DO NOTHING RETURNING subject
"""
_CLEAR = "DELETE FROM alert WHERE kind = %s AND subject <> ALL (%s)"
_FAILING = """
SELECT s.id::text, format('The source %%s could not be listed %%s times within the last hour: %%s', s.name,
                          count(*), coalesce(s.last_error, 'no reason is known'))
FROM budget_data_source_config s, unnest(s.recent_failures) AS failed_at
WHERE s.active AND failed_at > now() - interval '1 hour'
GROUP BY s.id HAVING count(*) > 3
"""
# A source is stale when it was not listed for a day, and for two of its own rounds where these are longer.
_STALE = """
SELECT s.id::text, format(
    'The source %%s was last listed: %%s. Its last error: %%s', s.name,
    coalesce(to_char(s.last_sync_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'never'),
    coalesce(s.last_error, 'none; see whether the syncs run at all'))
FROM budget_data_source_config s
WHERE s.active AND coalesce(s.last_sync_at, s.created_at) < now()
    - greatest(interval '1 day', make_interval(secs => 2 * coalesce(s.poll_seconds, 0)))
    AND (s.cron IS NULL OR s.next_due_at < now() - interval '1 hour')
"""
_MANY_FAILED = """
SELECT 'syncs', format('%%s of the %%s files that sources sent within the last hour did not load.',
                       count(*) FILTER (WHERE status IN ('failed', 'rejected')), count(*))
FROM import_history
WHERE source_id IS NOT NULL AND finished_at > now() - interval '1 hour'
HAVING count(*) >= 5 AND 2 * count(*) FILTER (WHERE status IN ('failed', 'rejected')) > count(*)
"""
_FOUND_BY = (
    (EventType.SOURCE_FAILING, _FAILING),
    (EventType.SOURCE_STALE, _STALE),
    (EventType.MANY_FAILURES, _MANY_FAILED),
)


@dataclass(frozen=True, slots=True)
class Alert:
    """``subject`` says of what: of one subject an alert is told once as long as it holds."""

    event: EventType
    subject: str
    sentence: str


def look_for_alerts(database: Database, channels: Sequence[Channel]) -> int:
    """Every customer's sources and imports; how many alerts are new."""
    raised = 0
    for customer_id in database.customer_ids():
        with database.tenant(customer_id) as connection:
            raised += _look(connection, channels)
    return raised


def raise_alert(database: Database, customer_id: UUID, alert: Alert, channels: Sequence[Channel]) -> bool:
    """Tell an alert that somebody else found; False where it was told."""
    with database.tenant(customer_id) as connection:
        return _raise(connection, alert, channels)


def _look(connection: Connection, channels: Sequence[Channel]) -> int:
    raised = 0
    for event, query in _FOUND_BY:
        found = [Alert(event, subject, sentence) for subject, sentence in connection.execute(query, ())]
        connection.execute(_CLEAR, (event.value, [alert.subject for alert in found]))
        raised += sum(_raise(connection, alert, channels) for alert in found)
    return raised


class _Told(msgspec.Struct, frozen=True):
    """What an alert says to those who listen."""

    subject: str
    sentence: str


def _raise(connection: Connection, alert: Alert, channels: Sequence[Channel]) -> bool:
    if connection.execute(_RAISE, (alert.event.value, alert.subject)).fetchone() is None:
        return False
    emit(connection, alert.event, _Told(alert.subject, alert.sentence), channels)
    return True
