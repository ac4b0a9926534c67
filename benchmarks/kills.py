"""Nights that are killed: `python -m benchmarks.kills` kills one night after another at a random moment, then goes on.

Each time the command, all processes that it began included, is killed with SIGKILL in the middle of a night over sample
portals and the same command is given again. Then every paper must be published exactly once, and the release must be,
byte for byte but for its database, that of a night that nobody disturbed. The clock of both stands still
(SOURCE_DATE_EPOCH).
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from publish.opening.database import DATABASE
from publish.store.verification import verify_release
from publish.store.versions import latest_version
from samples.portal import PortalServer, Site, many_publications, write_portal

FAMILIES = ("trs", "vsb", "jcms")
PACKAGE = "datapackage.json"
CLOCK = "1790000000"
SCRIPT = "from cli.main import app; app()"
SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Night:
    """A root, and the portals that a night visits."""

    root: Path
    portals: Path

    def begin(self) -> "subprocess.Popen[bytes]":
        """The command in a process group of its own."""
        words = [
            "nightly",
            "--no-prefect",
            "--no-site",
            "--root",
            str(self.root),
            "--portals",
            str(self.portals),
            "--jobs",
            "1",
        ]
        return subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *words],
            env={**os.environ, "SOURCE_DATE_EPOCH": CLOCK},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def whole(self) -> float:
        """A night to its end; its seconds."""
        started = time.monotonic()
        process = self.begin()
        _, said = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, said.decode()
        return time.monotonic() - started

    def killed_after(self, seconds: float) -> bool:
        """A night that is killed after so long; whether it was still under way."""
        process = self.begin()
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        return False

    def release(self) -> Path | None:
        """The newest release, None before there is one."""
        releases = self.root / "releases"
        newest = latest_version(releases) if releases.is_dir() else None
        return releases / str(newest) if newest else None


def fingerprint(release: Path) -> Mapping[str, str]:
    """The SHA-256 of every file of a release, but of the database that of what it is made with.

    Its format holds a random id, so that neither its bytes nor the hash that `datapackage.json` has of it say anything.
    """
    files = {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}
    own = hashlib.sha256(files.pop(DATABASE)).hexdigest().encode()
    files[PACKAGE] = files[PACKAGE].replace(own, b"")
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def published(release: Path) -> Counter[str]:
    """How often each document is in a release."""
    return Counter(pq.read_table(release / "parquet" / "documents.parquet")["document_id"].to_pylist())


def disturbed(night: Night, moment: float, wanted: Mapping[str, str]) -> str:
    """Kill a night, go on, and say what came of it: `cut` or `too late` where all is well, else what is wrong."""
    cut = night.killed_after(moment)
    if release := night.release():
        verify_release(release)  # what a kill leaves behind is whole, or absent
    night.whole()
    release = night.release()
    assert release is not None
    if repeated := [identity for identity, count in published(release).items() if count != 1]:
        return f"published more than once: {repeated}"
    found = fingerprint(release)
    if found != wanted:
        return f"other bytes: {sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))}"
    return "cut" if cut else "too late"


def write_portals(server: PortalServer, folder: Path) -> None:
    """The YAML of each site's portal."""
    for site in server.sites:
        write_portal(site, folder)


def sites(papers: int) -> list[Site]:
    """A site of each family, the papers dealt out among them."""
    shown = many_publications(papers)
    return [Site(family, shown[at :: len(FAMILIES)]) for at, family in enumerate(FAMILIES)]


def main() -> None:
    """Print each kill and what came of it; fails where one is not well."""
    arguments = _arguments()
    moments = random.Random(arguments.seed)
    outcomes: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-kills-") as scratch,
        PortalServer(sites(arguments.papers)) as server,
    ):
        folder = Path(scratch)
        write_portals(server, folder / "portals")
        quiet = Night(folder / "quiet", folder / "portals")
        seconds = quiet.whole()
        release = quiet.release()
        assert release is not None
        wanted = fingerprint(release)
        print(f"undisturbed: {seconds:.1f} s, {len(published(release))} papers, {len(wanted)} files")
        for number in range(1, arguments.kills + 1):
            night = Night(folder / "cut", folder / "portals")
            moment = moments.uniform(0.2, seconds)
            outcome = disturbed(night, moment, wanted)
            outcomes[outcome] += 1
            print(f"{number:3} killed after {moment:5.1f} s: {outcome}", flush=True)
            shutil.rmtree(night.root)
    print(", ".join(f"{outcome}: {count}" for outcome, count in sorted(outcomes.items())))
    sys.exit(0 if set(outcomes) <= {"cut", "too late"} else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--papers", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
