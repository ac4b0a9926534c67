"""A lost ledger from the archive: each paper with its captures. What only a ledger knows (nights, runs) starts anew."""

from crawlers.archive import Archive
from ledger.ledger import Ledger
from schemas.captures import Capture


def rebuild(ledger: Ledger, archive: Archive, code_version: str) -> int:
    """Take down every capture of the archive and return how many; again is no change.

    A zip or rar is in the archive beside its members, but only these are papers. Raises `ArchiveError`, `LedgerError`.
    """
    unpacked = {_fetch(capture) for capture in archive.all_captures() if capture.member}
    papers = (each for each in archive.all_captures() if each.member or _fetch(each) not in unpacked)
    return ledger.rebuild(papers, code_version)


def _fetch(capture: Capture) -> tuple[str, str, str]:
    return capture.portal, capture.paper.url, capture.fetched_at.isoformat()
