"""Partners' servers, added and tried from the command line against a real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_sync.cli.demo.partner import Login, Partner
from budget_sync.database import Database
from budget_sync.sources.looks import begin_look, due_sources
from budget_sync_tests import google
from budget_sync_tests.bucket import BUCKET, running_bucket
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
    return program(
        "source", "add", "sftp", *place, "--name", "their-server", *more, stdin=password or login.password
    ).exit_code


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
    answer = program("source", "add", "sftp", *place, stdin=login.password)
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


def test_a_bucket_is_added_with_its_secret_from_a_pipe_and_passes_every_step(program: Program) -> None:
    program("customer", "add", "acme")
    with running_bucket() as bucket:
        bucket.put("out/plan_2026.csv", "Department;Amount\nSales;1\n")
        place = ["--bucket", BUCKET, "--prefix", "out/", "--endpoint", bucket.endpoint, "--access-key-id", "testing"]
        options = ["--name-period", "plan_{year}.csv", "--review", "always", "--control-totals", "refuse"]
        added = program("source", "add", "s3", "--customer", "acme", *place, *options, stdin="canary-4711\n")
        assert added.exit_code == 0, added.output
        tried = program("source", "test", BUCKET, "--customer", "acme")
    assert [line.split()[1] for line in tried.stdout.splitlines()] == ["resolve", "connect", "login", "list", "fetch"]
    listed = program("source", "list", "--customer", "acme").stdout
    assert "14400 s" in listed
    assert "canary" not in listed + tried.output + added.output


def test_a_spreadsheet_is_added_by_its_address_and_says_with_whom_to_share_it(program: Program, tmp_path: Path) -> None:
    program("customer", "add", "acme")
    key = tmp_path / "key.json"
    key.write_text(google.key_file())
    with google.running_google(google.Google([google.tab("Budget", [[google.text("A")]], 7)])) as server:
        address = f"https://docs.google.com/spreadsheets/d/{google.SPREADSHEET}/edit#gid=7"
        place = ["--spreadsheet", address, "--key-file", str(key), "--endpoint", server.endpoint, "--name", "plan"]
        added = program("source", "add", "sheets", "--customer", "acme", *place)
        assert added.exit_code == 0, added.output
        assert google.ACCOUNT in added.stderr
        tried = program("source", "test", "plan", "--customer", "acme")
    assert tried.exit_code == 0, tried.output


def test_a_bucket_needs_one_identity_and_a_look_one_rhythm(program: Program) -> None:
    place = ["source", "add", "s3", "--customer", "acme", "--bucket", BUCKET]
    assert program(*place).exit_code == 2
    assert program(*place, "--environment", "--every", "5", "--cron", "0 2 * * *").exit_code == 2


def test_the_machines_identity_is_not_lent_unless_the_operator_says_so(program: Program) -> None:
    program("customer", "add", "acme")
    added = program("source", "add", "s3", "--customer", "acme", "--bucket", BUCKET, "--environment")
    assert added.exit_code == 1
    assert "BUDGET_SYNC_ALLOW_ENVIRONMENT_IDENTITY" in added.stderr


@pytest.mark.parametrize(
    "line", ["ssh-ed25519 AAAA…", "ssh-ed25519 AAAA", "SHA256:jUpE1hKiJWZVlVbPBJxqf4XhsRzTmkv", "x"]
)
def test_a_host_key_that_is_none_is_refused_when_it_is_given(program: Program, login: Login, line: str) -> None:
    program("customer", "add", "acme")
    place = ["--customer", "acme", "--host", login.host, "--port", str(login.port), "--user", login.user]
    answer = program("source", "add", "sftp", *place, "--host-key", line, stdin=login.password)
    assert answer.exit_code == 1
    assert "not a whole public key" in answer.stderr


def test_a_key_that_lost_its_end_is_refused(program: Program, login: Login) -> None:
    assert added(program, login, "--host-key", login.host_key[:-8]) == 1


def test_a_removed_source_can_be_added_anew(program: Program, login: Login) -> None:
    added(program, login, "--host-key", login.host_key, password="guessed")
    removed = program("source", "remove", "their-server", "--customer", "acme")
    assert (removed.exit_code, removed.stdout) == (0, "The source their-server is removed.\n")
    assert added(program, login, "--host-key", login.host_key) == 0
    assert program("source", "test", "their-server", "--customer", "acme").exit_code == 0


def test_nothing_good_is_said_of_a_source_that_was_never_looked_at(program: Program, login: Login) -> None:
    added(program, login, "--host-key", login.host_key, password="guessed")
    tried = program("source", "test", "their-server", "--customer", "acme")
    assert tried.stderr == "The source failed at login.\n"
    assert "not looked at yet" in program("source", "list", "--customer", "acme").stdout


def test_a_missing_folder_is_told_with_what_to_check(program: Program, login: Login) -> None:
    added(program, login, "--host-key", login.host_key, "--folder", "nowhere")
    assert "Check its name" in program("source", "test", "their-server", "--customer", "acme").stdout


def test_a_store_that_nobody_knows_speaks_of_what_was_told_of_it(program: Program) -> None:
    program("customer", "add", "acme")
    place = ["--bucket", BUCKET, "--access-key-id", "testing", "--endpoint", "https://no-such-store.invalid"]
    program("source", "add", "s3", "--customer", "acme", *place, stdin="secret\n")
    tried = program("source", "test", BUCKET, "--customer", "acme")
    assert "✗ resolve" in tried.stdout
    assert "Check the spelling of the endpoint." in tried.stdout
