"""The programs of one installation: Dagster's code server, daemon and webserver, and the service.

In: the settings, the ports and Dagster's database. Out: ``Program``s, and Dagster's home folder made ready. The code
server is shared: the daemon and the webserver ask it, so that our code is imported once and not three times.
"""

import json
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import budget_sync
from budget_sync.cli.ports import Ports, free_port
from budget_sync.cli.processes import Program
from budget_sync.domain.errors import ConfigurationError
from budget_sync.settings import Settings

CODE_SERVER, DAEMON, WEBSERVER, SERVICE = "code server", "daemon", "webserver", "service"
LOOPBACK = "127.0.0.1"
# Resting connections are kept for longer than balancers and clients keep theirs (60 s, mostly): who closes first must
# be the client, or its next request meets a reset and it does not know whether money was reserved.
KEEP_ALIVE_SECONDS = 75
SERVICE_OPTIONS = (
    "--no-proxy-headers",  # which proxies are believed is a setting of ours
    *("--timeout-keep-alive", str(KEEP_ALIVE_SECONDS)),
    *("--timeout-graceful-shutdown", "30"),
)
_CHECKOUT = Path(budget_sync.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the programs of one installation listen and keep their files; ``home`` is absolute.

    ``ports`` keeps the chosen ports from others as long as the site lives.
    """

    home: Path
    service_host: str
    service_port: int
    dagster_port: int
    code_port: int
    dagster_url: str
    own_database: bool
    allowed_networks: str
    ports: Ports
    wished_service_port: int
    wished_dagster_port: int

    @classmethod
    def choose(cls, settings: Settings, dagster_url: str) -> "Site":
        """The wished ports where they are free, others where they are taken."""
        ports = Ports()
        return cls(
            home=settings.home.resolve(),
            service_host=settings.api_host,
            service_port=ports.wished_or_free(settings.api_host, settings.api_port),
            dagster_port=ports.wished_or_free(LOOPBACK, settings.dagster_port),
            code_port=free_port(LOOPBACK),
            dagster_url=dagster_url,
            own_database=settings.database_url is None,
            allowed_networks=settings.allowed_networks,
            ports=ports,
            wished_service_port=settings.api_port,
            wished_dagster_port=settings.dagster_port,
        )

    @property
    def moved(self) -> list[str]:
        """A sentence for each program that is not where it was wished, because somebody listens there."""
        places = (
            ("service", "BUDGET_SYNC_API_PORT", self.wished_service_port, self.service_port),
            ("Dagster UI", "BUDGET_SYNC_DAGSTER_PORT", self.wished_dagster_port, self.dagster_port),
        )
        return [
            f"Port {wished} is taken: the {name} is on {given} ({variable} sets another)."
            for name, variable, wished, given in places
            if given != wished
        ]

    @property
    def service_url(self) -> str:
        """Where the service answers."""
        return f"http://{self.service_host}:{self.service_port}"

    @property
    def dagster_ui(self) -> str:
        """Where the Dagster UI answers."""
        return f"http://{LOOPBACK}:{self.dagster_port}"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own folder, with its configuration and the logs of its runs."""
        return self.home / "dagster"

    def prepare(self) -> None:
        """Write Dagster's configuration into its home.

        Raises:
            ConfigurationError: the program was installed without ``dagster.yaml`` beside it.
        """
        instance = _CHECKOUT / "dagster.yaml"
        if not instance.exists():
            raise ConfigurationError(f"{instance} is missing: run this command from a checkout of budget_sync.")
        self.dagster_home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(instance, self.dagster_home / "dagster.yaml")
        server = {"host": LOOPBACK, "port": self.code_port, "location_name": "budget_sync"}
        self._workspace.write_text(json.dumps({"load_from": [{"grpc_server": server}]}), encoding="utf-8")

    @property
    def _workspace(self) -> Path:
        return self.dagster_home / "workspace.yaml"  # JSON is YAML, too

    def code_server(self) -> Program:
        """Our definitions, loaded once for the daemon, the webserver and the runs."""
        place = ["--host", LOOPBACK, "--port", str(self.code_port)]
        return self._dagster(CODE_SERVER, "dagster", "api", "grpc", "--module-name", "budget_sync.definitions", *place)

    def daemon(self) -> Program:
        """Sensors, schedules and the queue of runs."""
        return self._dagster(DAEMON, "dagster-daemon", "run", "--workspace", str(self._workspace))

    def webserver(self) -> Program:
        """The Dagster UI."""
        place = ["--host", LOOPBACK, "--port", str(self.dagster_port), "--workspace", str(self._workspace)]
        return self._dagster(WEBSERVER, "dagster-webserver", *place)

    def service(self) -> Program:
        """The HTTP service."""
        place = ["--host", self.service_host, "--port", str(self.service_port)]
        arguments = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app_from_environment", *place]
        return Program(
            SERVICE,
            [*arguments, *SERVICE_OPTIONS, "--log-level", "warning"],
            self._environment(),
            self._without(),
        )

    def _dagster(self, name: str, script: str, *arguments: str) -> Program:
        path = Path(sysconfig.get_path("scripts")) / script
        environment = self._environment() | {
            "DAGSTER_HOME": str(self.dagster_home),
            "BUDGET_SYNC_DAGSTER_URL": self.dagster_url,
        }
        return Program(name, [str(path), *arguments], environment, self._without())

    def _environment(self) -> dict[str, str]:
        return {
            "BUDGET_SYNC_HOME": str(self.home),
            "BUDGET_SYNC_API_HOST": self.service_host,
            "BUDGET_SYNC_API_PORT": str(self.service_port),
            "BUDGET_SYNC_DAGSTER_PORT": str(self.dagster_port),
            "BUDGET_SYNC_ALLOWED_NETWORKS": self.allowed_networks,
            "PYTHONUNBUFFERED": "1",
        }

    def _without(self) -> frozenset[str]:
        """With a database of our own, a configured one must not reach the children."""
        return frozenset({"BUDGET_SYNC_DATABASE_URL", "DATABASE_URL"}) if self.own_database else frozenset()
