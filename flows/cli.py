"""The command line. 退出码 exit status: 0 all well, 1 something failed and the rest is written, 2 wrong use."""

from flows.commands import gaps, morning, night, papers, releases
from flows.commands.application import app

__all__ = ["app", "gaps", "morning", "night", "papers", "releases"]
