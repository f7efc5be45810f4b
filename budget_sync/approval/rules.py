"""Approval rules as they are administered: listed, made, changed, deleted, each with its row in the audit log.

In: a connection whose transaction sees one customer. Out: ``ApprovalRule``. A change names the version that it was made
from, so that of two people who edit at once the second is told.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from psycopg.rows import TupleRow

from budget_sync.approval.audit_log import record
from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.policy import WhenExceeded
from budget_sync.domain.errors import ConflictError, NotFoundError, StaleVersionError
from budget_sync.domain.names import fold_name

_COLUMNS = (
    "id, department, sub_category, trim_scale(auto_approval_threshold), trim_scale(utilization_limit), when_exceeded, "
    "version, created_at, updated_at"
)
_LIST = f"""
SELECT {_COLUMNS} FROM approval_rule
WHERE %(department)s::text IS NULL OR (department_key, sub_category_key) > (%(department)s, %(sub_category)s)
ORDER BY department_key, sub_category_key LIMIT %(limit)s
"""  # noqa: S608 - constants
_READ = f"SELECT {_COLUMNS} FROM approval_rule WHERE id = %s"  # noqa: S608 - constants
_CREATE = f"""
INSERT INTO approval_rule (customer_id, department, sub_category, auto_approval_threshold, utilization_limit,
                           when_exceeded, department_key, sub_category_key)
VALUES (%(customer_id)s, %(department)s, %(sub_category)s, %(threshold)s, %(limit)s, %(action)s, %(department_key)s,
        %(sub_category_key)s)
ON CONFLICT (customer_id, department_key, sub_category_key) DO NOTHING
RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_CHANGE = f"""
UPDATE approval_rule SET auto_approval_threshold = %(threshold)s, utilization_limit = %(limit)s,
                         when_exceeded = %(action)s, version = version + 1, updated_at = now()
WHERE id = %(id)s AND version = %(version)s
RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_DELETE = "DELETE FROM approval_rule WHERE id = %s AND version = %s"


class ApprovalRule(msgspec.Struct, frozen=True, rename="camel"):
    """``department`` None: all; ``sub_category`` None: all of the department. Amounts in the customer's currency."""

    id: UUID
    department: str | None
    sub_category: str | None
    auto_approval_threshold: Decimal
    utilization_limit: Decimal
    when_exceeded: WhenExceeded
    version: int
    created_at: datetime
    updated_at: datetime


class RuleFigures(msgspec.Struct, frozen=True):
    """What a rule says."""

    auto_approval_threshold: Decimal
    utilization_limit: Decimal
    when_exceeded: WhenExceeded


async def list_rules(
    connection: AsyncConnection, limit: int, after: tuple[str, ...] | None = None
) -> list[ApprovalRule]:
    """At most so many, the widest first; ``after``: the place of the last one of the page before."""
    department, sub_category = after or (None, None)
    parameters = {"department": department, "sub_category": sub_category, "limit": limit}
    return [_rule(row) for row in await (await connection.execute(_LIST, parameters)).fetchall()]


def place_of(rule: ApprovalRule) -> tuple[str, str]:
    """What orders the rules: the folded names, '' for all."""
    return fold_name(rule.department), fold_name(rule.sub_category)


async def read_rule(connection: AsyncConnection, rule_id: UUID) -> ApprovalRule:
    """One rule.

    Raises:
        NotFoundError: the customer has no such rule.
    """
    row = await (await connection.execute(_READ, (rule_id,))).fetchone()
    if row is None:
        raise NotFoundError("There is no such approval rule.")
    return _rule(row)


async def create_rule(
    connection: AsyncConnection,
    customer_id: UUID,
    department: str | None,
    sub_category: str | None,
    figures: RuleFigures,
    actor: str,
) -> ApprovalRule:
    """Make the rule of a place.

    Raises:
        ConflictError: the place has one.
    """
    values = _values(figures) | {
        "customer_id": customer_id,
        "department": department or "",
        "sub_category": sub_category or "",
        "department_key": fold_name(department),
        "sub_category_key": fold_name(sub_category),
    }
    row = await (await connection.execute(_CREATE, values)).fetchone()
    if row is None:
        raise ConflictError("There is a rule for this place already. Change that one.", code="rule_exists")
    rule = _rule(row)
    await record(connection, actor, "approval_rule.create", rule.id, rule)
    return rule


async def change_rule(
    connection: AsyncConnection, rule_id: UUID, version: int, figures: RuleFigures, actor: str
) -> ApprovalRule:
    """Say something else from now on.

    Raises:
        NotFoundError: the customer has no such rule.
        StaleVersionError: somebody changed it since.
    """
    values = _values(figures) | {"id": rule_id, "version": version}
    row = await (await connection.execute(_CHANGE, values)).fetchone()
    if row is None:
        raise await _stale(connection, rule_id)
    rule = _rule(row)
    await record(connection, actor, "approval_rule.change", rule.id, rule)
    return rule


async def delete_rule(connection: AsyncConnection, rule_id: UUID, version: int, actor: str) -> None:
    """Let the wider rule hold again.

    Raises:
        NotFoundError: the customer has no such rule.
        StaleVersionError: somebody changed it since.
    """
    rule = await read_rule(connection, rule_id)
    if not (await connection.execute(_DELETE, (rule_id, version))).rowcount:
        raise await _stale(connection, rule_id)
    await record(connection, actor, "approval_rule.delete", rule.id, rule)


async def _stale(connection: AsyncConnection, rule_id: UUID) -> StaleVersionError:
    rule = await read_rule(connection, rule_id)
    return StaleVersionError("Somebody changed this rule since you read it. Read it again.", version=rule.version)


def _values(figures: RuleFigures) -> dict[str, Any]:
    return {
        "threshold": figures.auto_approval_threshold,
        "limit": figures.utilization_limit,
        "action": figures.when_exceeded.value,
    }


def _rule(row: TupleRow) -> ApprovalRule:
    rule_id, department, sub_category, threshold, limit, action, *rest = row
    return ApprovalRule(
        rule_id, department or None, sub_category or None, threshold, limit, WhenExceeded(action), *rest
    )
