"""A site: what it publishes, in which family's manner, and what goes wrong there."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from samples.portal.exchanges import Exchanges
from samples.portal.families import FAMILIES, Build
from samples.portal.faults import Fault
from samples.portal.publications import Publication
from samples.portal.resources import Resource, Routes
from schemas.portals import Family, Portal


@dataclass(slots=True)
class Site:
    """A sample portal's site. Change it by its methods; what is served changes with it.

    `generation` counts rebuilds: each gives new addresses to the same papers, the list alone stays. `origin` is set by
    the server.
    """

    family: Family
    published: tuple[Publication, ...]
    robots: str | None = "User-agent: *\nDisallow: /admin/\n"
    per_page: int = 15
    generation: int = 0
    faults: list[Fault] = field(default_factory=list)
    origin: str = ""
    exchanges: Exchanges = field(default_factory=Exchanges)
    extra: Routes = field(default_factory=dict)
    _routes: Routes | None = None
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.published = tuple(self.published)

    @property
    def entry(self) -> str:
        """The full address of the first page of its list."""
        return self.origin + FAMILIES[self.family].entry(self._build())

    def file_address(self, number: int) -> str:
        """The full address of the file of the paper that is `number`th in the order of publication, from 0."""
        return self.origin + FAMILIES[self.family].file_target(self._build(), number)

    def routes(self) -> Routes:
        """All that is there, by path or by path and query."""
        if self._routes is None:
            built = FAMILIES[self.family].routes(self._build())
            robots = {} if self.robots is None else {"/robots.txt": Resource(self.robots.encode(), "text/plain")}
            self._routes = {**built, **robots, **self.extra}
        return self._routes

    def publish(self, publications: Iterable[Publication]) -> None:
        """Publish these from now on, in this order; a paper that is no longer among them vanishes."""
        self.published, self._routes = tuple(publications), None

    def replace_content(self, number: int, content: bytes) -> None:
        """Put new bytes at a paper's address."""
        changed = replace(self.published[number], content=content)
        self.publish((*self.published[:number], changed, *self.published[number + 1 :]))

    def rebuild(self) -> None:
        """Give every article and file a new address, as a new CMS does; the list stays where it was."""
        self.generation, self._routes = self.generation + 1, None

    def fault_at(self, target: str) -> Fault | None:
        """The first fault that strikes this request."""
        return next((fault for fault in self.faults if fault.strikes(target)), None)

    def _build(self) -> Build:
        numbers = tuple(self._numbers.setdefault(each.title, len(self._numbers)) for each in self.published)
        return Build(self.published, numbers, self.per_page, self.generation)


def portal_data(site: Site, portal_id: str, *, seconds_between_requests: float = 0.0, **changes: Any) -> dict[str, Any]:
    """The YAML of a portal that leads to `site`: private addresses allowed, at any hour."""
    pace = {"seconds_between_requests": seconds_between_requests, "window": {"opens": "00:00", "closes": "00:00"}}
    return {
        "id": portal_id,
        "name": f"示例区（{site.family}）",
        "division_code": "430299",
        "family": site.family,
        "entries": [{"address": site.entry}],
        "pace": pace,
        "allow_private": True,
    } | changes


def write_portal(site: Site, folder: Path, **changes: Any) -> None:
    """Write the YAML of a portal that leads to `site` into a folder; `changes` are those of `portal_data`."""
    portal_id = f"sample_{site.family}"
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(portal_data(site, portal_id, **changes), allow_unicode=True, sort_keys=False)
    (folder / f"{portal_id}.yaml").write_text(text, encoding="utf-8")


def portal_of(site: Site, portal_id: str | None = None, **changes: Any) -> Portal:
    """The portal that leads to `site`; `changes` are those of `portal_data`."""
    return Portal.model_validate(portal_data(site, portal_id or f"sample_{site.family}", **changes))
