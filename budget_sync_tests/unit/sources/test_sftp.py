"""The SFTP source against a real server."""

import os
import socket
import threading
import time
from pathlib import Path

import asyncssh
import pytest

from budget_sync.domain.errors import SourceError
from budget_sync.sources.sftp import SftpSource
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets
from budget_sync.sources.sftp_connection import offered_host_key
from budget_sync_tests.partner import LOCAL, SftpPartner, running
from budget_sync_tests.waiting import wait_until

BUDGET = "Department;Amount\nMarketing;1.000,50\n"


def names(partner: SftpPartner, **changes: object) -> list[str]:
    with SftpSource(partner.configuration(**changes), partner.secrets, LOCAL) as source:
        return [file.name for file in source.list()]


def test_lists_and_fetches_what_the_partner_dropped(partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        content = source.fetch(file)
    assert (file.name, file.size, content) == ("budget.csv", len(BUDGET), BUDGET.encode())


def test_fetches_a_file_of_several_megabytes_whole(partner: SftpPartner) -> None:
    content = os.urandom(5_000_003)
    partner.drop("large.bin", content)
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        assert source.fetch(file) == content


def test_leaves_hidden_and_unfinished_files_and_folders_alone(partner: SftpPartner) -> None:
    for name in (".hidden.csv", "a.csv.part", "b.TMP", "c.csv.filepart", "good.csv"):
        partner.drop(name, BUDGET)
    (partner.folder / "archive").mkdir()
    assert names(partner) == ["good.csv"]


def test_folders_within_the_folder_are_walked_by_choice(partner: SftpPartner) -> None:
    for folder in ("2026/q1", ".trash", "half.part"):
        (partner.folder / folder).mkdir(parents=True)
        partner.drop(f"{folder}/budget.csv", BUDGET)
    (partner.folder / "2026" / "loop").symlink_to(partner.folder)
    partner.drop("top.csv", BUDGET)
    with SftpSource(partner.configuration(recursive=True), partner.secrets, LOCAL) as source:
        files = list(source.list())
        assert [file.path for file in files] == ["/2026/q1/budget.csv", "/top.csv"]
        assert source.fetch(files[0]) == BUDGET.encode()
    assert names(partner) == ["top.csv"]


def test_takes_only_names_of_the_patterns(partner: SftpPartner) -> None:
    for name in ("budget_1.csv", "Budget_2.CSV", "notes.txt", "plan.xlsx"):
        partner.drop(name, BUDGET)
    assert names(partner, patterns=("budget*.csv", "*.xlsx")) == ["Budget_2.CSV", "budget_1.csv", "plan.xlsx"]


def test_a_file_written_again_has_another_version(partner: SftpPartner) -> None:
    path = partner.drop("budget.csv", BUDGET)
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (first,) = source.list()
        os.utime(path, (1, 1))
        (second,) = source.list()
    assert first.path == second.path
    assert first.version != second.version


@pytest.mark.parametrize("name", [b"../../escape.csv", b"nul\x00.csv", b"..", b".", b"", b"a/b.csv"])
def test_a_name_that_no_folder_can_hold_is_left_alone(partner: SftpPartner, name: bytes) -> None:
    partner.invented_names = (name,)
    partner.drop("good.csv", BUDGET)
    assert names(partner) == ["good.csv"]


def test_a_path_longer_than_any_index_holds_does_not_hide_its_neighbours(partner: SftpPartner) -> None:
    partner.drop("good.csv", BUDGET)
    partner.invented_names = (b"x" * 2100 + b".csv", b"\xff" * 700 + b".csv")
    assert names(partner) == ["good.csv"]


def test_a_size_that_no_file_has_is_one_that_is_too_large_to_be_fetched(partner: SftpPartner) -> None:
    partner.invented_names, partner.invented_size = (b"endless.csv",), 2**64 - 1
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        assert file.size == 2**63 - 1
        with pytest.raises(SourceError, match="this source takes files of up to"):
            source.fetch(file)


def test_a_name_that_turns_the_reading_direction_is_shown_without_it(partner: SftpPartner) -> None:
    partner.drop("budget\u202efdp.csv", BUDGET)
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        assert source.fetch(file) == BUDGET.encode()
    assert file.name == "budget_fdp.csv"
    assert file.path.isascii()


def test_a_name_in_latin_1_does_not_hide_its_neighbours(partner: SftpPartner) -> None:
    Path(os.fsdecode(os.fsencode(partner.folder) + b"/b\xfcdget.csv")).write_bytes(BUDGET.encode())
    partner.drop("good.csv", BUDGET)
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        files = list(source.list())
        assert [source.fetch(file) for file in files] == [BUDGET.encode()] * 2


def test_a_server_without_a_pinned_key_is_refused_before_the_password_is_sent(partner: SftpPartner) -> None:
    with pytest.raises(SourceError, match=r"SHA256:") as caught:
        names(partner, host_key=None)
    assert caught.value.step == "host_key"
    assert partner.login_attempts == 0


def test_a_changed_host_key_is_refused_before_the_password_is_sent(partner: SftpPartner) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    with pytest.raises(SourceError, match="another key") as caught:
        names(partner, host_key=other)
    assert caught.value.step == "host_key"
    assert partner.login_attempts == 0


def test_a_host_key_of_another_type_is_refused(partner: SftpPartner) -> None:
    other = asyncssh.generate_private_key("ssh-rsa").export_public_key().decode()
    with pytest.raises(SourceError, match="another key"):
        names(partner, host_key=other)


def test_the_offered_key_can_be_pinned(partner: SftpPartner) -> None:
    offered = offered_host_key(partner.configuration(host_key=None), LOCAL)
    assert offered.fingerprint == partner.host_key.get_fingerprint()
    assert names(partner, host_key=offered.line) == []


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256"])
@pytest.mark.parametrize("passphrase", [None, "open sesame"])
@pytest.mark.parametrize("form", ["openssh", "pkcs8-pem"])
def test_a_private_key_lets_us_in(tmp_path: Path, kind: str, passphrase: str | None, form: str) -> None:
    key = asyncssh.generate_private_key(kind)
    secrets = SftpSecrets(
        private_key=key.export_private_key(form, passphrase=passphrase).decode(), passphrase=passphrase
    )
    with (
        running(SftpPartner(tmp_path, user_key=key, host_key=asyncssh.generate_private_key(kind))) as partner,
        SftpSource(partner.configuration(), secrets, LOCAL) as source,
    ):
        assert list(source.list()) == []


def test_a_wrong_password_names_the_step_and_never_the_password(partner: SftpPartner) -> None:
    secrets = SftpSecrets(password="canary-4711")
    with pytest.raises(SourceError) as caught, SftpSource(partner.configuration(), secrets, LOCAL):
        pass
    assert caught.value.step == "login"
    assert "canary" not in f"{caught.value!r} {caught.value.details} {secrets!r} {secrets}"


def test_a_missing_folder_names_the_step(partner: SftpPartner) -> None:
    with pytest.raises(SourceError, match="elsewhere") as caught:
        names(partner, folder="/elsewhere")
    assert caught.value.step == "list"


def test_a_server_that_hangs_at_login_is_left_in_time(partner: SftpPartner) -> None:
    partner.hangs_at_login = True
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        names(partner, timeout_seconds=0.5)
    assert caught.value.step == "login"
    assert time.monotonic() - started < 5


def test_a_listing_that_never_ends_is_left_in_time(partner: SftpPartner) -> None:
    partner.lists_without_end = True
    started = time.monotonic()
    with pytest.raises(SourceError, match="not listed after") as caught:
        names(partner, list_seconds=0.5)
    partner.lists_without_end = False
    assert caught.value.step == "list"
    assert time.monotonic() - started < 5


def test_a_server_that_never_speaks_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        configuration = SftpConfiguration(
            host="127.0.0.1", port=silent.getsockname()[1], username="acme", timeout_seconds=0.5
        )
        started = time.monotonic()
        with pytest.raises(SourceError) as caught, SftpSource(configuration, SftpSecrets(password="x"), LOCAL):
            pass
    assert caught.value.step == "connect"
    assert time.monotonic() - started < 5


def test_a_port_that_nobody_listens_on_names_the_step() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    configuration = SftpConfiguration(host="127.0.0.1", port=port, username="acme")
    with (
        pytest.raises(SourceError, match="firewall") as caught,
        SftpSource(configuration, SftpSecrets(password="x"), LOCAL),
    ):
        pass
    assert caught.value.step == "connect"


def test_a_host_that_does_not_exist_names_the_step() -> None:
    configuration = SftpConfiguration(host="nowhere.invalid", username="acme")
    with pytest.raises(SourceError) as caught, SftpSource(configuration, SftpSecrets(password="x"), LOCAL):
        pass
    assert caught.value.step == "resolve"


# paramiko asks for the next pieces in a thread of its own, which dies aloud with its connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_connection_dropped_in_the_middle_of_a_file_is_an_error_and_the_next_try_works(
    partner: SftpPartner,
) -> None:
    content = os.urandom(3_000_000)
    partner.drop("large.bin", content)
    partner.drops_after = 1_000_000
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        with pytest.raises(SourceError) as caught:
            source.fetch(file)
    assert caught.value.step == "fetch"
    partner.drops_after = None
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        assert source.fetch(file) == content


