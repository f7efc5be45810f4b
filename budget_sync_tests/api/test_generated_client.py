"""A client that a tool makes from the committed document, used as an approval tool would use it."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from budget_sync.importing.keys import create_key
from budget_sync_tests.api.purchases import EVERYTHING
from budget_sync_tests.api.running import SharedService
from budget_sync_tests.budget_lines import add_line

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The package that openapi-python-client writes."""
    program = Path(sys.executable).with_name("openapi-python-client")
    target = tmp_path / "budget_client"
    arguments = [program, "generate", "--path", DOCUMENT, "--meta", "none", "--output-path", target]
    made = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("budget_client")
    for name in [name for name in sys.modules if name.startswith("budget_client")]:
        del sys.modules[name]


def test_an_approval_tool_checks_reserves_commits_spends_and_releases(
    generated: ModuleType, shared_service: SharedService
) -> None:
    add_line(shared_service.database, shared_service.customer.id, "Engineering/Software", "1000")
    key = create_key(shared_service.database, shared_service.customer.id, scopes=EVERYTHING)
    client = generated.AuthenticatedClient(shared_service.address, token=key)
    models = importlib.import_module("budget_client.models")
    control = "budget_client.api.budget_control"

    def call(name: str, **arguments: object) -> object:
        return importlib.import_module(f"{control}.{name}").sync(client=client, **arguments)

    question = models.CheckQuestion(
        department="Engineering", sub_category="Software", fiscal_period="FY2025", amount=400
    )
    checked = call("check_budget", body=question)
    assert checked.available  # type: ignore[attr-defined]
    wish = models.ReserveBody(
        amount=400,
        external_reference="PR-1",
        department="Engineering",
        sub_category="Software",
        fiscal_period="FY2025",
    )
    held = call("reserve", body=wish, idempotency_key="reserve-1")
    moves = [
        ("commit", 300, "partially_committed"),
        ("spend", 120, "partially_spent"),
        ("release", 100, "partially_spent"),
    ]
    for name, amount, state in moves:
        body = models.MoveBody(reservation_id=held.reservation_id, amount=amount)  # type: ignore[attr-defined]
        moved = call(name, body=body, idempotency_key=f"{name}-1")
        assert moved.state == state, moved  # type: ignore[attr-defined]
    again = call("reserve", body=wish, idempotency_key="reserve-1")
    assert again.reservation_id == held.reservation_id  # type: ignore[attr-defined]
    too_much = call(
        "reserve", body=models.ReserveBody.from_dict(wish.to_dict() | {"amount": 5000}), idempotency_key="2"
    )
    assert too_much.code in {"insufficient_budget", "duplicate_reference"}  # type: ignore[attr-defined]
