"""The S3 source against moto's server over HTTP."""

import logging
import os
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from budget_sync.domain.addresses import NOTHING_BESIDE
from budget_sync.domain.errors import ConfigurationError, SourceError
from budget_sync.sources.protocol import Allowed
from budget_sync.sources.s3 import S3Source
from budget_sync.sources.s3_configuration import Identity, S3Configuration, S3Secrets
from budget_sync_tests.bucket import BUCKET, SECRETS, S3Partner, running_bucket
from budget_sync_tests.partner import LOCAL

BUDGET = "Department;Amount\nMarketing;1.000,50\n"


@pytest.fixture
def bucket() -> Iterator[S3Partner]:
    with running_bucket() as partner:
        yield partner


def opened(bucket: S3Partner, **changes: object) -> S3Source:
    return S3Source(bucket.configuration(**changes), SECRETS, LOCAL)


def names(bucket: S3Partner, **changes: object) -> list[str]:
    with opened(bucket, **changes) as source:
        return [file.name for file in source.list()]


def test_only_what_lies_below_the_prefix_is_offered(bucket: S3Partner) -> None:
    for key in ("out/budget.csv", "out/2026/q1.csv", "budget.csv", "out/", "other/x.csv"):
        bucket.put(key, BUDGET)
    assert names(bucket, prefix="out/") == ["budget.csv"]
    assert names(bucket, prefix="out/", recursive=True) == ["q1.csv", "budget.csv"]


def test_hidden_and_unfinished_objects_and_folders_are_left_alone(bucket: S3Partner) -> None:
    for key in (".hidden.csv", "a.csv.part", "b.TMP", "good.csv", ".trash/x.csv", "half.part/x.csv"):
        bucket.put(key, BUDGET)
    assert names(bucket, recursive=True) == ["good.csv"]


def test_an_object_written_again_has_another_version_and_is_not_taken_for_the_old_one(bucket: S3Partner) -> None:
    bucket.put("budget.csv", BUDGET)
    with opened(bucket) as source:
        (first,) = source.list()
        bucket.put("budget.csv", BUDGET + "Sales;2,00\n")
        with pytest.raises(SourceError, match="was replaced") as caught:
            source.fetch(first)
        (second,) = source.list()
        assert source.fetch(second).endswith(b"Sales;2,00\n")
    assert caught.value.details["reason"] == "changed"
    assert (first.path, first.version != second.version) == (second.path, True)


def test_the_same_bytes_written_later_are_another_version_though_the_clock_of_the_store_is_an_hour_off(
    bucket: S3Partner,
) -> None:
    bucket.put("budget.csv", BUDGET)
    with opened(bucket) as source:
        (first,) = source.list()
        bucket.put("budget.csv", BUDGET)
        bucket.date("budget.csv", datetime.now(UTC) + timedelta(hours=1))
        (second,) = source.list()
        assert source.fetch(second) == BUDGET.encode()
    assert first.version.partition("@")[0] == second.version.partition("@")[0]
    assert first.version != second.version


def test_an_object_removed_between_list_and_fetch_is_said_to_be_gone(bucket: S3Partner) -> None:
    bucket.put("budget.csv", BUDGET)
    with opened(bucket) as source:
        (file,) = source.list()
        bucket.client.delete_object(Bucket=BUCKET, Key="budget.csv")
        with pytest.raises(SourceError, match="was removed") as caught:
            source.fetch(file)
    assert caught.value.details["reason"] == "gone"


def test_a_listing_of_several_pages_is_whole(bucket: S3Partner) -> None:
    bucket.fill((f"budget_{number:04}.csv" for number in range(2005)), BUDGET.encode())
    assert len(names(bucket)) == 2005
    assert len([request for request in bucket.requests if "list-type=2" in request]) == 3


@pytest.mark.parametrize("answer", [(500, "InternalError"), (503, "SlowDown")])
def test_a_store_that_is_busy_is_asked_again(bucket: S3Partner, answer: tuple[int, str]) -> None:
    bucket.put("budget.csv", BUDGET)
    bucket.answers = [answer, answer]
    with opened(bucket) as source:
        (file,) = source.list()
        bucket.answers = [answer]
        assert source.fetch(file) == BUDGET.encode()


def test_a_store_that_stays_busy_is_left_to_a_later_look(bucket: S3Partner) -> None:
    bucket.put("budget.csv", BUDGET)
    bucket.answers = [(503, "SlowDown")] * 5
    with opened(bucket) as source:
        with pytest.raises(SourceError, match="fewer requests") as caught:
            source.list()
        assert caught.value.step == "list"
        assert [file.name for file in source.list()] == ["budget.csv"]


