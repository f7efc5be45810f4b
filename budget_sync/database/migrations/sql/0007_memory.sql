-- What a customer taught: mappings of layouts, words, other spellings of names; and where a spelling was taken for a name.

CREATE TABLE column_mapping_memory (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    source_key text NOT NULL,
    fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
    standing text NOT NULL CHECK (standing IN ('approved', 'loaded')),
    lesson jsonb NOT NULL,
    import_id uuid NOT NULL REFERENCES import_history,
    taught_by text NOT NULL,
    learnt_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (customer_id, source_key, fingerprint)
);
CREATE INDEX column_mapping_memory_import ON column_mapping_memory (import_id);
COMMENT ON COLUMN column_mapping_memory.source_key IS 'The id of the source; for files without one its kind: upload, cli';
COMMENT ON COLUMN column_mapping_memory.standing IS 'approved by a person, or loaded without a question';

ALTER TABLE import_history ADD COLUMN lesson jsonb;
COMMENT ON COLUMN import_history.lesson IS 'What the layout of the file teaches, once the import has loaded';

CREATE TABLE customer_vocabulary (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    word text NOT NULL CHECK (word <> ''),
    word_key text NOT NULL CHECK (word_key <> ''),
    meaning text NOT NULL CHECK (meaning IN ('department', 'subCategory', 'fiscalPeriod', 'budgetedAmount', 'currency',
        'lineType', 'budget', 'payroll', 'expenses', 'invoice', 'other')),
    positive boolean NOT NULL DEFAULT true,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (customer_id, word_key, meaning)
);
COMMENT ON TABLE customer_vocabulary IS 'Words of headers that mean a field, words of headers and titles that mean a kind of file';

CREATE TABLE value_alias (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    customer_id uuid NOT NULL REFERENCES customer,
    field text NOT NULL CHECK (field IN ('department', 'subCategory')),
    alias text NOT NULL,
    alias_key text NOT NULL CHECK (alias_key <> ''),
    name text NOT NULL CHECK (name <> ''),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (customer_id, field, alias_key)
);
COMMENT ON TABLE value_alias IS 'A spelling and the name it stands for; one that stands for itself is a name of its own';

CREATE TABLE import_alias_use (
    customer_id uuid NOT NULL,
    import_id uuid NOT NULL REFERENCES import_history ON DELETE CASCADE,
    field text NOT NULL,
    alias text NOT NULL,
    name text NOT NULL,
    rows integer[] NOT NULL,
    PRIMARY KEY (import_id, field, alias)
);
COMMENT ON TABLE import_alias_use IS 'Provenance: the spelling as it stands in these source rows (0-based), and the name it was taken for';

GRANT SELECT, INSERT, UPDATE, DELETE ON column_mapping_memory, customer_vocabulary, value_alias, import_alias_use
    TO budget_sync_app;
