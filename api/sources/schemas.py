"""Sources as they stand on the wire: secrets go in, and never come out."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from api.patterns import NO_NUL, PLAIN
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.sources.configuration import DEFAULT_POLL_SECONDS, SourceConfiguration
from budget_sync.sources.hidden import Hidden
from budget_sync.sources.kinds import ConnectionConfiguration, SourceSecrets
from budget_sync.sources.options import SourceOptions
from budget_sync.sources.protocol import StepResult

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=PLAIN)]
_Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=1000, pattern=NO_NUL)]
_LongSecret = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000, pattern=NO_NUL)]
_MONTH = 31 * 24 * 3600


class ScheduleBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """When the source is looked at: every so many seconds, or by the five fields of ``cron`` in ``time_zone``."""

    every_seconds: Annotated[int, msgspec.Meta(ge=1, le=_MONTH)] | None = None
    cron: Annotated[str, msgspec.Meta(min_length=9, max_length=200)] | None = None
    time_zone: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] = "UTC"

    def check(self) -> None:
        """Nothing where it names one rhythm at most.

        Raises:
            InvalidRequestError: it names two.
        """
        if self.every_seconds is not None and self.cron is not None:
            raise InvalidRequestError("A schedule has everySeconds or cron, not both.", field="schedule")


class OptionsBody(SourceOptions, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """How the files of the source are imported."""

    def to_options(self) -> SourceOptions:
        """The same, as they are stored."""
        return SourceOptions(**{name: getattr(self, name) for name in SourceOptions.__struct_fields__})


class SecretsBody(Hidden, frozen=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """What lets us in; each kind of source takes its own.

    SFTP: ``password``, or ``private_key`` with its ``passphrase``. S3: ``access_key_id`` and ``secret_access_key``, for
    temporary ones ``session_token``. Google Sheets: ``service_account_key``, the JSON text of the key file.
    """

    password: _Secret | None = None
    private_key: _LongSecret | None = None
    passphrase: _Secret | None = None
    access_key_id: _Secret | None = None
    secret_access_key: _Secret | None = None
    session_token: _LongSecret | None = None
    service_account_key: _LongSecret | None = None

    def fitting(self, connection: ConnectionConfiguration) -> SourceSecrets:
        """Those of this kind of source.

        Raises:
            ConfigurationError: they are those of another kind, or too few.
        """
        return connection.secrets_from(msgspec.json.encode(self))


class SourceBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A new source. ``name`` absent: by where it is."""

    connection: ConnectionConfiguration
    secrets: SecretsBody = SecretsBody()
    name: _Name | None = None
    active: bool = True
    schedule: ScheduleBody = ScheduleBody()
    options: OptionsBody = OptionsBody()
    customer_id: UUID | None = None


class SourceChange(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What changes; what is absent stays. Secrets are given anew where the connection leads to another server."""

    connection: ConnectionConfiguration | None = None
    secrets: SecretsBody | None = None
    name: _Name | None = None
    active: bool | None = None
    schedule: ScheduleBody | None = None
    options: OptionsBody | None = None

    def applied_to(self, source: SourceConfiguration, version: int) -> SourceConfiguration:
        """The source as it then is, made from its ``version``."""
        schedule = self.schedule or schedule_of(source)
        return replace(
            source,
            name=self.name or source.name,
            connection=self.connection or source.connection,
            poll_seconds=schedule.every_seconds or DEFAULT_POLL_SECONDS,
            cron=schedule.cron,
            time_zone=schedule.time_zone,
            active=source.active if self.active is None else self.active,
            options=self.options.to_options() if self.options else source.options,
            version=version,
        )


class SourceView(msgspec.Struct, frozen=True, rename="camel"):
    """One source, nothing secret. ``last_sync_at``: when the partner could last be listed."""

    id: UUID
    name: str
    type: str
    where: str
    active: bool
    connection: ConnectionConfiguration
    schedule: ScheduleBody
    options: SourceOptions
    last_sync_at: datetime | None
    last_error: str | None
    consecutive_failures: int
    version: int
    created_at: datetime | None
    updated_at: datetime | None
    success: bool = True

    @classmethod
    def of(cls, source: SourceConfiguration) -> "SourceView":
        """As it is shown."""
        return cls(
            id=source.id,
            name=source.name,
            type=source.source_type,
            where=source.connection.describe(),
            active=source.active,
            connection=source.connection,
            schedule=schedule_of(source),
            options=source.options,
            last_sync_at=source.last_sync_at,
            last_error=source.last_error,
            consecutive_failures=source.consecutive_failures,
            version=source.version,
            created_at=source.created_at,
            updated_at=source.updated_at,
        )


class SourcesPage(msgspec.Struct, frozen=True, rename="camel"):
    """By name; ``next_cursor`` None: it is the last."""

    sources: list[SourceView]
    count: int
    next_cursor: str | None
    success: bool = True


class TestedStep(msgspec.Struct, frozen=True, rename="camel"):
    """``step``: resolve, connect, host_key, login, list or fetch."""

    step: str
    passed: bool
    message: str


class TestAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The steps up to the first that failed, which ``failed_step`` names; None: all went well."""

    steps: list[TestedStep]
    failed_step: str | None
    success: bool

    @classmethod
    def of(cls, results: tuple[StepResult, ...]) -> "TestAnswer":
        """As it is shown."""
        failed = next((result.step for result in results if not result.passed), None)
        steps = [TestedStep(result.step, result.passed, result.message) for result in results]
        return cls(steps, failed, failed is None)


class SyncAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The source is due now; Dagster looks at it within seconds where it runs."""

    source_id: UUID
    success: bool = True


def schedule_of(source: SourceConfiguration) -> ScheduleBody:
    """When it is looked at."""
    return ScheduleBody(None if source.cron else source.poll_seconds, source.cron, source.time_zone)
