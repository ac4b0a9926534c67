"""The command line. 退出码 exit status: 0 all well, 1 something failed and the rest is written, 2 wrong use."""

from cli.application import app
from cli.commands import correcting, faults, gaps, maintenance, night, papers, releases, review, site

__all__ = ["app", "correcting", "faults", "gaps", "maintenance", "night", "papers", "releases", "review", "site"]
