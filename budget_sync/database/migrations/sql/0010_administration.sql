-- Who may call, as it is administered: keys that say how they are used, keys of operators, customers that change and end;
-- and news for every worker that remembers a key.

ALTER TABLE api_key
    ADD COLUMN created_by text NOT NULL DEFAULT 'system',
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN use_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN last_used_at timestamptz;
COMMENT ON COLUMN api_key.use_count IS 'Written a few seconds behind the calls, with last_used_at';

ALTER TABLE customer
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN deleted_at timestamptz;
GRANT UPDATE (name, currency, fiscal_year_start, version, updated_at, deleted_at) ON customer TO budget_sync_app;

-- The program itself sees nothing of this table: only the functions below do.
CREATE TABLE operator_key (
    key_id text PRIMARY KEY,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    label text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    use_count bigint NOT NULL DEFAULT 0,
    last_used_at timestamptz
);
COMMENT ON TABLE operator_key IS 'Keys that belong to no customer: they make customers and the first keys of each';

GRANT SELECT, INSERT (key_id, digest, label, expires_at), UPDATE (revoked_at, use_count, last_used_at) ON operator_key
    TO budget_sync_lookup;
GRANT SELECT (use_count, last_used_at), UPDATE (use_count, last_used_at) ON api_key TO budget_sync_lookup;
GRANT SELECT (deleted_at) ON customer TO budget_sync_lookup;
CREATE POLICY lookup_use ON api_key FOR UPDATE TO budget_sync_lookup USING (true);

CREATE FUNCTION find_operator_key(wanted text)
    RETURNS TABLE (digest bytea, expires_at timestamptz, revoked_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT k.digest, k.expires_at, k.revoked_at FROM operator_key k WHERE k.key_id = wanted
$$;

CREATE FUNCTION create_operator_key(key_id text, digest bytea, label text, expires_at timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO operator_key (key_id, digest, label, expires_at) VALUES ($1, $2, $3, $4)
$$;

CREATE FUNCTION list_operator_keys()
    RETURNS TABLE (key_id text, label text, created_at timestamptz, expires_at timestamptz, revoked_at timestamptz,
        use_count bigint, last_used_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT k.key_id, k.label, k.created_at, k.expires_at, k.revoked_at, k.use_count, k.last_used_at
    FROM operator_key k ORDER BY k.created_at DESC, k.key_id
$$;

CREATE FUNCTION revoke_operator_key(wanted text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH done AS (
        UPDATE operator_key SET revoked_at = coalesce(revoked_at, now()) WHERE key_id = wanted RETURNING 1
    ) SELECT EXISTS (SELECT FROM done)
$$;

-- Rows are locked in one order, so that two workers that write at once never wait for each other.
CREATE FUNCTION record_key_uses(key_ids text[], uses bigint[], last_uses timestamptz[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT FROM api_key WHERE key_id = ANY (key_ids) ORDER BY key_id FOR NO KEY UPDATE;
    SELECT FROM operator_key WHERE key_id = ANY (key_ids) ORDER BY key_id FOR NO KEY UPDATE;
    UPDATE api_key k SET use_count = k.use_count + u.uses, last_used_at = greatest(k.last_used_at, u.last_use)
    FROM unnest($1, $2, $3) AS u (key_id, uses, last_use) WHERE k.key_id = u.key_id;
    UPDATE operator_key k SET use_count = k.use_count + u.uses, last_used_at = greatest(k.last_used_at, u.last_use)
    FROM unnest($1, $2, $3) AS u (key_id, uses, last_use) WHERE k.key_id = u.key_id;
$$;

-- A key or a customer that changed: whoever remembers it forgets it. The id is no secret.
CREATE FUNCTION tell_of_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('budget_sync_keys', old.key_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER key_changed AFTER UPDATE OF scopes, expires_at, revoked_at OR DELETE ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_of_key();
CREATE TRIGGER key_changed AFTER UPDATE OF revoked_at OR DELETE ON operator_key
    FOR EACH ROW EXECUTE FUNCTION tell_of_key();

CREATE FUNCTION tell_of_customer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('budget_sync_keys', old.id::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER customer_changed AFTER UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION tell_of_customer();
