"""What the embedded server needs of the folders above it, where we are root and it is not."""

import logging
import os
import stat
from pathlib import Path

import pytest

from budget_sync.database.embedded_owner import let_server_walk_to


def test_a_folder_that_is_opened_for_the_server_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    above = tmp_path / "above"
    above.mkdir(mode=0o700)
    with caplog.at_level(logging.WARNING):
        let_server_walk_to(above / "home")
        let_server_walk_to(above / "home")
    told = [record.getMessage() for record in caplog.records if f"{above} " in record.getMessage()]
    is_open = bool(above.stat().st_mode & stat.S_IXOTH)
    assert (is_open, len(told)) == ((True, 1) if os.geteuid() == 0 else (False, 0))
