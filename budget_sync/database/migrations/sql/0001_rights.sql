-- Who may do what. The program owns nothing and sees the rows of the customer that its transaction names, no others.

ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON customer TO budget_sync_app
    USING (id = (SELECT nullif(current_setting('app.customer_id', true), '')::uuid));

GRANT USAGE ON SCHEMA public TO budget_sync_app, budget_sync_lookup;
GRANT SELECT ON customer TO budget_sync_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON api_key, budget_data_source_config, import_preview TO budget_sync_app;
GRANT SELECT, INSERT ON stored_file, import_row_error, budget_revision, import_line_source TO budget_sync_app;
GRANT SELECT, INSERT, UPDATE ON import_history, budget TO budget_sync_app;
GRANT SELECT ON budget_utilization TO budget_sync_app;
