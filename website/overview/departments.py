"""Departments over the years: a page for each, and the list of all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from publish.tables.querying import Connection
from schemas.dataset import dataset
from website.addresses import department_name, paper_page
from website.overview.charts import Bars, years_chart
from website.overview.places import Place, place_of
from website.rendering import rendered

KINDS = ("budget", "final_accounts")
MONEY = (
    "revenue", "revenue_total", "spending", "spending_total", "appropriation", "basic", "project", "personnel",
    "public_use", "operating_expenses", "three_public", "abroad", "vehicles", "vehicle_purchase", "vehicle_running",
    "receptions",
)  # fmt: skip
"""The columns that a page lists year by year, in this order; the 类 of the classification follow."""
CLASS = "spending_2"
"""What the columns of the 类 begin with."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Department:
    """A department of a place, with its rows of the table `departments`, newest year first, budgets before finals."""

    place: Place
    code: str | None
    name: str
    rows: Sequence[Row]

    @property
    def page(self) -> str:
        """The name of its page."""
        return department_name(self.code, self.name)

    @cached_property
    def newest(self) -> Row:
        """Its newest row."""
        return self.rows[0]

    @property
    def years(self) -> str:
        """The years that it has papers of."""
        years = sorted({row["fiscal_year"] for row in self.rows})
        return f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"


def departments(connection: Connection) -> Iterator[Department]:
    """The departments by division and name, one in memory at a time."""
    query = """SELECT * FROM departments
               ORDER BY division_code NULLS LAST, department, fiscal_year DESC, kind"""
    rows: list[Row] = []
    for batch in connection.execute(query).to_arrow_reader(4_096):
        for row in batch.to_pylist():
            if rows and (rows[0]["division_code"], rows[0]["department"]) != (row["division_code"], row["department"]):
                yield _department(rows)
                rows = []
            rows.append(row)
    if rows:
        yield _department(rows)


def _department(rows: Sequence[Row]) -> Department:
    first = rows[0]
    return Department(place_of(first["division_code"]), first["division_code"], first["department"], rows)


def department_pages(each: Department, release: str) -> tuple[Path, str]:
    """The page of a department: charts over the years, and every figure with the paper it is of."""
    columns = {column.name: column for column in dataset().derived["departments"].columns}
    classes = [name for name in columns if name.startswith(CLASS)]
    listed = [name for name in (*MONEY, *classes) if any(row[name] is not None for row in each.rows)]
    with_classes = [row for row in each.rows if any(row[name] for name in classes)]
    latest = max(with_classes, key=lambda row: (row["fiscal_year"], row["kind"] == "final_accounts"), default=None)
    html = rendered(
        "department.html.j2",
        depth=1,
        release=release,
        department=each,
        columns=[columns[name] for name in listed],
        paper_page=paper_page,
        charts=[
            (columns[name], chart)
            for name in ("spending", "three_public")
            if (chart := years_chart([(row["fiscal_year"], row["kind"], row[name]) for row in each.rows]))
        ],
        latest=latest,
        classes=_shares(latest, classes, columns) if latest else (),
    )
    return Path("departments") / f"{each.page}.html", html


def _shares(row: Row, classes: Sequence[str], columns: Mapping[str, Any]) -> list[Bars]:
    """The 类 of a year's spending, largest first, each as a share of the largest."""
    spent = sorted(((row[name], name) for name in classes if row[name]), reverse=True)
    largest = spent[0][0]
    return [Bars(columns[name], yuan, max(float(yuan / largest), 0.0)) for yuan, name in spent]


def by_place(known: Iterable[Department]) -> dict[str | None, list[Department]]:
    """The departments of each place by name."""
    found: dict[str | None, list[Department]] = defaultdict(list)
    for each in known:
        found[each.code].append(each)
    return found
