"""The program in this process, on the database of the test."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from budget_sync.cli.main import commands
from budget_sync.settings import Settings, load_settings

Program = Callable[..., Result]


@pytest.fixture
def program(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """Call it with arguments as a person types them; ``stdin`` is what the person writes."""
    assert settings.database_url is not None
    monkeypatch.setenv("BUDGET_SYNC_DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("BUDGET_SYNC_HOME", str(settings.home))
    monkeypatch.setenv("BUDGET_SYNC_ALLOWED_NETWORKS", settings.allowed_networks)
    load_settings.cache_clear()

    def run(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(commands, arguments, input=stdin, prog_name="budget-sync")

    yield run
    load_settings.cache_clear()