def test_a_connection_that_breaks_in_the_middle_is_an_error_and_the_next_try_works(bucket: S3Partner) -> None:
    content = os.urandom(3_000_000)
    bucket.put("large.bin", content)
    with opened(bucket) as source:
        (file,) = source.list()
        bucket.breaks_after = 1_000_000
        with pytest.raises(SourceError) as caught:
            source.fetch(file)
        bucket.breaks_after = None
        assert source.fetch(file) == content
    assert caught.value.step == "fetch"


def test_an_object_above_the_limit_is_not_even_asked_for(bucket: S3Partner) -> None:
    bucket.put("budget.csv", BUDGET)
    with opened(bucket, max_bytes=10) as source:
        (file,) = source.list()
        bucket.requests.clear()
        with pytest.raises(SourceError, match="up to"):
            source.fetch(file)
    assert bucket.requests == []


@pytest.mark.parametrize(
    ("code", "step", "words"),
    [
        ("InvalidAccessKeyId", "login", "does not know the access key"),
        ("SignatureDoesNotMatch", "login", "does not belong to the access key"),
        ("RequestTimeTooSkewed", "login", "clock"),
        ("ExpiredToken", "login", "expired"),
        ("NoSuchBucket", "list", "no such bucket"),
        ("AccessDenied", "list", "s3:ListBucket"),
        ("Teapot", "list", "Teapot it is"),
    ],
)
def test_what_a_store_answers_is_told_in_words(bucket: S3Partner, code: str, step: str, words: str) -> None:
    bucket.answers = [(403, code)]
    failed = opened(bucket).test()[-1]
    assert (failed.step, failed.passed) == (step, False)
    assert words in failed.message
    assert "testing" not in failed.message


def test_the_test_walks_every_step(bucket: S3Partner) -> None:
    bucket.put("budget.csv", BUDGET)
    steps = opened(bucket).test()
    assert [step.step for step in steps] == ["resolve", "connect", "login", "list", "fetch"]
    assert all(step.passed for step in steps)
    assert "1 file in" in steps[3].message


def test_a_role_is_assumed_with_the_partners_external_id(bucket: S3Partner, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bucket.put("budget.csv", BUDGET)
    role = {"role_arn": "arn:aws:iam::123456789012:role/budget-reader", "external_id": "acme-42"}
    assert names(bucket, **role) == ["budget.csv"]
    assert bucket.requests[-2].startswith("POST /")
    assert "SecretAccessKey" not in caplog.text


def test_a_role_that_may_not_be_assumed_fails_at_the_login(bucket: S3Partner) -> None:
    bucket.answers = [(403, "AccessDenied")]
    failed = opened(bucket, role_arn="arn:aws:iam::123456789012:role/budget-reader").test()[-1]
    assert (failed.step, failed.passed) == ("login", False)
    assert "trust policy" in failed.message


def test_the_machines_own_identity_is_lent_only_where_the_operator_says_so(
    bucket: S3Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    configuration = bucket.configuration(identity=Identity.ENVIRONMENT)
    with pytest.raises(ConfigurationError, match="ALLOW_ENVIRONMENT_IDENTITY"):
        configuration.open(b"{}", Allowed(LOCAL))
    with configuration.open(b"{}", Allowed(LOCAL, environment_identity=True)) as source:
        assert list(source.list()) == []


def test_a_store_at_an_address_that_is_not_allowed_is_not_connected_to(bucket: S3Partner) -> None:
    started = time.monotonic()
    failed = S3Source(bucket.configuration(), SECRETS, NOTHING_BESIDE).test()[-1]
    assert (failed.step, failed.passed) == ("resolve", False)
    assert "BUDGET_SYNC_ALLOWED_NETWORKS=127.0.0.1" in failed.message
    assert bucket.requests == []
    assert time.monotonic() - started < 2


def test_a_store_that_does_not_listen_names_the_step() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    failed = S3Source(S3Configuration(bucket=BUCKET, endpoint=f"http://127.0.0.1:{port}"), SECRETS, LOCAL).test()[-1]
    assert (failed.step, "firewall" in failed.message) == ("connect", True)


def test_a_store_that_never_answers_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        configuration = S3Configuration(bucket=BUCKET, endpoint=endpoint, timeout_seconds=0.2)
        started = time.monotonic()
        failed = S3Source(configuration, SECRETS, LOCAL).test()[-1]
    assert (failed.step, failed.passed) == ("list", False)
    assert time.monotonic() - started < 25


def test_a_key_that_looks_like_a_path_upwards_is_a_name_and_nothing_else(bucket: S3Partner) -> None:
    bucket.put("out/../../etc/passwd.csv", BUDGET)
    bucket.put("out/b\u202eudget.csv", BUDGET)
    with opened(bucket, prefix="out/", recursive=True) as source:
        (file,) = source.list()
        assert source.fetch(file) == BUDGET.encode()
    assert file.name == "b_udget.csv"


def test_the_secret_is_shown_nowhere() -> None:
    secrets = S3Secrets(access_key_id="AKIA", secret_access_key="canary-4711")
    assert "canary" not in f"{secrets!r} {secrets}"
