"""A printed table as HTML: small, for a paper has thousands of cells and its page must stay light.

Closing tags that HTML does not ask for are left out. An amount is a link whose id is its permalink; the script of the
page gives it its address.
"""

from collections.abc import Iterator

from markupsafe import Markup, escape

from website.papers.printed import PrintedCell, PrintedTable
from website.rendering import STATUS_CLASSES

LONG = 5
"""Letters: a longer text has a column of some width, so that it does not stand letter under letter."""


def table_html(table: PrintedTable) -> Markup:
    """The table's head and body, without `<table>` itself."""
    return Markup("".join(_parts(table)))


def _parts(table: PrintedTable) -> Iterator[str]:
    if table.head:
        yield "<thead>"
        for row in table.rows[: table.head]:
            yield "<tr>" + "".join(_cell(cell, "th") for cell in row)
    yield "<tbody>"
    for row in table.rows[table.head :]:
        yield "<tr>" + "".join(_cell(cell, "td") for cell in row)


def _cell(cell: PrintedCell, tag: str) -> str:
    spans = f" rowspan={cell.row_span}" if cell.row_span > 1 else ""
    spans += f" colspan={cell.col_span}" if cell.col_span > 1 else ""
    if not cell.text and cell.amount is None:
        return f"<td{spans}>"  # a head without words heads nothing
    if cell.amount is None:
        wide = " class=w" if len(cell.text) > LONG else ""
        return f"<{tag}{spans}{wide}>{escape(cell.text)}"
    amount = cell.amount
    return f"<{tag}{spans} class={STATUS_CLASSES[amount.status]}><a id={escape(amount.id)}>{escape(amount.printed)}</a>"
