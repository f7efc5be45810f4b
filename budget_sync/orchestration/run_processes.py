"""The processes of runs on this machine, as the events of the runs name them.

In: Dagster's instance. Out: runs whose process is gone. The code server ends the runs of its children that die; it
cannot when it died as well, and such a run would hold its place in the queue for an hour.
"""

import os

from dagster import DagsterEventType, DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter

_PROCESS = "pid"  # the entry of the engine's first event that names the process of the run


def started_runs(instance: DagsterInstance) -> list[DagsterRun]:
    """Those that should have a process now."""
    return list(instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED])))


def is_lost(instance: DagsterInstance, run: DagsterRun) -> bool:
    """Whether the process of the run is gone; a number taken by another program waits for ``max_runtime``."""
    process = process_of(instance, run)
    return process is not None and not _exists(process)


def process_of(instance: DagsterInstance, run: DagsterRun) -> int | None:
    """The number of the run's process; None before it said so."""
    numbers = [
        int(str(entry.dagster_event.engine_event_data.metadata[_PROCESS].value))
        for entry in instance.all_logs(run.run_id, of_type=DagsterEventType.ENGINE_EVENT)
        if entry.dagster_event is not None and _PROCESS in entry.dagster_event.engine_event_data.metadata
    ]
    return numbers[-1] if numbers else None


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
