-- Money held, bound and spent on a line. The line's own row has the cap and the balances, and one conditional UPDATE of
-- it is the only guard; what is here says for whom, and how it came about.

CREATE TABLE reservation (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    external_reference text NOT NULL CHECK (external_reference <> ''),
    state text NOT NULL DEFAULT 'reserved' CHECK (state IN ('reserved', 'partially_committed', 'committed',
        'partially_spent', 'spent', 'released', 'expired')),
    amount numeric(19,4) NOT NULL CHECK (amount > 0),
    currency text NOT NULL,
    override_reason text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    UNIQUE (customer_id, external_reference)
);
CREATE INDEX reservation_due ON reservation (expires_at) WHERE state = 'reserved';
COMMENT ON COLUMN reservation.external_reference IS 'The approval tool''s own name for the purchase; unique per customer for good';

CREATE TABLE reservation_line (
    customer_id uuid NOT NULL,
    reservation_id uuid NOT NULL REFERENCES reservation,
    budget_id uuid NOT NULL REFERENCES budget,
    amount numeric(19,4) NOT NULL CHECK (amount > 0),
    reserved numeric(19,4) NOT NULL CHECK (reserved >= 0),
    committed numeric(19,4) NOT NULL DEFAULT 0 CHECK (committed >= actual_spent),
    actual_spent numeric(19,4) NOT NULL DEFAULT 0 CHECK (actual_spent >= 0),
    PRIMARY KEY (reservation_id, budget_id)
) WITH (fillfactor = 90);
COMMENT ON TABLE reservation_line IS 'What a reservation holds on each of its lines now; amount is what it held at first';

CREATE TABLE budget_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id uuid NOT NULL,
    budget_id uuid NOT NULL REFERENCES budget,
    reservation_id uuid NOT NULL REFERENCES reservation,
    kind text NOT NULL CHECK (kind IN ('reserve', 'override', 'commit', 'spend', 'overrun', 'close', 'release', 'expire')),
    reserved numeric(19,4) NOT NULL,
    committed numeric(19,4) NOT NULL,
    actual_spent numeric(19,4) NOT NULL,
    made_by text NOT NULL,
    reason text,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX budget_entry_reservation ON budget_entry (reservation_id, id);
CREATE INDEX budget_entry_budget ON budget_entry (budget_id, id);
COMMENT ON TABLE budget_entry IS 'Append-only: how much each step moved; the balances of a line are the sums of its entries';

CREATE TABLE idempotency_key (
    customer_id uuid NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status smallint NOT NULL,
    answer bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (customer_id, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
COMMENT ON TABLE idempotency_key IS 'Written in the transaction of the effect: same key and body, same answer, one effect';

GRANT SELECT, INSERT, UPDATE ON reservation, reservation_line TO budget_sync_app;
GRANT SELECT, INSERT ON budget_entry TO budget_sync_app;
GRANT SELECT, INSERT ON idempotency_key TO budget_sync_app;

GRANT SELECT (id, customer_id, state, expires_at) ON reservation TO budget_sync_lookup;
CREATE POLICY lookup ON reservation FOR SELECT TO budget_sync_lookup USING (true);
CREATE FUNCTION expired_reservations(at_most integer) RETURNS TABLE (customer_id uuid, reservation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.customer_id, r.id FROM reservation r
    WHERE r.state = 'reserved' AND r.expires_at <= now() ORDER BY r.expires_at LIMIT at_most
$$;
