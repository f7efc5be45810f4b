"""Every error that a reader of a file, a caller or an administrator can meet, each with a stable code.

The message is written for the person who holds the file or the request: what, where, what to do.
The table from class to HTTP status stands in ``api/errors.py``; exit statuses in ``cli/main.py``.
"""

from typing import ClassVar


class BudgetSyncError(Exception):
    """The root: anything that is not one of these is a defect of ours.

    ``details`` holds the numbers and names that made the decision, ready for JSON.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class UnreadableFileError(BudgetSyncError):
    """The bytes are no table that we read; ``reason`` narrows it (``empty``, ``password``, ``pdf``, ...)."""

    code = "unreadable_file"

    def __init__(self, message: str, *, reason: str = "unreadable", **details: object) -> None:
        super().__init__(message, reason=reason, **details)
        self.reason = reason


class NotABudgetError(BudgetSyncError):
    """The file is something else; a person may say otherwise (``acceptFileType``)."""

    code = "not_a_budget"


class MappingIncompleteError(BudgetSyncError):
    """A required field has no column and no default."""

    code = "mapping_incomplete"


class ReviewNeededError(BudgetSyncError):
    """A person must answer a question before the file is loaded."""

    code = "needs_review"


class TooManyErrorsError(BudgetSyncError):
    """More rows were bad than the import allows; nothing was loaded."""

    code = "too_many_errors"


class LinesExistError(BudgetSyncError):
    """An append names lines that stand already; nothing was loaded."""

    code = "lines_exist"


class ControlTotalsDifferError(BudgetSyncError):
    """A total of the file itself is not what its rows add up to, and the source asks for agreement."""

    code = "control_totals_differ"


class InvalidRequestError(BudgetSyncError):
    """The caller's words do not fit the contract."""

    code = "invalid_request"


class NotAuthenticatedError(BudgetSyncError):
    """No key, an unknown key, an expired or a revoked one: the same answer for all."""

    code = "not_authenticated"


class ForbiddenError(BudgetSyncError):
    """The key is good but may not do this, or not for this customer."""

    code = "forbidden"


class NotFoundError(BudgetSyncError):
    """There is no such thing for this customer."""

    code = "not_found"


class ConflictError(BudgetSyncError):
    """The state of the thing does not allow it now."""

    code = "conflict"


class DryRunOutdatedError(ConflictError):
    """The file would do something else by now than what its dry run showed; nothing was loaded."""

    code = "dry_run_outdated"


class StaleVersionError(BudgetSyncError):
    """The thing was changed since the caller read it."""

    code = "precondition_failed"


class RefusedError(BudgetSyncError):
    """The request is understood, but the money or the lines forbid it; ``code`` in the details says which rule."""

    code = "refused"


class RateLimitedError(BudgetSyncError):
    """The key asks more often than it may; the numbers say how often, and when it may again."""

    code = "rate_limited"


class LateBodyError(BudgetSyncError):
    """The body of the request did not arrive in time; nothing was done."""

    code = "request_timeout"


class TimedOutError(BudgetSyncError):
    """The answer was not found in time."""

    code = "timed_out"


class ConfigurationError(BudgetSyncError):
    """A setting or a stored configuration cannot work as it is."""

    code = "configuration"


class SourceError(BudgetSyncError):
    """A partner's server could not be used; ``step`` says where it failed.

    Steps, in order: resolve, connect, host_key, login, list, fetch, archive.
    """

    code = "source_failed"

    def __init__(self, message: str, *, step: str, **details: object) -> None:
        super().__init__(message, step=step, **details)
        self.step = step


class DatabaseUnavailableError(BudgetSyncError):
    """PostgreSQL does not answer; nothing was done."""

    code = "database_unavailable"


class DatabaseError(BudgetSyncError):
    """PostgreSQL refused a statement; nothing was loaded."""

    code = "database_error"


class AmountOutOfRangeError(BudgetSyncError):
    """A line is larger than the table holds: 15 digits before the point."""

    code = "amount_out_of_range"


class InternalError(BudgetSyncError):
    """A defect of the program; nothing was loaded."""

    code = "internal_error"


class WorkerDiedError(BudgetSyncError):
    """The process that imported the file ended in the middle; nothing was loaded."""

    code = "worker_died"


class UndeliverableError(BudgetSyncError):
    """The receiver could not be reached, or may not be."""

    code = "undeliverable"


class ProgramEndedError(BudgetSyncError):
    """A program that has to run all the time has ended by itself; the message holds the end of its log."""

    code = "program_ended"


class NotStartedError(BudgetSyncError):
    """A program runs but does not answer."""

    code = "not_started"


class NotArrivedError(BudgetSyncError):
    """Files did not come in within the time that they may take."""

    code = "not_arrived"


class ServiceAnswerError(BudgetSyncError):
    """The service did not answer as it should."""

    code = "service_answer"
