-- The one statement of the check's hot path: it names the tenant and reads, so that no session setting can leak and no
-- second round trip is needed. SECURITY INVOKER: row-level security holds inside it. sub_categories NULL: all of them.

CREATE FUNCTION budget_check_lines(customer uuid, department text, sub_categories text[], periods text[])
    RETURNS TABLE (budget_id uuid, department_name text, sub_category text, fiscal_period text, currency text,
        state text, budgeted_amount numeric, committed_amount numeric, reserved_amount numeric, actual_spent numeric)
    LANGUAGE plpgsql SECURITY INVOKER ROWS 4 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.customer_id', customer::text, true);
    IF sub_categories IS NULL THEN
        RETURN QUERY SELECT b.id, b.department, b.sub_category, b.fiscal_period, b.currency, b.state,
            trim_scale(b.budgeted_amount), trim_scale(b.committed_amount),
            trim_scale(b.reserved_amount), trim_scale(b.actual_spent)
        FROM budget b
        WHERE b.customer_id = $1 AND b.department_key = $2 AND b.fiscal_period = ANY ($4)
            AND b.line_type = 'expense' AND b.deleted_at IS NULL;
    ELSE
        RETURN QUERY SELECT b.id, b.department, b.sub_category, b.fiscal_period, b.currency, b.state,
            trim_scale(b.budgeted_amount), trim_scale(b.committed_amount),
            trim_scale(b.reserved_amount), trim_scale(b.actual_spent)
        FROM budget b
        WHERE b.customer_id = $1 AND b.department_key = $2 AND b.sub_category_key = ANY ($3)
            AND b.fiscal_period = ANY ($4) AND b.line_type = 'expense' AND b.deleted_at IS NULL;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION budget_check_lines(uuid, text, text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION budget_check_lines(uuid, text, text[], text[]) TO budget_sync_app;
