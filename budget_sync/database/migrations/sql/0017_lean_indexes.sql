-- Every index is one more place that each line of an import is written to. Three of budget become one, in which
-- PostgreSQL 18 skips from period to period, and from source to source, to what came from one source or in one time;
-- what keeps a revision apart from the others also finds those of a line; and where a line comes from is asked by the line.
DROP INDEX budget_source;
DROP INDEX budget_created;
DROP INDEX budget_period;
CREATE INDEX budget_period ON budget (customer_id, fiscal_period, source, created_at);
ALTER TABLE budget_revision DROP CONSTRAINT budget_revision_pkey, ADD PRIMARY KEY (budget_id, id);
DROP INDEX budget_revision_budget;
DROP INDEX import_line_source_import;
