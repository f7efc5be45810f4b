-- The index by period was written to with each line of an import, and asked by two statements: which periods there are,
-- by an import and by the overview. The index of lines answers them, too (100,000 lines in 12 ms). What came from one
-- source, in one time or for one period, whoever looks for it, stands together: the ranges of its blocks say where.
DROP INDEX budget_period;
CREATE INDEX budget_blocks ON budget USING brin (fiscal_period, source, created_at);
