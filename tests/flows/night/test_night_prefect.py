"""Prefect schedules and shows the night; the work does not need it."""

import os
import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from night_world import world

from flows.night.settings import NightSettings
from samples.portal import many_publications

PROJECT = Path(__file__).parents[3]


def flow_runs(database: Path) -> set[tuple[str, str]]:
    """Each flow with the state of its run."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "select flow.name, flow_run.state_type from flow_run join flow on flow.id = flow_run.flow_id"
        )
        return set(rows)


def artifacts(database: Path) -> dict[str, str]:
    with sqlite3.connect(database) as connection:
        return dict(connection.execute("select key, data from artifact"))


def test_a_night_under_prefect_leaves_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    with world(tmp_path, {"ucap": many_publications(1)}) as made:
        status, out, err = made.ran("nightly")
        assert status == 0, err
        assert [line for line in err.splitlines() if "ERROR" in line or "Traceback" in line] == []
        database = made.root / "prefect" / "prefect.db"
        names = ("nightly", "crawl", "process", "publish")
        assert flow_runs(database) == {(name, "COMPLETED") for name in names}
        shown = artifacts(database)
        assert shown.keys() >= {"night", "coverage", "release"}
        assert "sample_ucap" in shown["night"]
        assert "已发布 / published" in out


def deployments() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    return found


@pytest.mark.parametrize("deployment", deployments(), ids=lambda each: each["name"])
def test_prefect_yaml_names_what_is_there(deployment: dict[str, Any]) -> None:
    module, _, name = deployment["entrypoint"].rpartition(".")
    assert import_module(module).__dict__[name].name == deployment["name"]
    NightSettings.model_validate(deployment["parameters"]["settings"])


DEPLOYING = """
import subprocess, sys
from pathlib import Path
from flows import prefect_settings
root = Path(sys.argv[1])
prefect_settings.configure(root)
from flows.prefect_server import prefect_server
with prefect_server(None, root, scheduling=True):
    for words in (["work-pool", "create", "gongkai", "--type", "process"], ["--no-prompt", "deploy", "--all"]):
        subprocess.run([sys.executable, "-m", "prefect", *words], check=True, timeout=200)
"""


def test_prefect_deploys_both(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-c", DEPLOYING, str(tmp_path)]
    ran = subprocess.run(command, cwd=PROJECT, env=kept, capture_output=True, text=True, check=False, timeout=400)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for name in ("nightly/nightly", "rerun/rerun"):
        assert f"Deployment '{name}' successfully created" in ran.stdout


def test_prefect_yaml_says_what_serve_registers() -> None:
    from flows.deployments import AT_TWO, ONE_AT_A_TIME  # noqa: PLC0415  Prefect takes a while to load

    nightly, rerun = deployments()
    assert nightly["schedules"] == [{"cron": AT_TWO.cron, "timezone": AT_TWO.timezone}]
    assert "schedules" not in rerun
    for deployment in (nightly, rerun):
        assert deployment["concurrency_limit"]["limit"] == ONE_AT_A_TIME.limit
        assert deployment["concurrency_limit"]["collision_strategy"] == ONE_AT_A_TIME.collision_strategy.value
