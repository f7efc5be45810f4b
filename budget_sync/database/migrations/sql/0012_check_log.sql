-- What was asked and what was answered, written a second behind the answers. It decides nothing: no money is in it.
CREATE TABLE budget_check_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    key_id text NOT NULL,
    request_id text,
    department text NOT NULL,
    sub_category text,
    fiscal_period text NOT NULL,
    amount numeric(19,4) NOT NULL,
    currency text,
    available boolean NOT NULL,
    decision text NOT NULL,
    reason_code text NOT NULL,
    matched_level text,
    budget_id uuid
);
CREATE INDEX budget_check_log_asked ON budget_check_log (customer_id, asked_at DESC);
COMMENT ON COLUMN budget_check_log.currency IS 'As it was asked; none is the customer''s';
GRANT SELECT, INSERT ON budget_check_log TO budget_sync_app;

-- An answer is kept for two days at least; whoever sweeps takes a bite of those that are older.
GRANT SELECT (customer_id, key, created_at), DELETE ON idempotency_key TO budget_sync_lookup;
CREATE POLICY lookup ON idempotency_key FOR SELECT TO budget_sync_lookup USING (true);
CREATE POLICY lookup_forget ON idempotency_key FOR DELETE TO budget_sync_lookup
    USING (created_at < now() - interval '2 days');
CREATE FUNCTION forget_idempotency_keys(at_most integer) RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH old AS (
        SELECT k.customer_id, k.key FROM idempotency_key k WHERE k.created_at < now() - interval '2 days'
        ORDER BY k.created_at LIMIT at_most
    ), forgotten AS (
        DELETE FROM idempotency_key k USING old WHERE (k.customer_id, k.key) = (old.customer_id, old.key) RETURNING 1
    )
    SELECT count(*) FROM forgotten
$$;
