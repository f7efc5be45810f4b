"""The SQL of loading, in the order in which it runs.

Staging tables live for the transaction. ``old`` and ``new`` in RETURNING (PostgreSQL 18) are the row as the UPDATE
found it under its lock and as it left it, so that a revision never records an amount that was not there.
"""

CREATE_STAGING = """
CREATE TEMPORARY TABLE staged_amount (
    line integer, "row" integer, "column" integer, amount numeric, raw_amount text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_name (
    line integer, department text, department_key text, sub_category text, sub_category_key text,
    fiscal_period text, line_type text, currency text
) ON COMMIT DROP;
"""

COPY_AMOUNTS = "COPY staged_amount FROM STDIN"
COPY_NAMES = "COPY staged_name FROM STDIN"

# The id of a missing line is chosen here, in the order of the file, so that every index on it grows at its end: one
# UUIDv7 an import, whose last 32 bits count the lines. A random number for each of 100,000 lines took longer than
# matching them.
_MATCH_LINES = """
CREATE TEMPORARY TABLE matched_line ON COMMIT DROP AS
SELECT s.line, s.amount, b.id IS NULL AS missing, b.budgeted_amount IS DISTINCT FROM s.amount AS differs,
       coalesce(b.id, ((SELECT left(replace(uuidv7()::text, '-', ''), 24)) || lpad(to_hex(s.line), 8, '0'))::uuid)
           AS budget_id
FROM staged_name n JOIN {amounts} s USING (line)
     LEFT JOIN budget b
  ON b.customer_id = %(customer_id)s AND b.deleted_at IS NULL
 AND b.department_key = n.department_key AND b.sub_category_key = n.sub_category_key
 AND b.fiscal_period = n.fiscal_period AND b.currency = n.currency AND b.line_type = n.line_type
ORDER BY s.line
"""
MATCH_LINES = _MATCH_LINES.format(amounts="(SELECT line, sum(amount) AS amount FROM staged_amount GROUP BY line)")
MATCH_LINES_OF_ONE_AMOUNT = _MATCH_LINES.format(amounts="staged_amount")

# A plain INSERT, which a line made by somebody else meanwhile stops: ON CONFLICT looks into both unique indexes before
# it inserts, and cost half as much again.
CREATE_LINES = """
INSERT INTO budget (id, customer_id, department, sub_category, fiscal_period, line_type, currency, budgeted_amount,
                    source, source_id, import_id, department_key, sub_category_key)
SELECT m.budget_id, %(customer_id)s, n.department, n.sub_category, n.fiscal_period, n.line_type, n.currency,
       m.amount, %(source)s, %(source_id)s, %(import_id)s, n.department_key, n.sub_category_key
FROM matched_line m JOIN staged_name n USING (line)
WHERE m.missing
ORDER BY m.line
"""

RECORD_CREATED = """
INSERT INTO budget_revision (customer_id, budget_id, import_id, change, new_amount, changed_by)
SELECT %(customer_id)s, budget_id, %(import_id)s, 'created', amount, %(user)s
FROM matched_line WHERE missing ORDER BY line
"""

UPDATE_LINES = """
WITH written AS (
    UPDATE budget b
    SET budgeted_amount = m.amount, source = %(source)s, source_id = %(source_id)s, import_id = %(import_id)s,
        updated_at = now()
    FROM matched_line m
    WHERE b.id = m.budget_id AND m.differs AND NOT m.missing AND b.deleted_at IS NULL
      AND b.budgeted_amount IS DISTINCT FROM m.amount
    RETURNING b.id, old.budgeted_amount AS old_amount, new.budgeted_amount AS new_amount,
              old.source AS old_source, old.source_id AS old_source_id, old.import_id AS old_import_id
)
INSERT INTO budget_revision (customer_id, budget_id, import_id, change, old_amount, new_amount, old_source,
                             old_source_id, old_import_id, changed_by)
SELECT %(customer_id)s, id, %(import_id)s, 'updated', old_amount, new_amount, old_source, old_source_id,
       old_import_id, %(user)s
FROM written
"""

# One statement decides each line under its lock: money reserved a moment ago closes a line and never removes it.
REMOVE_LINES = """
WITH gone AS (
    UPDATE budget b
    SET deleted_at = CASE WHEN b.reserved_amount + b.committed_amount = 0 THEN now() END,
        state = CASE WHEN b.reserved_amount + b.committed_amount = 0 THEN b.state ELSE 'closed' END,
        updated_at = now()
    WHERE b.customer_id = %(customer_id)s AND b.deleted_at IS NULL
      AND b.source = %(source)s AND b.source_id IS NOT DISTINCT FROM %(source_id)s
      AND (b.state = 'open' OR b.reserved_amount + b.committed_amount = 0)
      AND (%(whole_source)s OR (b.department_key IN (SELECT department_key FROM staged_name)
                                AND b.fiscal_period IN (SELECT fiscal_period FROM staged_name)))
      AND NOT EXISTS (SELECT FROM matched_line m WHERE m.budget_id = b.id)
    RETURNING b.id, concat_ws(' / ', b.department, nullif(b.sub_category, ''), b.fiscal_period) AS name,
              new.deleted_at IS NULL AS is_closed, old.budgeted_amount AS old_amount, old.source AS old_source,
              old.source_id AS old_source_id, old.import_id AS old_import_id
), recorded AS (
    INSERT INTO budget_revision (customer_id, budget_id, import_id, change, old_amount, old_source, old_source_id,
                                 old_import_id, changed_by)
    SELECT %(customer_id)s, id, %(import_id)s, CASE WHEN is_closed THEN 'closed' ELSE 'removed' END, old_amount,
           old_source, old_source_id, old_import_id, %(user)s
    FROM gone
)
SELECT count(*) FILTER (WHERE NOT is_closed), coalesce(array_agg(name ORDER BY name) FILTER (WHERE is_closed), '{}')
FROM gone
"""

FIRST_STANDING = """
SELECT concat_ws(' / ', s.department, nullif(s.sub_category, ''), s.fiscal_period)
FROM matched_line m JOIN staged_name s USING (line) WHERE NOT m.missing ORDER BY m.line LIMIT 3
"""

OVER_COMMITTED = """
SELECT concat_ws(' / ', b.department, nullif(b.sub_category, ''), b.fiscal_period)
FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %(import_id)s AND r.change = 'updated'
  AND b.reserved_amount + b.committed_amount > b.budgeted_amount
ORDER BY r.id
"""

RECORD_SOURCES = """
INSERT INTO import_line_source (customer_id, import_id, budget_id, sheet, "row", "column", amount, raw_amount)
SELECT %(customer_id)s, %(import_id)s, m.budget_id, %(sheet)s, a."row", a."column", a.amount, a.raw_amount
FROM staged_amount a JOIN matched_line m USING (line)
"""

RECORD_ERRORS = """
INSERT INTO import_row_error (customer_id, import_id, position, "row", column_name, value, code, reason)
SELECT %(customer_id)s, %(import_id)s, %(before)s + e.position, e.row, e.column_name, e.value, e.code, e.reason
FROM unnest(%(rows)s::integer[], %(columns)s::text[], %(values)s::text[], %(codes)s::text[], %(reasons)s::text[])
     WITH ORDINALITY AS e (row, column_name, value, code, reason, position)
ON CONFLICT DO NOTHING
"""
