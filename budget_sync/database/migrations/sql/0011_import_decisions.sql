-- What people were asked of an import and answered, which lines they should look at, and what a dry run showed.

ALTER TABLE import_history
    ADD COLUMN started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD COLUMN named_lines jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN decisions jsonb NOT NULL DEFAULT '[]';
UPDATE import_history SET started_at = received_at;
COMMENT ON COLUMN import_history.started_at IS 'When work began, or began again after a decision; received_at is when the file came';

CREATE TABLE import_rehearsal (
    customer_id uuid NOT NULL REFERENCES customer,
    sha256 text NOT NULL,
    source_key text NOT NULL,
    asked text NOT NULL,
    changes text NOT NULL,
    rehearsed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (customer_id, sha256, source_key, asked)
);
COMMENT ON TABLE import_rehearsal IS 'What a dry run showed, for an hour: an import of the same file asked for in the same way changes exactly that';
COMMENT ON COLUMN import_rehearsal.changes IS 'The digest of every line with its amounts before and after';
GRANT SELECT, INSERT, UPDATE, DELETE ON import_rehearsal TO budget_sync_app;

-- The sealer asks which logs grew, instead of walking through those of all customers. An entry may become visible a
-- moment after a later one was sealed, so the last ten thousand numbers are looked at again.
CREATE INDEX audit_seal_entry ON audit_seal (customer_id, audit_id);
GRANT SELECT (id, customer_id) ON audit_log TO budget_sync_lookup;
GRANT SELECT (audit_id, customer_id) ON audit_seal TO budget_sync_lookup;
CREATE POLICY lookup ON audit_log FOR SELECT TO budget_sync_lookup USING (true);
CREATE POLICY lookup ON audit_seal FOR SELECT TO budget_sync_lookup USING (true);
CREATE FUNCTION unsealed_logs() RETURNS TABLE (customer_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id FROM customer c WHERE EXISTS (
        SELECT FROM audit_log l
        WHERE l.customer_id = c.id
          AND l.id > coalesce((SELECT max(s.audit_id) FROM audit_seal s WHERE s.customer_id = c.id), 0) - 10000
          AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = l.id))
$$;
