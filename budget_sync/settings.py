"""The environment becomes Settings; no other module reads the environment."""

import contextlib
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import ConfigurationError

_SECRET_BYTES = 32
_RATES = {
    "check": "300000/minute",
    "reserve": "60000/minute",
    "read": "12000/minute",
    "import": "1200/minute",
    "admin": "1200/minute",
    "operator": "1200/minute",
}


def _words(value: Any) -> Any:
    """The parts of ``a, b``; what is no text stays."""
    return tuple(filter(None, (part.strip() for part in value.split(",")))) if isinstance(value, str) else value


def _rates(value: Any) -> Any:
    """The rates of ``check=6000/minute, import=60/minute`` over those that hold where nothing is said."""
    if not isinstance(value, str):
        return value
    pairs = (part.partition("=") for part in _words(value))
    said = {name.strip(): rate.strip() for name, _, rate in pairs}
    if strange := sorted(set(said) - set(_RATES)):
        raise ValueError(f"there is no limit for {', '.join(strange)}, only for {', '.join(_RATES)}")
    return _RATES | said


_Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]


class Settings(BaseSettings):
    """All of it, each from ``BUDGET_SYNC_<NAME>``.

    ``database_url`` empty: a PostgreSQL of our own is started under ``home``. It is the URL of a role that may
    create roles and databases (for migrations); the program itself then works as the role that owns nothing.
    ``key_pepper`` and ``master_key`` empty: made once under ``home``, readable by its owner alone.
    ``public_url``: where people reach the service, for links; empty: ``http://<api_host>:<api_port>``.
    ``dagster_partitions``: how many files the Dagster UI shows at most; its documented ceiling is 100,000.
    ``keep_files_days`` empty: the bytes of received files are kept for good.
    ``keep_checks_days``: how long the log of checks is kept; what moved money is kept for good.
    ``keep_deliveries_days``: how long the delivery logs of webhooks and alerts that no longer hold are kept.
    ``retired_master_key``: the one before, until ``budget-sync secrets rotate`` has run.
    ``allowed_networks``: what sources and webhooks may reach beside the public internet, with commas between:
    ``10.20.0.0/16``, one address, ``private``, ``loopback``. ``allow_environment_identity``: sources may use the cloud
    identity of the machine that the program runs on, and with it whatever that may read.
    ``webhook_ports``: the ports on the public internet that webhooks may use, with commas between. Alerts go to a
    Slack-compatible hook (``alert_slack_url``) and by mail (``alert_mail_server`` like ``smtp://name:password@host:587``,
    ``alert_mail_to``) where these are given.
    ``rate_limits``: what a key may ask for, by the scope of what it calls; ``redis_url``: where several workers count.
    ``cors_origins``: whose pages a browser lets ask; ``trusted_proxies``: addresses and networks whose forwarded
    headers are believed; ``https_only``: what comes in the clear is refused; ``metrics_port``: of ``/metrics``.
    """

    model_config = SettingsConfigDict(env_prefix="BUDGET_SYNC_", extra="ignore", populate_by_name=True)

    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("BUDGET_SYNC_DATABASE_URL", "DATABASE_URL")
    )
    database_connections: int = Field(default=8, ge=1)
    home: Path = Path(".budget_sync")
    api_host: str = "127.0.0.1"
    api_port: int = 8080
    public_url: str | None = None
    dagster_port: int = 3000
    dagster_partitions: int = Field(default=50_000, ge=1)
    keep_files_days: int | None = Field(default=None, ge=1)
    keep_checks_days: int = Field(default=90, ge=1)
    keep_deliveries_days: int = Field(default=90, ge=4)  # what is still to be delivered is tried for three
    upload_limit_bytes: int = 10 * 1024 * 1024
    rate_limits: Annotated[dict[str, str], NoDecode, BeforeValidator(_rates)] = Field(default_factory=_RATES.copy)
    redis_url: SecretStr | None = None
    cors_origins: _Words = ()
    trusted_proxies: _Words = ()
    https_only: bool = False
    request_timeout_seconds: float = Field(default=30.0, gt=0)
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None
    key_pepper: SecretStr | None = None
    master_key: SecretStr | None = None
    retired_master_key: SecretStr | None = None
    allowed_networks: str = ""
    allow_environment_identity: bool = False
    webhook_ports: str = "443"
    alert_slack_url: SecretStr | None = None
    alert_mail_server: SecretStr | None = None
    alert_mail_from: str = "budget-sync@localhost"
    alert_mail_to: str | None = None

    def reachable_networks(self) -> AllowedNetworks:
        """What may be connected to beside the public internet.

        Raises:
            ConfigurationError: the setting names something that is no network.
        """
        return AllowedNetworks.parse(self.allowed_networks)

    def secret_bytes(self, name: Literal["key_pepper", "master_key"]) -> bytes:
        """The 32 bytes of this secret: hashed from what is configured, else made once and kept under ``home``."""
        configured: SecretStr | None = getattr(self, name)
        if configured is not None:
            return _derived(configured)
        return _kept_secret(self.secret_file(name))

    def retired_master_key_bytes(self) -> bytes | None:
        """The master key that still opens what was not rotated yet; None where there is none."""
        if self.retired_master_key is not None:
            return _derived(self.retired_master_key)
        kept = self.secret_file("retired_master_key")
        return kept.read_bytes() if self.master_key is None and kept.exists() else None

    def secret_file(self, name: Literal["key_pepper", "master_key", "retired_master_key"]) -> Path:
        """Where a secret is kept that is not configured."""
        return self.home / f"{name}.secret"


@contextmanager
def usable_home(home: Path) -> Iterator[None]:
    """The home folder, made where there is none; the block makes what lies in it.

    Raises:
        ConfigurationError: it, or what the block makes, cannot be made.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ConfigurationError(
            f"The home folder {home.absolute()} cannot be used: {error.strerror}. "
            "Set BUDGET_SYNC_HOME to a folder that you may write to; it is relative to the current folder."
        ) from error


def _derived(configured: SecretStr) -> bytes:
    return hashlib.sha256(configured.get_secret_value().encode()).digest()


def _kept_secret(path: Path) -> bytes:
    """The secret in this file; of several processes that make it at once, one wins and all read the same."""
    with usable_home(path.parent):
        if not path.exists():
            handle, unfinished = tempfile.mkstemp(dir=path.parent)  # mode 0600
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_SECRET_BYTES))
            with contextlib.suppress(FileExistsError):
                os.link(unfinished, path)
            Path(unfinished).unlink()
        return path.read_bytes()


@cache
def load_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
