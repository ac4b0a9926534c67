"""`extract` needs no network: who only looks up a host in a process of the test is ended by the kernel."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.scanner import OFFICE, scan
from schemas.silence import UNTOLD, keep_silent
from tests.refused_network import SUPPORTED, refusing

SAMPLE = "zhuzhou_union_2023_final.pdf"
LINGER = "import time; time.sleep(2)"
"""Telemetry is sent by a thread of its own, some time later."""

needs_filter = pytest.mark.skipif(not SUPPORTED, reason="the kernel's filter of system calls is known for Linux alone")


def ran(arguments: list[str], home: Path) -> "subprocess.CompletedProcess[str]":
    """A Python process without the network, without any switch that the tests themselves have set."""
    environment = {name: value for name, value in os.environ.items() if name not in UNTOLD}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        preexec_fn=refusing(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@needs_filter
@pytest.mark.parametrize(
    "asks",
    [
        "socket.getaddrinfo('example.org', 443)",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socket(socket.AF_INET6).connect(('::1', 9))",
    ],
)
def test_the_filter_ends_who_turns_to_the_internet(asks: str, tmp_path: Path) -> None:
    assert ran(["-c", f"import socket; {asks}"], tmp_path).returncode == -signal.SIGSYS


@needs_filter
def test_extract_of_a_scan_asks_for_no_network_and_leaves_nothing_of_it_at_home(samples: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    scan(samples / SAMPLE, tmp_path / "scanned.pdf", OFFICE, [8])
    command = f"from cli.main import app\ntry:\n    app()\nfinally:\n    {LINGER}"
    done = ran(["-c", command, "extract", str(tmp_path / "scanned.pdf"), "--to", str(tmp_path / "out")], home)
    assert (done.returncode, done.stderr) == (0, "")
    left = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in left if path.parent.parent != home / ".cache" / "gongkai"] == []
    assert left  # the project's own data, compiled


@needs_filter
@pytest.mark.parametrize(
    "room", ["extractors", "benchmarks", "cli.main", "flows.prefect_settings", "reading.running.worker"]
)
def test_the_engine_is_silent_whoever_imports_it(room: str, tmp_path: Path) -> None:
    command = f"import {room}, onnxruntime\nfrom rapidocr import RapidOCR\nRapidOCR()\n{LINGER}"
    done = ran(["-c", command], tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_switches_stand_whatever_stood_there() -> None:
    environment = {"ORT_DISABLE_TELEMETRY": "0", "HOME": "/home/somebody"}
    keep_silent(environment)
    assert environment == {"HOME": "/home/somebody", **UNTOLD}
