"""The reviewer's sheet filled in: a workbook with a page for each paper, each fault with a cut of its page."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from publish.tables.durable import partial_beside
from reading.questions.checking import CheckedPaper
from reading.questions.faults import Fault
from reading.review.verdicts import NO, TO_CHECK, UNTOLD, YES, ItemVerdict, item_verdicts, untold_words
from schemas.dataset import dataset
from schemas.duties import duties

if TYPE_CHECKING:
    from extractors.pages.overlays.cutting import Cut

COLUMNS = (
    ("序号", 6),
    ("检查项目", 12),
    ("是否符合要求", 10),
    ("存在的问题", 46),
    ("页码", 7),
    ("应为或依据", 30),
    ("截图", 74),
)
"""Headings, and their widths in characters."""
UNCHECKED_COLUMNS = (("文件", 34), ("事项或检查", 52), ("名称", 60), ("缘由", 64))
PICTURE_COLUMN = 7
PICTURE_PIXELS = 510
"""As wide as its column."""
TALLEST_PIXELS = 360
EMU = 9_525
"""English metric units of a pixel, at 96 to the inch."""
GAP_PIXELS = 5.0
POINTS_A_PIXEL = 0.75
LINE_POINTS = 16.0
CHARACTERS_A_LINE = {4: 22, 6: 14}
"""How many Chinese characters of a wrapped text fit on a line of these columns."""
TALLEST_ROW = 409.0
"""Points; Excel has no taller rows."""
FILLS = {YES: "E2F0D9", NO: "F8D7DA", TO_CHECK: "FFF2CC", UNTOLD: "EDEDED"}
THIN = Side(style="thin", color="808080")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FONT = "宋体"
NAME_LENGTH = 28

Cuts = Mapping[str, Sequence["Cut"]]
"""The pictures of each fault, by its id."""


def write_sheet(papers: Sequence[CheckedPaper], cuts: Cuts, file: Path) -> None:
    """Write the workbook whole, in place of an earlier one: for each paper its sheet, and what was not checked."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, paper in enumerate(papers, start=1):
        name = f"{number} {_name(paper)}"[:NAME_LENGTH]
        _fill(book.create_sheet(name), paper, cuts)
    _fill_unchecked(book.create_sheet("未检查事项"), papers)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_beside(file)
    book.save(partial)
    partial.replace(file)


def _name(paper: CheckedPaper) -> str:
    """The department, or the file, without what a worksheet's name may not have."""
    told = paper.document.department or Path(paper.document.file_name).stem
    return "".join(character for character in told if character not in r"[]:*?/\'")


