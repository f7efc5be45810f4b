"""A customer in the middle of a year: a plan, purchases, rules, sources and webhooks, made by the service's own API.

In: a running service and a key that may do everything. Out: ``Office``, with the addresses of what there is to see.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx

from budget_sync.importing.engine import Engine
from budget_sync.importing.options import IncomingFile

_PLAN = {
    "Engineering": {"Software": 48_000, "Contractors": 120_000, "Hardware": 36_000},
    "Marketing": {"Events": 30_000, "Advertising": 84_000},
    "Operations": {"Facilities": 66_000, "Travel": 18_000},
    "Finance": {"Audit": 24_000, "Training": 6_000},
}
_PURCHASES = [
    ("Engineering", "Software", "FY2026-Q1", 11_300),
    ("Engineering", "Contractors", "FY2026-Q1", 27_500),
    ("Marketing", "Events", "FY2026-Q1", 7_450),
    ("Marketing", "Advertising", "FY2026-Q1", 20_990),
    ("Marketing", "Advertising", "FY2026-Q2", 19_800),
    ("Operations", "Travel", "FY2026-Q2", 1_240.5),
]
_HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJUpE1hKiJWZVlVbPBJxqf4XhsRzTmkvKBz5WkrGUM2L"


@dataclass(frozen=True)
class Office:
    """Paths of pages: one department's, one line's, a question that is answered, and a reservation's."""

    department: str
    line: str
    check: str
    reservation: str

    @property
    def states(self) -> dict[str, str]:
        """Every page there is to look at beside the mapper, by the name of its picture."""
        return {
            "dashboard": "/dashboard",
            "department": self.department,
            "line": self.line,
            "check-empty": "/budget-check",
            "check": self.check,
            "reservation": self.reservation,
            **{name: f"/admin/{name}" for name in ("keys", "rules", "sources", "webhooks")},
        }

    @property
    def pages(self) -> list[str]:
        """Where they are."""
        return list(self.states.values())


def furnish(address: str, key: str, engine: Engine, customer_id: UUID) -> Office:
    """Fill a customer who has nothing yet."""
    rows = [
        f"{department},{sub},FY2026-Q{quarter},{amount // 4}"
        for department, subs in _PLAN.items()
        for sub, amount in subs.items()
        for quarter in range(1, 5)
    ]
    plan = "\n".join(["Department,Category,Period,Budget", *rows])
    assert engine.run(customer_id, IncomingFile("plan_2026.csv", plan.encode(), user="Jane Doe")).success
    with httpx.Client(base_url=address, headers={"X-API-Key": key}) as client:
        purchases = [_bought(client, number, *each) for number, each in enumerate(_PURCHASES)]
        _administer(client)
        line = client.get("/api/budgets", params={"department": "Marketing"}).json()["budgets"][0]["id"]
    question = {
        "department": "Engineering",
        "subCategory": "Hardware",
        "fiscalPeriod": "FY2026-Q1",
        "amount": "4250.00",
    }
    return Office(
        "/dashboard/department?name=Marketing",
        f"/dashboard/lines/{line}",
        f"/budget-check?{urlencode(question)}",
        f"/budget-check/reservations/{purchases[2]}",
    )


def _bought(client: httpx.Client, number: int, department: str, sub: str, period: str, amount: float) -> str:
    place = {"department": department, "subCategory": sub, "fiscalPeriod": period}
    held = _made(client, "/api/budget/reserve", {"externalReference": f"PR-{1042 + number}", "amount": amount, **place})
    reservation = str(held["reservationId"])
    _made(client, "/api/budget/commit", {"reservationId": reservation, "amount": round(amount * 0.8, 2)})
    _made(client, "/api/budget/spend", {"reservationId": reservation, "amount": round(amount * 0.3, 2)})
    return reservation


def _administer(client: httpx.Client) -> None:
    _made(client, "/api/keys", {"label": "Approval tool", "scopes": ["check", "reserve"]})
    _made(client, "/api/approval-rules", {"department": "Marketing", "autoApprovalThreshold": 1000})
    connection = {"type": "sftp", "host": "sftp.partner.example", "username": "acme", "hostKey": _HOST_KEY}
    source = {"name": "Head office", "connection": connection, "secrets": {"password": "not looked at"}}
    _made(client, "/api/sources", source | {"schedule": {"cron": "0 6 * * 1-5", "timeZone": "Europe/London"}})
    hook = {"url": "https://approvals.example/hooks/budget", "description": "Approval tool"}
    _made(client, "/api/webhooks", hook)


def _made(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body, headers={"Idempotency-Key": uuid4().hex})
    assert answer.is_success, answer.text
    made: dict[str, Any] = answer.json()
    return made
