"""A world to spend nights in: sample portals on loopback, and a root of its own."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.night.settings import NightSettings
from flows.night.steps import night
from flows.night.steps_report import NightReport
from ledger import Ledger
from publish.store.versions import latest_version
from samples.portal import PortalServer, Site, write_portal
from schemas.portals import Family

SCRIPT = "from cli.main import app; app()"


@dataclass
class World:
    folder: Path
    sites: Sequence[Site]
    side: int = 4

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def portals_folder(self) -> Path:
        return self.folder / "portals"

    @property
    def settings(self) -> NightSettings:
        return NightSettings(root=str(self.root), portals_folder=str(self.portals_folder), jobs=1, side=self.side)

    def define(self, site: Site, **changes: Any) -> None:
        """Write the YAML of a site's portal."""
        write_portal(site, self.portals_folder, **changes)

    def night(self, *portals: str) -> NightReport:
        return night(self.settings, portals)

    def ledger(self) -> Ledger:
        return Ledger.open(self.settings.locations.ledger)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table of the newest release."""
        releases = self.root / "releases"
        return pq.read_table(releases / str(latest_version(releases)) / "parquet" / f"{table}.parquet").to_pylist()

    def command(self, *words: str, **options: Any) -> "subprocess.Popen[str]":
        """A `gongkai` command about this world, begun as a user would."""
        locations = ["--root", str(self.root), "--portals", str(self.portals_folder)]
        return subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *words, *locations],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )

    def ran(self, *words: str, **options: Any) -> tuple[int, str, str]:
        """The status, output and errors of a command."""
        process = self.command(*words, **options)
        out, err = process.communicate(timeout=240)
        return process.returncode, out, err


@contextmanager
def world(folder: Path, published: dict[Family, Any]) -> Iterator[World]:
    """Sites of these families, each with its publications, and their portals' YAML."""
    with PortalServer([Site(family, shown) for family, shown in published.items()]) as server:
        made = World(folder, server.sites)
        for site in server.sites:
            made.define(site)
        yield made
