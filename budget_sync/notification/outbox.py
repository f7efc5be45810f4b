"""Events into the outbox, in the transaction of what they tell: neither stands without the other.

In: a connection whose tenant is set. Each is one statement, and where nobody listens one look at an index.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.fields import ImportState
from budget_sync.notification.events import Channel, EventType

# For the async connections of reservations and of edits by hand.
EMIT_RESERVATIONS: Final = "SELECT emit_reservations(%(reservation_ids)s::uuid[], %(event)s)"
# A line that comes over the limit of its rule, once that the ``committed`` beyond what was bound is written on it ...
EMIT_OVERRUN: Final = """
SELECT emit_crossing(id, reserved_amount + committed_amount - %(committed)s, budgeted_amount,
                     jsonb_build_object('reservationId', %(reservation_id)s::uuid))
FROM budget WHERE id = %(budget_id)s
"""
# ... or once that its new amount is.
EMIT_CUT: Final = """
SELECT emit_crossing(id, reserved_amount + committed_amount, %(amount_before)s, '{}')
FROM budget WHERE id = %(budget_id)s
"""

_EVENT_OF = {
    ImportState.COMPLETED: EventType.IMPORT_COMPLETED,
    ImportState.COMPLETED_WITH_ERRORS: EventType.IMPORT_COMPLETED,
    ImportState.FAILED: EventType.IMPORT_FAILED,
    ImportState.REJECTED: EventType.IMPORT_FAILED,
    ImportState.NEEDS_REVIEW: EventType.IMPORT_NEEDS_REVIEW,
    ImportState.UNDONE: EventType.IMPORT_UNDONE,
}


def emit_import(connection: Connection, import_id: UUID, state: ImportState) -> None:
    """Tell what became of an import; one that changed nothing or was turned down is nobody's news."""
    event = _EVENT_OF.get(state)
    if event is not None:
        connection.execute("SELECT emit_import(%s, %s)", (import_id, event.value))


def emit_cuts(connection: Connection, import_id: UUID) -> None:
    """Tell of each line that the amounts of this import, or of this undo, brought over the limit of its rule."""
    connection.execute("SELECT emit_import_crossings(%s)", (import_id,))


def emit(connection: Connection, event: EventType, told: msgspec.Struct, channels: Sequence[Channel] = ()) -> int:
    """Tell anything else; how many receivers there are. ``channels``: the operator's own, beside the endpoints."""
    named = [channel.value for channel in channels]
    body = msgspec.json.encode(told).decode()
    (receivers,) = only_row(
        connection.execute("SELECT emit_event(%s, %s::jsonb, %s::text[])", (event.value, body, named))
    )
    return int(receivers)
