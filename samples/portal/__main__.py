"""Serve sample portals: `python -m samples.portal --root DIR` until interrupted, or `… -- COMMAND` while that runs."""

import argparse
import signal
import subprocess
import sys
import threading
from pathlib import Path

from samples.portal.families import FAMILIES
from samples.portal.publications import Publication, many_publications, publications
from samples.portal.server import PortalServer
from samples.portal.site import Site, write_portal
from schemas.portals import Family


def main() -> int:
    """Write a YAML for each portal into DIR, say where they are, and serve; give the command's exit status."""
    arguments = _arguments()
    sites = [Site(family, shown) for family, shown in _shares(arguments.papers, arguments.families)]
    with PortalServer(sites, arguments.port) as server:
        for site in server.sites:
            write_portal(site, arguments.root, seconds_between_requests=arguments.pace)
            print(f"{site.family}: {site.entry}", flush=True)
        return subprocess.run(arguments.command, check=False).returncode if arguments.command else _wait()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the same for all addresses; 0: any free one")
    parser.add_argument("--root", type=Path, required=True, metavar="DIR", help="where the portals' YAMLs are written")
    parser.add_argument("--papers", type=int, default=0, help="so many small papers in all; 0: the sample papers")
    parser.add_argument("--families", nargs="+", choices=list(FAMILIES), default=list(FAMILIES), metavar="FAMILY")
    parser.add_argument("--pace", type=float, default=0.0, help="seconds between two requests, for the YAMLs")
    parser.add_argument("command", nargs="*", metavar="COMMAND", help="to run meanwhile; put -- before it")
    return parser.parse_args()


def _shares(papers: int, families: list[Family]) -> list[tuple[Family, tuple[Publication, ...]]]:
    """Deal the papers out to the families, so that no two portals publish the same one."""
    shown = many_publications(papers) if papers else publications()
    return [(family, shown[at :: len(families)]) for at, family in enumerate(families)]


def _wait() -> int:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
