"""The three roles, and what a migration says to put a table or a function under them.

``budget_sync_owner`` owns the tables, ``budget_sync_app`` is what the program works as (it owns nothing, and
row-level security holds for it), ``budget_sync_lookup`` owns the narrow SECURITY DEFINER functions and is shown
only the columns granted to it. None of them logs in by itself unless an operator lets it.
"""

OWNER = "budget_sync_owner"
APP = "budget_sync_app"
LOOKUP = "budget_sync_lookup"

CREATE_ROLES = f"""
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['{OWNER}', '{APP}', '{LOOKUP}'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS NOINHERIT', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- another process made it at this moment
            END;
        END IF;
        IF NOT (pg_has_role(current_user, wanted, 'SET') AND pg_has_role(current_user, wanted, 'USAGE')) THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH SET TRUE, INHERIT TRUE', wanted);
        END IF;
    END LOOP;
END $$;
"""

# Only in a PostgreSQL of our own, whose socket admits nobody but us; elsewhere an operator gives it a password.
LET_PROGRAM_LOG_IN = f"ALTER ROLE {APP} LOGIN"

ENTER_SCHEMA = f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}; SET LOCAL ROLE {OWNER}"
LEAVE_SCHEMA = "RESET ROLE"


def secure_tables(*tables: str) -> str:
    """SQL that shows the program only the rows of the customer that its transaction names."""
    return "".join(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY tenant ON {table} TO {APP} "
        "USING (customer_id = (SELECT nullif(current_setting('app.customer_id', true), '')::uuid));"
        for table in tables
    )


def give_to_lookup(*signatures: str) -> str:
    """SQL that makes these functions run as the look-up role, and lets only the program call them.

    Only for functions with a fixed ``search_path`` that return identifiers. It runs between ``LEAVE_SCHEMA`` and
    the end of the migration: to hand a function over one must be able to become both roles.
    """
    handed_over = "".join(
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO {APP};"
        f"ALTER FUNCTION {signature} OWNER TO {LOOKUP};"
        for signature in signatures
    )
    return f"GRANT CREATE ON SCHEMA public TO {LOOKUP}; {handed_over} REVOKE CREATE ON SCHEMA public FROM {LOOKUP};"
