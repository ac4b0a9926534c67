"""What a table of changes comes to: how many of which kind, which papers, and the amounts that changed most."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from publish.tables.paths import parquet_path
from publish.tables.querying import Connection, querying, view
from schemas.dataset import dataset


class Counted(NamedTuple):
    """So many changes of one kind."""

    subject: str
    change: str
    reason: str
    number: int


class PaperChange(NamedTuple):
    """A paper that came or went; `counterpart_id` is the one whose place it took, or that took its place."""

    change: str
    reason: str
    document_id: str
    counterpart_id: str | None
    file_name: str
    kind: str | None
    fiscal_year: int | None
    department: str | None


class AmountChange(NamedTuple):
    """An amount that is another than before, in yuan."""

    reason: str
    document_id: str
    fiscal_year: int
    department: str
    form: str
    side: str | None
    organisation: str | None
    line: int
    measure: str
    fund: str | None
    name: str
    old_amount: Decimal
    new_amount: Decimal
    old_status: str
    new_status: str


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """All kinds with their numbers; the first papers and the largest changes of amounts, as many as were asked for."""

    counted: tuple[Counted, ...]
    papers: tuple[PaperChange, ...]
    amounts: tuple[AmountChange, ...]

    def total(self, subject: str) -> int:
        """How many changes are of this subject."""
        return sum(each.number for each in self.counted if each.subject == subject)


def release_summary(release: Path, limit: int) -> ChangeSummary:
    """The summary of a release's own table of changes, with at most `limit` papers and amounts."""
    with querying(release) as connection:
        view(connection, "changes", dataset().derived["changes"], [release / parquet_path("changes")])
        return summarise(connection, limit)


def summarise(connection: Connection, limit: int) -> ChangeSummary:
    """The summary of the view or table `changes` of a connection."""
    return ChangeSummary(
        tuple(Counted(*row) for row in _rows(connection, COUNTED)),
        tuple(PaperChange(*row) for row in _rows(connection, f"{PAPERS} LIMIT {limit}")),
        tuple(AmountChange(*row) for row in _rows(connection, f"{AMOUNTS} LIMIT {limit}")),
    )


COUNTED = """
SELECT subject, "change", reason, count(*)
FROM changes GROUP BY subject, "change", reason
ORDER BY array_position(['document', 'metadata', 'amount'], subject), reason, "change"
"""

PAPERS = """
SELECT "change", reason, document_id, counterpart_id, coalesce(new_text, old_text), kind, fiscal_year, department
FROM changes WHERE subject = 'document'
ORDER BY "change", reason, department NULLS LAST, fiscal_year NULLS LAST, change_no
"""

AMOUNTS = """
SELECT reason, document_id, fiscal_year, department, form, side, organisation, line, measure, fund, name, old_amount,
       new_amount, old_status, new_status
FROM changes WHERE subject = 'amount' AND "change" = 'changed' AND old_amount <> new_amount
ORDER BY abs(new_amount - old_amount) DESC, change_no
"""


def _rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()
