-- The narrow functions for what must be known before a customer is. They run as budget_sync_lookup, which logs in
-- nowhere, and which row-level security shows the columns granted here and nothing else.

GRANT SELECT (id, slug), INSERT (slug, name, currency, fiscal_year_start) ON customer TO budget_sync_lookup;
GRANT SELECT (key_id, customer_id, digest, scopes, expires_at, revoked_at) ON api_key TO budget_sync_lookup;
GRANT SELECT (id, customer_id, active, source_type, next_due_at) ON budget_data_source_config TO budget_sync_lookup;
GRANT SELECT (id, customer_id, status, lease_until, finished_at, worker, source_type) ON import_history TO budget_sync_lookup;
CREATE POLICY lookup ON customer FOR SELECT TO budget_sync_lookup USING (true);
CREATE POLICY lookup_create ON customer FOR INSERT TO budget_sync_lookup WITH CHECK (true);
CREATE POLICY lookup ON api_key FOR SELECT TO budget_sync_lookup USING (true);
CREATE POLICY lookup ON budget_data_source_config FOR SELECT TO budget_sync_lookup USING (true);
CREATE POLICY lookup ON import_history FOR SELECT TO budget_sync_lookup USING (true);

CREATE FUNCTION create_customer(slug text, name text, currency text, fiscal_year_start integer) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO customer (slug, name, currency, fiscal_year_start) VALUES ($1, $2, $3, $4) RETURNING id
$$;

CREATE FUNCTION list_customers() RETURNS TABLE (customer_id uuid, customer_slug text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT id, slug FROM customer ORDER BY slug
$$;

CREATE FUNCTION find_customer(wanted text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT id FROM customer WHERE slug = wanted
$$;

CREATE FUNCTION find_api_key(wanted text)
    RETURNS TABLE (customer_id uuid, digest bytea, scopes text[], expires_at timestamptz, revoked_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT k.customer_id, k.digest, k.scopes, k.expires_at, k.revoked_at FROM api_key k WHERE k.key_id = wanted
$$;

CREATE FUNCTION due_sources(wanted_type text, at_time timestamptz DEFAULT now())
    RETURNS TABLE (customer_id uuid, source_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.customer_id, s.id FROM budget_data_source_config s
    WHERE s.active AND s.source_type = wanted_type AND s.next_due_at <= at_time ORDER BY s.next_due_at, s.id
$$;

CREATE FUNCTION abandoned_imports(on_host text) RETURNS TABLE (customer_id uuid, import_id uuid, worker text, expired boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.customer_id, h.id, h.worker, h.lease_until < now() FROM import_history h
    WHERE h.status = 'processing' AND (h.lease_until < now() OR h.worker LIKE on_host || ':%')
$$;

CREATE FUNCTION finished_imports(after_time timestamptz, wanted_types text[], at_most integer)
    RETURNS TABLE (customer_id uuid, import_id uuid, finished_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.customer_id, h.id, h.finished_at FROM import_history h
    WHERE h.finished_at > after_time AND h.source_type = ANY (wanted_types) ORDER BY h.finished_at, h.id LIMIT at_most
$$;

CREATE FUNCTION customer_of_import(wanted uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.customer_id FROM import_history h WHERE h.id = wanted
$$;
