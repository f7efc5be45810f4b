"""Databases of many budget lines, made by SQL, and the questions that they answer."""

import json
import random
from dataclasses import dataclass
from uuid import UUID

import psycopg

_MONTHS = 12
_SUB_CATEGORIES = 50

_FILL = """
INSERT INTO budget (customer_id, department, sub_category, fiscal_period, currency, budgeted_amount, source,
                    department_key, sub_category_key)
SELECT %(customer_id)s, 'Department ' || d, 'Category ' || c, '2025-' || to_char(m, 'FM00'), 'EUR',
       1000000 + (d * 7919 + c * 31 + m) %% 9000000, 'upload', 'department ' || d, 'category ' || c
FROM generate_series(1, %(departments)s) d, generate_series(1, %(sub_categories)s) c, generate_series(1, 12) m
"""


@dataclass(frozen=True)
class ManyLines:
    """The lines of one customer: departments by categories by months."""

    customer_id: UUID
    departments: int

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self.departments * _SUB_CATEGORIES * _MONTHS

    def questions(self, how_many: int) -> list[bytes]:
        """Bodies of checks, each of one line chosen at random, the same ones in every run."""
        chosen = random.Random(self.departments)  # noqa: S311 - no secret
        return [
            json.dumps(
                {
                    "customerId": str(self.customer_id),
                    "department": f"Department {chosen.randint(1, self.departments)}",
                    "subCategory": f"Category {chosen.randint(1, _SUB_CATEGORIES)}",
                    "fiscalPeriod": f"2025-{chosen.randint(1, _MONTHS):02d}",
                    "amount": chosen.randint(1, 999_999) / 100,
                }
            ).encode()
            for _ in range(how_many)
        ]


def fill(superuser: str, customer_id: UUID, lines: int) -> ManyLines:
    """Make at least this many lines, and let the planner know them."""
    made = ManyLines(customer_id, -(-lines // (_SUB_CATEGORIES * _MONTHS)))
    values = {"customer_id": customer_id, "departments": made.departments, "sub_categories": _SUB_CATEGORIES}
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(_FILL, values)
        connection.execute("VACUUM ANALYZE budget")
        connection.execute("CHECKPOINT")
    return made
