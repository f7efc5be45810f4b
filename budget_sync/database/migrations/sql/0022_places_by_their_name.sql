-- Whoever asks where a line's amounts came from asks import_line_source, and finds all of them there: the table of that name
-- held the places of sums and of lines that stood alone. It is line_place now, and the view over both has the name.
DROP VIEW line_source;
ALTER TABLE import_line_source RENAME TO line_place;
ALTER INDEX import_line_source_budget RENAME TO line_place_budget;
COMMENT ON TABLE line_place IS
    'Source cells of sums and of lines that stood; a line created from one cell has its place in its first revision';
CREATE VIEW import_line_source WITH (security_invoker = true) AS
SELECT customer_id, import_id, budget_id, sheet, row, "column", amount, raw_amount FROM line_place
UNION ALL
SELECT customer_id, import_id, budget_id, sheet, row, "column", new_amount, raw_amount
FROM budget_revision WHERE raw_amount IS NOT NULL;
COMMENT ON VIEW import_line_source IS
    'Each source cell of each line; row and column are 0-based in the sheet or the records';
GRANT SELECT ON import_line_source TO budget_sync_app;
