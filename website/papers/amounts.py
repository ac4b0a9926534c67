"""The amounts of a paper as its page shows them, those of forms and of other tables alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks import Place, place_of
from schemas.records import Box, LineItem, Status
from website.release.rows import PaperRows, Row

CellKey = tuple[int, int, int]
"""Table, row and column."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its cell. `id` is its `amount_id`, or names its cell where it is of no form.

    `label` is its row and `column` what its column measures, both as they are printed where it is of no form. `first`
    is what the first reader read where another reading was taken. `place` is where checks know it.
    """

    id: str
    cell: CellKey
    page: int
    box: Box
    label: str
    measure: str | None
    fund: str | None
    column: str | None
    amount: Decimal
    unit: str | None
    printed: str
    status: Status
    reason: str | None
    reader: str | None
    confidence: float
    first: str | None = None
    place: Place | None = None


def amounts_of(paper: PaperRows) -> list[Amount]:
    """The amounts in the order in which their tables print them."""
    texts = {(cell["table_no"], cell["row"], cell["col"]): cell["text"] for cell in paper.cells}
    items = [_of_item(item, texts) for item in paper.reading.line_items]
    known = {amount.cell for amount in items}
    others = (_of_row(row) for row in paper.table_amounts)
    return sorted([*items, *(each for each in others if each.cell not in known)], key=lambda amount: amount.cell)


def by_place(amounts: Sequence[Amount]) -> Mapping[Place, Amount]:
    """The amounts of forms by where checks know them."""
    return {amount.place: amount for amount in amounts if amount.place}


def labelled(item: LineItem) -> str:
    """A row's code, organisation and name."""
    parts = (item.code, item.organisation if item.organisation != item.name else None, item.name)
    return " ".join(part for part in parts if part)


def _of_item(item: LineItem, texts: Mapping[CellKey, str]) -> Amount:
    cell = (item.table_no or 0, item.row or 0, item.col or 0)
    first = texts.get(cell)
    return Amount(
        id=item.amount_id,
        cell=cell,
        page=item.page,
        box=Box(item.x0, item.y0, item.x1, item.y1),
        label=labelled(item),
        measure=item.measure,
        fund=item.fund,
        column=None,
        amount=item.amount,
        unit=item.unit,
        printed=item.printed,
        status=item.status,
        reason=item.status_reason,
        reader=item.reader,
        confidence=item.confidence,
        first=first if item.status == "repaired" and first != item.printed else None,
        place=place_of(item),
    )


def _of_row(row: Row) -> Amount:
    return Amount(
        id=f"t{row['table_no']}r{row['row']}c{row['col']}",
        cell=(row["table_no"], row["row"], row["col"]),
        page=row["page"],
        box=Box(row["x0"], row["y0"], row["x1"], row["y1"]),
        label=row["row_path"],
        measure=None,
        fund=None,
        column=row["column_path"],
        amount=row["amount"],
        unit=row["unit"],
        printed=row["printed"],
        status=row["status"],
        reason=row["status_reason"],
        reader=None,
        confidence=1.0,
    )
