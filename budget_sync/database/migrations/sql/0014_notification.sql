-- What customers are told: who wants to hear of what, and the outbox, written in the transaction of what it tells.

CREATE TABLE webhook_endpoint (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    url text NOT NULL,
    description text NOT NULL DEFAULT '',
    events text[] NOT NULL CHECK (cardinality(events) > 0),
    secret bytea NOT NULL,
    retired_secret bytea,
    retired_until timestamptz,
    active boolean NOT NULL DEFAULT true,
    disabled_because text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((retired_secret IS NULL) = (retired_until IS NULL))
);
CREATE INDEX webhook_endpoint_customer ON webhook_endpoint (customer_id) WHERE active;
COMMENT ON COLUMN webhook_endpoint.secret IS 'AES-256-GCM envelope; customer and endpoint are its associated data';
COMMENT ON COLUMN webhook_endpoint.retired_secret IS 'The one before: signs beside the new one until retired_until';

CREATE TABLE webhook_delivery (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    endpoint_id uuid REFERENCES webhook_endpoint ON DELETE CASCADE,
    channel text NOT NULL CHECK (channel IN ('webhook', 'slack', 'mail')),
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    log jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    delivered_at timestamptz,
    CHECK ((endpoint_id IS NOT NULL) = (channel = 'webhook'))
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id);
COMMENT ON TABLE webhook_delivery IS 'The outbox: one row an event and receiver. body is what is signed and sent, the same at each attempt';
COMMENT ON COLUMN webhook_delivery.channel IS 'slack and mail are the operator''s own, of the settings';
COMMENT ON COLUMN webhook_delivery.next_at IS 'From when it may be tried; while it is tried, when it may be tried again should the deliverer die';

CREATE TABLE alert (
    customer_id uuid NOT NULL REFERENCES customer,
    kind text NOT NULL,
    subject text NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (customer_id, kind, subject)
);
COMMENT ON TABLE alert IS 'What was alerted and still holds, so that it is told once';

ALTER TABLE budget_data_source_config ADD COLUMN recent_failures timestamptz[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN budget_data_source_config.recent_failures IS 'When looks failed within the last hour before the last failure';

GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_endpoint, alert TO budget_sync_app;
GRANT SELECT, INSERT, UPDATE ON webhook_delivery TO budget_sync_app;

-- Row-level security leaves the customer's own endpoints; where there are none, the caller pays for one look at an index.
CREATE FUNCTION emit_event(event text, told jsonb, channels text[] DEFAULT '{}') RETURNS integer
    LANGUAGE sql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH made AS (
        SELECT uuidv7() AS id, jsonb_build_object(
            'type', event,
            'timestamp', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'data', told)::text AS body
    ), receivers AS (
        SELECT e.id AS endpoint_id, 'webhook' AS channel FROM webhook_endpoint e
        WHERE e.active AND event = ANY (e.events)
        UNION ALL SELECT NULL, channel FROM unnest(channels) AS channel
    ), written AS (
        INSERT INTO webhook_delivery (customer_id, endpoint_id, channel, event_id, event_type, body)
        SELECT current_setting('app.customer_id')::uuid, r.endpoint_id, r.channel, made.id, event, made.body
        FROM receivers r, made
        RETURNING 1
    )
    SELECT count(*)::integer FROM written
$$;

CREATE FUNCTION emit_import(wanted uuid, event text) RETURNS void
    LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM webhook_endpoint e WHERE e.active) THEN
        RETURN;
    END IF;
    PERFORM emit_event(event, (
        SELECT jsonb_build_object(
            'importId', h.id, 'fileName', h.file_name, 'sourceType', h.source_type, 'sourceId', h.source_id,
            'status', h.status, 'error', CASE WHEN h.error_code IS NOT NULL
                THEN jsonb_build_object('code', h.error_code, 'message', h.error_message) END,
            'stats', jsonb_build_object('totalRows', h.total_rows, 'successRows', h.success_rows,
                'errorRows', h.error_rows, 'created', h.created, 'updated', h.updated, 'unchanged', h.unchanged,
                'removed', h.removed),
            'warnings', h.warnings, 'receivedAt', h.received_at, 'finishedAt', h.finished_at)
        FROM import_history h WHERE h.id = wanted));
