"""A small file is read and understood in an instant once the program is warm."""

import time
from pathlib import Path

import pytest

from budget_sync.mapping import understand
from budget_sync.reading import read_document

FOLDER = Path(__file__).resolve().parents[2] / "test_data"
SMALL = [path for path in sorted(FOLDER.iterdir()) if path.suffix != ".toml" and path.stat().st_size < 10_000]


def cpu_of(path: Path) -> float:
    """The seconds of CPU of reading and understanding one file, those of the parsing child left out."""
    started = time.process_time()
    understand(read_document(path.read_bytes(), path.name))
    return time.process_time() - started


@pytest.mark.parametrize("path", SMALL, ids=[path.name for path in SMALL])
def test_a_small_file_takes_less_than_50_ms_of_cpu(path: Path) -> None:
    cpu_of(path)  # vocabulary and patterns are made once
    assert min(cpu_of(path) for _ in range(3)) < 0.05
