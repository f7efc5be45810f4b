"""Where a webhook may lead: decided on addresses alone, and nothing is followed from there."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import InvalidRequestError, UndeliverableError
from budget_sync.notification import guarded_post
from budget_sync.notification.guarded_post import post
from budget_sync.notification.reach import Reach, check_url

PUBLIC = Reach(AllowedNetworks())
LOCAL = Reach(AllowedNetworks.parse("loopback"))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:220:1::1"])
def test_the_public_internet_is_reached_by_https_on_its_port(address: str) -> None:
    PUBLIC.judge("hooks.example.com", 443, [address], is_secure=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - an address that is refused
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_no_address_beside_it_is_reached(address: str) -> None:
    with pytest.raises(UndeliverableError, match="address"):
        PUBLIC.judge("hooks.example.com", 443, [address], is_secure=True)


def test_one_bad_address_spoils_the_name() -> None:
    with pytest.raises(UndeliverableError, match="private"):
        PUBLIC.judge("hooks.example.com", 443, ["93.184.215.14", "10.0.0.1"], is_secure=True)


@pytest.mark.parametrize(("port", "is_secure", "reason"), [(22, True, "Port 22"), (443, False, "https")])
def test_other_ports_and_plain_text_are_for_what_the_operator_allows(port: int, is_secure: bool, reason: str) -> None:
    with pytest.raises(UndeliverableError, match=reason):
        PUBLIC.judge("hooks.example.com", port, ["93.184.215.14"], is_secure=is_secure)
    LOCAL.judge("localhost", port, ["127.0.0.1"], is_secure=is_secure)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "https://",
        "https://user:pass@example.com/",
        "https://example.com/#part",
        "https://example.com:99999/",
        "https://exam ple.com/",
        "https://example.com/\r\nX: y",
        "https://exämple.com/",
        "file:///etc/passwd",
        "//example.com/hook",
    ],
)
def test_what_is_no_plain_url_is_refused(url: str) -> None:
    with pytest.raises(InvalidRequestError, match="url"):
        check_url(url)


class _Redirecting(BaseHTTPRequestHandler):
    paths: list[str]

    def do_POST(self) -> None:
        type(self).paths.append(self.path)
        self.send_response(307)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def redirecting() -> Iterator[str]:
    """A server of the loopback that sends everybody elsewhere."""
    _Redirecting.paths = []
    server = HTTPServer(("127.0.0.1", 0), _Redirecting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_redirect_is_an_answer_and_nothing_to_follow(redirecting: str) -> None:
    assert post(f"{redirecting}/hook", {}, b"{}", LOCAL).status == 307
    assert _Redirecting.paths == ["/hook"]


def test_a_name_that_changes_its_answer_gains_nothing(redirecting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(redirecting.rpartition(":")[2])
    answers, ask = iter(["127.0.0.1", "10.0.0.1"]), socket.getaddrinfo

    def changing(host: str, *arguments: Any, **options: Any) -> list[Any]:
        return ask(next(answers) if host == "hooks.example.com" else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    assert post(f"http://hooks.example.com:{port}/hook", {}, b"{}", LOCAL).status == 307
    assert next(answers) == "10.0.0.1"  # asked once: what was judged is what was connected to


class _Strange(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"a\0b\x1b[31m\xff")

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def test_how_an_answer_begins_can_be_kept_whatever_it_is() -> None:
    with HTTPServer(("127.0.0.1", 0), _Strange) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        answer = post(f"http://127.0.0.1:{server.server_port}/", {}, b"{}", LOCAL)
        thread.join()
    assert answer.begins == "a b [31m\ufffd"


def test_an_answer_that_drips_ends_at_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_post, "_WHOLE_SECONDS", 0.5)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                while not stop.wait(0.05):
                    connection.sendall(b"H")

        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(UndeliverableError, match="ReadTimeout"):
            post(f"http://127.0.0.1:{listening.getsockname()[1]}/", {}, b"{}", LOCAL)
        stop.set()
        thread.join()


def test_nobody_listening_is_said_in_words() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(UndeliverableError, match="No answer"):
            post(f"http://127.0.0.1:{taken.getsockname()[1]}/", {}, b"", LOCAL)
