"""What a running installation survives: killed processes, a database that restarts, a migration in between."""
