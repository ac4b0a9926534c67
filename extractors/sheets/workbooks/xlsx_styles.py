"""How an OOXML workbook's cells are set: number formats, alignment, size of type, borders (ECMA-376 part 1, 18.8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from extractors.packages import Package, child, children
from extractors.sheets.grid_cells import SIZE, Align
from extractors.sheets.workbooks.sheet import points

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 37: "#,##0 ;-#,##0", 38: "#,##0 ;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@", 27: "yyyy年m月", 28: "m月d日", 31: "yyyy年m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""The formats that a file names by number alone: 18.8.30, with those of Chinese programs."""
ALIGNS: dict[str, Align] = {
    "center": "centre", "centerContinuous": "centre", "distributed": "centre", "right": "right", "left": "left",
    "justify": "left", "fill": "left",
}  # fmt: skip
STEP = 9.0
"""One level of indentation: three blanks of the default type, in points."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is set; `align` None leaves it to what the cell holds: texts left, numbers right."""

    code: str = "General"
    align: Align | None = None
    indent: float = 0.0
    size: float = SIZE
    framed: bool = False


def styles_of(package: Package, part: str) -> Sequence[Style]:
    """The styles of a workbook by number; none where it has no such part."""
    if part not in package.names:
        return ()
    root = package.tree(part)
    codes = dict(BUILT_IN)
    for own in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(own.get("numFmtId", "0"))] = own.get("formatCode", "General")
    sizes = [_size(font) for font in root.iterfind("{*}fonts/{*}font")]
    framed = [_framed(border) for border in root.iterfind("{*}borders/{*}border")]
    return tuple(_style(xf, codes, sizes, framed) for xf in root.iterfind("{*}cellXfs/{*}xf"))


def _style(xf: etree._Element, codes: dict[int, str], sizes: Sequence[float], framed: Sequence[bool]) -> Style:
    alignment = child(xf, "alignment")
    font, border = int(xf.get("fontId", "0")), int(xf.get("borderId", "0"))
    return Style(
        code=codes.get(int(xf.get("numFmtId", "0")), "General"),
        align=ALIGNS.get(alignment.get("horizontal", "")) if alignment is not None else None,
        indent=STEP * points(alignment.get("indent"), 0.0) if alignment is not None else 0.0,
        size=sizes[font] if font < len(sizes) else SIZE,
        framed=framed[border] if border < len(framed) else False,
    )


def _size(font: etree._Element) -> float:
    size = child(font, "sz")
    return points(size.get("val"), SIZE) if size is not None else SIZE


def _framed(border: etree._Element) -> bool:
    """Whether a border is drawn at a side: a rule above or below alone is also drawn under titles."""
    sides = (side for name in ("left", "right", "start", "end") for side in children(border, name))
    return any(side.get("style", "none") != "none" for side in sides)
