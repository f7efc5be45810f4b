"""The database itself: server, migrations, rights."""
