"""The rows of a table's lines: codes, labels, 行次, words and amounts of each panel."""

from collections.abc import Iterator, Sequence

from samples.layout import IN_THE_LABEL
from samples.paper import Line, Panel, Side
from samples.truth import TruthRow
from samples.typesetting.amounts import printed
from samples.typesetting.cells import CODE_PARTS, Cell, GridColumn, Setting

SPLIT_AT = 4
"""Where some papers cut a code in two, wherever its 类 and 款 end: 2012|902."""


def body_cells(setting: Setting) -> Iterator[Cell]:
    """Arrange the cells of all lines, panel by panel."""
    for number, panel in enumerate(setting.table.panels):
        if panel.transposed:
            yield from _single_row(setting, number, panel)
        else:
            yield from _rows(setting, number, panel)
            yield from _groups(setting, number, panel)
            yield from _organisations(setting, number, panel)


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
        yield from _labels(setting, row, number, line, panel.lines[index - 1] if index else None)
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


def _labels(setting: Setting, row: int, panel: int, line: Line, above: Line | None) -> Iterator[Cell]:
    """Codes, label and words. The label of a line that has no code or group may lie over the columns of those too."""
    beside = setting.cols(panel, "group") if line.group is None else []
    codes, labels = setting.cols(panel, "code"), setting.cols(panel, "label")
    others = setting.cols(panel, "government_code", "government_name")
    if line.code is None and setting.layout.total_spans and labels:
        # A label lies over its neighbours alone: a column between them keeps its own cell.
        spanned = [col for col in codes if col < labels[0] and not any(col < other < labels[0] for other in others)]
        beside, codes = [*beside, *spanned], [col for col in codes if col not in spanned]
    yield from _code(setting, row, codes, line.code or "", above.code or "" if above else "")
    for col in labels:
        yield label_cell(setting, row, min([col, *beside]), 1 + len(beside), line)
    for col in setting.cols(panel, "government_code"):
        yield Cell(row, col, "code", _part(setting.columns[col], line.government_code), align=setting.layout.labels)
    for col in setting.cols(panel, "government_name"):
        yield Cell(row, col, "label", line.government_name, align="left")
    for col in setting.cols(panel, "words"):
        text = line.words.get(setting.columns[col].column.key, "")
        yield Cell(row, col, "words", text, align="left", strong=line.strong)


def label_cell(setting: Setting, row: int, col: int, cols: int, line: Line) -> Cell:
    """Set a line's label over `cols` columns; totals are centred."""
    layout = setting.layout
    align = "centre" if line.strong else layout.labels
    code_style = setting.table.codes or layout.codes
    before = IN_THE_LABEL.get(code_style, "").format(line.code) if line.code and _has_codes(setting, col) else ""
    spaces = "　" * line.indent if layout.indents == "spaces" else ""
    shift = line.indent if layout.indents == "place" and align == "left" else 0
    text = spaces + before + line.printed_label
    return Cell(row, col, "label", text, 1, cols, align, line.strong, shift=shift)


def _has_codes(setting: Setting, col: int) -> bool:
    """Whether the panel of a column has codes of its own to print, be it in the labels."""
    panel = setting.table.panels[setting.columns[col].panel]
    return any(column.holds == "code" for column in panel.columns)


def _part(column: GridColumn, code: str) -> str:
    """Cut the part of a code that its column holds, all of it where codes are not parted."""
    return code[dict(CODE_PARTS["function"])[column.part]] if column.part else code


def _code(setting: Setting, row: int, cols: Sequence[int], code: str, above: str) -> Iterator[Cell]:
    """Set a code in the one column it has, or over the columns of its parts as its table prints them.

    In steps a part that the code of the line `above` has too is left out.
    """
    style = setting.table.codes or setting.layout.codes
    if len(cols) == 1:
        yield Cell(row, cols[0], "code", code, align=setting.layout.labels)
    elif cols and style == "joined":
        yield Cell(row, cols[0], "code", code, cols=len(cols))
    elif cols and style == "split":
        yield Cell(row, cols[0], "code", code[:SPLIT_AT])
        yield Cell(row, cols[1], "code", code[SPLIT_AT:], cols=len(cols) - 1)
    else:
        shared = style == "steps"
        for col in cols:
            part, part_above = (_part(setting.columns[col], each) for each in (code, above))
            shared = shared and part == part_above
            shown = part if setting.layout.code_zeros or len(part) > 2 else part.lstrip("0")
            yield Cell(row, col, "code", "" if shared else shown)


def _organisations(setting: Setting, number: int, panel: Panel) -> Iterator[Cell]:
    """Set the unit of each line that shows one, and its code; where every line of it shares a cell, that one cell."""
    for holds in ("organisation_code", "organisation"):
        for col in setting.cols(number, holds):
            for start, stop in _shown_once(panel.lines, merged=setting.layout.organisations_merged):
                line = panel.lines[start]
                shown = getattr(line, holds) if line.organisation_shown else ""
                row = setting.first_row + start
                yield Cell(row, col, "organisation", shown, stop - start, align="left", strong=line.strong)


def _shown_once(lines: Sequence[Line], *, merged: bool) -> Iterator[tuple[int, int]]:
    """(start, stop) of the lines that share a cell: with `merged` from a line that shows its unit on, else one each."""
    starts = [i for i, line in enumerate(lines) if not (merged and i and line.organisation and not _shows(line))]
    return zip(starts, [*starts[1:], len(lines)], strict=True)


def _shows(line: Line) -> bool:
    return line.organisation_shown


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
    column = setting.columns[col].column
    amount = printed(line.amounts.get(measure), table.unit, table.amounts or setting.layout.amounts)
    unstated = amount.yuan is None or not (line.stated and column.stated)
    if unstated or amount.yuan is None or table.form is None:
        return Cell(row, col, "amount", amount.text, align="right")
    code = "" if (table.codes or setting.layout.codes) == "unprinted" and side is None else line.code or ""
    truth = TruthRow(
        form=table.form,
        side=side or "",
        line=place,
        code=code,
        name=column.name or line.contract_name,
        measure=line.measure or column.measure or measure,
        amount=amount.yuan,
        printed=amount.text,
        unit=table.unit,
        page=0,
        organisation=line.organisation,
        fund=column.fund,
        government_code=line.government_code,
    )
    return Cell(row, col, "amount", amount.text, align="right", truth=truth)
