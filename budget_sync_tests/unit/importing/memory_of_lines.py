"""A program: how many megabytes the lines of a file of so many rows take from its bytes to COPY, at their most."""

import re
import sys
from pathlib import Path

from budget_sync.domain.defaults import Defaults
from budget_sync.importing.checked_lines import check_lines
from budget_sync.importing.options import ImportOptions
from budget_sync.mapping import understand
from budget_sync.reading import read_document


def most_resident() -> int:
    """Kilobytes that this process has occupied at its most."""
    found = re.search(r"VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])


def run(rows: int) -> int:
    """The rows go through; how many lines they gave."""
    lines = (f"Department {row % 500},Category {row // 12},2025-{row % 12 + 1:02d},{row}.50" for row in range(rows))
    content = "\n".join(["Department,Category,Period,Budget", *lines]).encode()
    understanding = understand(read_document(content, "plan.csv"))
    return check_lines(understanding, Defaults(currency="EUR"), ImportOptions(), {}).prepared.line_count


if __name__ == "__main__":
    run(1_000)  # what the program itself takes
    before = most_resident()
    count = run(int(sys.argv[1]))
    sys.stdout.write(f"{count} {(most_resident() - before) // 1024}\n")
