-- A file that was analysed is imported by its SHA-256 alone; its name may be what says the period.
ALTER TABLE stored_file ADD COLUMN file_name text;
COMMENT ON COLUMN stored_file.file_name IS 'The name under which the file was last analysed';
GRANT UPDATE (file_name) ON stored_file TO budget_sync_app;
