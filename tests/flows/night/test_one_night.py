"""Two nights on one root: the second is refused at once, and told who holds it."""

import subprocess
import sys
from pathlib import Path

import pytest

from flows.night.one_night import NightUnderWayError, one_night
from publish.tables.durable import partial_beside, replace_text

HOLDER = (
    "import sys\nfrom pathlib import Path\nfrom flows.night.one_night import one_night\n"
    "with one_night(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
)


def holder(root: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_night_is_refused_with_who_holds_the_root(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(NightUnderWayError, match=f"pid {process.pid} @ "), one_night(tmp_path):
            pytest.fail("it must not begin")
        process.kill()
        process.wait()
    with one_night(tmp_path), one_night(tmp_path):  # the same process may hold it again within
        pass
    with one_night(tmp_path):
        pass


def test_the_command_says_so_in_a_line(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        words = ["nightly", "--no-prefect", "--root", str(tmp_path), "--portals", str(tmp_path)]
        script = "from cli.main import app; app()"
        done = subprocess.run(
            [sys.executable, "-c", script, *words], capture_output=True, text=True, check=False, timeout=60
        )
        process.kill()
    assert done.returncode == 2
    assert f"pid {process.pid}" in done.stderr
    assert "Traceback" not in done.stderr


def test_partial_files_are_of_one_process_and_those_of_dead_ones_are_removed(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f".latest.{int(gone.stdout)}-1.partial"
    alive = tmp_path / ".latest.1-1.partial"
    left.write_text("half", encoding="utf-8")
    alive.write_text("half", encoding="utf-8")
    assert partial_beside(tmp_path / "latest").name not in {left.name, alive.name}
    replace_text(tmp_path / "latest", "2026.3.5\n")
    assert {path.name for path in tmp_path.iterdir()} == {"latest", alive.name}
