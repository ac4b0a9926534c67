"""What a night is told: plain values, so that a deployment can carry them as parameters."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from flows.night.locations import Locations
from reading.running.limits import CORES, MIB, Limits


class NightSettings(BaseModel):
    """Where a night keeps its things, how much it does side by side, and what one document may take.

    `root`, `archive`, `ledger`, `portals_folder`, `releases` and `corrections` say where things lie
    (`flows.night.locations.Locations`); `side` portals are visited and `jobs` documents read at a time; `seconds` and
    `mebibytes` bound the reading of one document, `visit_seconds` the visit of one portal. Pages of portals that no
    visit asked for in `keep_pages_days` are removed from the cache. `site` asks for
    the root's site to be made after each publish.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: str = "output"
    archive: str | None = None
    ledger: str | None = None
    portals_folder: str | None = None
    releases: str | None = None
    corrections: str | None = None
    jobs: int = Field(default=CORES, ge=1)
    side: int = Field(default=4, ge=1)
    seconds: float = Field(default=Limits().seconds, gt=0)
    mebibytes: int = Field(default=Limits().memory_bytes // MIB, ge=256)
    visit_seconds: float = Field(default=6 * 3600.0, gt=0)
    site: bool = False
    keep_pages_days: int = Field(default=90, ge=1)

    @property
    def locations(self) -> Locations:
        """Where everything lies."""
        folder = Path(self.portals_folder) if self.portals_folder else None
        corrections = Path(self.corrections) if self.corrections else None
        return Locations(Path(self.root), self.archive, self.ledger, folder, self.releases, corrections)

    @property
    def limits(self) -> Limits:
        """What the reading of one document may take."""
        return Limits(self.seconds, self.mebibytes * MIB)
