"""Where a night keeps its things: archive, ledger, readings, releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import WrongUseError
from schemas.portals import Portal, PortalError, load_portals, portals


@dataclass(frozen=True, slots=True)
class Locations:
    """The folder of a night's data, and what may lie elsewhere by a URL of its own. Everything is made when needed.

    `archive` is what `crawlers.archive.Archive.open` takes, `ledger` what `ledger.Ledger.open` takes; both lie
    under the root where None is given, and so do the releases, which may go to a store such as `s3://bucket/prefix`.
    `portals_folder` has portals' YAML in place of the project's own, `corrections_at` a maintainer's corrections.
    """

    root: Path
    archive_url: str | None = None
    ledger_url: str | None = None
    portals_folder: Path | None = None
    releases_root: str | None = None
    corrections_at: Path | None = None

    @property
    def releases(self) -> Path | str:
        """The root of the releases: a folder, or the address of a store."""
        return self.releases_root or self.root

    @property
    def archive(self) -> str:
        """Every file that was fetched."""
        return self.archive_url or str(self.root.resolve() / "archive")

    @property
    def ledger(self) -> str:
        """The truth about the work."""
        return self.ledger_url or f"sqlite:///{self.root.resolve() / 'ledger.sqlite'}"

    @property
    def work(self) -> Path:
        """The readings of all documents."""
        return self.root / "work" / "night"

    @property
    def corrections(self) -> Path:
        """A maintainer's corrections: a file or a folder of them, which need not be there."""
        return self.corrections_at or self.root.resolve() / "corrections"

    @property
    def cache(self) -> Path:
        """The portals' pages as last seen, and the pace at each host."""
        return self.root / "work" / "cache"

    def portals(self) -> Mapping[str, Portal]:
        """All portals by id. Raises `WrongUseError` where a file of theirs cannot be used."""
        try:
            return load_portals(self.portals_folder) if self.portals_folder else portals()
        except PortalError as error:
            raise WrongUseError(f"平台定义有误 / a portal's definition cannot be used: {error}") from error

    def chosen(self, ids: tuple[str, ...]) -> tuple[Portal, ...]:
        """The portals of these ids, all where none is given. Raises `WrongUseError` for an unknown one."""
        known = self.portals()
        if unknown := [name for name in ids if name not in known]:
            raise WrongUseError(f"没有这个平台 / no such portal: {', '.join(unknown)} ({', '.join(known)})")
        return tuple(known[name] for name in ids or known)
