"""How a reading is printed: its forms as they were recognised, other tables, findings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from cli.console import grid, names, numbers, print_whole
from schemas.dataset import dataset
from schemas.records import Finding, LineItem, Reading, Status, Table

MARKS: Mapping[Status, tuple[str, str]] = {
    "repaired": ("~", "yellow"),
    "contradicted": ("✗", "red"),
    "source_inconsistent": ("≠", "magenta"),
}
"""How an amount that is neither proven nor merely unproven is marked, in colour and without."""


def forms_in(reading: Reading) -> list[str]:
    """The forms that were recognised, each once, in printed order."""
    return list(dict.fromkeys(table.declared.form for table in reading.tables if table.declared.form))


def print_reading(reading: Reading, form: str | None, out: Console) -> None:
    """Print the forms (only `form`, where one is asked for); then, for a whole document, all else that was found."""
    for table in reading.tables:
        if table.declared.form and form in (None, table.declared.form):
            _print_form(table, [item for item in reading.line_items if item.table_no == table.number], out)
    if form is None:
        for line in (*_other_tables(reading.tables), *_findings(reading.findings)):
            out.print(line, soft_wrap=True)
    for line in _legend(item for item in reading.line_items if form in (None, item.form)):
        out.print(line, soft_wrap=True)


def _print_form(table: Table, items: Sequence[LineItem], out: Console) -> None:
    declared = table.declared
    described = (
        declared.department,
        declared.fiscal_year,
        declared.unit and f"单位 unit：{declared.unit}",
        _pages(table),
    )
    out.print(Text(f"{declared.title or ''}  {declared.form}".strip(), style="bold"), soft_wrap=True)
    out.print(Text("  ".join(str(part) for part in described if part), style="dim"), soft_wrap=True)
    if not items:
        out.print(Text("没有印出金额 / no amounts are printed"))
    for side in (None, *dataset().terms("side")):
        if half := [item for item in items if item.side == side]:
            print_whole(_grid_of(half, side), out)
    out.print()


def _grid_of(items: Sequence[LineItem], side: str | None) -> Grid:
    """A row for each line and organisation, a column for each measure and budget in printed order."""
    columns = list(dict.fromkeys(_column(item) for item in sorted(items, key=lambda item: item.x0)))
    with_code, with_organisation = any(item.code for item in items), any(item.organisation for item in items)
    table = grid(
        numbers("行 line"),
        *([names("单位 organisation")] if with_organisation else []),
        *(["编码 code"] if with_code else []),
        names("名称 name"),
        *(numbers(_heading(*column)) for column in columns),
        title=f"{_zh('side', side)} {side}" if side else None,
    )
    for (line, organisation), row in groupby(sorted(items, key=_printed_row), key=_printed_row):
        amounts = {_column(item): item for item in row}
        first = next(iter(amounts.values()))
        leading = [Text(organisation)] if with_organisation else []
        leading += [Text(first.code or "")] if with_code else []
        table.add_row(str(line), *leading, Text(first.name), *(_amount(amounts.get(column)) for column in columns))
    return table


def _printed_row(item: LineItem) -> tuple[int, str]:
    return item.line, item.organisation or ""


def _column(item: LineItem) -> tuple[str, str | None]:
    return item.measure, item.fund


def _heading(measure: str, fund: str | None) -> str:
    """The measure in Chinese, then as the dataset has it; under the budget where several split it."""
    words = [f"{_zh('measure', measure)}\n{measure}"]
    return "\n".join([f"{_zh('fund', fund)} {fund}", *words] if fund else words)


def _amount(item: LineItem | None) -> Text:
    if item is None:
        return Text()
    mark, colour = MARKS.get(item.status, ("", "green" if item.status == "proven" else ""))
    return Text(item.printed + mark, style=colour)


def _zh(vocabulary: str, value: str) -> str:
    return dataset().vocabularies[vocabulary].values[value].zh


def _pages(table: Table) -> str:
    first, last = table.pages[0], table.pages[-1]
    return f"第 {first} 页 p. {first}" if first == last else f"第 {first}–{last} 页 pp. {first}–{last}"


def _other_tables(tables: Iterable[Table]) -> Iterator[Text]:
    for table in tables:
        if table.declared.form is None:
            above = table.heading[-1].text if table.heading else ""
            size = f"{table.rows}×{table.cols}"
            yield Text(f"表{table.number} {_pages(table)} {size} 未认作报表 / no form: {above}", style="dim")


def _findings(findings: Iterable[Finding]) -> Iterator[Text]:
    for finding in findings:
        place = " ".join(
            f"{word}{number}"
            for word, number in (
                ("p. ", finding.page), ("表", finding.table_no), ("行", finding.row), ("列", finding.col)
            )
            if number is not None
        )  # fmt: skip
        yield Text(f"! {finding.code} {place}: {finding.detail}", style="yellow")


def _legend(items: Iterable[LineItem]) -> Iterator[Text]:
    counted = Counter(item.status for item in items)
    for status, (mark, colour) in MARKS.items():
        if counted[status]:
            yield Text(f"{mark} {status} {_zh('amount_status', status)} ({counted[status]})", style=colour)
