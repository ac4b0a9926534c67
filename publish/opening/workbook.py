"""`departments.xlsx` of a release: departments and the wide tables with Chinese headings, in a spreadsheet.

Money is a number with two places there: a spreadsheet's numbers hold 15 digits, which is every amount below 10 万亿元
to the 分. A table that is too long for a spreadsheet to be of use is left to its CSV, and the first sheet says so.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from publish.description.citation import about, released_on
from publish.opening.headings import WIDE, column_headings
from publish.tables.querying import parquet_files
from schemas.dataset import Table, dataset

WORKBOOK = "departments.xlsx"
MOST_ROWS = 50_000
"""Of a sheet: what is longer takes minutes to open."""
LONGEST_NAME = 31
"""Letters of a sheet's name, by the format."""
WIDE_COLUMN, NARROW_COLUMN = 28, 15
NUMBER = "#,##0.00;[Red]-#,##0.00"


def write_workbook(building: Path, previous: Path | None = None) -> None:
    """Write the workbook of the release in `building`, whose tables are there; `previous` has no say."""
    file = building / WORKBOOK
    file.unlink(missing_ok=True)
    with xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_formulas": False}) as book:
        day = released_on(building.name)
        book.set_properties({"title": about().title.zh, "created": datetime(day.year, day.month, day.day)})
        head, money = book.add_format({"bold": True, "text_wrap": True, "bottom": 1}), book.add_format()
        money.set_num_format(NUMBER)
        tables = [(table, _rows(building, table)) for table in _tables()]
        _write_contents(book.add_worksheet("说明"), building.name, tables)
        for table, count in tables:
            if 0 < count <= MOST_ROWS:
                _write_table(book.add_worksheet(_sheet(table)), building, table, head, money)


def _tables() -> Iterator[Table]:
    """The tables of the workbook, departments first."""
    yield dataset().derived["departments"]
    yield from (table for name, table in dataset().derived.items() if name.startswith(WIDE))


def _rows(building: Path, table: Table) -> int:
    return sum(int(pq.read_metadata(file).num_rows) for file in parquet_files(building, table.name))


def _sheet(table: Table) -> str:
    if not table.name.startswith(WIDE):
        return "部门"
    zh = dataset().vocabularies["form"].values[table.name.removeprefix(WIDE)].zh
    return zh.translate({ord(letter): "_" for letter in "[]:*?/\\"})[:LONGEST_NAME]


def _write_contents(sheet: Worksheet, version: str, tables: Sequence[tuple[Table, int]]) -> None:
    lines: list[tuple[Any, ...]] = [
        (about().title.zh, f"版本 release {version}"),
        ("金额单位为元；空白是文件没有印出，不是 0。", "Yuan; blank is what a paper does not print, never 0."),
        (
            "“已证占比”不是 1 的行，请先看 line_items 的状态。",
            "Where 已证占比 is not 1, look at the status in line_items.",
        ),
        (),
        ("工作表 sheet", "表 table", "行 rows"),
        *((_sheet(table), table.name, count) for table, count in tables if 0 < count <= MOST_ROWS),
        *((f"太长，见 csv/{table.name}", table.name, count) for table, count in tables if count > MOST_ROWS),
    ]
    sheet.set_column(0, 1, 60)
    for row, line in enumerate(lines):
        for col, value in enumerate(line):
            sheet.write(row, col, value)


def _write_table(sheet: Worksheet, building: Path, table: Table, head: Format, money: Format) -> None:
    for col, column in enumerate(table.columns):
        words = column.type == "string" and not column.closed
        sheet.set_column(col, col, WIDE_COLUMN if words else NARROW_COLUMN)
    sheet.freeze_panes(1, 0)
    for col, heading in enumerate(column_headings(table)):
        sheet.write_string(0, col, heading, head)
    row = 0
    for values in _values(building, table):
        row += 1
        for col, value in enumerate(values):
            _write(sheet, row, col, value, money)
    sheet.autofilter(0, 0, row, len(table.columns) - 1)


def _values(building: Path, table: Table) -> Iterator[list[Any]]:
    for file in parquet_files(building, table.name):
        with pq.ParquetFile(file) as parquet:
            for batch in parquet.iter_batches():
                yield from ([row.get(name) for name in table.column_names] for row in batch.to_pylist())


def _write(sheet: Worksheet, row: int, col: int, value: Any, money: Format) -> None:
    if value is None:
        return
    if isinstance(value, Decimal):
        sheet.write_number(row, col, float(value), money)
    elif isinstance(value, bool):
        sheet.write_boolean(row, col, value)
    elif isinstance(value, int):
        sheet.write_number(row, col, value)
    else:
        sheet.write_string(row, col, str(value))
