"""What columns of the dataset hold that is one of a few words; `dataset.yaml` says what each means."""

from typing import Literal

Kind = Literal["final_accounts", "budget"]
PaperRole = Literal["paper", "annex"]
"""An annex (绩效, 批复, 决议, 解读 …) is published with a paper, on its page, and is no budget or account itself."""
Unit = Literal["元", "千元", "万元", "亿元"]
Reader = Literal["pdfium", "pdfplumber", "rapidocr", "tesseract", "correction", "cells", "ofd", "libreoffice"]
OCR_READERS: tuple[Reader, ...] = ("rapidocr", "tesseract")
"""Those that read pictures."""
Status = Literal["proven", "unproven", "contradicted", "repaired", "source_inconsistent"]
STATUS_WORDS: dict[Status, tuple[str, str]] = {
    "proven": ("已证", "proven"),
    "repaired": ("已修复", "repaired"),
    "unproven": ("未证", "unproven"),
    "contradicted": ("矛盾", "contradicted"),
    "source_inconsistent": ("原文不符", "source inconsistent"),
}
"""What a status is called in a word; the dataset's list has it in a sentence."""
CheckVerdict = Literal["holds", "fails", "not_applicable"]
StatedFact = Literal[
    "total",
    "share_percent",
    "change_yuan",
    "change_percent",
    "initial_budget",
    "final",
    "completion_percent",
    "count",
]
DocumentStatus = Literal["read", "needs_ocr", "failed"]
DutyVerdict = Literal["met", "not_met", "not_applicable", "cannot_be_told", "not_looked"]
DutyReason = Literal[
    "absent",
    "not_deep_enough",
    "check_fails",
    "late",
    "paper_says_none",
    "no_such_case",
    "only_local_rule",
    "not_read_whole",
    "prose_not_in_file",
    "in_another_file",
    "forms_not_in_file",
    "words_elsewhere",
    "nothing_under_heading",
    "form_unread",
    "levels_unread",
    "date_of_approval_not_printed",
    "date_of_publication_unknown",
    "not_for_this_kind",
    "could_not_be_read",
    "kind_or_year_unknown",
    "department_unknown",
    "no_departments_paper",
]
Format = Literal[
    "pdf", "xlsx", "xls", "ods", "docx", "doc", "rtf", "odt", "html", "ofd", "picture", "zip", "rar", "7z", "tar"
]  # fmt: skip
"""What a file's bytes are, whichever program wrote them: ET writes `xls`, WPS `doc`."""
YUAN_PER_UNIT: dict[str, int] = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
