"""From the ledger to a release: every document that was read or that failed, as it stands, none twice."""

from collections.abc import Iterator

from flows.night.expectations import expectations
from flows.night.locations import Locations
from flows.night.provenance import provenance
from flows.releasing import Published, publish_work
from ledger import Ledger
from ledger.clock import night_date
from ledger.records import CurrentDocument
from reading import work
from reading.code_version import code_version
from reading.provenance import with_provenance

ENDED = ("ok", "failed")


def publish_ledger(ledger: Ledger, locations: Locations, version: str | None = None) -> Published | None:
    """Publish what the ledger's documents were read as; None where no document was ever read.

    A document that waits to be read for the first time keeps out; one that was published stays in for ever, as it was
    read last.
    Raises what `flows.releasing.publish_work` raises.
    """
    documents = gathered(ledger, locations)
    if not documents:
        return None
    crawl_coverage = [each.as_crawl_coverage() for each in expectations(ledger, locations.portals().values())]
    today = night_date(ledger.now())
    published = publish_work(locations.work, locations.releases, version, crawl_coverage=crawl_coverage, today=today)
    ledger.mark_published(documents, code_version(), published.release.version)
    return published


def gathered(ledger: Ledger, locations: Locations) -> list[str]:
    """The documents that a release would hold, listed in the work folder where there are any."""
    documents = [each.document_id for each in _readings(ledger, locations)]
    if documents:
        work.finish(documents, locations.work)
    return documents


def _readings(ledger: Ledger, locations: Locations) -> Iterator[CurrentDocument]:
    """The documents that have a reading, each with what the portal says of it now."""
    for each in ledger.current_documents():
        if each.read_state in ENDED or work.is_kept(each.document_id, locations.work):
            _describe_anew(each, locations)
            yield each


def _describe_anew(document: CurrentDocument, locations: Locations) -> None:
    """Let a reading say by which document it was superseded, where that happened after it was read."""
    if document.capture.superseded_by is None:
        return
    reading = work.kept(document.document_id, locations.work)
    if reading.document.superseded_by == document.capture.superseded_by:
        return
    origin = provenance(document.capture, locations.portals().get(document.capture.portal))
    work.keep(with_provenance(reading, origin), locations.work)
