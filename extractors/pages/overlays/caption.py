"""The words above an overlay picture: what each table on the page was recognised as, and what the colours mean."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.pages.overlays.canvas import STRONG, Piece
from extractors.pages.overlays.marks import STATUS_COLOURS, PageMarks, TableMarks
from schemas.dataset import dataset
from schemas.records import Finding

MOST_FINDINGS = 8
LONGEST_DETAIL = 60


def caption(marks: PageMarks, pages: int) -> list[Sequence[Piece]]:
    """The lines of the caption for a page of a file of `pages`."""
    head = Piece(
        f"{marks.file_name}   第 {marks.number} 页，共 {pages} 页 / page {marks.number} of {pages}", style=STRONG
    )
    lines: list[Sequence[Piece]] = [[head]]
    for table in marks.tables:
        lines.append(_table(table))
        if table.amounts:
            lines.append(list(_measures(table)))
    if statuses := list(_statuses(marks)):
        lines.append(statuses)
    lines.extend([Piece(_told(finding))] for finding in marks.findings[:MOST_FINDINGS])
    if (more := len(marks.findings) - MOST_FINDINGS) > 0:
        lines.append([Piece(f"… 另有 {more} 处 / and {more} more findings")])
    return lines


def _table(marks: TableMarks) -> list[Piece]:
    table, declared = marks.table, marks.table.declared
    first, last = table.pages[0], table.pages[-1]
    pages = f"{first}" if first == last else f"{first}–{last}"
    size = f"{table.rows} 行 rows × {table.cols} 列 columns, p. {pages}"
    if declared.form is None:
        return [Piece(f"表{table.number}", style=STRONG), Piece("未认作报表 / no form"), Piece(size)]
    said = (declared.title, declared.department, declared.unit, declared.fiscal_year)
    return [
        Piece(f"表{table.number} {declared.form}", style=STRONG),
        Piece("  ".join(str(word) for word in said if word)),
        Piece(size),
    ]


def _measures(marks: TableMarks) -> Iterator[Piece]:
    described = dataset().vocabularies["measure"].values
    for measure, colour in marks.measures.items():
        yield Piece(f"{described[measure].zh} {measure}", colour)


def _statuses(marks: PageMarks) -> Iterator[Piece]:
    counted = Counter(amount.status for table in marks.tables for amount in table.amounts)
    for status, colour in STATUS_COLOURS.items():
        if counted[status]:
            yield Piece(f"{status} {counted[status]}", colour, solid=True)


def _told(finding: Finding) -> str:
    detail = finding.detail if len(finding.detail) <= LONGEST_DETAIL else finding.detail[:LONGEST_DETAIL] + "…"
    table = f"表{finding.table_no} " if finding.table_no else ""
    return f"! {table}{finding.code}: {detail}"
