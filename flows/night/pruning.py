"""What nights leave behind that nobody will ask for again: pages of portals that no visit has met for long."""

import time
from pathlib import Path

SECONDS_A_DAY = 86_400


def prune_pages(cache: Path, days: int) -> int:
    """Remove the pages that no visit has asked for in so many days; returns how many. A list that is still there stays.

    Papers are in the archive and readings in the work folder: neither is touched. Readings of documents that the
    ledger has no longer go with the next release (`reading.work.finish`).
    """
    oldest = time.time() - days * SECONDS_A_DAY
    removed = 0
    for file in (cache / "pages").glob("*"):
        try:
            if file.stat().st_mtime < oldest:
                file.unlink()
                removed += 1
        except FileNotFoundError:  # another process was first
            continue
    return removed
