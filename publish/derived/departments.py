"""The table `departments`: what each department took in and spent in a year, with what that rests on.

Which printed amount gives which column is data (`departments.yaml`). Several papers of one department, kind and year
compete by the rule that the column `document_id` states; `CHOSEN` is that rule.
"""

from hashlib import sha256
from itertools import chain
from pathlib import Path

import pyarrow as pa

from publish.derived.departments_kept import LINE_ITEMS, keep_rows
from publish.derived.departments_sources import ExclusionRow, SourceRow, column_sources, exclusion_rows, source_rows
from publish.derived.partitions import partitions_of
from publish.derived.successions import PAPERS, SUCCESSIONS, find_successions
from publish.derived.table_files import can_keep, write_derived_table
from publish.tables.querying import Connection, batches, querying, share, view, view_table
from schemas.dataset import dataset

DEPARTMENTS = "departments"
OF_THE_PAPER = "division_code, department, kind, fiscal_year, portal, document_id, other_document_ids"

OWN_ROWS = """
CREATE OR REPLACE TEMP VIEW own_rows AS
WITH whole_forms AS (
    SELECT document_id, department, form FROM line_items
    GROUP BY document_id, department, form HAVING count(*) = count(organisation) AND count(DISTINCT organisation) = 1
)
SELECT document_id, department, kind, fiscal_year, form, coalesce(side, '') AS side, line, measure, fund, amount,
       status, CASE WHEN code IS NULL AND name = organisation THEN '合计' ELSE coalesce(code, name) END AS label
FROM line_items
WHERE organisation IS NULL OR (document_id, department, form) IN (FROM whole_forms)
"""
"""The department's own rows: those of no organisation, and those of a form that knows of just one."""

LABELLED = """
CREATE OR REPLACE TEMP VIEW labelled AS
SELECT * EXCLUDE (line, fund) FROM own_rows WHERE fund IS NULL
UNION ALL BY NAME
SELECT * EXCLUDE (line, fund, amount, status), sum(amount)::DECIMAL(20,2) AS amount, 'proven' AS status
FROM own_rows WHERE fund IS NOT NULL
GROUP BY document_id, department, kind, fiscal_year, form, side, line, label, measure
HAVING bool_and(status = 'proven')
"""
"""An amount that is printed budget by budget is their sum, where each is proven: one that is missing would be lost."""

RULED_OUT = """
CREATE OR REPLACE TEMP TABLE ruled_out AS
SELECT DISTINCT document_id, department, kind, fiscal_year, "column", rank
FROM labelled JOIN exclusions USING (form, side, label)
"""

MATCHED = """
CREATE OR REPLACE TEMP TABLE matched AS
SELECT document_id, department, kind, fiscal_year, "column", rank, min(amount) AS amount,
       bool_and(status = 'proven') AS proven, bool_or(status = 'contradicted') AS doubtful
FROM labelled
JOIN sources USING (form, side, label, measure)
WHERE only_kind IS NULL OR only_kind = kind
GROUP BY document_id, department, kind, fiscal_year, "column", rank
HAVING count(DISTINCT amount) = 1
"""

TAKEN = """
CREATE OR REPLACE TEMP TABLE taken AS
SELECT document_id, department, kind, fiscal_year, "column",
       arg_min(amount, rank) AS amount, arg_min(proven, rank) AS proven, arg_min(doubtful, rank) AS doubtful
FROM matched
ANTI JOIN ruled_out USING (document_id, department, kind, fiscal_year, "column", rank)
GROUP BY document_id, department, kind, fiscal_year, "column"
"""

CHOSEN = """
CREATE OR REPLACE TEMP TABLE chosen AS
WITH accounts AS (SELECT DISTINCT document_id, department, kind, fiscal_year FROM line_items),
own_papers AS (SELECT * EXCLUDE (department, kind, fiscal_year) FROM papers WHERE role IS DISTINCT FROM 'annex'),
total AS (SELECT * FROM taken WHERE "column" = 'revenue_total'),
ranked AS (
    SELECT accounts.*, own_papers.division_code, own_papers.portal, row_number() OVER competing AS preference,
           string_agg(document_id, ' ') OVER (competing ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
               AS other_document_ids
    FROM accounts
    JOIN own_papers USING (document_id)
    LEFT JOIN (SELECT document_id, replaced_by FROM successions) AS successions USING (document_id)
    LEFT JOIN total USING (document_id, department, kind, fiscal_year)
    WINDOW competing AS (
        PARTITION BY division_code, department, kind, fiscal_year
        ORDER BY replaced_by IS NOT NULL, coalesce(doubtful, true), amount DESC NULLS LAST,
                 published_on DESC NULLS LAST, fetched_at DESC NULLS LAST, document_id
    )
)
SELECT * EXCLUDE (preference) FROM ranked WHERE preference = 1
"""
"""An annex (an approval, a decision, a report on performance) repeats a paper's figures or some of them."""

