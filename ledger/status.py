"""The work of `gongkai status`: what the last night brought and where everything stands, or one document's history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger import History, Ledger, Night
from ledger.records import FailureRecord, FindingRecord, StateCount
from ledger.selection import whole_id


@dataclass(frozen=True, slots=True)
class Status:
    """A night (None where there was none yet) with what it brought, and where all documents stand now."""

    date: date | None
    nights: Sequence[Night]
    brought: Sequence[StateCount]
    failures: Sequence[FailureRecord]
    findings: Sequence[FindingRecord]
    standing: Sequence[StateCount]


def status(ledger: Ledger, on: date | None = None) -> Status:
    """The status after the night of a date, the last one where none is given."""
    night = on or ledger.last_night()
    if night is None:
        return Status(None, (), (), (), (), ledger.counts())
    return Status(
        date=night,
        nights=ledger.nights(night),
        brought=ledger.night_counts(night),
        failures=ledger.failures(night),
        findings=ledger.findings(night),
        standing=ledger.counts(),
    )


def history(ledger: Ledger, prefix: str) -> History:
    """All that is known of the one document whose id begins so. Raises `schemas.errors.WrongUseError`."""
    return ledger.history(whole_id(ledger, prefix))
