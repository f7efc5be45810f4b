-- What a reserve in another currency was asked for and by which rate it was booked; the amounts beside it are the lines'.
ALTER TABLE reservation
    ADD COLUMN asked_amount numeric(19,4),
    ADD COLUMN asked_currency text,
    ADD COLUMN rate numeric(20,10),
    ADD COLUMN rate_valid_on date,
    ADD CHECK (num_nulls(asked_amount, asked_currency, rate, rate_valid_on) IN (0, 4));
COMMENT ON COLUMN reservation.rate IS 'What one unit of currency counted for in asked_currency, since rate_valid_on';

-- What is administered says which version it is, so that of two people who change it at once the second is told.
ALTER TABLE fx_rate ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE customer_vocabulary ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE value_alias ADD COLUMN version integer NOT NULL DEFAULT 1;

-- The log of checks is kept for as long as the settings say.
GRANT DELETE ON budget_check_log TO budget_sync_app;
