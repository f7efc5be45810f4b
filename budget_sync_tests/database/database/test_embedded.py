"""The embedded server: shared, stopped with the last user, none the worse for kill -9 of anybody."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from budget_sync.database.embedded import EmbeddedServer
from budget_sync.domain.errors import DatabaseUnavailableError
from budget_sync_tests.waiting import wait_until

_USE_UNTIL_TOLD = """
import sys
import tempfile
from pathlib import Path
from budget_sync.database.embedded import EmbeddedServer
server = EmbeddedServer.join(Path(sys.argv[1]))
print("joined", flush=True)
sys.stdin.read()
server.leave()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home folder whose server has stopped when the test is over; see the fixture ``postgres`` for where it lies."""
    with tempfile.TemporaryDirectory(prefix="budget_sync-") as folder:
        yield Path(folder) / "home"
        wait_until(lambda: not _runs(Path(folder) / "home"), "the server to stop")


def _user_of(home: Path) -> "subprocess.Popen[str]":
    """Another process that has joined, and leaves when its input ends."""
    user = subprocess.Popen(
        [sys.executable, "-c", _USE_UNTIL_TOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert user.stdout is not None
    assert user.stdout.readline() == "joined\n"
    return user


def _end(user: "subprocess.Popen[str]") -> None:
    user.communicate("")
    assert user.returncode == 0


def _postmaster(home: Path) -> int:
    return int((home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])


def _runs(home: Path) -> bool:
    try:
        os.kill(_postmaster(home), 0)
    except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
        return False
    return True


def _answer(server: EmbeddedServer) -> object:
    with psycopg.connect(server.conninfo("postgres", "postgres")) as connection:
        return connection.execute("SELECT 1").fetchone()


def test_it_is_made_started_and_stopped_with_its_only_user(home: Path) -> None:
    server = EmbeddedServer.join(home)
    assert _answer(server) == (1,)
    server.leave()
    assert not _runs(home)


def test_two_processes_share_one_server_and_the_last_stops_it(home: Path) -> None:
    first, second = _user_of(home), _user_of(home)
    server = _postmaster(home)
    _end(first)
    assert _postmaster(home) == server
    os.kill(server, 0)
    _end(second)
    assert not _runs(home)


def test_it_survives_kill_9_of_the_process_that_started_it(home: Path) -> None:
    starter, other = _user_of(home), _user_of(home)
    server = _postmaster(home)
    starter.kill()
    starter.communicate()
    joined = EmbeddedServer.join(home)
    assert _postmaster(home) == server
    assert _answer(joined) == (1,)
    joined.leave()
    _end(other)


def test_it_is_stopped_cleanly_when_its_only_user_is_killed(home: Path) -> None:
    user = _user_of(home)
    user.kill()
    user.communicate()
    wait_until(lambda: not _runs(home), "the guard to stop the server")
    server = EmbeddedServer.join(home)
    assert _answer(server) == (1,)
    server.leave()
    assert "database system was not properly shut down" not in (home / "postgres" / "log").read_text()


def test_it_starts_again_after_kill_9_of_the_server_itself(home: Path) -> None:
    server = EmbeddedServer.join(home)
    with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    postmaster = _postmaster(home)
    os.kill(postmaster, signal.SIGKILL)
    wait_until(lambda: not _runs(home), "the server to die")
    server.leave()
    again = EmbeddedServer.join(home)
    with psycopg.connect(again.conninfo("postgres", "postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    again.leave()


def test_a_pid_file_whose_number_belongs_to_another_program_does_not_stop_it(home: Path) -> None:
    EmbeddedServer.join(home).leave()
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n0\n5432\n{home}\n\n0 0\nready   \n")
    server = EmbeddedServer.join(home)
    assert _answer(server) == (1,)
    server.leave()


def test_a_home_too_deep_for_a_socket_works(home: Path) -> None:
    deep = home / ("a folder with a long 'name' " * 4) / ("and another" * 8)
    server = EmbeddedServer.join(deep)
    assert len(str(server.socket_folder)) < 90
    socket_folder = server.socket_folder
    assert _answer(server) == (1,)
    server.leave()
    assert not _runs(deep)
    assert not socket_folder.exists()


def test_several_processes_that_start_at_once_start_one_server(home: Path) -> None:
    users = [
        subprocess.Popen(
            [sys.executable, "-c", _USE_UNTIL_TOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for user in users:
        assert user.stdout is not None
        assert user.stdout.readline() == "joined\n"
    assert (home / "postgres" / "log").read_text().count("starting PostgreSQL") == 1
    for user in users:
        _end(user)
    assert not _runs(home)


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    EmbeddedServer.join(home).leave()
    (home / "postgres" / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(DatabaseUnavailableError, match="no_such_setting"):
        EmbeddedServer.join(home)
