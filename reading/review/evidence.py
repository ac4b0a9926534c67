"""What one sends to a publisher about a fault: cuts of the pages, the sum with its tolerance, hashes.

<folder>/index.html        one page of HTML that needs nothing else, for A4
<folder>/*.png             the cuts
<folder>/evidence.json     the same for programs, with the SHA-256 of the paper and of each picture
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from reading.code_version import code_version
from reading.questions.check_rows import CheckRow
from reading.questions.checking import CheckedPaper
from reading.questions.faults import Fault
from reading.questions.sum_words import measure_words
from schemas.dataset import dataset
from schemas.identities import catalogue

if TYPE_CHECKING:
    from extractors.pages.overlays.cutting import Cut

READERS = {
    "pdfium": "PDF 文字层（pdfium）",
    "pdfplumber": "PDF 文字层（pdfplumber）",
    "rapidocr": "图像识别（RapidOCR）",
    "tesseract": "图像识别（Tesseract）",
    "cells": "文件自身的单元格",
    "ofd": "OFD 文字",
    "libreoffice": "LibreOffice 打印",
    "correction": "已知更正",
}
SIDES = {1: "左", -1: "右", 0: ""}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cut as the page shows it: its picture in the page itself, its file and hash."""

    page: int
    file: str
    sha256: str
    data: str
    found: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A fault with its sum, where it is one, and its cuts."""

    fault: Fault
    row: CheckRow | None
    why: str | None
    cuts: tuple[Shown, ...]


def faults_named(paper: CheckedPaper, name: str) -> tuple[Fault, ...]:
    """The faults that a name means: the id of one, or all of a check, a finding or a duty."""
    return tuple(fault for fault in paper.faults if name in (fault.id, fault.name))


def write_evidence(
    paper: CheckedPaper, faults: Sequence[Fault], cuts: Mapping[str, Sequence["Cut"]], folder: Path
) -> Path:
    """Write page and JSON beside the cuts, which are in `folder`; the page's path."""
    rows = {(row.summary.check_id, row.summary.subject): row for row in paper.rows}
    told = [
        Told(
            fault,
            row := rows.get((fault.name, fault.subject)),
            _why(fault.name) if row else None,
            tuple(map(_shown, cuts.get(fault.id, ()))),
        )
        for fault in faults
    ]
    page = folder / "index.html"
    page.write_text(_page(paper, told), encoding="utf-8")
    facts = json.dumps(_facts(paper, told), ensure_ascii=False, indent=2)
    (folder / "evidence.json").write_text(facts + "\n", encoding="utf-8")
    return page


def _shown(cut: "Cut") -> Shown:
    data = cut.file.read_bytes()
    return Shown(cut.page, cut.file.name, sha256(data).hexdigest(), base64.b64encode(data).decode("ascii"), cut.found)


def _why(check_id: str) -> str | None:
    """Why the check holds in a right paper, where the catalogue has a sentence for it."""
    known = catalogue()
    return next((each.why for each in (*known.identities, *known.others) if each.id == check_id), None)


def _page(paper: CheckedPaper, told: Sequence[Told]) -> str:
    templates = Environment(
        loader=PackageLoader("reading.review"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return templates.get_template("evidence.html.j2").render(
        document=paper.document,
        kind=dataset().vocabularies["kind"].values[paper.document.kind].zh if paper.document.kind else "",
        told=told,
        sides=SIDES,
        money=lambda yuan: f"{yuan:,.2f}",
        signed=lambda yuan: f"{yuan:+,.2f}",
        measure=measure_words,
        form=lambda name: dataset().vocabularies["form"].values[name].zh,
        version=code_version(),
    )


def _facts(paper: CheckedPaper, told: Sequence[Told]) -> dict[str, Any]:
    document = paper.document
    return {
        "document_id": document.document_id,
        "file_name": document.file_name,
        "source_url": document.source_url,
        "department": document.department,
        "fiscal_year": document.fiscal_year,
        "kind": document.kind,
        "code_version": code_version(),
        "faults": [_fact(each) for each in told],
    }


def _fact(told: Told) -> dict[str, Any]:
    fault, row = told.fault, told.row
    sums = row.summary if row and row.relation else None
    return {
        "id": fault.id,
        "name": fault.name,
        "subject": fault.subject,
        "title": fault.title_zh,
        "page": fault.page,
        "found": fault.found,
        "right": fault.right,
        "left_yuan": str(sums.left) if sums else None,
        "right_yuan": str(sums.right) if sums else None,
        "difference_yuan": str(sums.difference) if sums else None,
        "tolerance_yuan": str(sums.tolerance) if sums else None,
        "amounts": [
            {"page": mark.page, **{name: round(value, 2) for name, value in mark.box._asdict().items()}}
            for mark in fault.marks
        ],
        "pictures": [{"file": cut.file, "page": cut.page, "sha256": cut.sha256} for cut in told.cuts],
    }
