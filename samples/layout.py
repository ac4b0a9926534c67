"""How a paper is drawn: everything that differs between two prints of the same figures.

Each field names a habit seen in published papers; `LAYOUTS` combines them into the layouts that tests read.
"""

from dataclasses import dataclass
from typing import Literal

RuleStyle = Literal[
    "strokes",  # one line from edge to edge
    "rects",  # the same as thin filled rectangles (Excel)
    "pieces",  # each cell's four borders apart, so doubled and slightly off
    "broken",  # lines in short segments with small gaps
    "open",  # no left and right outer border
    "horizontal",  # every horizontal rule, no vertical one
    "three_line",  # above and below the header and below the table (三线表)
    "vertical",  # vertical rules alone
    "header_only",  # the header is ruled, the rows are not
    "frame",  # round the table alone
    "none",
]
CodeStyle = Literal["one", "three", "steps", "split", "joined", "bracketed", "prefixed", "unprinted"]
"""Codes in one column (2010301); or under 类, 款, 项 in three (201|03|01), in three where each part is printed once for
the rows that share it (201| | , then  |03| ), in two (2010|301) or one joined cell; or with the name in one cell
(`[2010301]行政运行`, `2010301行政运行`); or nowhere."""
IN_PARTS: tuple[CodeStyle, ...] = ("three", "steps", "split", "joined")
"""Styles with a column for each part of a code."""
IN_THE_LABEL: dict[CodeStyle, str] = {"bracketed": "[{}]", "prefixed": "{}", "unprinted": ""}
"""Styles without a column for the code, and how it stands before the name."""
BoldStyle = Literal["none", "outlined", "struck_twice"]
"""Strong text as drawn: like any other, with its outline stroked too, or printed twice a hair apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountStyle:
    """How amounts are printed. `decimals` None takes those that `UNIT_DECIMALS` gives the unit.

    `zero` is printed for a known zero, `nothing` where there is no figure: blank, `-`, `—`, `无`, `0.00` … Only
    what holds a digit is an amount by the contract. `last_separator_alone` separates the last group of digits and no
    other (125360,898).
    """

    decimals: int | None = None
    thousands: bool = False
    full_width: bool = False
    inner_space: bool = False
    brackets: Literal["", "()", "（）"] = ""
    last_separator_alone: bool = False
    zero: str = ""
    nothing: str = ""


UNIT_DECIMALS = {"元": 2, "千元": 2, "万元": 2, "亿元": 6}
"""Decimals that lose nothing of an amount in whole hundreds of yuan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The drawing of a paper. Lengths are points.

    `rotate` stores landscape pages turned by so many degrees, with a /Rotate that shows them upright.
    `rows_per_page` limits the body rows of a page; `total_alone` moves the last row to the next page, `broken_row`
    lets a row that meets the page's end lie on both pages, its label in two halves. `label_characters` wraps labels
    that are longer, `amount_characters` amounts. `total_spans` centres a total's label over the code and name columns.
    `code_zeros` false drops the zeros of 款 and 项 printed in columns of their own (201|3|1), as spreadsheets do.
    `code_room` below 1 makes columns of codes too narrow by that, so that codes lie over the names beside them.
    `indents` moves a label right by spaces before it or by its place alone, or not at all. `title_in_table` prints
    title, department and unit in the table's first rows.
    `continued` is what a page repeats of the heading of a table that goes on. `split_columns` sets the right-hand
    columns of wide tables on pages of their own, after the left-hand ones, bare or beside the repeated labels.
    `organisations_merged` prints a unit in one cell beside all its lines. `number_row` is how the row of 栏次 is
    printed. `watermark` is written under everything, with digits in it.
    """

    sheet: Literal["A4", "A3"] = "A4"
    orientation: Literal["portrait", "landscape", "by_width"] = "by_width"
    rotate: Literal[0, 90, 180, 270] = 0
    rules: RuleStyle = "strokes"
    rule_width: float = 0.75
    white_strokes: bool = False
    page_frame: bool = False
    title_in_frame: bool = False
    title_on_page_before: bool = False
    title_in_table: bool = False
    continued: Literal["nothing", "title", "title_marked"] = "nothing"
    split_columns: Literal["never", "bare", "labelled"] = "never"
    tables_share_pages: bool = False
    repeat_header: bool = True
    rows_per_page: int | None = None
    total_alone: bool = False
    broken_row: bool = False
    page_numbers: Literal["none", "plain", "dashes", "of_all"] = "plain"
    watermark: Literal["none", "diagonal", "level", "repeated"] = "none"
    number_row: Literal["words", "stars"] = "words"
    codes: CodeStyle = "one"
    code_zeros: bool = True
    code_room: float = 1.0
    amounts: AmountStyle = AmountStyle()
    size: float = 9
    row_height: float = 17
    padding: float = 3
    fill: bool = True
    label_characters: int = 22
    amount_characters: int | None = None
    indents: Literal["spaces", "place", "none"] = "spaces"
    labels: Literal["left", "centre"] = "left"
    total_spans: bool = True
    organisations_merged: bool = False
    bold: BoldStyle = "outlined"
    heading: Literal["line", "stack", "number_left"] = "line"

    @property
    def rows_ruled(self) -> bool:
        """Whether a rule separates one row from the next; blank rows are printed only where it does."""
        return self.rules not in ("three_line", "vertical", "header_only", "frame", "none")


WITH_THOUSANDS = AmountStyle(thousands=True)
WITH_ZEROS = AmountStyle(zero="0.00")

LAYOUTS: dict[str, Layout] = {
    "plain": Layout(),
    "hunan": Layout(heading="stack", labels="centre", repeat_header=False),
    "shanghai": Layout(
        orientation="landscape", rules="pieces", codes="three", amounts=WITH_THOUSANDS, bold="none", row_height=20
    ),
    "jiangsu": Layout(
        orientation="landscape", rotate=90, amounts=WITH_THOUSANDS, total_spans=False, padding=0.8, page_numbers="none"
    ),
    "rects": Layout(rules="rects", rule_width=0.48, amounts=WITH_ZEROS, codes="three"),
    "pieces": Layout(rules="pieces", codes="split", amounts=WITH_THOUSANDS),
    "broken": Layout(rules="broken", repeat_header=False, rows_per_page=12),
    "open": Layout(rules="open", rule_width=1.2, bold="struck_twice"),
    "horizontal": Layout(rules="horizontal", padding=5, amounts=WITH_ZEROS),
    "three_line": Layout(rules="three_line", padding=5),
    "vertical": Layout(rules="vertical", codes="three"),
    "header_only": Layout(rules="header_only", padding=5, codes="three"),
    "none": Layout(rules="none", padding=6, amounts=WITH_ZEROS),
    "decoys": Layout(rules="rects", white_strokes=True, page_frame=True),
    "title_in_frame": Layout(title_in_frame=True, rows_per_page=15),
    "title_before": Layout(title_on_page_before=True, orientation="landscape"),
    "shared_pages": Layout(tables_share_pages=True, size=8, row_height=14, orientation="portrait"),
    "wrapped": Layout(label_characters=8, repeat_header=False, labels="centre"),
    "broken_row": Layout(label_characters=9, broken_row=True, rows_per_page=9, repeat_header=False),
    "total_alone": Layout(total_alone=True, repeat_header=False),
    "rotated_270": Layout(rotate=270, orientation="landscape", rules="rects"),
    "upside_down": Layout(rotate=180, orientation="portrait"),
    "a3": Layout(sheet="A3", orientation="landscape", fill=False, amounts=AmountStyle(zero="—", nothing="—")),
    "dashes": Layout(amounts=AmountStyle(zero="-", nothing="-", thousands=True, brackets="()")),
    "words_for_zero": Layout(amounts=AmountStyle(zero="无", brackets="（）")),
    "full_width": Layout(amounts=AmountStyle(full_width=True, thousands=True), size=8),
    "inner_spaces": Layout(amounts=AmountStyle(inner_space=True, thousands=True), heading="number_left"),
}
"""Named layouts, each with hazards of its own; together they cover every value of every field."""
