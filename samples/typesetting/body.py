"""The rows of a table's lines: codes, labels, 行次, words and amounts of each panel."""

from collections.abc import Iterator, Sequence

from samples.paper import Line, Panel, Side
from samples.truth import TruthRow
from samples.typesetting.amounts import printed
from samples.typesetting.cells import CODE_PARTS, Cell, Setting

SPLIT_AT = 4
"""Where some papers cut a code in two, wherever its 类 and 款 end: 2012|902."""
IN_CELLS_ALONE = ("government_procurement",)
"""Forms that the contract publishes in `cells` alone: they have no true line items."""


def body_cells(setting: Setting) -> Iterator[Cell]:
    """Arrange the cells of all lines, panel by panel."""
    for number, panel in enumerate(setting.table.panels):
        if panel.transposed:
            yield from _single_row(setting, number, panel)
        else:
            yield from _rows(setting, number, panel)
            yield from _groups(setting, number, panel)


def _single_row(setting: Setting, number: int, panel: Panel) -> Iterator[Cell]:
    """Arrange the one row of a panel whose columns are lines of their own."""
    for col in setting.cols(number):
        index = setting.columns[col].column.line or 0
        place = setting.numbers.of_panels[number, index]
        yield amount_cell(setting, setting.first_row, col, panel.lines[index], side=panel.side, place=place)


def _rows(setting: Setting, number: int, panel: Panel) -> Iterator[Cell]:
    for index in range(setting.line_rows):
        row = setting.first_row + index
        yield from ordinal_cells(setting, row, number)
        if index >= len(panel.lines):
            yield from blank_cells(setting, row, setting.cols(number))
            continue
        line, place = panel.lines[index], setting.numbers.of_panels.get((number, index), 0)
        yield from _labels(setting, row, number, line)
        for col in setting.cols(number, "amount"):
            yield amount_cell(setting, row, col, line, side=panel.side, place=place)


def blank_cells(setting: Setting, row: int, cols: Sequence[int]) -> Iterator[Cell]:
    """Blank cells, but for the 行次 that blank rows have too."""
    return (Cell(row, col, "blank") for col in cols if setting.columns[col].holds != "ordinal")


def ordinal_cells(setting: Setting, row: int, panel: int) -> Iterator[Cell]:
    """Set the 行次, which run on from one half of the table to the next and count blank rows too."""
    for col in setting.cols(panel, "ordinal"):
        halves_before = sum(1 for number in range(panel) if setting.cols(number, "ordinal"))
        yield Cell(row, col, "ordinal", str(halves_before * setting.body_rows + row - setting.first_row + 1))


def _labels(setting: Setting, row: int, panel: int, line: Line) -> Iterator[Cell]:
    """Code, label and words. The label of a line that has no code or group may lie over the columns of those too."""
    beside = setting.cols(panel, "group") if line.group is None else []
    codes = setting.cols(panel, "code")
    if line.code is None and setting.layout.total_spans:
        beside, codes = [*beside, *codes], []
    yield from _code(setting, row, codes, line.code or "")
    for col in setting.cols(panel, "label"):
        yield label_cell(setting, row, min([col, *beside]), 1 + len(beside), line)
    for col in setting.cols(panel, "words"):
        text = line.words.get(setting.columns[col].column.key, "")
        yield Cell(row, col, "words", text, align="left", strong=line.strong)


def label_cell(setting: Setting, row: int, col: int, cols: int, line: Line) -> Cell:
    """Set a line's label over `cols` columns; totals are centred."""
    align = "centre" if line.strong else setting.layout.labels
    return Cell(row, col, "label", "　" * line.indent + line.printed_label, 1, cols, align, line.strong)


def _code(setting: Setting, row: int, cols: Sequence[int], code: str) -> Iterator[Cell]:
    """Set a code in the one column it has, or over the columns of its parts as its table prints them."""
    style = setting.table.codes or setting.layout.codes
    if len(cols) == 1:
        yield Cell(row, cols[0], "code", code, align=setting.layout.labels)
    elif cols and style == "joined":
        yield Cell(row, cols[0], "code", code, cols=len(cols))
    elif cols and style == "split":
        yield Cell(row, cols[0], "code", code[:SPLIT_AT])
        yield Cell(row, cols[1], "code", code[SPLIT_AT:], cols=len(cols) - 1)
    else:
        digits = dict(CODE_PARTS["function"])
        yield from (Cell(row, col, "code", code[digits[setting.columns[col].part]]) for col in cols)


def _groups(setting: Setting, number: int, panel: Panel) -> Iterator[Cell]:
    """Group labels, each one cell beside all the lines of its group."""
    for col in setting.cols(number, "group"):
        for start, stop in _runs([line.group for line in panel.lines]):
            group = panel.lines[start].group
            if group:
                yield Cell(setting.first_row + start, col, "group", group, rows=stop - start)


def _runs(values: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """(start, stop) of each run of equal values."""
    starts = [i for i, value in enumerate(values) if i == 0 or value != values[i - 1]]
    return zip(starts, [*starts[1:], len(values)], strict=True)


def amount_cell(setting: Setting, row: int, col: int, line: Line, *, side: Side | None, place: int) -> Cell:
    """Set an amount as printed, with the truth that it states; `place` is the contract's number of its line."""
    table, measure = setting.table, setting.columns[col].column.key
    if measure in line.words:
        return Cell(row, col, "amount", line.words[measure], align="right")
    amount = printed(line.amounts.get(measure), table.unit, table.amounts or setting.layout.amounts)
    if amount.yuan is None or table.form is None or table.form in IN_CELLS_ALONE:
        return Cell(row, col, "amount", amount.text, align="right")
    truth = TruthRow(
        form=table.form,
        side=side or "",
        line=place,
        code=line.code or "",
        name=line.contract_name,
        measure=measure,
        amount=amount.yuan,
        printed=amount.text,
        unit=table.unit,
        page=0,
    )
    return Cell(row, col, "amount", amount.text, align="right", truth=truth)
