"""The work of `gongkai status`: what the last night brought and where everything stands, or one document's history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console

from flows.ledger import History, Ledger, Night
from flows.ledger.records import FailureRecord, FindingRecord, Tally
from flows.selecting import whole_id


@dataclass(frozen=True, slots=True)
class Status:
    """A night (None where there was none yet) with what it brought, and where all documents stand now."""

    date: date | None
    nights: Sequence[Night]
    brought: Sequence[Tally]
    failures: Sequence[FailureRecord]
    findings: Sequence[FindingRecord]
    standing: Sequence[Tally]


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


def show_status(ledger: Ledger, document: str | None, out: Console, *, as_json: bool = False) -> bool:
    """Print the status, or the history of the document whose id begins so; True, for telling is no judging.

    Raises `flows.errors.WrongUseError` where no or more than one document is meant.
    """
    from flows.status_history import print_history  # noqa: PLC0415  they take this module's records
    from flows.status_json import json_text  # noqa: PLC0415
    from flows.status_printing import print_status  # noqa: PLC0415

    told = status(ledger) if document is None else history(ledger, document)
    if as_json:
        out.file.write(f"{json_text(told)}\n")  # rich would measure megabytes of it
    elif isinstance(told, History):
        print_history(told, out)
    else:
        print_status(told, out)
    return True


def history(ledger: Ledger, prefix: str) -> History:
    """All that is known of the one document whose id begins so. Raises `flows.errors.WrongUseError`."""
    return ledger.history(whole_id(ledger, prefix))
