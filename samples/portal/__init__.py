"""A portal to test against: a real HTTP server on loopback that publishes the sample papers, with faults on demand.

    with PortalServer([Site("trs", publications())]) as server:
        portal = portal_of(server.sites[0])          # a `schemas.portals.Portal` that leads there

`python -m samples.portal --port 0 --root DIR` serves a site of each family, each at a loopback address of its own, and
writes a YAML for each into DIR. Pages are made up in the manner of each family's; no real page is copied.

    publications ─▶ families (addresses and pages) ─▶ site ─▶ server ─▶ exchanges (who asked what and when)
                                                        └── faults
"""

from samples.portal.exchanges import Exchange, Exchanges
from samples.portal.faults import Fault
from samples.portal.publications import Publication, many_publications, publications
from samples.portal.server import PortalServer
from samples.portal.site import Site, portal_data, portal_of, write_portal

__all__ = [
    "Exchange",
    "Exchanges",
    "Fault",
    "PortalServer",
    "Publication",
    "Site",
    "many_publications",
    "portal_data",
    "portal_of",
    "publications",
    "write_portal",
]
