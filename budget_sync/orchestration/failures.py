"""An error of ours becomes a failure of a step: in its own words, and tried again only where that can help."""

from collections.abc import Iterator
from contextlib import contextmanager

from dagster import Backoff, Failure, Jitter, RetryPolicy

from budget_sync.domain.errors import BudgetSyncError, DatabaseUnavailableError, SourceError
from budget_sync.orchestration.receiving import lasts

NETWORK_RETRIES = RetryPolicy(max_retries=3, delay=2, backoff=Backoff.EXPONENTIAL, jitter=Jitter.PLUS_MINUS)
# Steps wait for a person or a source to change what a password or a host key is.
_PASSING_STEPS = frozenset({"resolve", "connect", "list", "fetch"})


@contextmanager
def told_in_words() -> Iterator[None]:
    """Within an asset."""
    try:
        yield
    except BudgetSyncError as error:
        raise Failure(
            description=error.message, metadata={"code": error.code}, allow_retries=may_pass(error)
        ) from error


def may_pass(error: BudgetSyncError) -> bool:
    """Whether the same step can succeed a moment later: a network or a database that went away, never bad data."""
    if isinstance(error, SourceError):
        return error.step in _PASSING_STEPS and not lasts(error)
    return isinstance(error, DatabaseUnavailableError)
