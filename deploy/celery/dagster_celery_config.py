"""What the workers of ``dagster_celery.app`` take for their configuration, found by this name on their PYTHONPATH."""

import os

broker_url = os.environ["BUDGET_SYNC_CELERY_BROKER_URL"]
result_backend = os.environ["BUDGET_SYNC_CELERY_BACKEND_URL"]
# A worker takes a run when it has time for it: what it kept waiting would be out of the others' reach.
worker_prefetch_multiplier = 1
task_acks_late = False
# The daemon asks for the state of a run that has begun.
task_track_started = True
