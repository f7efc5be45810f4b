"""The guide for approval tools does what it says: each of its programs runs as it stands there."""

import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from shutil import which

import pytest

from budget_sync.importing.customers import create_customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.purchases import balances
from budget_sync_tests.api.running import SharedService
from budget_sync_tests.budget_lines import add_line

GUIDE = (Path(__file__).parents[2] / "docs" / "budget-check.md").read_text("utf-8")
PROGRAMS = {
    "Python": ("python", [sys.executable, "-"]),
    "curl": ("sh", ["bash", "-eu", "-s"]),
    "TypeScript": ("typescript", ["node", "--input-type=module", "-"]),
}


def program_of(section: str, language: str) -> str:
    """The only block of this language under the heading."""
    text = GUIDE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    (block,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return str(block)


@pytest.mark.parametrize("section", PROGRAMS)
def test_a_program_of_the_guide_checks_reserves_commits_spends_and_releases(
    shared_service: SharedService, section: str
) -> None:
    language, arguments = PROGRAMS[section]
    if which(arguments[0]) is None or (section == "curl" and which("curl") is None):
        pytest.skip(f"needs {arguments[0] if section != 'curl' else 'curl'} (Debian: nodejs, curl)")
    customer = create_customer(shared_service.database, f"guide-{section.lower()}")
    line = add_line(shared_service.database, customer.id, "Engineering/Software licences", "120000", period="FY2026")
    key = create_key(shared_service.database, customer.id, scopes=["check", "reserve"])
    environment = os.environ | {"BUDGET_URL": shared_service.address, "BUDGET_KEY": key}
    ran = subprocess.run(
        arguments,
        input=program_of(section, language),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "2,500.00 EUR fits" in ran.stdout
    assert "partially_spent" in ran.stdout
    assert balances(shared_service.database, customer, line) == (Decimal(0), Decimal(2000), Decimal(1200))
