"""`gongkai serve` as users start it: the server schedules a night, the night runs, and nothing is left behind."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from night_world import World, world

from samples.portal import many_publications
from tests.kinds import thorough

EVERY_MINUTE = "* * * * *"


@pytest.fixture
def without_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def states(made: World) -> dict[str, set[str]]:
    """The states of the runs of each flow, by what the server's database says now."""
    found: dict[str, set[str]] = {}
    database = made.root / "prefect" / "prefect.db"
    if not database.exists():
        return found
    asked = "select flow.name, flow_run.state_type, flow_run.name from flow_run join flow on flow.id = flow_run.flow_id"
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        for flow, state, _ in connection.execute(asked):
            found.setdefault(flow, set()).add(state)
    return found


def awaited(what: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if what():
                return True
        except (sqlite3.Error, OSError):
            pass
        time.sleep(0.5)
    return False


def until(process: "subprocess.Popen[str]", word: str) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if word in line:
            return


def answers(url: str) -> bool:
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5).close()
    except OSError:
        return False
    return True


def end(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)


@pytest.mark.usefixtures("without_prefect")
def test_the_server_schedules_a_night_and_it_runs(tmp_path: Path, port: int) -> None:
    with world(tmp_path, {"ucap": many_publications(1)}) as made:
        served = made.command("serve", "--port", str(port), "--cron", EVERY_MINUTE)
        try:
            said = list(until(served, "the next night begins"))
            assert any("the next night begins: 20" in line for line in said), said
            assert awaited(lambda: "COMPLETED" in states(made).get("nightly", set()), 240), states(made)
            page = f"http://127.0.0.1:{port}"
            with urllib.request.urlopen(f"{page}/ui-settings", timeout=20) as answer:
                assert json.load(answer)["api_url"] == f"{page}/api"
            with closing(sqlite3.connect(made.root / "prefect" / "prefect.db")) as connection:
                names = {name for (name,) in connection.execute("select name from flow_run")}
                ((link,),) = connection.execute("select data from artifact where key = 'release' limit 1").fetchall()
                portals = {name for (name,) in connection.execute("select name from task_run")}
            assert any(name.startswith("nightly 20") for name in names)
            assert any(name.startswith("sample_ucap") for name in portals)
            assert answers(page + json.loads(link).partition("(")[2].rstrip(")"))
            assert (made.root / "prefect" / "server.log").stat().st_size > 0
        finally:
            end(served)
        assert not answers(f"http://127.0.0.1:{port}/api/health")


@pytest.mark.usefixtures("without_prefect")
@thorough
def test_a_killed_command_leaves_no_server_and_no_run_that_runs(tmp_path: Path, port: int) -> None:
    with world(tmp_path, {"ucap": many_publications(1)}) as made:
        served = made.command("serve", "--port", str(port), "--cron", EVERY_MINUTE)
        list(until(served, "the next night begins"))
        assert awaited(lambda: "RUNNING" in states(made).get("nightly", set()), 120), states(made)
        os.kill(served.pid, signal.SIGKILL)
        served.communicate(timeout=60)
        assert awaited(lambda: not answers(f"http://127.0.0.1:{port}/api/health"), 30)
        assert "RUNNING" in states(made)["nightly"]
        again = made.command("serve", "--port", str(port))
        try:
            list(until(again, "the next night begins"))
            assert "RUNNING" not in states(made)["nightly"]
        finally:
            end(again)


@pytest.mark.usefixtures("without_prefect")
def test_serve_says_that_it_will_not_run(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken, world(tmp_path, {"ucap": many_publications(1)}) as made:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, out, err = made.ran("serve", "--port", str(taken.getsockname()[1]))
        assert status == 2
        assert "did not come up" in err
        assert "server.log" in err
        assert "the next night" not in out
