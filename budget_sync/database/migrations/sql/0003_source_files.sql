-- What a source has shown: each state of each remote file once, from the first look at it to the import made of it.

ALTER TABLE budget_data_source_config
    ADD COLUMN last_sync_at timestamptz,
    ADD COLUMN consecutive_failures integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN budget_data_source_config.last_sync_at IS 'The last time that the partner could be listed';
COMMENT ON COLUMN budget_data_source_config.consecutive_failures IS 'Listings that failed since then';

CREATE TABLE source_file (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    source_id uuid NOT NULL REFERENCES budget_data_source_config ON DELETE CASCADE,
    path text NOT NULL,
    version text NOT NULL,
    name text NOT NULL,
    size_bytes bigint NOT NULL,
    modified_at timestamptz NOT NULL,
    partition_key text NOT NULL,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    claimed_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    retry_at timestamptz,
    import_id uuid REFERENCES import_history,
    last_error text,
    UNIQUE (source_id, path, version),
    UNIQUE (customer_id, partition_key),
    CHECK ((claimed_at IS NULL) = (attempts = 0))
);
CREATE INDEX source_file_retry ON source_file (source_id, retry_at) WHERE import_id IS NULL;
COMMENT ON COLUMN source_file.claimed_at IS 'When a look took it for work; NULL: not yet seen to stand still';
COMMENT ON COLUMN source_file.retry_at IS 'From when on a claim that led to no import may be taken again';

GRANT SELECT, INSERT, UPDATE, DELETE ON source_file TO budget_sync_app;
