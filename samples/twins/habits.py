"""How offices set their workbooks, documents and pages: what differs between two files that print the same figures."""

from dataclasses import dataclass, fields
from random import Random
from typing import Literal

ODD = 0.3
"""How often each habit is another than the plain one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The habits of one file; the first value of each is the plain one.

    `numbers` is how amounts are stored: as numbers under a format, unrounded ones under a format that rounds, texts, or
    under `General`. `sheets` sets each form on its own sheet, several below one another, or a long one over two.
    `titles` are merged over the columns, left in the first cell, or centred across without merging; `unit_beside` sets
    the unit in the last cell of the title's own row. `blank_rows` and `blank_cols` stand before the table, `spacer` is
    a blank column within it; `hidden` are a column and a row that are not shown. `borders` are drawn or not; `indents`
    are blanks or the cell's own setting. `names` are those of sheets. In Word and pages, `titles_inside` are rows of
    the table, `nested` tables lay the page out, `breaks` begin pages; `broken` sets a long table as two, the second
    with the header again or without it. `marks` raises the mark of a note behind amounts, `signed` prints who made the
    table below it, `tab_alone` names a form by its sheet's tab and nowhere else.
    """

    numbers: Literal["format", "rounding", "text", "general"] = "format"
    sheets: Literal["each", "together", "split"] = "each"
    titles: Literal["merged", "first_cell", "across"] = "merged"
    unit_beside: bool = False
    blank_rows: Literal[0, 1, 3] = 0
    blank_cols: Literal[0, 1] = 0
    spacer: bool = False
    hidden: bool = False
    borders: bool = True
    indents: Literal["blanks", "setting"] = "blanks"
    names: Literal["titles", "numbers"] = "titles"
    titles_inside: bool = False
    nested: bool = True
    breaks: bool = True
    broken: Literal["no", "with_header", "bare"] = "no"
    marks: bool = False
    signed: bool = False
    tab_alone: bool = False


OPTIONS: dict[str, tuple[object, ...]] = {
    "numbers": ("rounding", "text", "general"),
    "sheets": ("together", "split"),
    "titles": ("first_cell", "across"),
    "blank_rows": (1, 3),
    "blank_cols": (1,),
    "indents": ("setting",),
    "names": ("numbers",),
    "borders": (False,),
    "nested": (False,),
    "breaks": (False,),
    "broken": ("with_header", "bare"),
}
"""What each habit can be beside the plain one; all others can be so or not."""
PLAIN = Habits()
MARKED_EVERY = 7
"""Every so many-th row has an amount with the mark of a note."""
SIGNED = ("单位负责人：", "财务负责人：", "制表人：")
"""Stands below a table."""


def marked(habits: Habits, row: int, kind: str) -> bool:
    """Whether the cell of a row bears the mark of a note."""
    return habits.marks and kind == "amount" and row % MARKED_EVERY == 0


def habits_of(seed: int) -> Habits:
    """The habits that a seed draws, each on its own."""
    drawn: dict[str, object] = {}
    for habit in fields(Habits):
        rng = Random(f"{seed} {habit.name}")
        if rng.random() < ODD:
            drawn[habit.name] = rng.choice(OPTIONS.get(habit.name, (True,)))
    return Habits(**drawn)  # type: ignore[arg-type]
