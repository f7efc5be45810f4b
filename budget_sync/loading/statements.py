"""The SQL of loading, in the order in which it runs.

Staging tables hold rows for the transaction: a part of the file at a time, or all of it. ``old`` and ``new`` in
RETURNING (PostgreSQL 18) are the row as the UPDATE found it under its lock and as it left it, so that a revision never
records an amount that was not there.
"""

# A connection keeps the tables, empty: to make and drop them took a third of the time of a small import.
CREATE_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS staged_amount (
    line_id uuid, "row" integer, "column" integer, amount numeric(19, 4), raw_amount text
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_line (
    line_id uuid, department text, department_key text, sub_category text, sub_category_key text, fiscal_period text,
    line_type text, currency text, "row" integer, "column" integer, amount numeric(19, 4), raw_amount text
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS staged_place (department_key text, fiscal_period text) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS standing_line (
    line_id uuid, budget_id uuid, amount numeric(19, 4), differs boolean
) ON COMMIT DELETE ROWS;
"""

EMPTY_STAGING = "TRUNCATE staged_amount, staged_line"

COPY_AMOUNTS = "COPY staged_amount FROM STDIN"
COPY_LINES = "COPY staged_line FROM STDIN"

# A staged line bears the first of its amounts, and where this is the only one of its part, its place, too.
SUM_AMOUNTS = """
INSERT INTO staged_amount
SELECT line_id, "row", "column", amount, raw_amount FROM staged_line WHERE "row" IS NOT NULL;
UPDATE staged_line s SET amount = t.total
FROM (SELECT line_id, sum(amount) AS total FROM staged_amount GROUP BY line_id HAVING count(*) > 1) t
WHERE t.line_id = s.line_id
"""

RECORD_PLACES = "INSERT INTO staged_place SELECT DISTINCT department_key, fiscal_period FROM staged_line"

# A period in which the customer has no line is not searched for the lines of a file.
HAS_LINES = "SELECT EXISTS (SELECT FROM budget WHERE customer_id = %(customer_id)s AND deleted_at IS NULL)"
PERIODS_WITH_LINES = """
SELECT DISTINCT fiscal_period FROM budget WHERE customer_id = %(customer_id)s AND deleted_at IS NULL
"""

FIND_STANDING = """
INSERT INTO standing_line
SELECT s.line_id, b.id, s.amount, b.budgeted_amount IS DISTINCT FROM s.amount
FROM staged_line s JOIN budget b
  ON b.customer_id = %(customer_id)s AND b.deleted_at IS NULL
 AND b.department_key = s.department_key AND b.sub_category_key = s.sub_category_key
 AND b.fiscal_period = s.fiscal_period AND b.currency = s.currency AND b.line_type = s.line_type
"""

# Staged lines and amounts begin with the id that a missing line gets: a UUIDv7 of the load, whose last digits count the
# lines, so that every index on it grows at its end. A random number for each of 100,000 lines took longer than matching
# them, and to make the id in each of the statements below took a twentieth of all of them.
NEW_ID_PREFIX = "SELECT left(replace(uuidv7()::text, '-', ''), 24)"
_BUT_STANDING = "WHERE NOT EXISTS (SELECT FROM standing_line k WHERE k.line_id = s.line_id)"

# A plain INSERT, which a line made by somebody else meanwhile stops: ON CONFLICT looks into both unique indexes before
# it inserts, and cost half as much again. Lines come in the order of their numbers, which is that of the indexes: a
# table is read as it was written, and a join with the few standing lines keeps that order. Lines and revisions are one
# statement: between two, PostgreSQL would wait until the thread that prepares the next part lets us on.
_CREATE_LINES = """
WITH created AS (
    INSERT INTO budget (id, customer_id, department, sub_category, fiscal_period, line_type, currency, budgeted_amount,
                        source, source_id, import_id, department_key, sub_category_key)
    SELECT s.line_id, %(customer_id)s, s.department, s.sub_category, s.fiscal_period, s.line_type, s.currency,
           s.amount, %(source)s, %(source_id)s, %(import_id)s, s.department_key, s.sub_category_key
    FROM staged_line s {wanted}
)
INSERT INTO budget_revision (customer_id, budget_id, import_id, change, new_amount, changed_by{place_columns})
SELECT %(customer_id)s, s.line_id, %(import_id)s, 'created', s.amount, %(user)s{place}
FROM staged_line s {wanted}
"""


def create_lines(*, summed: bool, but_standing: bool) -> str:
    """The staged lines and their revisions; a line that is one amount of the file bears its place, a sum does not."""
    return _CREATE_LINES.format(
        place_columns="" if summed else ', sheet, "row", "column", raw_amount',
        place="" if summed else ', %(sheet)s, s."row", s."column", s.raw_amount',
        wanted=_BUT_STANDING if but_standing else "",
    )


UPDATE_LINES = """
WITH written AS (
    UPDATE budget b
    SET budgeted_amount = m.amount, source = %(source)s, source_id = %(source_id)s, import_id = %(import_id)s,
        updated_at = now()
    FROM standing_line m
    WHERE b.id = m.budget_id AND m.differs AND b.deleted_at IS NULL
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
      AND (%(whole_source)s OR (b.department_key IN (SELECT department_key FROM staged_place)
                                AND b.fiscal_period IN (SELECT fiscal_period FROM staged_place)))
      AND NOT EXISTS (SELECT FROM standing_line k WHERE k.budget_id = b.id)
      AND b.import_id IS DISTINCT FROM %(import_id)s
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
SELECT concat_ws(' / ', b.department, nullif(b.sub_category, ''), b.fiscal_period)
FROM standing_line k JOIN budget b ON b.id = k.budget_id ORDER BY k.line_id LIMIT 3
"""

OVER_COMMITTED = """
SELECT concat_ws(' / ', b.department, nullif(b.sub_category, ''), b.fiscal_period)
FROM budget_revision r JOIN budget b ON b.id = r.budget_id
WHERE r.import_id = %(import_id)s AND r.change = 'updated'
  AND b.reserved_amount + b.committed_amount > b.budgeted_amount
ORDER BY r.id
"""

# Where the amounts of lines that stand come from, and where those of sums do.
RECORD_STANDING_SOURCES = """
INSERT INTO line_place (customer_id, import_id, budget_id, sheet, "row", "column", amount, raw_amount)
SELECT %(customer_id)s, %(import_id)s, k.budget_id, %(sheet)s, s."row", s."column", s.amount, s.raw_amount
FROM staged_line s JOIN standing_line k USING (line_id)
"""

RECORD_SOURCES = """
INSERT INTO line_place (customer_id, import_id, budget_id, sheet, "row", "column", amount, raw_amount)
SELECT %(customer_id)s, %(import_id)s, coalesce(k.budget_id, line_id), %(sheet)s, s."row", s."column", s.amount,
       s.raw_amount
FROM staged_amount s LEFT JOIN standing_line k USING (line_id)
"""

RECORD_ERRORS = """
INSERT INTO import_row_error (customer_id, import_id, position, "row", column_name, value, code, reason)
SELECT %(customer_id)s, %(import_id)s, %(before)s + e.position, e.row, e.column_name, e.value, e.code, e.reason
FROM unnest(%(rows)s::integer[], %(columns)s::text[], %(values)s::text[], %(codes)s::text[], %(reasons)s::text[])
     WITH ORDINALITY AS e (row, column_name, value, code, reason, position)
ON CONFLICT DO NOTHING
"""
