"""The settings for other places differ from those for one machine in where runs run, and in nothing else."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from dagster._config import Shape, validate_config
from dagster._core.instance.config import dagster_instance_config_schema

from budget_sync.cli.site import SERVICE_OPTIONS

ROOT = Path(__file__).parents[3]
PLACES = ["dagster.yaml", "deploy/kubernetes/dagster.yaml", "deploy/celery/dagster.yaml"]


def settings(place: str) -> dict[str, Any]:
    read = yaml.safe_load((ROOT / place).read_text())
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("place", PLACES)
def test_dagster_accepts_the_settings(place: str) -> None:
    checked = validate_config(Shape(dagster_instance_config_schema()), settings(place))
    assert checked.success, checked.errors


@pytest.mark.parametrize("place", PLACES[1:])
def test_only_the_launcher_and_the_number_of_runs_differ(place: str) -> None:
    here, there = settings(PLACES[0]), settings(place)
    for each in (here, there):
        del each["run_launcher"]
        del each["concurrency"]["runs"]["max_concurrent_runs"]
    assert there == here


def test_every_manifest_runs_the_one_image_with_the_one_secret() -> None:
    manifests = list(yaml.safe_load_all((ROOT / "deploy/kubernetes/budget-sync.yaml").read_text()))
    pods = [each["spec"]["template"]["spec"] for each in manifests if each["kind"] in ("Deployment", "Job")]
    containers = [container for pod in pods for container in pod["containers"]]
    assert len(containers) == 5
    assert {container["image"] for container in containers} == {"budget-sync:k8s"}
    assert all(container["envFrom"] == [{"secretRef": {"name": "budget-sync"}}] for container in containers)


def test_every_place_serves_with_the_options_of_the_program_itself() -> None:
    options = " ".join(SERVICE_OPTIONS)
    for place in ("Containerfile", "kubernetes/budget-sync.yaml", "systemd/budget-sync-service.service"):
        written = " ".join(re.sub(r"[\[\]\\,\"]", " ", (ROOT / "deploy" / place).read_text()).split())
        assert options in written, place


def test_the_units_start_programs_that_the_project_has() -> None:
    scripts = {"dagster", "dagster-daemon", "dagster-webserver", "uvicorn"}
    scripts |= set(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"])
    for unit in (ROOT / "deploy/systemd").glob("*.service"):
        (line,) = [line for line in unit.read_text().splitlines() if line.startswith("ExecStart=")]
        assert Path(shlex.split(line.partition("=")[2])[0]).name in scripts
