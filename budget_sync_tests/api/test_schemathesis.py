"""schemathesis over the whole document, all phases: no 500, no undocumented status, no breach of a schema.

Two minutes of the same calls in ``make test``; ``make fuzz`` sends new ones, for ten (``BUDGET_SYNC_FUZZ_SECONDS``).
"""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

from budget_sync_tests.api import fuzz_keys
from budget_sync_tests.api.running import SharedService
from budget_sync_tests.budget_lines import add_line

SECONDS = os.environ.get("BUDGET_SYNC_FUZZ_SECONDS")
LENGTH = ["--max-time", SECONDS] if SECONDS else ["--max-time", "120", "--generation-deterministic"]
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


def of_customer(customer_id: str, member: dict[str, Any]) -> dict[str, Any]:
    """Part of the document, in which ``customerId`` is the caller's: any other would be a 403 and no test."""
    if member.get("name") == "customerId":
        member["schema"] = {"type": "string", "enum": [customer_id]}
    elif "customerId" in member.get("properties", {}) and member.get("additionalProperties") is False:
        member["properties"]["customerId"] = {"type": "string", "enum": [customer_id]}
    return member


def test_nothing_that_the_document_allows_breaks_the_service(shared_service: SharedService, tmp_path: Path) -> None:
    add_line(shared_service.database, shared_service.customer.id, "Engineering/Software", "1000")
    document = json.loads(
        DOCUMENT.read_text("utf-8"), object_hook=partial(of_customer, str(shared_service.customer.id))
    )
    (tmp_path / "openapi.json").write_text(json.dumps(document), "utf-8")
    program = Path(sys.executable).with_name("schemathesis")
    arguments = [
        str(program), "run", str(tmp_path / "openapi.json"), "--url", shared_service.address,
        "--checks", CHECKS,
        *LENGTH,
        "--max-response-time", "60",
        "--continue-on-failure",
        "--no-color",
        "--workers", "2",
    ]  # fmt: skip
    settings = shared_service.database.settings
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": fuzz_keys.__name__,
        "PYTHONPATH": str(DOCUMENT.parents[1]),
        "BUDGET_SYNC_HOME": str(settings.home),
        "BUDGET_SYNC_DATABASE_URL": settings.database_url.get_secret_value(),
        fuzz_keys.CUSTOMER: str(shared_service.customer.id),
    }
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
