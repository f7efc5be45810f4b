-- As emit_reservation, for reserves of one transaction. A line that they bring over its limit together is told once, with
-- what it has after all of them and the last one's id.
CREATE FUNCTION emit_reservations(wanted uuid[], event text) RETURNS void
    LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM webhook_endpoint e WHERE e.active) THEN
        RETURN;
    END IF;
    PERFORM emit_event(event, jsonb_build_object(
        'reservationId', r.id, 'externalReference', r.external_reference, 'state', r.state,
        'amount', trim_scale(r.amount), 'currency', r.currency, 'expiresAt', r.expires_at,
        'allocations', (
            SELECT jsonb_agg(jsonb_build_object(
                'budgetId', l.budget_id, 'amount', trim_scale(l.amount), 'reserved', trim_scale(l.reserved),
                'committed', trim_scale(l.committed), 'actualSpent', trim_scale(l.actual_spent))
                ORDER BY l.budget_id)
            FROM reservation_line l WHERE l.reservation_id = r.id)))
    FROM reservation r WHERE r.id = ANY (wanted) ORDER BY r.id;
    IF event = 'budget.reserved' THEN
        PERFORM emit_crossing(
            b.id, b.reserved_amount + b.committed_amount - l.amount, b.budgeted_amount,
            jsonb_build_object('reservationId', l.last_one))
        FROM (
            SELECT m.budget_id, sum(m.amount) AS amount, max(m.reservation_id::text)::uuid AS last_one
            FROM reservation_line m WHERE m.reservation_id = ANY (wanted) GROUP BY m.budget_id) l
        JOIN budget b ON b.id = l.budget_id;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION emit_reservations(uuid[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION emit_reservations(uuid[], text) TO budget_sync_app;

-- Workers of the version before go on while this comes in.
CREATE OR REPLACE FUNCTION emit_reservation(wanted uuid, event text) RETURNS void
    LANGUAGE sql SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT emit_reservations(ARRAY[wanted], event)
$$;
