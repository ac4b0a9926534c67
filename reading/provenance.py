"""A reading and where its document is from: what only the portal knows, and what depends on it."""

from dataclasses import replace

from checks.duties.dates import judged_by_day
from reading.sources import Provenance
from schemas.records import Reading


def with_provenance(reading: Reading, provenance: Provenance) -> Reading:
    """The reading with its document's provenance, and with the verdicts that the day of publication decides."""
    return judged_by_day(replace(reading, document=provenance.given_to(reading.document)))
