"""The environment becomes Settings; no other module reads the environment."""

from functools import cache
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All of it, each from ``BUDGET_SYNC_<NAME>``.

    ``database_url`` empty: a PostgreSQL of our own is started under ``home``. It is the URL of a role that may
    create roles and databases (for migrations); the program itself then connects as the role that owns nothing.
    """

    model_config = SettingsConfigDict(env_prefix="BUDGET_SYNC_", extra="ignore", populate_by_name=True)

    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("BUDGET_SYNC_DATABASE_URL", "DATABASE_URL")
    )
    home: Path = Path(".budget_sync")
    api_host: str = "127.0.0.1"
    api_port: int = 8080
    dagster_port: int = 3000
    upload_limit_bytes: int = 10 * 1024 * 1024
    key_pepper: SecretStr | None = None
    master_key: SecretStr | None = None


@cache
def load_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
