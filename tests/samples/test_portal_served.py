"""The sample portal as a command: it serves each family and writes portals that the project can load."""

import subprocess
import sys
import urllib.request
from pathlib import Path

from schemas.portals import load_portals


def test_the_command_serves_and_writes_loadable_portals(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "samples.portal", "--port", "0", "--root", str(tmp_path), "--papers", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(5)]
        try:
            portals = load_portals(tmp_path)
            entries = [portal.entries[0].address for portal in portals.values()]
            pages = [urllib.request.urlopen(address, timeout=10).read() for address in entries]
        finally:
            process.terminate()
        assert process.wait(10) == 0
    assert {line.split(":")[0] for line in said} == {portal.family for portal in portals.values()}
    assert all("中学".encode("gb18030" if b"gb2312" in page else "utf-8") in page for page in pages)
    assert len({address.split(":")[1] for address in entries}) == 5  # a host of its own for each
    assert all(portal.allow_private for portal in portals.values())


def test_it_serves_while_a_command_runs_and_ends_with_its_status(tmp_path: Path) -> None:
    shown = "import sys, pathlib; sys.exit(len(list(pathlib.Path(sys.argv[1]).glob('*.yaml'))))"
    command = [sys.executable, "-m", "samples.portal", "--root", str(tmp_path), "--families", "trs", "jcms", "generic"]
    finished = subprocess.run([*command, "--", sys.executable, "-c", shown, str(tmp_path)], check=False, timeout=30)
    assert finished.returncode == 3
