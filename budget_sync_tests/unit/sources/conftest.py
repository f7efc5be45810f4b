"""A running partner for the tests of the sources."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_sync_tests.partner import SftpPartner, running


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[SftpPartner]:
    folder = tmp_path / "partner"
    folder.mkdir()
    with running(SftpPartner(folder)) as server:
        yield server
