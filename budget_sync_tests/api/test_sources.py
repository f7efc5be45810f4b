"""Sources over HTTP: made, tried, changed, let go; their secrets go in and never come out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync.sources.looks import begin_look, due_sources
from budget_sync_tests import google
from budget_sync_tests.api.running import client_with
from budget_sync_tests.bucket import BUCKET, running_bucket
from budget_sync_tests.partner import PASSWORD, USER, SftpPartner, running

S3_KEY = {"accessKeyId": "x", "secretAccessKey": "y"}


@pytest.fixture
def admin(service: str, database: Database, customer: Customer) -> Iterator[httpx.Client]:
    with client_with(service, create_key(database, customer.id, scopes=["admin"])) as opened:
        yield opened


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[SftpPartner]:
    folder = tmp_path / "partner"
    folder.mkdir()
    with running(SftpPartner(folder)) as server:
        yield server


def body(partner: SftpPartner, **changes: Any) -> dict[str, Any]:
    connection = {"type": "sftp", "host": "127.0.0.1", "port": partner.port, "username": USER, "folder": "/"}
    return {
        "name": "head office",
        "connection": connection | {"hostKey": partner.host_key_line},
        "secrets": {"password": PASSWORD},
        "schedule": {"cron": "0 2 * * *", "timeZone": "Europe/Berlin"},
        "options": {"currency": "USD", "namePeriod": "plan_{year}.csv", "review": "always"},
    } | changes


def test_a_source_is_made_read_and_listed_without_its_secret(admin: httpx.Client, partner: SftpPartner) -> None:
    made = admin.post("/api/sources", json=body(partner))
    assert made.status_code == 201, made.text
    source = made.json()
    assert (source["type"], source["connection"]["port"]) == ("sftp", partner.port)
    assert source["schedule"] == {"everySeconds": None, "cron": "0 2 * * *", "timeZone": "Europe/Berlin"}
    assert source["options"] == {"currency": "USD", "namePeriod": "plan_{year}.csv", "review": "always"}
    read = admin.get(f"/api/sources/{source['id']}")
    assert (read.json(), read.headers["etag"]) == (source, '"1"')
    listed = admin.get("/api/sources")
    assert listed.json()["sources"] == [source]
    assert PASSWORD not in made.text + read.text + listed.text


def test_the_test_names_the_step_that_failed(admin: httpx.Client, partner: SftpPartner) -> None:
    source = admin.post("/api/sources", json=body(partner)).json()
    good = admin.post(f"/api/sources/{source['id']}/test").json()
    assert (good["success"], good["failedStep"]) == (True, None)
    assert [step["step"] for step in good["steps"]] == ["resolve", "connect", "host_key", "login", "list", "fetch"]
    change = {"secrets": {"password": "wrong"}}
    changed = admin.patch(f"/api/sources/{source['id']}", json=change, headers={"If-Match": '"1"'})
    assert changed.json()["version"] == 2
    bad = admin.post(f"/api/sources/{source['id']}/test")
    assert (bad.status_code, bad.json()["failedStep"], bad.json()["success"]) == (200, "login", False)
    assert "wrong" not in bad.text


def test_secrets_do_not_follow_a_source_to_another_server(admin: httpx.Client, partner: SftpPartner) -> None:
    source = admin.post("/api/sources", json=body(partner)).json()
    elsewhere = {"connection": source["connection"] | {"host": "attacker.example"}}
    path, version = f"/api/sources/{source['id']}", {"If-Match": '"1"'}
    refused = admin.patch(path, json=elsewhere, headers=version)
    assert (refused.status_code, refused.json()["code"]) == (422, "configuration")
    assert "Give them anew" in refused.json()["detail"]
    assert admin.get(path).json()["connection"] == source["connection"]
    deeper = {"connection": source["connection"] | {"folder": "/deeper"}}
    assert admin.patch(path, json=deeper, headers=version).status_code == 200
    anew = elsewhere | {"secrets": {"password": "theirs"}}
    assert admin.patch(path, json=anew, headers={"If-Match": '"2"'}).status_code == 200


def test_of_two_who_change_it_at_once_the_second_is_told(admin: httpx.Client, partner: SftpPartner) -> None:
    source = admin.post("/api/sources", json=body(partner)).json()
    path, version = f"/api/sources/{source['id']}", {"If-Match": '"1"'}
    assert admin.patch(path, json={"active": False}, headers=version).json()["active"] is False
    assert admin.patch(path, json={"name": "other"}, headers=version).status_code == 412
    assert admin.delete(path, headers=version).status_code == 412
    assert admin.delete(path, headers={"If-Match": '"2"'}).status_code == 204
    assert admin.get(path).status_code == 404


def test_another_customers_source_is_not_found(
    admin: httpx.Client, partner: SftpPartner, service: str, database: Database, other_customer: Customer
) -> None:
    path = f"/api/sources/{admin.post('/api/sources', json=body(partner)).json()['id']}"
    version = {"If-Match": '"1"'}
    with client_with(service, create_key(database, other_customer.id, scopes=["admin"])) as stranger:
        answers = [
            stranger.get(path),
            stranger.patch(path, json={"active": False}, headers=version),
            stranger.delete(path, headers=version),
            stranger.post(f"{path}/test"),
            stranger.post(f"{path}/sync"),
        ]
        assert stranger.get("/api/sources").json()["count"] == 0
    assert [answer.status_code for answer in answers] == [404] * 5
    assert admin.get(path).json()["active"] is True


def test_a_source_that_is_synced_is_due_before_its_time(
    admin: httpx.Client, partner: SftpPartner, database: Database
) -> None:
    source = admin.post("/api/sources", json=body(partner)).json()
    (reference,) = due_sources(database, "sftp")
    begin_look(database, reference, hold_seconds=3600)
    assert due_sources(database, "sftp") == []
    assert admin.post(f"/api/sources/{source['id']}/sync").status_code == 202
    assert due_sources(database, "sftp") == [reference]


def test_a_bucket_and_a_spreadsheet_pass_their_tests(admin: httpx.Client) -> None:
    with running_bucket() as bucket, google.running_google(google.Google([google.tab("B", [])])) as server:
        s3 = {"type": "s3", "bucket": BUCKET, "endpoint": bucket.endpoint}
        sheets = {"type": "sheets", "spreadsheet": google.SPREADSHEET, "endpoint": server.endpoint}
        bodies = [
            {"connection": s3, "secrets": {"accessKeyId": "testing", "secretAccessKey": "testing"}},
            {"connection": sheets, "secrets": {"serviceAccountKey": google.key_file()}},
        ]
        made = [admin.post("/api/sources", json=each).json() for each in bodies]
        tried = [admin.post(f"/api/sources/{each['id']}/test").json() for each in made]
    assert [(each["success"], each["failedStep"]) for each in tried] == [(True, None), (True, None)], tried
    assert [each["name"] for each in made] == [BUCKET, f"spreadsheet {google.SPREADSHEET[:12]}"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"secrets": {"accessKeyId": "x", "secretAccessKey": "y"}}, 422),
        ({"secrets": {}}, 422),
        ({"schedule": {"cron": "every night"}}, 422),
        ({"schedule": {"cron": "0 2 * * *", "everySeconds": 5}}, 400),
        ({"schedule": {"cron": "0 2 * * *", "timeZone": "Europe"}}, 422),
        ({"options": {"namePeriod": "plan.csv"}}, 422),
        ({"options": {"fiscalPeriod": "soon"}}, 422),
        ({"options": {"colour": "red"}}, 400),
        ({"connection": {"type": "ftp", "host": "h"}}, 400),
        ({"connection": {"type": "sftp", "host": "a\u0000b", "username": "u"}}, 422),
        ({"connection": {"type": "sftp", "host": "h", "username": "u", "folder": "x" * 1001}}, 400),
        ({"connection": {"type": "sftp", "host": "h", "username": "u", "folder": "out\nforged: line"}}, 422),
        ({"connection": {"type": "sftp", "host": "h", "username": "u", "hostKey": "x" * 4001}}, 400),
        (
            {"connection": {"type": "s3", "bucket": "b-1", "endpoint": "https://s.example\n"}, "secrets": S3_KEY},
            400,
        ),
        ({"options": {"currency": "USD\n"}}, 400),
        ({"secrets": {"password": "a\u0000b"}}, 400),
        ({"secrets": {"password": "x" * 1001}}, 400),
        ({"secrets": {"privateKey": "x" * 20_001}}, 400),
        ({"name": "a\u0000b"}, 400),
        ({"customer": "x"}, 400),
    ],
)
def test_what_cannot_be_is_refused(
    admin: httpx.Client, partner: SftpPartner, changes: dict[str, Any], status: int
) -> None:
    assert admin.post("/api/sources", json=body(partner, **changes)).status_code == status
    assert admin.get("/api/sources").json()["count"] == 0


def test_a_host_within_our_own_network_is_not_connected_to(admin: httpx.Client, partner: SftpPartner) -> None:
    inside = body(partner)["connection"] | {"host": "169.254.169.254"}
    source = admin.post("/api/sources", json=body(partner, connection=inside)).json()
    tried = admin.post(f"/api/sources/{source['id']}/test").json()
    assert (tried["failedStep"], "link-local" in tried["steps"][0]["message"]) == ("resolve", True)
