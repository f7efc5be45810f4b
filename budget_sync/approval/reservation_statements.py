"""The SQL of reservations. One conditional UPDATE of the row with cap and balances decides; all else records it."""

# Cap, state and currency are tested in the statement that moves the money, under the row's lock: nobody slips between.
HOLD = """
UPDATE budget SET reserved_amount = reserved_amount + %(amount)s
WHERE id = %(budget_id)s AND deleted_at IS NULL AND line_type = 'expense' AND state = 'open'
  AND currency = %(currency)s
  AND (%(override)s::boolean OR reserved_amount + committed_amount + %(amount)s <= budgeted_amount)
RETURNING currency
"""

# As HOLD, for reserves of one transaction that need nothing but room: those of one line fit together, or none of them
# is held here. What is taken already is not asked of the table's constraint, which would end the transaction of all.
# It is looked up for each: NOT EXISTS was planned, while the table was new, as a walk over all of the customer's.
HOLD_TOGETHER = """
WITH asked AS (
    SELECT * FROM unnest(%(reservation_ids)s::uuid[], %(budget_ids)s::uuid[], %(external_references)s::text[],
                         %(amounts)s::numeric[], %(currencies)s::text[], %(made_by)s::text[],
                         %(expire_at)s::timestamptz[])
        AS a (reservation_id, budget_id, external_reference, amount, currency, made_by, expires_at)
    WHERE (SELECT r.id FROM reservation r WHERE r.customer_id = %(customer_id)s::uuid
           AND r.external_reference = a.external_reference) IS NULL
), wanted AS (
    SELECT budget_id, sum(amount) AS amount, array_remove(array_agg(currency), NULL) AS currencies
    FROM asked GROUP BY budget_id
), held AS (
    UPDATE budget b SET reserved_amount = b.reserved_amount + w.amount
    FROM wanted w
    WHERE b.id = w.budget_id AND b.deleted_at IS NULL AND b.line_type = 'expense' AND b.state = 'open'
      AND b.currency = ALL (w.currencies)
      AND b.reserved_amount + b.committed_amount + w.amount <= b.budgeted_amount
    RETURNING b.id, b.currency AS line_currency
), taken AS (
    SELECT * FROM asked JOIN held ON held.id = asked.budget_id
), opened AS (
    INSERT INTO reservation (id, customer_id, external_reference, amount, currency, created_by, expires_at)
    SELECT reservation_id, %(customer_id)s::uuid, external_reference, amount, line_currency, made_by, expires_at
    FROM taken ORDER BY external_reference
    RETURNING id, currency, created_at
), lines AS (
    INSERT INTO reservation_line (customer_id, reservation_id, budget_id, amount, reserved)
    SELECT %(customer_id)s::uuid, reservation_id, budget_id, amount, amount FROM taken
), entries AS (
    INSERT INTO budget_entry (customer_id, budget_id, reservation_id, kind, reserved, committed, actual_spent, made_by)
    SELECT %(customer_id)s::uuid, budget_id, reservation_id, 'reserve', amount, 0, 0, made_by FROM taken
)
SELECT id, currency, created_at FROM opened
"""

# Several lines, in the order of their ids; none of them while an import of the customer runs, which locks its lines in
# the order of its file (see STAND_BY_IMPORTS) and is not waited for here.
LOCK_LINES = """
WITH imports AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock_shared(hashtextextended(%(imports)s, 0)) AS none_runs
)
SELECT b.id FROM imports, budget b WHERE none_runs AND b.id = ANY (%(budget_ids)s::uuid[])
ORDER BY b.id FOR NO KEY UPDATE OF b
"""

REFUSED_LINE = """
SELECT department, sub_category, fiscal_period, currency, state, trim_scale(budgeted_amount),
       trim_scale(committed_amount), trim_scale(reserved_amount), trim_scale(actual_spent)
FROM budget WHERE id = %s AND deleted_at IS NULL AND line_type = 'expense'
"""

LINE_CURRENCIES = """
SELECT id, currency FROM budget WHERE id = ANY (%s) AND deleted_at IS NULL AND line_type = 'expense'
"""

# The most specific rule of the line's place, as the check takes it.
RULE_OF_LINE = """
SELECT r.when_exceeded FROM budget b JOIN approval_rule r
  ON r.department_key IN (b.department_key, '') AND r.sub_category_key IN (b.sub_category_key, '')
WHERE b.id = %s ORDER BY r.department_key = '', r.sub_category_key = '' LIMIT 1
"""

OPEN_RESERVATION = """
INSERT INTO reservation (id, customer_id, external_reference, amount, currency, override_reason, created_by, expires_at,
                         asked_amount, asked_currency, rate, rate_valid_on)
VALUES (%(reservation_id)s, %(customer_id)s, %(external_reference)s, %(amount)s, %(currency)s, %(override_reason)s,
        %(made_by)s, %(expires_at)s, %(asked_amount)s, %(asked_currency)s, %(rate)s, %(rate_valid_on)s)
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
SELECT id, state, external_reference, trim_scale(amount), currency, expires_at, created_at, override_reason,
       trim_scale(asked_amount), asked_currency, trim_scale(rate), rate_valid_on
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
