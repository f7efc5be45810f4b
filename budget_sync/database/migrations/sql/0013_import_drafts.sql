-- A file that a person is looking at, with what they chose so far: kept, so that an ended session loses nothing.

CREATE TABLE import_draft (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    file_name text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes bigint NOT NULL,
    reviewed_import uuid REFERENCES import_history,
    imported_as uuid REFERENCES import_history,
    version integer NOT NULL DEFAULT 1,
    options jsonb NOT NULL,
    answered jsonb NOT NULL,
    outline jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX import_draft_review ON import_draft (customer_id, reviewed_import) WHERE imported_as IS NULL;
CREATE INDEX import_draft_updated ON import_draft (customer_id, updated_at);
COMMENT ON TABLE import_draft IS 'A file on its way through the mapper; nothing of it is loaded';
COMMENT ON COLUMN import_draft.reviewed_import IS 'The import that waits for review, where the draft decides about one';
COMMENT ON COLUMN import_draft.imported_as IS 'The import that came of it';
COMMENT ON COLUMN import_draft.version IS 'Rises with every change: a preview holds for one version';
COMMENT ON COLUMN import_draft.outline IS 'The file as it was understood with these options: its analysis and its first rows';

GRANT SELECT, INSERT, UPDATE, DELETE ON import_draft TO budget_sync_app;