COMPARED = """
WITH budgets AS (
    SELECT division_code, department, 'final_accounts' AS compared_kind, fiscal_year, spending
    FROM accounts_of_year WHERE kind = 'budget'
)
SELECT this.*,
       budget.spending AS budget_spending,
       this.spending - budget.spending AS spending_less_budget,
       this.revenue - before.revenue AS revenue_change,
       this.spending - before.spending AS spending_change,
       this.three_public - before.three_public AS three_public_change
FROM accounts_of_year AS this
LEFT JOIN accounts_of_year AS before
       ON before.division_code IS NOT DISTINCT FROM this.division_code AND before.department = this.department
      AND before.kind = this.kind AND before.fiscal_year = this.fiscal_year - 1
LEFT JOIN budgets AS budget
       ON budget.division_code IS NOT DISTINCT FROM this.division_code AND budget.department = this.department
      AND budget.compared_kind = this.kind AND budget.fiscal_year = this.fiscal_year
ORDER BY this.division_code NULLS FIRST, this.department, this.kind, this.fiscal_year
"""
"""Every condition of a join is an equation of both sides: DuckDB would compare each row with each other row else."""


def write_departments(building: Path, previous: Path | None = None) -> None:
    """Write the table of the release in `building`, with the rows of `previous` for years in which nothing changed.

    Raises `ReleaseDamagedError` where there are no documents or line items.
    """
    table, made_by = dataset().derived[DEPARTMENTS], _made_by()
    with querying(building) as connection:
        kept = keep_rows(connection, building, previous) if previous and can_keep(previous, table, made_by) else ()
        others = [own for year, own in partitions_of(building, LINE_ITEMS).items() if year not in kept]
        view(connection, LINE_ITEMS, dataset().tables[LINE_ITEMS], list(chain.from_iterable(others)))
        view_table(connection, building, "documents")
        connection.execute(PAPERS)
        _take_amounts(connection)
        find_successions(connection)
        connection.execute(CHOSEN)
        rows = f"{_one_row_each()} UNION ALL BY NAME {_kept_rows()}" if kept else _one_row_each()
        connection.execute(f"CREATE OR REPLACE TEMP TABLE accounts_of_year AS {rows}")
        write_derived_table(building, table, batches(connection, COMPARED, table), made_by=made_by)


def _made_by() -> str:
    """Tells apart the ways in which a year's rows are made: the queries, the sources of the columns, the columns."""
    steps = (SUCCESSIONS, OWN_ROWS, LABELLED, RULED_OUT, MATCHED, TAKEN, CHOSEN, _one_row_each())
    sources = (list(source_rows()), list(exclusion_rows()))
    definition = dataset().derived[DEPARTMENTS].model_dump_json()
    return sha256(repr((steps, sources, definition)).encode()).hexdigest()[:16]


def _take_amounts(connection: Connection) -> None:
    """Make the table `taken`: the amount of each column that a paper's set of forms gives."""
    connection.register("sources", _arrow(list(source_rows()), SourceRow))
    connection.register("exclusions", _arrow(list(exclusion_rows()), ExclusionRow))
    for step in (OWN_ROWS, LABELLED, RULED_OUT, MATCHED, TAKEN):
        connection.execute(step)


def _one_row_each() -> str:
    """The query of the chosen papers with a column for each amount."""
    amounts = ", ".join(f"""max(amount) FILTER ("column" = '{name}') AS "{name}" """ for name in column_sources())
    return f"""
        SELECT {OF_THE_PAPER}, {amounts},
               count("column") AS amounts, {share("count(*) FILTER (proven)", 'count("column")')} AS share_proven
        FROM chosen LEFT JOIN taken USING (document_id, department, kind, fiscal_year)
        GROUP BY {OF_THE_PAPER}
    """


def _kept_rows() -> str:
    """The query of the same columns of the rows that are kept."""
    amounts = ", ".join(f'"{name}"' for name in column_sources())
    return f"SELECT {OF_THE_PAPER}, {amounts}, amounts, share_proven FROM kept"


def _arrow(rows: list[SourceRow] | list[ExclusionRow], record: type[SourceRow | ExclusionRow]) -> pa.Table:
    schema = pa.schema(
        [(name, pa.int32() if name == "rank" else pa.string()) for name in record._fields],
    )
    return pa.Table.from_pylist([row._asdict() for row in rows], schema=schema)