END
$$;

-- A reserve that takes a line over the limit of its rule tells that, too.
CREATE FUNCTION emit_reservation(wanted uuid, event text) RETURNS void
    LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    crossed jsonb;
BEGIN
    IF NOT EXISTS (SELECT FROM webhook_endpoint e WHERE e.active) THEN
        RETURN;
    END IF;
    PERFORM emit_event(event, (
        SELECT jsonb_build_object(
            'reservationId', r.id, 'externalReference', r.external_reference, 'state', r.state,
            'amount', trim_scale(r.amount), 'currency', r.currency, 'expiresAt', r.expires_at,
            'allocations', (
                SELECT jsonb_agg(jsonb_build_object(
                    'budgetId', l.budget_id, 'amount', trim_scale(l.amount), 'reserved', trim_scale(l.reserved),
                    'committed', trim_scale(l.committed), 'actualSpent', trim_scale(l.actual_spent))
                    ORDER BY l.budget_id)
                FROM reservation_line l WHERE l.reservation_id = r.id))
        FROM reservation r WHERE r.id = wanted));
    IF event <> 'budget.reserved' THEN
        RETURN;
    END IF;
    FOR crossed IN
        SELECT jsonb_build_object(
            'budgetId', b.id, 'department', b.department, 'subCategory', nullif(b.sub_category, ''),
            'fiscalPeriod', b.fiscal_period, 'currency', b.currency,
            'budgetedAmount', trim_scale(b.budgeted_amount), 'reserved', trim_scale(b.reserved_amount),
            'committed', trim_scale(b.committed_amount), 'limitPercent', trim_scale(rule.percent),
            'utilizationPercent', round((b.reserved_amount + b.committed_amount) / b.budgeted_amount * 100, 2),
            'reservationId', l.reservation_id)
        FROM reservation_line l JOIN budget b ON b.id = l.budget_id
        CROSS JOIN LATERAL (SELECT coalesce((
            SELECT a.utilization_limit FROM approval_rule a
            WHERE a.department_key IN (b.department_key, '') AND a.sub_category_key IN (b.sub_category_key, '')
            ORDER BY a.department_key = '', a.sub_category_key = '' LIMIT 1), 90) AS percent) rule
        WHERE l.reservation_id = wanted AND b.budgeted_amount > 0
          AND (b.reserved_amount + b.committed_amount) * 100 >= rule.percent * b.budgeted_amount
          AND (b.reserved_amount + b.committed_amount - l.amount) * 100 < rule.percent * b.budgeted_amount
    LOOP
        PERFORM emit_event('budget.threshold_crossed', crossed);
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION emit_event(text, jsonb, text[]), emit_import(uuid, text), emit_reservation(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION emit_event(text, jsonb, text[]), emit_import(uuid, text), emit_reservation(uuid, text)
    TO budget_sync_app;

GRANT SELECT (id, customer_id, state, next_at, endpoint_id) ON webhook_delivery TO budget_sync_lookup;
GRANT SELECT (id, active) ON webhook_endpoint TO budget_sync_lookup;
CREATE POLICY lookup ON webhook_delivery FOR SELECT TO budget_sync_lookup USING (true);
CREATE POLICY lookup ON webhook_endpoint FOR SELECT TO budget_sync_lookup USING (true);
CREATE FUNCTION due_deliveries(at_most integer) RETURNS TABLE (customer_id uuid, delivery_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT d.customer_id, d.id FROM webhook_delivery d LEFT JOIN webhook_endpoint e ON e.id = d.endpoint_id
    WHERE d.state = 'waiting' AND d.next_at <= clock_timestamp() AND (d.endpoint_id IS NULL OR e.active)
    ORDER BY d.next_at, d.id LIMIT at_most
$$;
