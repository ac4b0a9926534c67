"""Where a document is from, in the dataset's words, from what the ledger knows of its captures."""

from collections.abc import Mapping

from crawlers.files.file_names import of_path
from ledger.records import CaptureRecord, History, primary_capture
from reading.sources import Provenance
from schemas.portals import Portal

BY_HAND = "by_hand"
"""The portal of papers that nobody fetched."""


def provenance_of(history: History, portals: Mapping[str, Portal]) -> Provenance:
    """The provenance of a document by its primary capture."""
    capture = primary_capture(history.captures)
    return provenance(capture, portals.get(capture.portal))


def provenance(capture: CaptureRecord, portal: Portal | None) -> Provenance:
    """The provenance that a capture gives; a portal that is defined no longer leaves its division unknown."""
    return Provenance(
        file_name=capture.file_name,
        source_url=_address(capture),
        page_url=capture.page_url or None,
        title=capture.title or None,
        portal=capture.portal,
        fetched_at=capture.first_seen,
        published_on=capture.published_on,
        division_code=portal.division_code if portal else None,
        superseded_by=capture.superseded_by,
        container=of_path(capture.url) if capture.member else None,
        container_place=capture.member,
        kind=capture.kind,
        fiscal_year=capture.fiscal_year,
        department=capture.department,
        role=capture.role,
        division=capture.division,
    )


def _address(capture: CaptureRecord) -> str | None:
    """The file's address; a member's place in its archive stands behind `#`, as in a fragment."""
    if not capture.url:
        return None
    return f"{capture.url}#{capture.member}" if capture.member else capture.url
