"""What every source promises, each against its real server: OpenSSH, asyncssh, moto's S3, Google's APIs."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from budget_sync.domain.errors import SourceError
from budget_sync.sources.hidden import Hidden
from budget_sync.sources.kinds import ConnectionConfiguration, kind_of
from budget_sync.sources.protocol import Allowed, Source
from budget_sync_tests import bucket, google, partner
from budget_sync_tests.openssh import NEEDS_SSHD, running_openssh
from budget_sync_tests.partner import LOCAL
from budget_sync_tests.waiting import wait_until

STEPS = ["resolve", "connect", "host_key", "login", "list", "fetch"]


@dataclass(frozen=True)
class Server:
    """A partner of any kind: ``write`` puts one budget of this amount there, under the same name each time."""

    configuration: Callable[..., ConnectionConfiguration]
    secrets: Hidden
    write: Callable[[int], object]

    def source(self, **changes: Any) -> Source:
        """What the program opens."""
        configuration = self.configuration(**changes)
        return configuration.open(msgspec.json.encode(self.secrets), Allowed(LOCAL))


def budget(amount: int) -> str:
    """A file of another length for each amount."""
    return f"A;{'1' * amount}"


@contextmanager
def openssh(home: Path) -> Iterator[Server]:
    with running_openssh(home) as server:
        file = server.folder / "budget.csv"
        yield Server(server.configuration, server.secrets, lambda amount: file.write_text(budget(amount)))


@contextmanager
def asyncssh(home: Path) -> Iterator[Server]:
    with partner.running(partner.SftpPartner(home)) as server:
        yield Server(server.configuration, server.secrets, lambda amount: server.drop("budget.csv", budget(amount)))


@contextmanager
def s3(_: Path) -> Iterator[Server]:
    with bucket.running_bucket() as server:
        yield Server(server.configuration, bucket.SECRETS, lambda amount: server.put("budget.csv", budget(amount)))


@contextmanager
def sheets(_: Path) -> Iterator[Server]:
    with google.running_google(google.Google()) as server:
        yield Server(
            server.configuration,
            google.SECRETS,
            lambda amount: server.edit([google.tab("Budget", [[google.text("A"), google.number(amount)]])]),
        )


@pytest.fixture(params=[pytest.param(openssh, marks=NEEDS_SSHD), asyncssh, s3, sheets], ids=lambda kind: kind.__name__)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    with request.param(tmp_path) as running:
        running.write(1)
        yield running


def test_what_is_listed_is_fetched_as_often_as_one_likes(server: Server) -> None:
    with server.source() as source:
        (file,) = source.list()
        first = source.fetch(file)
        assert source.fetch(file) == first
        assert [*source.list()] == [file]
    assert first
    assert file.path.isascii()
    assert file.modified_at.tzinfo is not None


def test_another_content_is_another_version_of_the_same_path(server: Server) -> None:
    with server.source() as source:
        (before,) = source.list()
        server.write(2)
        (after,) = source.list()
        assert source.fetch(after)
    assert (before.path, before.name) == (after.path, after.name)
    assert before.version != after.version


def test_what_was_listed_and_changed_since_is_not_given_for_it(server: Server) -> None:
    with server.source() as source:
        (before,) = source.list()
        server.write(3)
        with pytest.raises(SourceError) as caught:
            source.fetch(before)
    assert (caught.value.step, caught.value.details["reason"]) == ("fetch", "changed")


def test_the_steps_are_walked_in_their_order(server: Server) -> None:
    results = server.source().test()
    assert [result.step for result in results] == [step for step in STEPS if step in {each.step for each in results}]
    assert all(result.passed for result in results)
    assert results[-1].message.startswith(
        "budget.csv, " if "Budget" not in results[-1].message else "Budget 2026.xlsx, "
    )


def test_a_file_that_is_too_large_says_so_for_good(server: Server) -> None:
    def read_all(source: Source) -> None:
        for file in source.list():
            source.fetch(file)

    with server.source(max_bytes=1) as source, pytest.raises(SourceError) as caught:
        read_all(source)
    assert caught.value.details["reason"] == "too_large"


def test_nothing_secret_is_told_or_logged(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = f"{server.source().describe()} {server.secrets!r} {server.configuration()!r} {server.source().test()}"
    told += caplog.text
    secrets = msgspec.to_builtins(server.secrets).values()
    assert [secret for secret in secrets if secret and secret != "testing" and secret in told] == []


def test_the_configuration_is_read_back_as_it_was_written(server: Server) -> None:
    configuration = server.configuration()
    written = msgspec.json.encode(configuration)
    assert msgspec.json.decode(written, type=ConnectionConfiguration) == configuration
    assert msgspec.json.decode(written)["type"] == kind_of(configuration)


def test_no_thread_is_left_behind(server: Server) -> None:
    before = threading.active_count()
    with server.source() as source:
        list(source.list())
    wait_until(lambda: threading.active_count() <= before, "the threads of the connection end")
