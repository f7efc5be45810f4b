"""What an import that failed through no fault of its file is said to have failed of.

In: an error of the driver. Out: an error of ours whose sentence says what to do.
"""

import psycopg

from budget_sync.domain.errors import (
    AmountOutOfRangeError,
    BudgetSyncError,
    ConflictError,
    DatabaseError,
    DatabaseUnavailableError,
)


def database_failure(error: psycopg.Error) -> BudgetSyncError:
    """The error of ours that stands for this one."""
    match error:
        case psycopg.errors.LockNotAvailable():
            return ConflictError(
                "Another import, or a change by hand, has held lines of this customer for more than two minutes. "
                "Nothing was done; try again later."
            )
        case psycopg.errors.NumericValueOutOfRange():
            return AmountOutOfRangeError("A line adds up to more than 15 digits before the point. Nothing was loaded.")
        case psycopg.errors.DeadlockDetected():
            return ConflictError("Lines of this import were being changed by others at the same time. Try again.")
        case psycopg.errors.QueryCanceled():
            return ConflictError(
                "The import took longer than ten minutes in one statement and was stopped. Nothing was done; "
                "try again, or send the file in parts."
            )
        case psycopg.OperationalError():
            return DatabaseUnavailableError("The database went away while the file was imported. Nothing was loaded.")
    return DatabaseError(f"The database refused the import: {error}. Nothing was loaded.")
