"""Workbooks: a sheet is a page, and its cells are those of its tables."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from extractors.errors import DocumentTooLargeError
from extractors.items.vocabulary import VOCABULARY
from extractors.sheets.laying import laid_out
from extractors.sheets.workbooks.ods import read_ods
from extractors.sheets.workbooks.sheet import Sheet
from extractors.sheets.workbooks.xls import read_xls
from extractors.sheets.workbooks.xlsx import read_xlsx
from reading.contents import Contents
from reading.formats import format_of
from reading.rendered.office import converted
from reading.rendered.rendered_reader import RenderedReader
from schemas.errors import UnreadableDocumentError
from schemas.records import Finding, Format, LineItem

BY_FORMAT: dict[Format, Callable[[Path], Iterator[Sheet]]] = {"xlsx": read_xlsx, "xls": read_xls, "ods": read_ods}
MOST_TOLD = 20
"""So many cells of a sheet are told one by one."""


class WorkbookReader:
    """The reader of XLSX, XLSM, XLS, ET and ODS."""

    formats: frozenset[Format] = frozenset(BY_FORMAT)

    def read(self, path: Path) -> Contents:
        """The visible sheets of a workbook.

        Raises `UnreadableDocumentError`; `DocumentTooLargeError` where no sheet can be a form's.
        """
        sheets = _sheets(path)
        if sheets and all(sheet.too_large for sheet in sheets):
            raise DocumentTooLargeError(", ".join(sheet.name for sheet in sheets[:5]))
        laid = [laid_out(sheet.number, [sheet.grid], "cells", VOCABULARY, name=sheet.name) for sheet in sheets]
        layouts = [layout for _, layout in laid]
        findings = tuple(finding for sheet in sheets for finding in _findings(sheet))
        return Contents([page for page, _ in laid], layouts, layouts, findings=findings)

    def second(self, path: Path, items: Sequence[LineItem]) -> RenderedReader:
        """Its own rendering."""
        return RenderedReader(path, format_of(path), items)


def _sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook; where it holds formulas without their values, as LibreOffice works them out."""
    kind = format_of(path)
    if kind == "xls" and not olefile.isOleFile(str(path)):  # one file of XML, as Office 2003 wrote it
        with converted(path, "xlsx") as made:
            return list(read_xlsx(made))
    sheets = list(BY_FORMAT[kind](path))
    if any(sheet.uncalculated for sheet in sheets):
        with contextlib.suppress(UnreadableDocumentError), converted(path, "xlsx") as worked_out:
            return list(read_xlsx(worked_out))
    return sheets


def _findings(sheet: Sheet) -> Iterator[Finding]:
    if sheet.too_large:
        yield Finding("sheet_too_large", sheet.name, sheet.number)
    if sheet.hidden:
        yield Finding("cells_hidden", f"{sheet.name}: {sheet.hidden}", sheet.number)
    if sheet.uncalculated:
        yield Finding("formula_without_value", f"{sheet.name}: {sheet.uncalculated}", sheet.number)
    for cell in sheet.differing[:MOST_TOLD]:
        yield Finding("stored_differs", f"{cell.place}: {cell.printed} ({cell.stored})", sheet.number)
    if len(sheet.differing) > MOST_TOLD:
        yield Finding("stored_differs", f"{sheet.name}: {len(sheet.differing)}", sheet.number)
