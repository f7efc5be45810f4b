"""What orchestration decides without Dagster, a database or a partner."""
