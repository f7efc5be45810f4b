"""The definitions load, say what they are, and load lightly."""

import subprocess
import sys
from itertools import pairwise

from dagster import AssetKey, Definitions

from budget_sync.definitions import defs

WAY = ["received_file", "column_mapping", "validated_lines", "budgets"]


def test_the_definitions_can_be_loaded() -> None:
    Definitions.validate_loadable(defs)


def test_the_assets_follow_one_another() -> None:
    graph = defs.resolve_asset_graph()
    for earlier, later in pairwise(WAY):
        assert graph.get(AssetKey(later)).parent_keys == {AssetKey(earlier)}


def test_every_asset_says_what_it_is() -> None:
    for asset in WAY:
        node = defs.resolve_asset_graph().get(AssetKey(asset))
        assert node.description
        assert node.group_name == "budget_files"
        assert node.owners
        assert node.kinds


def test_loading_the_definitions_warns_of_nothing_and_brings_neither_pandas_nor_paramiko() -> None:
    check = (
        "import sys, budget_sync.definitions as wired; wired.defs.resolve_all_asset_keys();"
        "print([name for name in ('pandas', 'pandera', 'paramiko') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
