"""What can be heard of: the types of events, as receivers see them."""

from enum import StrEnum


class EventType(StrEnum):
    """``type`` of an event's body."""

    IMPORT_COMPLETED = "budget.import.completed"
    IMPORT_FAILED = "budget.import.failed"
    IMPORT_NEEDS_REVIEW = "budget.import.needs_review"
    IMPORT_UNDONE = "budget.import.undone"
    RESERVED = "budget.reserved"
    COMMITTED = "budget.committed"
    RELEASED = "budget.released"
    EXPIRED = "budget.expired"
    THRESHOLD_CROSSED = "budget.threshold_crossed"
    RUN_FAILED = "budget.alert.run_failed"
    MANY_FAILURES = "budget.alert.many_failures"
    SOURCE_FAILING = "budget.alert.source_failing"
    SOURCE_STALE = "budget.alert.source_stale"


class Channel(StrEnum):
    """How an event leaves. ``SLACK`` and ``MAIL`` are the operator's own, of the settings, and carry alerts alone."""

    WEBHOOK = "webhook"
    SLACK = "slack"
    MAIL = "mail"
