"""The verdicts on papers for other programs: one JSON object, money as text in yuan."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cli.printing.verdicts import STATUS_STYLES, VERDICTS
from reading.questions.check_rows import CheckRow, Part
from reading.questions.checking import CheckedPaper
from reading.questions.faults import Fault
from reading.sources import readable_name
from schemas.records import DisclosureItem


def json_text(papers: Sequence[CheckedPaper], unopened: Sequence[tuple[Path, str]] = ()) -> str:
    """`papers`, each with its checks that are asked for, and the files that could not even be opened, with the reason.

    A figure of a check that is not applicable is null, and so is all that a blank cell does not have.
    """
    told = {
        "papers": [_paper(paper) for paper in papers],
        "unopened": [{"file": readable_name(path), "reason": why} for path, why in unopened],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _paper(paper: CheckedPaper) -> dict[str, Any]:
    document = paper.document
    return {
        "document_id": document.document_id,
        "file_name": document.file_name,
        "departments": list(paper.departments),
        "fiscal_year": document.fiscal_year,
        "kind": document.kind,
        "status": document.status,
        "status_reason": document.status_reason,
        "sound": paper.sound,
        "amounts": {status: paper.statuses.get(status, 0) for status in STATUS_STYLES},
        "verdicts": {verdict: paper.verdicts.get(verdict, 0) for verdict in VERDICTS},
        "remarks": {verdict: paper.remarks.get(verdict, 0) for verdict in VERDICTS},
        "duties": [_duty(item) for item in paper.disclosure],
        "faults": [_fault(fault, paper) for fault in paper.faults],
        "not_checked": [{"check_id": each.check_id, "reason": each.reason} for each in paper.unchecked],
        "checks": [{**_check(row), "our_fault": row.summary.check_id in paper.ours} for row in paper.rows],
    }


def _duty(item: DisclosureItem) -> dict[str, Any]:
    told = asdict(item)
    return {**told, "stated_on": item.stated_on.isoformat() if item.stated_on else None}


def _fault(fault: Fault, paper: CheckedPaper) -> dict[str, Any]:
    said = paper.acknowledged.get(fault.id)
    return {
        "id": fault.id,
        "kind": fault.kind,
        "name": fault.name,
        "item": fault.item,
        "title_zh": fault.title_zh,
        "title_en": fault.title_en,
        "page": fault.page,
        "found": fault.found,
        "right": fault.right,
        "acknowledged": said and said.said,
    }


def _check(row: CheckRow) -> dict[str, Any]:
    told = row.summary
    sums = {
        "left_yuan": told.left,
        "right_yuan": told.right,
        "difference_yuan": told.difference,
        "tolerance_yuan": told.tolerance,
    }
    return {
        "verdict": told.verdict,
        "advisory": row.advisory,
        "check_id": told.check_id,
        "title_zh": told.title_zh,
        "title_en": told.title_en,
        "subject": told.subject,
        "relation": row.relation,
        **{name: str(yuan) if row.relation else None for name, yuan in sums.items()},
        "reason": told.reason or None,
        "pages": list(told.pages),
        "amounts": [_json_part(part) for part in row.parts],
    }


def _json_part(part: Part) -> dict[str, Any]:
    amount = part.amount
    return {
        "side_of_check": {1: "left", -1: "right", 0: None}[part.sign],
        "department": part.place.department,
        "place": str(part.place),
        "page": amount.page if amount else None,
        "label": amount.label if amount else None,
        "printed": amount.printed if amount else None,
        "unit": amount.unit if amount else None,
        "amount_yuan": str(part.yuan) if amount else None,
        "status": amount.status if amount else None,
        "suspect": part.change is not None,
        "change_yuan": None if part.change is None else str(part.change),
    }
