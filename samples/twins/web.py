"""A paper as a web page, as portals' editors leave it: tables with spans, indentation by `&nbsp;`."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from samples.layout import Layout
from samples.paper import Cover, Paper, PrintedTable, Prose
from samples.twins.habits import PLAIN, SIGNED, Habits, marked
from samples.twins.headings import heading_rows
from samples.twins.parting import parts_of
from samples.typesetting.cells import Align, Cell
from samples.typesetting.grid import grid_of

ALIGNS: dict[Align, str] = {"left": "left", "centre": "center", "right": "right"}


def web_page(paper: Paper, layout: Layout, charset: str = "utf-8", habits: Habits = PLAIN) -> str:
    """The text of a page that declares `charset`: its blocks within a table that lays the page out."""
    title = f"{paper.department}{paper.year}年度"
    blocks = "\n".join(part for block in paper.blocks for part in _block(block, layout, habits))
    before = '<table class="page"><tr><td><ul><li><a href="/">首页</a></li></ul></td></tr><tr><td>'
    after = "</td></tr></table>"
    if not habits.nested:
        before = after = ""
    return (
        f'<!DOCTYPE html>\n<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{escape(title)}</title><style>td {{ border: 1px solid }}</style>"
        "<script>var a = '<table>';</script></head>\n"
        f'<body>{before}<div id="zoom">\n{blocks}\n</div>{after}</body></html>\n'
    )


def write_web_page(
    paper: Paper, layout: Layout, path: Path, habits: Habits = PLAIN, *, encoding: str = "utf-8"
) -> None:
    """Write `paper` as a page; one in GB 18030 says gb2312, as most do."""
    charset = "gb2312" if encoding == "gb18030" else encoding
    path.write_bytes(web_page(paper, layout, charset, habits).encode(encoding, "xmlcharrefreplace"))


def _block(block: Cover | Prose | PrintedTable, layout: Layout, habits: Habits) -> Iterator[str]:
    match block:
        case Cover():
            yield from (f'<p align="center"><b>{escape(line)}</b></p>' for line in block.lines)
        case Prose():
            yield f'<p align="center">{escape(block.title)}</p>'
            yield from (f"<p>　　{escape(text.removeprefix('#').strip())}</p>" for text in block.paragraphs)
        case PrintedTable():
            yield from _table(block, layout, habits)


def _table(table: PrintedTable, layout: Layout, habits: Habits) -> Iterator[str]:
    grid = grid_of(table, layout)
    heading = heading_rows(table, layout)
    for texts in () if habits.titles_inside else heading:
        align = ALIGNS[texts[0][1]] if len(texts) == 1 else "left"
        yield f'<p align="{align}">{"&nbsp;&nbsp;&nbsp;&nbsp;".join(escape(text) for text, _ in texts)}</p>'
    yield '<table border="1" cellspacing="0">'
    for texts in heading if habits.titles_inside else ():
        text = "&nbsp;&nbsp;".join(escape(text) for text, _ in texts)
        yield f'<tr><td colspan="{len(grid.columns)}" align="{ALIGNS[texts[0][1]]}">{text}</td></tr>'
    for at, part in enumerate(parts_of(grid, habits)):
        if at:
            yield '</table><p>&nbsp;</p><table border="1" cellspacing="0">'
        for row in range(part.rows):
            cells = sorted((cell for cell in part.cells if cell.row == row), key=lambda cell: cell.col)
            yield "<tr>" + "".join(_cell(cell, habits) for cell in cells) + "</tr>"
    yield "</table>"
    if habits.signed:
        yield f"<p>{'&nbsp;&nbsp;&nbsp;'.join(SIGNED)}</p>"
    yield from (f"<p>{escape(note)}</p>" for note in table.notes)


def _cell(cell: Cell, habits: Habits) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    bare = cell.text.lstrip("　 ")
    blanks = 4 * (len(cell.text) - len(bare) + cell.shift)
    style = f' style="padding-left:{9 * blanks // 4}pt"' if blanks and habits.indents == "setting" else ""
    mark = "<sup>1</sup>" if bare and marked(habits, cell.row, cell.kind) else ""
    before = "" if style else "&nbsp;" * blanks
    return f'<td{spans}{style} align="{ALIGNS[cell.align]}">{before}{escape(bare) or "&nbsp;"}{mark}</td>'
