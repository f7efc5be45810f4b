"""Partners' servers, added and tried from the command line against a real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_sync.cli.demo.partner import Login, Partner
from budget_sync.database import Database
from budget_sync.sources.looks import begin_look, due_sources
from budget_sync_tests.database.cli.conftest import Program


@pytest.fixture
def login(tmp_path: Path) -> Iterator[Login]:
    folder = tmp_path / "partner"
    folder.mkdir()
    with Partner(folder) as partner:
        yield partner.login


def added(program: Program, login: Login, *more: str, password: str | None = None) -> int:
    place = ["--customer", "acme", "--host", login.host, "--port", str(login.port), "--user", login.user]
    program("customer", "add", "acme")
    return program("source", "add", *place, "--name", "their-server", *more, stdin=password or login.password).exit_code


def test_an_added_source_passes_every_step(program: Program, login: Login) -> None:
    assert added(program, login, "--host-key", login.host_key) == 0
    tried = program("source", "test", "their-server", "--customer", "acme")
    assert tried.exit_code == 0, tried.output
    steps = [line.split()[1] for line in tried.stdout.splitlines()]
    assert steps == ["resolve", "connect", "host_key", "login", "list", "fetch"]


def test_a_wrong_password_fails_at_the_login(program: Program, login: Login) -> None:
    added(program, login, "--host-key", login.host_key, password="guessed")
    tried = program("source", "test", "their-server", "--customer", "acme")
    assert tried.exit_code == 1
    assert "failed at login" in tried.stderr


def test_a_server_whose_key_nobody_named_is_not_trusted_blindly(program: Program, login: Login) -> None:
    place = ["--customer", "acme", "--host", login.host, "--port", str(login.port), "--user", login.user]
    program("customer", "add", "acme")
    answer = program("source", "add", *place, stdin=login.password)
    assert answer.exit_code == 1
    assert f"--host-key '{login.host_key}'" in answer.stderr


def test_the_list_shows_where_it_is_and_nothing_secret(program: Program, login: Login) -> None:
    added(program, login, "--host-key", login.host_key)
    listed = program("source", "list", "--customer", "acme").stdout
    assert f"{login.user}@{login.host}:{login.port}" in listed
    assert login.password not in listed


def test_an_unknown_source_is_named(program: Program, login: Login) -> None:
    added(program, login, "--host-key", login.host_key)
    answer = program("source", "test", "other", "--customer", "acme")
    assert answer.exit_code == 1
    assert "no source 'other'" in answer.stderr


def test_a_source_that_is_synced_is_due_before_its_time(program: Program, login: Login, database: Database) -> None:
    added(program, login, "--host-key", login.host_key, "--every", "3600")
    (reference,) = due_sources(database, "sftp")
    begin_look(database, reference, hold_seconds=3600)
    assert due_sources(database, "sftp") == []
    assert program("source", "sync", "their-server", "--customer", "acme").exit_code == 0
    assert due_sources(database, "sftp") == [reference]


def test_after_the_secrets_were_rotated_the_source_is_let_in_as_before(program: Program, login: Login) -> None:
    added(program, login, "--host-key", login.host_key)
    rotated = program("secrets", "rotate")
    assert (rotated.exit_code, rotated.stdout) == (0, "1 secrets are sealed under the new key.\n")
    assert program("source", "test", "their-server", "--customer", "acme").exit_code == 0


def test_a_source_with_a_schedule_is_listed_with_it(program: Program, login: Login) -> None:
    schedule = ("--cron", "0 2 * * *", "--time-zone", "Europe/Berlin")
    assert added(program, login, "--host-key", login.host_key, "--recursive", "--renamed", *schedule) == 0
    listed = program("source", "list", "--customer", "acme").stdout
    assert "0 2 * * *" in listed
    assert "Europe/Berlin" in listed
