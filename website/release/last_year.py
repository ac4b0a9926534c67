"""Last year's amounts beside this year's: of the same department, kind of paper, form, row and column."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from publish.tables.querying import Connection

PAPERS = """
SELECT DISTINCT this.document_id, last.document_id
FROM departments this JOIN departments last
  ON last.division_code IS NOT DISTINCT FROM this.division_code AND last.department = this.department
 AND last.kind = this.kind AND last.fiscal_year = this.fiscal_year - 1
WHERE this.document_id <> last.document_id ORDER BY ALL
"""
AMOUNTS = """
SELECT this.amount_id, any_value(last.amount), any_value(last.document_id), any_value(last.amount_id)
FROM line_items this JOIN line_items last
  ON last.department = this.department AND last.kind = this.kind AND last.fiscal_year = this.fiscal_year - 1
 AND last.form = this.form AND last.side IS NOT DISTINCT FROM this.side
 AND last.organisation IS NOT DISTINCT FROM this.organisation
 AND last.code IS NOT DISTINCT FROM this.code AND last.name = this.name
 AND last.measure = this.measure AND last.fund IS NOT DISTINCT FROM this.fund
WHERE this.document_id = ? AND last.document_id IN ({ids})
GROUP BY this.amount_id HAVING count(*) = 1
"""
"""A row or a column that is printed twice in either year is compared with none."""


class Earlier(NamedTuple):
    """Last year's amount in yuan, its paper and its id."""

    amount: Decimal
    document_id: str
    amount_id: str


def papers_of_last_year(connection: Connection) -> Mapping[str, Sequence[str]]:
    """The papers of the year before, by the id of this year's; a release whose tables are open."""
    found: dict[str, list[str]] = {}
    for this, last in connection.execute(PAPERS).fetchall():
        found.setdefault(this, []).append(last)
    return found


def amounts_of_last_year(connection: Connection, document_id: str, papers: Sequence[str]) -> Mapping[str, Earlier]:
    """What the papers of the year before print in place of a paper's amounts, by the ids of these."""
    if not papers:
        return {}
    query = AMOUNTS.format(ids=", ".join("?" * len(papers)))
    rows = connection.execute(query, [document_id, *papers]).fetchall()
    return {amount_id: Earlier(*rest) for amount_id, *rest in rows}
