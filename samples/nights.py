"""Two nights over sample portals: `python -m samples.nights --root DIR`, from an empty root to a release and on.

Three sites of different families are served on loopback. The first night fetches, reads and publishes what is there,
the second finds everything as it was and fetches no paper again. It ends with the address of the site that was made.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from samples.demo import demo_publications
from samples.portal import PortalServer, Site, write_portal
from schemas.portals import Family

FAMILIES: tuple[Family, ...] = ("trs", "vsb", "jcms")
MARK = ".sample-nights"
"""A root that bears it was made here, and may be made anew."""


def main() -> None:
    """Serve, spend two nights, and end as the first that does not end well."""
    root = _arguments().root
    _empty(root)
    papers = demo_publications()
    sites = [Site(family, papers[at :: len(FAMILIES)]) for at, family in enumerate(FAMILIES)]
    with PortalServer(sites) as server:
        for site in server.sites:
            write_portal(site, root / "portals")
        for number, told in enumerate(("第一夜 / the first night", "第二夜 / the second night"), start=1):
            print(f"== {told}", flush=True)
            asked = sum(len(site.exchanges.all()) for site in server.sites)
            status = _night(root)
            requests = sum(len(site.exchanges.all()) for site in server.sites) - asked
            print(f"== {number}: {requests} 次请求 / requests", flush=True)
            if status:
                sys.exit(status)
    print(f"== 看一看 / look at it: {(root / 'site' / 'index.html').resolve().as_uri()}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("output/sample-nights"))
    return parser.parse_args()


def _empty(root: Path) -> None:
    """An empty root, in place of one that was made here; anything else is left alone."""
    if root.exists() and any(root.iterdir()) and not (root / MARK).exists():
        sys.exit(f"{root} 不是空文件夹 / is not empty, and was not made by samples.nights")
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / MARK).touch()


def _night(root: Path) -> int:
    command = [sys.executable, "-c", "from cli.main import app; app()", "nightly"]
    return subprocess.run([*command, "--root", root, "--portals", root / "portals"], check=False).returncode


if __name__ == "__main__":
    main()
