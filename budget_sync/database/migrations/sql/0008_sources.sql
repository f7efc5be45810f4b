-- Sources of several kinds: the connection says which, names its members as the API does, and people's changes count.
-- Row-level security holds for the tables' owner too; while the rows are rewritten it does not.

ALTER TABLE budget_data_source_config ADD COLUMN version integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN budget_data_source_config.version IS 'How often people changed it; a change names the version it was made from';

ALTER TABLE budget_data_source_config NO FORCE ROW LEVEL SECURITY;
UPDATE budget_data_source_config SET configuration = replace(replace(replace(replace(replace(replace(
    jsonb_set(configuration, '{connection,type}', to_jsonb(source_type))::text,
    '"host_key":', '"hostKey":'), '"max_bytes":', '"maxBytes":'), '"timeout_seconds":', '"timeoutSeconds":'),
    '"list_seconds":', '"listSeconds":'), '"fetch_seconds":', '"fetchSeconds":'), '"fiscal_period":', '"fiscalPeriod":')::jsonb
    - 'time_zone' || jsonb_build_object('timeZone', coalesce(configuration ->> 'time_zone', 'UTC'));
ALTER TABLE budget_data_source_config FORCE ROW LEVEL SECURITY;
