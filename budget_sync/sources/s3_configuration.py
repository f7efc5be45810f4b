"""The configuration of one S3 source: the public part, as it is stored and shown, and the secrets beside it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec

from budget_sync.domain.errors import ConfigurationError
from budget_sync.sources.hidden import Hidden, read_hidden
from budget_sync.sources.protocol import MEBIBYTE, Allowed
from budget_sync.sources.selection import Patterns, patterns_shown

if TYPE_CHECKING:
    from budget_sync.sources.protocol import Source


class Identity(StrEnum):
    """Whose key opens the bucket, or assumes the role that does."""

    KEY = "key"  # an access key that is kept with the source
    ENVIRONMENT = "environment"  # that of the machine the program runs on


class S3Secrets(Hidden, frozen=True, rename="camel", forbid_unknown_fields=True):
    """An access key; ``session_token`` belongs to temporary ones."""

    access_key_id: str | None = None
    secret_access_key: str | None = None
    session_token: str | None = None


class S3Configuration(
    msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, tag_field="type", tag="s3"
):
    """The public part. ``prefix``: what the keys begin with, such as ``out/budgets/``.

    ``recursive``: keys with further slashes behind the prefix as well. ``patterns`` are matched against what stands
    behind the last slash. ``role_arn``: a role that is assumed first, with the ``external_id`` that the
    partner asks for. ``endpoint``: the address of a compatible store;
    None: Amazon's. ``list_seconds`` and ``fetch_seconds`` bound a listing and one transfer.
    """

    bucket: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z")]
    region: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}\Z")] = "us-east-1"
    prefix: Annotated[str, msgspec.Meta(max_length=900)] = ""
    recursive: bool = False
    patterns: Patterns = ("*",)
    identity: Identity = Identity.KEY
    role_arn: Annotated[str, msgspec.Meta(pattern=r"^arn:[a-z-]+:iam::[0-9]{12}:role/[\w+=,.@/-]{1,512}\Z")] | None = (
        None
    )
    external_id: Annotated[str, msgspec.Meta(min_length=2, max_length=1224)] | None = None
    endpoint: Annotated[str, msgspec.Meta(pattern=r"^https?://[^/?#@\s]+/?\Z", max_length=300)] | None = None
    max_bytes: Annotated[int, msgspec.Meta(ge=1, le=1024 * MEBIBYTE)] = 256 * MEBIBYTE
    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 15.0
    list_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 60.0
    fetch_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 300.0

    @property
    def suggested_name(self) -> str:
        """How a source without a name is called."""
        return self.bucket

    @property
    def arrives_whole(self) -> bool:
        """An object is there as a whole or not at all."""
        return True

    @property
    def destination(self) -> str:
        """What the secrets are shown to: they are given anew when this changes."""
        return self.endpoint or "Amazon"

    def describe(self) -> str:
        """As a URL, with the patterns where there are any."""
        at = f" at {self.endpoint}" if self.endpoint else ""
        return f"s3://{self.bucket}/{self.prefix}{patterns_shown(self.patterns)}{at}"

    def check(self, allowed: Allowed) -> None:
        """Refuse what could never let us in, before it is stored.

        Raises:
            ConfigurationError: it wants the machine's identity, and the operator does not allow that.
        """
        if self.identity is Identity.ENVIRONMENT and not allowed.environment_identity:
            raise ConfigurationError(
                "This installation does not lend its own cloud identity to sources. Store an access key with the"
                " source; or whoever runs the installation sets BUDGET_SYNC_ALLOW_ENVIRONMENT_IDENTITY=true."
            )

    def secrets_from(self, stored: bytes) -> S3Secrets:
        """The secrets from their JSON.

        Raises:
            ConfigurationError: they cannot let us in.
        """
        secrets = read_hidden(stored, S3Secrets)
        has_key = bool(secrets.access_key_id and secrets.secret_access_key)
        if self.identity is Identity.KEY and not has_key:
            raise ConfigurationError(
                "An S3 source needs an access key id and its secret, or the environment's identity."
            )
        return secrets

    def open(self, stored: bytes, allowed: Allowed) -> "Source":
        """What lists and fetches.

        Raises:
            ConfigurationError: it wants the machine's identity, and the operator does not allow that.
        """
        from budget_sync.sources.s3 import S3Source  # noqa: PLC0415 - boto3 costs 0.3 s, and lists need none of it

        self.check(allowed)
        return S3Source(self, self.secrets_from(stored), allowed.networks)
