"""Two cells or two amounts at one place cost at most their tables, never the paper."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from reading import recognising, work
from reading.clashes import CODE, items_told_apart
from reading.document import read_document
from schemas.findings import known_findings
from schemas.records import Cell


def again(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return (*cells, replace(cells[-1], text="9.99"))


def test_a_table_with_two_cells_at_one_place_costs_that_table_alone(
    good_paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_document(good_paper)
    lost = next(table.number for table in whole.tables if table.declared)
    stitched = recognising.stitched

    def damaged(layouts: object) -> object:
        return tuple(replace(t, cells=again(t.cells)) if t.number == lost else t for t in stitched(layouts))  # type: ignore[arg-type]

    monkeypatch.setattr(recognising, "stitched", damaged)
    reading = read_document(good_paper)
    assert {table.number for table in whole.tables} - {table.number for table in reading.tables} == {lost}
    assert [(f.detail, f.table_no) for f in reading.findings if f.code == CODE] == [("1 cells", lost)]
    others = Counter((i.form, i.line, i.measure, i.amount) for i in whole.line_items if i.table_no != lost)
    assert Counter((i.form, i.line, i.measure, i.amount) for i in reading.line_items) == others
    work.keep(reading, tmp_path)
    assert CODE in known_findings()


def test_two_amounts_for_one_key_cost_their_tables_alone(good_paper: Path, tmp_path: Path) -> None:
    whole = read_document(good_paper)
    first = whole.line_items[0]
    kept, found = items_told_apart((*whole.line_items, first))
    assert {item.table_no for item in whole.line_items} - {item.table_no for item in kept} == {first.table_no}
    assert [(finding.code, finding.table_no) for finding in found] == [(CODE, first.table_no)]
    work.keep(replace(whole, line_items=kept), tmp_path)
    assert items_told_apart(whole.line_items) == (whole.line_items, [])