def _fill(sheet: Worksheet, paper: CheckedPaper, cuts: Cuts) -> None:
    _set_up(sheet)
    for column, (_, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _heading(sheet, paper)
    row = 5
    for number, verdict in enumerate(item_verdicts(paper), start=1):
        row = _item(sheet, row, number, verdict, cuts)
    _closing(sheet, row + 1)


def _set_up(sheet: Worksheet) -> None:
    """A4 across, as wide as the page, the heading on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter = footer
    sheet.print_title_rows = "4:4"


def _heading(sheet: Worksheet, paper: CheckedPaper) -> None:
    document = paper.document
    last = len(COLUMNS)
    kind = dataset().vocabularies["kind"].values[document.kind].zh if document.kind else "种类不明"
    _text(sheet, 1, 1, duties().sheet.title.zh, size=16, bold=True, across=last, framed=False)
    sheet.row_dimensions[1].height = 30
    told = (
        f"单位：{document.department or '（未写明）'}    年度：{document.fiscal_year or '（未写明）'}    种类：{kind}"
    )
    _text(sheet, 2, 1, f"{told}    页数：{document.page_count or '—'}", across=last, left=True, framed=False)
    identity = f"文件：{document.file_name}    SHA-256：{document.document_id}"
    _text(sheet, 3, 1, identity, across=last, left=True, framed=False, size=9)
    for column, (title, _) in enumerate(COLUMNS, start=1):
        _text(sheet, 4, column, title, bold=True, fill="D9E2F3")
    sheet.row_dimensions[4].height = 24


def _item(sheet: Worksheet, row: int, number: int, verdict: ItemVerdict, cuts: Cuts) -> int:
    """Write an item over as many rows as it has faults; the row after it."""
    lines: list[Fault | None] = [*verdict.faults] or [None]
    first = row
    for fault in lines:
        _fault(sheet, row, fault, cuts.get(fault.id, ()) if fault else ())
        row += 1
    if verdict.untold:
        told = "未查：" + "；".join(verdict.untold)
        if verdict.faults:
            _fault(sheet, row, None, ())
            row += 1
        _text(sheet, row - 1, 4, told, left=True, size=9)
        _stretch(sheet, row - 1, {4: told})
    for column, text in ((1, str(number)), (2, verdict.item), (3, verdict.meets)):
        _text(sheet, first, column, text, bold=column != 1, fill=FILLS[verdict.meets] if column == 3 else None)
        if row - first > 1:
            sheet.merge_cells(start_row=first, end_row=row - 1, start_column=column, end_column=column)
            sheet.cell(first, column).alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
    return row


def _fault(sheet: Worksheet, row: int, fault: Fault | None, cuts: Sequence["Cut"]) -> None:
    problem = _problem(fault) if fault else ""
    page = f"{fault.page}" if fault and fault.page else ""
    right = (fault.right or "") if fault else ""
    for column, text in enumerate(("", "", "", problem, page, right, ""), start=1):
        _text(sheet, row, column, text, left=column in CHARACTERS_A_LINE)
    height = _stretch(sheet, row, {4: problem, 6: right})
    top = GAP_PIXELS
    for cut in cuts:
        picture = _picture(cut, TALLEST_PIXELS / len(cuts) - GAP_PIXELS)
        _placed(sheet, picture, row, top)
        top += picture.height + GAP_PIXELS
    needed = top * POINTS_A_PIXEL if cuts else 0
    sheet.row_dimensions[row].height = min(max(height, needed), TALLEST_ROW)


def _problem(fault: Fault) -> str:
    printed = f"\n“{fault.found}”" if fault.found else ""
    return f"{'（待核）' if fault.kind == 'remark' else ''}{fault.title_zh}{printed}"


def _stretch(sheet: Worksheet, row: int, texts: Mapping[int, str]) -> float:
    """Make a row as high as its longest wrapped text; points."""
    lines = (
        sum(1 + len(line) // CHARACTERS_A_LINE[column] for line in text.split("\n")) for column, text in texts.items()
    )
    height = max(LINE_POINTS * max(lines) + 6, 24.0)
    sheet.row_dimensions[row].height = min(max(height, sheet.row_dimensions[row].height or 0), TALLEST_ROW)
    return height


def _picture(cut: "Cut", tallest: float) -> Image:
    """A cut as wide as its column, or as tall as there is room for."""
    picture = Image(str(cut.file))
    by = min(PICTURE_PIXELS / cut.width, tallest / cut.height)
    picture.width, picture.height = round(cut.width * by), round(cut.height * by)
    return picture


def _placed(sheet: Worksheet, picture: Image, row: int, top: float) -> None:
    """Put a picture into its column, `top` pixels below the upper edge of a row."""
    start = AnchorMarker(col=PICTURE_COLUMN - 1, colOff=4 * EMU, row=row - 1, rowOff=round(top) * EMU)
    size = XDRPositiveSize2D(picture.width * EMU, picture.height * EMU)
    picture.anchor = OneCellAnchor(_from=start, ext=size)
    sheet.add_image(picture)


def _closing(sheet: Worksheet, row: int) -> None:
    notes = (
        "说明：“是”指该项应公开的内容均已找到；“否”指有所列问题；“待核”指文字与报表有出入，请人工核对；“无法判断”不作为符合。",
        "检查人：                    复核人：                    日期：",
    )
    for note in notes:
        _text(sheet, row, 1, note, across=len(COLUMNS), left=True, framed=False, size=9)
        row += 1


def _fill_unchecked(sheet: Worksheet, papers: Sequence[CheckedPaper]) -> None:
    """What was not checked in each paper, and why."""
    _set_up(sheet)
    for column, (title, width) in enumerate(UNCHECKED_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        _text(sheet, 4, column, title, bold=True, fill="D9E2F3")
    _text(sheet, 1, 1, "未检查事项及缘由", size=16, bold=True, across=len(UNCHECKED_COLUMNS), framed=False)
    for row, cells in enumerate(_unchecked_rows(papers), start=5):
        for column, text in enumerate(cells, start=1):
            _text(sheet, row, column, text, left=True, size=9)


def _unchecked_rows(papers: Sequence[CheckedPaper]) -> Iterator[tuple[str, str, str, str]]:
    for paper in papers:
        name = paper.document.file_name
        for item in paper.disclosure:
            if item.verdict in ("cannot_be_told", "not_looked"):
                title, _, reason = untold_words(item).partition("：")
                yield name, title, item.duty, reason
        for each in paper.unchecked:
            yield name, each.title_zh, each.check_id, each.reason


def _text(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    size: int = 10,
    bold: bool = False,
    fill: str | None = None,
    across: int = 1,
    left: bool = False,
    framed: bool = True,
) -> None:
    cell = sheet.cell(row, column)
    cell.value = text or None
    cell.data_type = "s"  # a text that begins with = is printed so, and is no formula
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.alignment = Alignment(horizontal="left" if left else "center", vertical="center", wrap_text=True)
    if framed:
        cell.border = FRAME
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if across > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + across - 1)