def test_a_file_that_grows_while_it_is_read_is_not_taken(partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)

    def grow(path: Path) -> None:
        with path.open("a") as file:
            file.write("Sales;2,00\n")

    partner.on_open = grow
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        with pytest.raises(SourceError, match="changed while it was read"):
            source.fetch(file)


def test_a_file_above_the_limit_is_not_even_opened(partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    with SftpSource(partner.configuration(max_bytes=10), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        with pytest.raises(SourceError, match="up to"):
            source.fetch(file)
    assert partner.opened == []


def test_a_file_renamed_between_list_and_fetch_is_an_error(partner: SftpPartner) -> None:
    path = partner.drop("budget.csv", BUDGET)
    with SftpSource(partner.configuration(), partner.secrets, LOCAL) as source:
        (file,) = source.list()
        path.rename(path.with_name("other.csv"))
        with pytest.raises(SourceError, match=r"budget\.csv"):
            source.fetch(file)


def test_the_test_walks_every_step(partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    steps = SftpSource(partner.configuration(), partner.secrets, LOCAL).test()
    assert [step.step for step in steps] == ["resolve", "connect", "host_key", "login", "list", "fetch"]
    assert all(step.passed for step in steps)
    assert "1 file in" in steps[4].message


def test_the_test_stops_at_the_step_that_failed(partner: SftpPartner) -> None:
    steps = SftpSource(partner.configuration(), SftpSecrets(password="wrong"), LOCAL).test()
    assert [(step.step, step.passed) for step in steps] == [
        ("resolve", True),
        ("connect", True),
        ("host_key", True),
        ("login", False),
    ]


def test_describes_itself_without_secrets(partner: SftpPartner) -> None:
    source = SftpSource(partner.configuration(folder="out/budgets", patterns=("*.csv",)), partner.secrets, LOCAL)
    assert source.describe() == f"sftp://acme@127.0.0.1:{partner.port}/~/out/budgets (*.csv)"


def test_leaves_no_thread_behind(partner: SftpPartner) -> None:
    before = threading.active_count()
    names(partner)
    wait_until(lambda: threading.active_count() <= before, "the threads of the connection end")
