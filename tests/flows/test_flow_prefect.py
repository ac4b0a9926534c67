import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

from flows import prefect_settings
from publish.store.verification import verify_release
from tests.made_pdfs import empty

SCRIPT = "from cli.main import app; app()"
QUIET_WORDS = ("Traceback", "Error", "ERROR", "WARNING", "CancelledError")


def test_run_goes_from_a_folder_to_a_release_on_a_server_of_its_own(good_paper: Path, tmp_path: Path) -> None:
    papers, root, home = tmp_path / "papers", tmp_path / "root", tmp_path / "home"
    papers.mkdir()
    home.mkdir()
    shutil.copy(good_paper, papers)
    empty(papers / "empty.pdf")
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}

    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, "run", papers, "--root", root, "--jobs", "2", "--version", "2026.3.5"],
        env={**kept, **nowhere, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )

    assert ran.returncode == 1, ran.stderr  # one of the two is empty
    assert [word for word in QUIET_WORDS if word in ran.stderr] == []
    assert "已发布 / published 2026.3.5" in ran.stdout
    release = root / "releases" / "2026.3.5"
    verify_release(release)
    documents = pq.read_table(release / "parquet" / "documents.parquet").to_pylist()
    assert {(row["file_name"], row["status"]) for row in documents} == {
        (good_paper.name, "read"),
        ("empty.pdf", "failed"),
    }
    assert task_runs(root / "prefect" / "prefect.db") == {good_paper.name, "empty.pdf", "publish"}
    assert not (home / ".prefect").exists()
    assert {path.name for path in root.iterdir()} == {"prefect", "releases", "site", "work"}
    assert (root / "site" / "index.html").is_file()


def task_runs(database: Path) -> set[str]:
    """The names of the tasks that Prefect saw completed, `publish` without its number."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute("select name from task_run where state_type = 'COMPLETED'")
        return {"publish" if name.startswith("publish") else name for (name,) in rows}


def test_prefect_lives_under_the_root_and_sends_nothing(tmp_path: Path) -> None:
    environment: dict[str, str] = {"no_proxy": "example.org"}
    prefect_settings.configure(tmp_path, environment)
    assert environment["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert environment["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] == "true"
    assert (environment["DO_NOT_TRACK"], environment["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")
    assert environment["no_proxy"] == "example.org,127.0.0.1,localhost"


def test_a_users_own_server_and_home_stand(tmp_path: Path) -> None:
    server = {"PREFECT_API_URL": "http://prefect.example/api"}
    prefect_settings.configure(tmp_path, server)
    assert server["PREFECT_API_URL"] == "http://prefect.example/api"
    assert not {"PREFECT_HOME", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "NO_PROXY"} & server.keys()
    home = {"PREFECT_HOME": "elsewhere"}
    prefect_settings.configure(tmp_path, home)
    assert home["PREFECT_HOME"] == "elsewhere"


def test_our_own_server_asks_for_a_password_and_no_other_page_may_ask_it(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    prefect_settings.configure(tmp_path, environment)
    word = environment["PREFECT_SERVER_API_AUTH_STRING"]
    assert environment["PREFECT_API_AUTH_STRING"] == word
    assert len(word.removeprefix("gongkai:")) >= 32
    assert "*" not in environment["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"]
    other: dict[str, str] = {}
    prefect_settings.configure(tmp_path, other)
    assert other["PREFECT_SERVER_API_AUTH_STRING"] != word
    chosen = {"PREFECT_SERVER_API_AUTH_STRING": "me:mine"}
    prefect_settings.configure(tmp_path, chosen)
    assert chosen["PREFECT_API_AUTH_STRING"] == "me:mine"
