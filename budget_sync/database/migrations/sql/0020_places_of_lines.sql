-- A line that an import creates from one cell keeps the place of that cell in its first revision: a row of its own for each
-- place was a seventh of what a load cost the server. import_line_source holds the places of sums and of lines that stood.
ALTER TABLE budget_revision ADD COLUMN sheet text, ADD COLUMN row integer, ADD COLUMN "column" integer,
    ADD COLUMN raw_amount text;
COMMENT ON COLUMN budget_revision.raw_amount IS
    'The one cell that the amount came from, as it stands in the file; its place is in sheet, row and column, 0-based';

CREATE VIEW line_source WITH (security_invoker = true) AS
SELECT customer_id, import_id, budget_id, sheet, row, "column", amount, raw_amount FROM import_line_source
UNION ALL
SELECT customer_id, import_id, budget_id, sheet, row, "column", new_amount, raw_amount
FROM budget_revision WHERE raw_amount IS NOT NULL;
COMMENT ON VIEW line_source IS 'Each source cell of each line; row and column are 0-based in the sheet or the records';
GRANT SELECT ON line_source TO budget_sync_app;
