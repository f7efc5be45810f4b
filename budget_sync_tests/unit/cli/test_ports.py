"""Ports: wished ones, taken ones, and two who wish for the same at once."""

import socket
import tempfile
from pathlib import Path

import pytest

from budget_sync.cli.ports import Ports, free_port, is_free

HOST = "127.0.0.1"


def test_a_free_wished_port_is_given() -> None:
    port = free_port(HOST)
    assert Ports().wished_or_free(HOST, port) == port


def test_a_taken_port_gives_way_to_a_free_one() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        other = Ports().wished_or_free(HOST, port)
    assert other != port
    assert is_free(HOST, other)


def test_two_who_wish_for_the_same_port_before_either_listens_get_different_ones() -> None:
    port, first, second = free_port(HOST), Ports(), Ports()
    assert first.wished_or_free(HOST, port) == port
    assert second.wished_or_free(HOST, port) != port


def test_the_file_that_claims_a_port_goes_with_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    port, ports = free_port(HOST), Ports()
    assert ports.wished_or_free(HOST, port) == port
    assert len(list(tmp_path.iterdir())) == 1
    del ports
    assert list(tmp_path.iterdir()) == []
    assert Ports().wished_or_free(HOST, port) == port
