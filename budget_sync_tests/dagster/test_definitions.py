"""The definitions load, say what they are, and load lightly."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from dagster import AssetKey, DagsterInstance, Definitions

from budget_sync.definitions import defs
from budget_sync.orchestration.source_kinds import SOURCE_KINDS
from budget_sync.orchestration.upkeep import keys_to_prune

WAY = ["received_file", "column_mapping", "validated_lines", "budgets"]


def test_the_definitions_can_be_loaded() -> None:
    Definitions.validate_loadable(defs)


def test_the_assets_follow_one_another() -> None:
    graph = defs.resolve_asset_graph()
    for earlier, later in pairwise(WAY):
        assert graph.get(AssetKey(later)).parent_keys == {AssetKey(earlier)}


def test_the_way_begins_at_the_sources() -> None:
    graph = defs.resolve_asset_graph()
    assert graph.get(AssetKey(WAY[0])).parent_keys == {kind.asset for kind in SOURCE_KINDS}


def test_every_kind_of_source_has_its_sensor_and_its_check() -> None:
    sensors = {sensor.name for sensor in defs.sensors or ()}
    checks = {key.asset_key for key in defs.resolve_asset_graph().asset_check_keys if key.name == "sources_are_fresh"}
    assert {kind.sensor_name for kind in SOURCE_KINDS} <= sensors
    assert checks == {kind.asset for kind in SOURCE_KINDS}


def test_runs_that_load_go_through_the_pool_that_guards_the_database() -> None:
    pools = {pool for job in ("sync_file", "sync_burst") for node in defs.resolve_job_def(job).nodes
             for pool in node.definition.pools}  # fmt: skip
    assert pools == {"budget_database"}


def test_every_asset_says_what_it_is() -> None:
    for asset in [*WAY, *(kind.asset.to_user_string() for kind in SOURCE_KINDS)]:
        node = defs.resolve_asset_graph().get(AssetKey(asset))
        assert node.description
        assert node.group_name in ("budget_files", "sources")
        assert node.owners
        assert node.kinds


def test_loading_the_definitions_warns_of_nothing_and_brings_neither_pandas_nor_paramiko() -> None:
    check = (
        "import sys, budget_sync.definitions as wired; wired.defs.resolve_all_asset_keys();"
        "print([name for name in ('pandas', 'pandera', 'paramiko') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_dagster_validates_the_definitions_without_a_warning(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").touch()
    dagster = Path(sys.executable).with_name("dagster")
    done = subprocess.run(
        [dagster, "definitions", "validate", "-m", "budget_sync.definitions"],
        env=os.environ | {"DAGSTER_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 0, said
    warnings = [line for line in said if "warning" in line.lower()]
    # Dagster says of its own command that `dg check defs`, a program of another package, supersedes it.
    assert [line for line in warnings if "definitions_validate_command" not in line] == []


def test_the_oldest_files_leave_the_view_when_there_are_too_many() -> None:
    with DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("budget_files", [f"acme/s/{number}.csv~0123abcd" for number in range(12)])
        keys = instance.get_dynamic_partitions("budget_files")
        assert keys_to_prune(keys, most=10) == ["acme/s/0.csv~0123abcd", "acme/s/1.csv~0123abcd"]
        assert keys_to_prune(keys, most=12) == []
