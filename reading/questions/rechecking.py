"""A release's checks computed anew from its amounts: a forged amount is found though every hash was forged with it.

What was published of a check is held against the same check of the same amounts: identities may come and go between the
version of the code that published and the one that verifies, but the sum of the same amounts stays what it is. Checks
that take more than line items (the prose, units, the paper as a whole) are not looked at.
"""

from collections.abc import Iterator
from pathlib import Path

from checks import evaluated, recorded
from publish.store.verification import Problem
from publish.tables.reading_back import document_count, readings_of
from reading.running.progress import Progress, unwatched
from schemas.records import Check, Reading

CHECKS = "parquet/checks.parquet"


def problems_of_checks(release: Path, progress: Progress = unwatched) -> Iterator[Problem]:
    """The papers of a sound release whose checks are not those of their amounts, each with one such check.

    Raises `publish.errors.ReleaseDamagedError` where a document's rows do not stand together.
    """
    for reading in progress(readings_of(release), document_count(release), "复核 checking"):
        if differing := sorted(_differing(reading), key=_is_of_one_verdict):
            told = _told(*differing[0])
            yield Problem("checks", CHECKS, f"document {reading.document.document_id[:16]}: {told}")


def _differing(reading: Reading) -> Iterator[tuple[Check, Check]]:
    """The checks that do not follow from the amounts: as they are published, and as they are computed."""
    anew = {(each.check_id, each.subject): each for each in recorded(evaluated(reading.line_items))}
    for published in reading.checks:
        computed = anew.get((published.check_id, published.subject))
        if computed and computed.amounts == published.amounts and _said(computed) != _said(published):
            yield published, computed


def _said(each: Check) -> tuple[object, ...]:
    return each.verdict, each.left_yuan, each.right_yuan


def _is_of_one_verdict(pair: tuple[Check, Check]) -> bool:
    """What holds in print alone, or in truth alone, tells most and comes first."""
    return pair[0].verdict == pair[1].verdict


def _told(published: Check, computed: Check) -> str:
    both = f"published as {_words(published)}, and its amounts give {_words(computed)}"
    return f"{published.check_id} of {published.subject} is {both}"


def _words(each: Check) -> str:
    return f"{each.left_yuan} and {each.right_yuan} ({each.verdict})"
