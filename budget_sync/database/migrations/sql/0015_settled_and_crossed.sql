-- What people settled is shown, a line that comes over its limit by whatever way is told, and old deliveries go.

GRANT SELECT (decisions) ON import_history TO budget_sync_lookup;
CREATE FUNCTION settled_imports(after_time timestamptz, wanted_types text[], at_most integer)
    RETURNS TABLE (customer_id uuid, import_id uuid, finished_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.customer_id, h.id, h.finished_at FROM import_history h
    WHERE h.finished_at > after_time AND (h.source_type = ANY (wanted_types) OR h.decisions <> '[]')
    ORDER BY h.finished_at, h.id LIMIT at_most
$$;

-- Nothing where the line was over its limit before, or is not now. because: what did it, beside the line's own figures.
CREATE FUNCTION emit_crossing(wanted uuid, used_before numeric, budgeted_before numeric, because jsonb) RETURNS void
    LANGUAGE sql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT emit_event('budget.threshold_crossed', jsonb_build_object(
        'budgetId', b.id, 'department', b.department, 'subCategory', nullif(b.sub_category, ''),
        'fiscalPeriod', b.fiscal_period, 'currency', b.currency,
        'budgetedAmount', trim_scale(b.budgeted_amount), 'reserved', trim_scale(b.reserved_amount),
        'committed', trim_scale(b.committed_amount), 'limitPercent', trim_scale(rule.percent),
        'utilizationPercent', CASE WHEN b.budgeted_amount > 0
            THEN round((b.reserved_amount + b.committed_amount) / b.budgeted_amount * 100, 2) END) || because)
    FROM budget b
    CROSS JOIN LATERAL (SELECT coalesce((
        SELECT a.utilization_limit FROM approval_rule a
        WHERE a.department_key IN (b.department_key, '') AND a.sub_category_key IN (b.sub_category_key, '')
        ORDER BY a.department_key = '', a.sub_category_key = '' LIMIT 1), 90) AS percent) rule
    WHERE b.id = wanted AND b.deleted_at IS NULL AND b.reserved_amount + b.committed_amount > 0
      AND (b.reserved_amount + b.committed_amount) * 100 >= rule.percent * b.budgeted_amount
      AND NOT (used_before > 0 AND used_before * 100 >= rule.percent * budgeted_before)
$$;

-- The lines that an import or an undo cut; the revisions bear what they were before.
CREATE FUNCTION emit_import_crossings(wanted uuid) RETURNS void
    LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM webhook_endpoint e WHERE e.active) THEN
        RETURN;
    END IF;
    PERFORM emit_crossing(
        b.id, b.reserved_amount + b.committed_amount, r.old_amount, jsonb_build_object('importId', r.import_id))
    FROM budget_revision r JOIN budget b ON b.id = r.budget_id
    WHERE r.import_id = wanted AND r.change = 'updated' AND r.new_amount < r.old_amount
      AND b.reserved_amount + b.committed_amount > 0
    ORDER BY r.id;
END
$$;

CREATE OR REPLACE FUNCTION emit_reservation(wanted uuid, event text) RETURNS void
    LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
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
    IF event = 'budget.reserved' THEN
        PERFORM emit_crossing(
            b.id, b.reserved_amount + b.committed_amount - l.amount, b.budgeted_amount,
            jsonb_build_object('reservationId', wanted))
        FROM reservation_line l JOIN budget b ON b.id = l.budget_id WHERE l.reservation_id = wanted;
    END IF;
END
$$;

REVOKE ALL ON FUNCTION emit_crossing(uuid, numeric, numeric, jsonb), emit_import_crossings(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION emit_crossing(uuid, numeric, numeric, jsonb), emit_import_crossings(uuid) TO budget_sync_app;

GRANT DELETE ON webhook_delivery TO budget_sync_app;
CREATE INDEX webhook_delivery_age ON webhook_delivery (customer_id, created_at) WHERE state <> 'waiting';
