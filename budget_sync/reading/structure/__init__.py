"""A grid becomes a table: where the header is, what its columns are called, what each row is.

In: ``Grid``. Out: ``Header`` (``find_header``), row kinds and totals. Others use the names of its files that bear no
underscore.
"""
