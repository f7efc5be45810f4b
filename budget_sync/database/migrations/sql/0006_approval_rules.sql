-- What a customer lets pass without a person, and what a foreign currency is worth to it.

CREATE TABLE approval_rule (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    department text NOT NULL DEFAULT '',
    sub_category text NOT NULL DEFAULT '',
    auto_approval_threshold numeric(19,4) NOT NULL DEFAULT 5000 CHECK (auto_approval_threshold >= 0),
    utilization_limit numeric(7,2) NOT NULL DEFAULT 90 CHECK (utilization_limit > 0),
    when_exceeded text NOT NULL DEFAULT 'stop' CHECK (when_exceeded IN ('stop', 'warn', 'ignore')),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    department_key text NOT NULL DEFAULT '',
    sub_category_key text NOT NULL DEFAULT '',
    UNIQUE (customer_id, department_key, sub_category_key),
    CHECK (department_key <> '' OR sub_category_key = '')
);
COMMENT ON TABLE approval_rule IS 'The most specific answers: department and sub-category, department, all. Amounts in the customer''s currency';

CREATE TABLE fx_rate (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    from_currency text NOT NULL CHECK (from_currency ~ '^[A-Z]{3}$'),
    to_currency text NOT NULL CHECK (to_currency ~ '^[A-Z]{3}$' AND to_currency <> from_currency),
    valid_on date NOT NULL,
    rate numeric(20,10) NOT NULL CHECK (rate > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (customer_id, to_currency, from_currency, valid_on)
);
COMMENT ON COLUMN fx_rate.rate IS 'What one unit of from_currency is worth in to_currency from that day on';

GRANT SELECT, INSERT, UPDATE, DELETE ON approval_rule, fx_rate TO budget_sync_app;

-- As budget_check_lines, with the rule that holds for the place beside each line: still one statement a check.
DROP FUNCTION budget_check_lines(uuid, text, text[], text[]);
CREATE FUNCTION budget_check(customer uuid, department text, sub_categories text[], periods text[])
    RETURNS TABLE (budget_id uuid, department_name text, sub_category text, fiscal_period text, currency text,
        state text, budgeted_amount numeric, committed_amount numeric, reserved_amount numeric, actual_spent numeric,
        threshold numeric, utilization_limit numeric, when_exceeded text)
    LANGUAGE plpgsql SECURITY INVOKER ROWS 4 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    rule record;
BEGIN
    PERFORM set_config('app.customer_id', customer::text, true);
    SELECT trim_scale(r.auto_approval_threshold) AS threshold, trim_scale(r.utilization_limit) AS limit_percent,
           r.when_exceeded AS action INTO rule
    FROM approval_rule r
    WHERE r.customer_id = $1 AND r.department_key IN ($2, '') AND r.sub_category_key IN (coalesce($3[1], ''), '')
    ORDER BY r.department_key = '', r.sub_category_key = '' LIMIT 1;
    IF sub_categories IS NULL THEN
        RETURN QUERY SELECT b.id, b.department, b.sub_category, b.fiscal_period, b.currency, b.state,
            trim_scale(b.budgeted_amount), trim_scale(b.committed_amount), trim_scale(b.reserved_amount),
            trim_scale(b.actual_spent), rule.threshold, rule.limit_percent, rule.action
        FROM budget b
        WHERE b.customer_id = $1 AND b.department_key = $2 AND b.fiscal_period = ANY ($4)
            AND b.line_type = 'expense' AND b.deleted_at IS NULL;
    ELSE
        RETURN QUERY SELECT b.id, b.department, b.sub_category, b.fiscal_period, b.currency, b.state,
            trim_scale(b.budgeted_amount), trim_scale(b.committed_amount), trim_scale(b.reserved_amount),
            trim_scale(b.actual_spent), rule.threshold, rule.limit_percent, rule.action
        FROM budget b
        WHERE b.customer_id = $1 AND b.department_key = $2 AND b.sub_category_key = ANY ($3)
            AND b.fiscal_period = ANY ($4) AND b.line_type = 'expense' AND b.deleted_at IS NULL;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION budget_check(uuid, text, text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION budget_check(uuid, text, text[], text[]) TO budget_sync_app;
