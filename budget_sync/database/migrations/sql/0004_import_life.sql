-- The life of an import after its load: taken back, turned down, confirmed; and who did what.

ALTER TABLE import_history ADD COLUMN undo_of uuid REFERENCES import_history;
CREATE INDEX import_history_waiting ON import_history (customer_id, received_at) WHERE status = 'needs_review';

ALTER TABLE budget_revision DROP CONSTRAINT budget_revision_change_check;
ALTER TABLE budget_revision ADD CONSTRAINT budget_revision_change_check
    CHECK (change IN ('created', 'updated', 'removed', 'restored', 'closed', 'reopened'));

-- An import changes import_id of every line that it writes, so an index on it makes every such update touch all others.
DROP INDEX budget_import;

CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    action text NOT NULL,
    subject uuid,
    details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_customer ON audit_log (customer_id, id);
GRANT SELECT, INSERT ON audit_log TO budget_sync_app;
COMMENT ON TABLE audit_log IS 'One row a command or import, written in its transaction and never changed; line changes are in budget_revision';

-- The hashes lie beside the log, so that the log itself needs no right to be updated.
CREATE TABLE audit_seal (
    customer_id uuid NOT NULL,
    audit_id bigint NOT NULL REFERENCES audit_log,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (customer_id, position),
    UNIQUE (audit_id)
);
GRANT SELECT, INSERT ON audit_seal TO budget_sync_app;
COMMENT ON TABLE audit_seal IS 'The chain over the log: each hash covers the row and the hash before it; written a moment after the rows';
