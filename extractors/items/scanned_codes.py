"""Codes misread on a picture, put right by the names beside them: digits have no other witness."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.items.rows import Row
from schemas.classifications import codes_by_name, lookup, normalised_name
from schemas.records import OCR_READERS, Finding


def recoded(rows: Sequence[Row], system: str | None, year: int) -> tuple[list[Row], list[Finding]]:
    """The rows of a form, those of a picture with the code that their name asks for, and a finding for each change.

    A code is changed where the year's edition gives it no name or another one, and just one code that differs in one
    digit bears the name that was read. Rows of a text layer stay as they are.
    """
    if system is None:
        return list(rows), []
    found = [(row, _code_of(row, system, year)) for row in rows]
    findings = [_finding(row, code) for row, code in found if code is not None]
    return [replace(row, code=code, odd_code=None) if code else row for row, code in found], findings


def _code_of(row: Row, system: str, year: int) -> str | None:
    """The code that a row must bear instead of the one that was read; None where it may be right."""
    read = row.code or row.odd_code
    if row.cell.reader not in OCR_READERS or not read or not row.name:
        return None
    entry = lookup(system, read, year)
    if entry is not None and normalised_name(entry.name) == normalised_name(row.name):
        return None
    near = [code for code in codes_by_name(system, row.name, year) if _differ_in_one(code, read)]
    return near[0] if len(near) == 1 else None


def _differ_in_one(code: str, read: str) -> bool:
    return len(code) == len(read) and sum(map(str.__ne__, code, read)) == 1


def _finding(row: Row, code: str) -> Finding:
    read = row.code or row.odd_code
    return Finding("code_matched", f"{read} {row.name} → {code}, distance 1", row.cell.page, None, row.cell.row)
