"""Where the databases are, and as whom we go there.

In: ``Settings`` and, for a database of our own, the share in it. Out: ``Addresses``. On a configured server the
program logs in as the URL says and takes the role that owns nothing with the connection itself (the
start-up option ``role``), so that no statement runs with more; the URL may also name that role directly. In a
database of our own it logs in as that role.
"""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlencode

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from budget_sync.database.embedded import EmbeddedServer
from budget_sync.database.embedded_cluster import SUPERUSER
from budget_sync.database.roles import APP
from budget_sync.domain.errors import ConfigurationError
from budget_sync.settings import Settings

DATABASE = "budget_sync"
DAGSTER_DATABASE = "dagster"
_NO_URL = (
    "BUDGET_SYNC_DATABASE_URL must look like postgresql://user:password@host/database. What means something else in a "
    "URL is written as %XX in the user and the password: %25 for %, %40 for @, %2F for /."
)
_PROGRAM_OPTIONS = "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=10min"


@dataclass(frozen=True, slots=True)
class Addresses:
    """``admin_conninfo`` migrates; ``app_conninfo`` is what the program uses; ``main`` names its database."""

    admin_conninfo: str
    app_conninfo: str
    dagster_url: str
    maintenance_conninfo: str
    main: str

    @classmethod
    def of_server(cls, server: EmbeddedServer) -> Self:
        """The addresses in a PostgreSQL of our own."""
        return cls._made(
            admin=server.conninfo(SUPERUSER, DATABASE),
            program=server.conninfo(APP, DATABASE),
            maintenance=server.conninfo(SUPERUSER, "postgres"),
        )

    @classmethod
    def of_url(cls, url: str) -> Self:
        """The addresses on a configured server; its database must exist.

        Raises:
            ConfigurationError: the URL is none.
        """
        scheme, found, rest = url.partition("://")
        if not found or scheme.partition("+")[0] not in ("postgresql", "postgres"):
            raise ConfigurationError(_NO_URL)
        try:
            conninfo = make_conninfo(f"postgresql://{rest}")
        except ProgrammingError:  # its message quotes a part of the URL, which may be the password
            raise ConfigurationError(_NO_URL) from None
        return cls._made(admin=conninfo, program=conninfo, maintenance=conninfo)

    @classmethod
    def _made(cls, *, admin: str, program: str, maintenance: str) -> Self:
        parts = conninfo_to_dict(admin)
        options = f"{parts.get('options') or ''} -c role={APP} {_PROGRAM_OPTIONS}".strip()
        return cls(
            admin_conninfo=admin,
            app_conninfo=make_conninfo(program, options=options, application_name="budget_sync"),
            dagster_url=_dagster_url({key: str(value) for key, value in parts.items() if value is not None}),
            maintenance_conninfo=maintenance,
            main=str(parts.get("dbname") or parts.get("user") or DATABASE),
        )


def _dagster_url(parts: dict[str, str]) -> str:
    """The SQLAlchemy URL of Dagster's own database; only this spelling reaches psycopg2, which it needs.

    Dagster writes an event for every step of a run; losing the last of them in a power cut is no loss.
    """
    login = quote(parts.pop("user", ""), safe="") + ":" + quote(parts.pop("password", ""), safe="")
    parts.pop("dbname", None)
    query = urlencode(parts | {"options": "-csynchronous_commit=off"}, quote_via=quote)
    return f"postgresql+psycopg2://{login}@/{DAGSTER_DATABASE}?{query}"


def open_addresses(settings: Settings) -> tuple[Addresses, EmbeddedServer | None]:
    """The addresses that the settings mean, with a share in our own server where none is configured."""
    if settings.database_url is not None:
        return Addresses.of_url(settings.database_url.get_secret_value()), None
    server = EmbeddedServer.join(settings.home)
    return Addresses.of_server(server), server
