"""The home folder, where it cannot be made, and the port that somebody else has."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from budget_sync.cli.main import commands
from budget_sync.cli.one_at_a_time import alone_in
from budget_sync.cli.site import Site
from budget_sync.domain.errors import ConflictError
from budget_sync.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def no_settings_remembered() -> Iterator[None]:
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.parametrize("command", [("customer", "list"), ("up",), ("demo",)])
def test_a_home_that_cannot_be_made_is_told_in_a_sentence_with_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BUDGET_SYNC_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.delenv("BUDGET_SYNC_DATABASE_URL", raising=False)
    answer = CliRunner().invoke(commands, command)
    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"Error: The home folder {tmp_path / 'file' / 'home'} cannot be used: ")
    assert "BUDGET_SYNC_HOME" in answer.stderr


def test_a_second_up_in_a_home_is_told_who_runs_the_first(tmp_path: Path) -> None:
    with alone_in(tmp_path, "up"):
        with (
            pytest.raises(ConflictError, match=r"'budget-sync up' already runs in .*process [0-9]+"),
            alone_in(tmp_path, "up"),
        ):
            pass
        with alone_in(tmp_path, "demo"):
            pass


def test_a_port_that_was_taken_is_said_with_the_one_that_is_used_and_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        site = Site.choose(Settings(home=tmp_path, api_port=port), "")
    (sentence,) = [each for each in site.moved if "service" in each]
    assert sentence == (
        f"Port {port} is taken: the service is on {site.service_port} (BUDGET_SYNC_API_PORT sets another)."
    )
