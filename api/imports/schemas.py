"""Imports and what people decide of them, as they stand on the wire."""

from typing import Annotated, Any
from uuid import UUID

import msgspec

from api.excel.schemas import ImportChoices, MappingChoice, Name
from budget_sync.approval.request import request_name
from budget_sync.domain.errors import ConflictError, InvalidRequestError
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import ImportRecord, ImportStats
from budget_sync.loading import LineChange, TotalChange
from budget_sync.validation.lines import RowError


class HistoryPage(msgspec.Struct, frozen=True, rename="camel"):
    """The newest imports first; ``count`` is of this page."""

    imports: list[ImportRecord]
    count: int
    next_cursor: str | None
    success: bool = True


class WaitingPage(msgspec.Struct, frozen=True, rename="camel"):
    """What waits for a person, the oldest first, each with what it asks in ``analysis.questions``."""

    imports: list[ImportRecord]
    count: int
    success: bool = True


class ErrorsPage(msgspec.Struct, frozen=True, rename="camel"):
    """Bad cells in the order of the file; ``row`` is 0-based. ``next_after`` None: it is the last page."""

    import_id: UUID
    errors: list[RowError]
    count: int
    next_after: int | None
    success: bool = True


class ChangesPage(msgspec.Struct, frozen=True, rename="camel"):
    """What an import changed: the first ``changes`` and ``totals``; ``stats`` says how many there are."""

    import_id: UUID
    stats: ImportStats
    changes: list[LineChange]
    totals: list[TotalChange]
    count: int
    success: bool = True


class DecisionBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Who decides; the caller's key where nobody is named."""

    customer_id: UUID | None = None
    user_id: Name | None = None

    def checked_user(self, otherwise: str) -> str:
        """The name for history and audit.

        Raises:
            InvalidRequestError: it holds a control character.
        """
        return request_name(self.user_id, "userId") if self.user_id else otherwise


class DeclineBody(DecisionBody, frozen=True, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """Why the file is turned down; its sender reads it."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]

    def checked_reason(self) -> str:
        """The reason.

        Raises:
            InvalidRequestError: it is blank, or holds a control character.
        """
        return request_name(self.reason, "reason")


class ConfirmBody(DecisionBody, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What a person answered: other ``mappings``, other ``options``, or neither where it is right as understood."""

    mappings: list[MappingChoice] | None = None
    options: ImportChoices | None = None

    def to_options(self, record: ImportRecord) -> ImportOptions:
        """The options with which the import goes on; what is absent stays as it was asked.

        Raises:
            InvalidRequestError: a dry run is asked for, or a mapping names no column.
            ConflictError: mappings are given, and the file could not be read.
        """
        if self.options is not None and self.options.dry_run:
            raise InvalidRequestError(
                "A confirmed import loads. Ask for the dry run with the import itself.", field="options"
            )
        asked = self.options.to_options(None) if self.options else _asked(record.request)
        if self.mappings is None:
            return asked
        if record.analysis is None:
            raise ConflictError("This file could not be read, so its columns cannot be mapped.", status=record.status)
        headers = record.analysis.headers
        return msgspec.structs.replace(asked, mappings=[choice.to_mapping(headers) for choice in self.mappings])


def _asked(request: dict[str, Any]) -> ImportOptions:
    return msgspec.convert(request, ImportOptions)
