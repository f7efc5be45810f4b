"""The SQL of reservations. One conditional UPDATE of the row with cap and balances decides; all else records it."""

# Cap, state and currency are tested in the statement that moves the money, under the row's lock: nobody slips between.
HOLD = """
UPDATE budget SET reserved_amount = reserved_amount + %(amount)s
WHERE id = %(budget_id)s AND deleted_at IS NULL AND line_type = 'expense' AND state = 'open'
  AND currency = coalesce(%(currency)s::text, currency)
  AND (%(override)s::boolean OR reserved_amount + committed_amount + %(amount)s <= budgeted_amount)
RETURNING currency
"""

REFUSED_LINE = """
SELECT department, sub_category, fiscal_period, currency, state, trim_scale(budgeted_amount),
       trim_scale(committed_amount), trim_scale(reserved_amount), trim_scale(actual_spent)
FROM budget WHERE id = %s AND deleted_at IS NULL AND line_type = 'expense'
"""

LINE_CURRENCY = "SELECT currency FROM budget WHERE id = %s AND deleted_at IS NULL AND line_type = 'expense'"

# The most specific rule of the line's place, as the check takes it.
RULE_OF_LINE = """
SELECT r.when_exceeded FROM budget b JOIN approval_rule r
  ON r.department_key IN (b.department_key, '') AND r.sub_category_key IN (b.sub_category_key, '')
WHERE b.id = %s ORDER BY r.department_key = '', r.sub_category_key = '' LIMIT 1
"""

OPEN_RESERVATION = """
INSERT INTO reservation (id, customer_id, external_reference, amount, currency, override_reason, created_by, expires_at)
VALUES (%(reservation_id)s, %(customer_id)s, %(external_reference)s, %(amount)s,
        coalesce(%(currency)s::text, (SELECT currency FROM budget WHERE id = %(budget_id)s)), %(override_reason)s,
        %(made_by)s, %(expires_at)s)
ON CONFLICT (customer_id, external_reference) DO NOTHING
RETURNING created_at
"""

ADD_LINE = """
INSERT INTO reservation_line (customer_id, reservation_id, budget_id, amount, reserved)
VALUES (%(customer_id)s, %(reservation_id)s, %(budget_id)s, %(amount)s, %(amount)s)
"""

ADD_ENTRY = """
INSERT INTO budget_entry (customer_id, budget_id, reservation_id, kind, reserved, committed, actual_spent, made_by,
                          reason)
VALUES (%(customer_id)s, %(budget_id)s, %(reservation_id)s, %(kind)s, %(reserved)s, %(committed)s, %(spent)s,
        %(made_by)s, %(reason)s)
"""

# The lock that an import takes for itself alone (loading.lock_customer), here shared.
STAND_BY_IMPORTS = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"

LOCK_RESERVATION = """
SELECT state, state = 'reserved' AND expires_at <= now() FROM reservation WHERE id = %s FOR UPDATE
"""

LOCK_EXPIRED = """
SELECT id FROM reservation WHERE id = %s AND state = 'reserved' AND expires_at <= now() FOR UPDATE SKIP LOCKED
"""

HELD_LINES = """
SELECT budget_id::text, reserved, committed, actual_spent FROM reservation_line WHERE reservation_id = %s
ORDER BY budget_id
"""

MOVE_BALANCES = """
UPDATE budget SET reserved_amount = reserved_amount + %(reserved)s, committed_amount = committed_amount + %(committed)s,
                  actual_spent = actual_spent + %(spent)s
WHERE id = %(budget_id)s
"""

MOVE_LINE = """
UPDATE reservation_line SET reserved = reserved + %(reserved)s, committed = committed + %(committed)s,
                            actual_spent = actual_spent + %(spent)s
WHERE reservation_id = %(reservation_id)s AND budget_id = %(budget_id)s
"""

SET_STATE = "UPDATE reservation SET state = %s, updated_at = now() WHERE id = %s"

READ_RESERVATION = """
SELECT id, state, external_reference, trim_scale(amount), currency, expires_at, created_at, override_reason
FROM reservation WHERE id = %s
"""

READ_LINES = """
SELECT budget_id, trim_scale(amount), trim_scale(reserved), trim_scale(committed), trim_scale(actual_spent)
FROM reservation_line WHERE reservation_id = %s ORDER BY budget_id
"""

READ_ENTRIES = """
SELECT budget_id, kind, trim_scale(reserved), trim_scale(committed), trim_scale(actual_spent), made_by, reason, at
FROM budget_entry WHERE reservation_id = %s ORDER BY id
"""
